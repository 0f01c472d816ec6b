"""Tokens with a term, and what renews them. Only digests are kept.

The laptop makes the next tokens and writes them down before it asks. So a reply that was lost is
asked for again in the very same words, and no crash locks a laptop out. One word spent on two
different pairs of tokens comes from two laptops: then neither is let in without the password.
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from sync.enrolment import SIGN_IN_AGAIN, RenewRequest, Tokens
from sync.language import mark
from sync.proof import LineKey
from sync.server.introductions import line_of, own_keys
from sync.server.problems import Problem
from sync.server.store import Store
from sync.server.tables import Account, Device

TERM = timedelta(hours=12)  # a working day: a stolen token is worth no more than that
LEAST, LONGEST = 55, 200  # letters of a token: the id, a dot and 128 bits
COPIED = mark(
    "Two laptops came with the same key: this one and a copy of it, or an older state of it. Both "
    "are asked for the password. Your work is safe here. Sign in with your password."
)


def give(laptop: Device, now: datetime, *, renews: bool) -> Tokens:
    """Other tokens for a laptop; those before are no longer taken."""
    token = f"{laptop.id.hex}.{secrets.token_urlsafe(16)}"  # the id, and 128 bits: it is short
    laptop.token, laptop.spent = digest_of(token), None
    if not renews:  # a program from before there were terms
        laptop.refresh = laptop.family = laptop.until = None
        return Tokens(token)
    family = f"{laptop.id.hex}.{secrets.token_urlsafe(16)}"
    refresh = f"{family}.{secrets.token_urlsafe(16)}"
    laptop.refresh, laptop.family, laptop.until = digest_of(refresh), digest_of(family), now + TERM
    return Tokens(token, refresh)


def renew(
    store: Store, request: RenewRequest, now: datetime, prove: Callable[[LineKey | None], object]
) -> None:
    """Put a laptop's next tokens in the place of those it has. Asking again is harmless.

    `prove` raises Problem unless the request is proven by that key. Raises Problem 401 where the
    password is needed, 422 for tokens that are none.
    """
    family = ".".join(request.spent.split(".")[:2])
    _require_tokens(family, request.next)
    with store.writing.begin() as session:
        laptop = session.get(Device, _id(family), with_for_update=True)
        if laptop is None or laptop.revoked or not session.get_one(Account, laptop.account).active:
            raise Problem(401, SIGN_IN_AGAIN)
        if laptop.proves:
            prove(line_of(laptop.sealing_key, own_keys(session).seed))
        if _take(laptop, digest_of(request.spent), digest_of(family), request.next):
            laptop.until = now + TERM
            return
        if laptop.family != digest_of(family):
            raise Problem(401, SIGN_IN_AGAIN)
        laptop.token = digest_of(secrets.token_urlsafe(16))  # which nobody has
        laptop.refresh = laptop.family = laptop.spent = laptop.until = None
    raise Problem(401, COPIED)  # after the commit


def digest_of(secret: str) -> str:
    """What is kept of a secret."""
    return sha256(secret.encode()).hexdigest()


def _take(laptop: Device, spent: str, family: str, after: Tokens) -> bool:
    token, refresh = digest_of(after.token), digest_of(after.refresh)
    if (laptop.spent, laptop.token, laptop.refresh) == (spent, token, refresh):
        return True  # the reply was lost
    if spent != (laptop.token if laptop.refresh is None else laptop.refresh):
        return False
    laptop.token, laptop.refresh, laptop.family, laptop.spent = token, refresh, family, spent
    return True


def _require_tokens(family: str, after: Tokens) -> None:
    id = family.partition(".")[0]
    for text, start, least in (
        (after.token, f"{id}.", LEAST),
        (after.refresh, f"{family}.", LEAST + 23),
    ):
        if not (text.isascii() and text.startswith(start) and least <= len(text) <= LONGEST):
            raise Problem(422, SIGN_IN_AGAIN)


def _id(family: str) -> UUID:
    try:
        return UUID(family.partition(".")[0])
    except ValueError:
        raise Problem(401, SIGN_IN_AGAIN) from None
