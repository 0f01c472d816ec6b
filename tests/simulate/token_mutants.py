"""The guards of tokens, each removed. Registered with the others in `mutants`."""

from typing import Any
from unittest.mock import patch

import msgspec
from sqlalchemy import update

from sync.client import tokens as kept
from sync.client.facts import recall, remember
from sync.enrolment import RenewRequest
from sync.server import accounts, tokens
from sync.server.problems import Problem
from sync.server.tables import Device


def next_tokens_not_written_down() -> Any:
    """The laptop makes other tokens each time that it asks for the next ones."""

    def prepare(keeper: Any) -> RenewRequest:
        with keeper._store.begin() as session:
            held = kept._held(session)
            spent = held.refresh or held.token
            request = RenewRequest(spent=spent, next=kept._made(spent))
            remember(session, kept.NEXT, request)
        return request

    return patch.object(kept.TokenKeeper, "prepare", prepare)


def next_tokens_used_before_the_answer() -> Any:
    """The laptop goes on with what it has made, whether the server has heard of it or not."""
    plain = kept.TokenKeeper.prepare

    def prepare(keeper: Any) -> RenewRequest:
        request = plain(keeper)
        with keeper._store.begin() as session:
            kept.keep(session, request.next)
            remember(session, kept.NEXT, request)
        return request

    return patch.object(kept.TokenKeeper, "prepare", prepare)


def lost_reply_locks_out() -> Any:
    """The server does not remember by what the tokens were renewed last."""
    plain = tokens._take

    def take(laptop: Any, *more: Any) -> bool:
        laptop.spent = None
        return plain(laptop, *more)

    return patch.object(tokens, "_take", take)


def late_renewal_settled() -> Any:
    """What a renewal brought is kept, whatever came meanwhile."""

    def settle(keeper: Any, renewed: RenewRequest) -> str:
        with keeper._store.begin() as session:
            assert recall(session, kept.TOKEN, str)
            kept.keep(session, renewed.next)
        return renewed.next.token

    return patch.object(kept.TokenKeeper, "settle", settle)


def spent_token_renews_again() -> Any:
    """What was spent is taken once more, with another pair of tokens."""
    plain = tokens._take

    def take(laptop: Any, spent: str, family: str, after: Any) -> bool:
        if laptop.spent == spent:
            laptop.refresh = spent
        return plain(laptop, spent, family, after)

    return patch.object(tokens, "_take", take)


def copies_go_on() -> Any:
    """Of two laptops that came with one token, only the later one is sent away."""
    plain = tokens.renew
    names = ("token", "refresh", "family", "spent", "until")

    def renew(store: Any, request: RenewRequest, now: Any, prove: Any) -> None:
        id = tokens._id(request.spent)
        with store.reading() as session:
            laptop = session.get(Device, id)
            before = {name: getattr(laptop, name) for name in names} if laptop else {}
        try:
            plain(store, request, now, prove)
        except Problem:
            if before:
                with store.writing.begin() as session:
                    session.execute(update(Device).where(Device.id == id).values(before))
            raise

    return patch.object(tokens, "renew", renew)


def no_term() -> Any:
    """The server lets in whoever shows what was a token once."""
    plain = accounts.authenticate

    def authenticate(*asked: Any) -> Any:
        caller = plain(*asked)
        return caller and msgspec.structs.replace(caller, until=None)

    return patch.object(accounts, "authenticate", authenticate)


ALL = (
    next_tokens_not_written_down,
    next_tokens_used_before_the_answer,
    lost_reply_locks_out,
    late_renewal_settled,
    spent_token_renews_again,
    copies_go_on,
    no_term,
)
