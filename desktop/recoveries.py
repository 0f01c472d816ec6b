"""The file opened without its password: written down in it first, so that its owner hears of it."""

from contextlib import suppress
from functools import partial

from sqlalchemy.orm import Session, sessionmaker

from desktop import keys
from desktop.folder import Profile
from desktop.region_letters import Reply
from desktop.region_recovery import use_reply
from desktop.store import open_store
from sync.change import now
from sync.client import recovered
from sync.errors import UserError
from sync.recovery import Recovery, Way


def recover_by_code(profile: Profile, code: str, new: str) -> str:
    """Another password by the recovery code → the next code. Raises as `keys.recover`."""
    return keys.recover(profile.keys, code, new, note=partial(_note, profile, Way.CODE))


def recover_by_region(profile: Profile, reply: Reply, password: str) -> str:
    """Another password by the region's answer → the next code. Raises as `use_reply`."""
    return use_reply(profile.keys, reply, password, note=partial(_note, profile, Way.REGION))


def take_unsaid(store: sessionmaker[Session]) -> list[Recovery]:
    """Those that the owner was not told of; they are held to be told now."""
    with store() as session:
        unsaid = recovered.for_owner(session)
    if unsaid:
        with store.begin() as session:
            recovered.said(session)
    return unsaid


def _note(profile: Profile, way: Way, key: bytes) -> None:
    """A file that is damaged or newer does not hinder: it may be about to be put right."""
    with suppress(UserError):
        store = open_store(profile.store, key, profile.copies)
        try:
            with store.begin() as session:
                recovered.note(session, Recovery(now().replace(microsecond=0), way))
        finally:
            store.close()
