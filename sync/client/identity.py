"""By what the server knows what this laptop says, and seals what only this laptop may read.

The private keys are in the encrypted file and never leave it. The public ones are told to the
server at the first contact, and again by each version of the program, and after the server was
restored or gave the laptop another name.
"""

from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session, sessionmaker

from sync import VERSION
from sync.carry import Introduction
from sync.client.asking import Mutual
from sync.client.facts import recall, remember
from sync.errors import Refused
from sync.sealing import Keys, PublicKeys, new_seed

SEED, SERVER, DEVICE, TOLD = "seed", "server_keys", "device_id", "introduced"  # facts
PROVES = "server_proves"


class Transport(Protocol):
    """The server, as an introduction needs it. Raises sync.errors."""

    def introduce(self, keys: Keys) -> Introduction: ...


def introduce(store: sessionmaker[Session], transport: Transport) -> bool:
    """Tell the server this laptop's keys, unless it knows them → whether it was asked.

    To be called at enrolment and after an exchange. A server that knows nothing of keys is left
    in peace.
    """
    with store() as session:
        life = recall(session, "epoch", str) or "none yet"
        if recall(session, TOLD, str) == (here := f"{life} {VERSION}"):
            return False
        seed = recall(session, SEED, bytes)
    if seed is None:
        seed = new_seed()
        with store.begin() as session:
            remember(session, SEED, seed)
    try:
        told = transport.introduce(Keys(seed))
    except Refused:  # an older server
        return False
    with store.begin() as session:
        remember(session, SERVER, told.keys)
        remember(session, DEVICE, told.device)
        remember(session, PROVES, told.proves)
        remember(session, TOLD, here)
    return True


def renew(session: Session) -> None:
    """The laptop goes by another name, for its file was copied: the copy has the old keys."""
    remember(session, SEED, new_seed())
    remember(session, TOLD, "")


def forget(session: Session) -> None:
    """The server gave tokens for a password: it asks for no proof until the next introduction."""
    remember(session, TOLD, "to be told again")
    remember(session, PROVES, False)


def mutual(session: Session) -> Mutual | None:
    """By what both ends prove what they say; None where the server does not know how."""
    known = own(session)
    if known is None or not recall(session, PROVES, bool):
        return None
    _, keys, server = known
    return Mutual(keys, server)


def own(session: Session) -> tuple[UUID, Keys, PublicKeys] | None:
    """(this laptop, its keys, the server's), or None before they were introduced."""
    if not recall(session, TOLD, str):
        return None
    seed, device = recall(session, SEED, bytes), recall(session, DEVICE, UUID)
    return device, Keys(seed), recall(session, SERVER, PublicKeys)
