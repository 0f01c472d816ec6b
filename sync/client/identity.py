"""By what the server knows what this laptop signs, and seals what only this laptop may read.

The private keys are in the encrypted file and never leave it. The public ones are told to the
server at the first contact, and again after it was restored or gave the laptop another name.
"""

from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session, sessionmaker

from sync.carry import Introduction
from sync.client.facts import recall, remember
from sync.errors import Refused
from sync.sealing import Keys, PublicKeys, new_seed

SEED, SERVER, DEVICE, TOLD = "seed", "server_keys", "device_id", "introduced"  # facts


class Transport(Protocol):
    """The server, as an introduction needs it. Raises sync.errors."""

    def introduce(self, keys: PublicKeys) -> Introduction: ...


def introduce(store: sessionmaker[Session], transport: Transport) -> bool:
    """Tell the server this laptop's keys, unless it knows them → whether it was asked.

    To be called at enrolment and after an exchange. A server that knows nothing of keys is left
    in peace.
    """
    with store() as session:
        life = recall(session, "epoch", str) or "none yet"
        if recall(session, TOLD, str) == life:
            return False
        seed = recall(session, SEED, bytes)
    if seed is None:
        seed = new_seed()
        with store.begin() as session:
            remember(session, SEED, seed)
    try:
        told = transport.introduce(Keys(seed).public)
    except Refused:  # an older server
        return False
    with store.begin() as session:
        remember(session, SERVER, told.keys)
        remember(session, DEVICE, told.device)
        remember(session, TOLD, life)
    return True


def renew(session: Session) -> None:
    """The laptop goes by another name, for its file was copied: the copy has the old keys."""
    remember(session, SEED, new_seed())
    remember(session, TOLD, "")


def own(session: Session) -> tuple[UUID, Keys, PublicKeys] | None:
    """(this laptop, its keys, the server's), or None before they were introduced."""
    if not recall(session, TOLD, str):
        return None
    seed, device = recall(session, SEED, bytes), recall(session, DEVICE, UUID)
    return device, Keys(seed), recall(session, SERVER, PublicKeys)
