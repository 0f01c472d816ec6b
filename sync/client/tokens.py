"""The tokens that this laptop shows its server, and how they are renewed so that none is lost.

The laptop makes the next ones and writes them down before the server hears of them. A reply that
does not come, or a crash, changes nothing: the same ones are told again. No clock is looked at:
the server says what has run out.
"""

import secrets
from threading import Lock

from sqlalchemy.orm import Session, sessionmaker

from sync.client.facts import recall, remember
from sync.enrolment import RenewRequest, Tokens

TOKEN, REFRESH, NEXT = "token", "refresh", "renewing"  # facts; the last is told, not yet answered


class TokenKeeper:
    """The tokens in the laptop's file. Whoever renews holds `lock`: photos and records go at once."""

    def __init__(self, store: sessionmaker[Session]) -> None:
        self._store, self.lock = store, Lock()

    def held(self) -> Tokens:
        """Those that the server has given or taken."""
        with self._store() as session:
            return _held(session)

    def prepare(self) -> RenewRequest:
        """What asks for the next ones, the same until it was answered. It is on the disk."""
        with self._store.begin() as session:
            held = _held(session)
            spent = held.refresh or held.token
            waiting: RenewRequest | None = recall(session, NEXT, RenewRequest | None)
            if waiting is None or waiting.spent != spent:
                waiting = RenewRequest(spent=spent, next=_made(spent))
                remember(session, NEXT, waiting)
        return waiting

    def settle(self, renewed: RenewRequest) -> str:
        """The server has taken them. Where a new name or a password brought others meanwhile, those stay.

        Returns the token to go on with.
        """
        with self._store.begin() as session:
            if recall(session, NEXT, RenewRequest | None) == renewed:
                keep(session, renewed.next)
            return _held(session).token


def keep(session: Session, tokens: Tokens) -> None:
    """Write down what the server has given, with whatever else this transaction writes."""
    remember(session, TOKEN, tokens.token)
    remember(session, REFRESH, tokens.refresh)
    remember(session, NEXT, None)


def _held(session: Session) -> Tokens:
    return Tokens(recall(session, TOKEN, str) or "", recall(session, REFRESH, str) or "")


def _made(spent: str) -> Tokens:
    id, *rest = spent.split(".")
    family = ".".join([id, *rest[:1]])
    token = f"{id}.{secrets.token_urlsafe(16)}"
    return Tokens(token, f"{family}.{secrets.token_urlsafe(16)}")
