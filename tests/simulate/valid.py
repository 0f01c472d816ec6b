"""Which token each laptop may show, reckoned apart from the server's own rows."""

from dataclasses import dataclass
from datetime import datetime

from sync.enrolment import RenewRequest, Tokens
from sync.server.tokens import TERM


@dataclass(frozen=True)
class Given:
    """A laptop's tokens, since when, and by what they came if it renewed them itself."""

    tokens: Tokens
    since: datetime
    asked: RenewRequest | None = None


class Valid:
    """Is told what the server gives, and what it takes; `wrong` is what it should not have taken."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self.now: dict[str, Given] = {}  # by the laptop's name

    def give(self, tokens: Tokens, now: datetime) -> None:
        """A code, a password or another name brought these."""
        self.now[name_in(tokens.token)] = Given(tokens, now)

    def renew(self, asked: RenewRequest, now: datetime) -> None:
        """The server took what a laptop made itself."""
        name = name_in(asked.spent)
        held = self.now.get(name)
        spends = held and (held.tokens.refresh or held.tokens.token)
        if asked.spent != spends and not (held and held.asked == asked):
            self.wrong.append("a token was spent twice")
        self.now[name] = Given(asked.next, now, asked)

    def close(self, asked: RenewRequest) -> None:
        """Two laptops came with one token: neither is let in."""
        self.now.pop(name_in(asked.spent), None)

    def show(self, token: str, now: datetime) -> None:
        """The server let in who showed this."""
        held = self.now.get(name_in(token))
        if held is None or held.tokens.token != token:
            self.wrong.append("a token was taken that others have replaced")
        elif held.tokens.refresh and now >= held.since + TERM:
            self.wrong.append("a token was taken after its term")


def name_in(token: str) -> str:
    """The laptop's name, which a token begins with."""
    return token.partition(".")[0]
