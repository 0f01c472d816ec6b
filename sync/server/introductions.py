"""The keys of laptops and of the server itself: for letters, and for proofs of requests."""

from uuid import UUID

from sqlalchemy.orm import Session

from sync.carry import Introduction
from sync.proof import LineKey, line_key
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
    if keys_of(row) != keys:
        row.signing_key, row.sealing_key, row.proves = keys.signing, keys.sealing, False
    return Introduction(device, own_keys(session).public, proves=True)


def line_of(sealing: bytes | None, seed: bytes) -> LineKey | None:
    """By what a laptop of this key proves its requests to the holder of `seed`; None before it told it."""
    return line_key(seed, sealing) if sealing else None


def line_to(session: Session, keys: PublicKeys) -> LineKey:
    """What the server shares with whoever has these keys. Raises Problem where they are none."""
    try:
        return line_key(own_keys(session).seed, keys.sealing)
    except ValueError as error:
        raise Problem(422, GARBLED) from error


def keys_of(device: Device) -> PublicKeys | None:
    """By what a laptop's letters are known, if it has told us."""
    if device.signing_key is None or device.sealing_key is None:
        return None
    return PublicKeys(device.signing_key, device.sealing_key)
