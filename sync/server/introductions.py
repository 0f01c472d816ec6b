"""The keys of laptops and of the server itself, for what is carried as a file."""

from uuid import UUID

from sqlalchemy.orm import Session

from sync.carry import Introduction
from sync.sealing import Keys, PublicKeys
from sync.server.problems import GARBLED, Problem
from sync.server.tables import Device, OwnKeys


def own_keys(session: Session) -> Keys:
    """The server's."""
    return Keys(session.get_one(OwnKeys, 1).seed)


def introduce(session: Session, device: UUID, keys: PublicKeys) -> Introduction:
    """Note a laptop's keys, and tell it the server's. Raises Problem where they are no keys."""
    if not keys.sound:
        raise Problem(422, GARBLED)
    row = session.get_one(Device, device, with_for_update=True)
    row.signing_key, row.sealing_key = keys.signing, keys.sealing
    return Introduction(device, own_keys(session).public)


def keys_of(device: Device) -> PublicKeys | None:
    """By what a laptop's letters are known, if it has told us."""
    if device.signing_key is None or device.sealing_key is None:
        return None
    return PublicKeys(device.signing_key, device.sealing_key)
