"""The region's key for files whose password is lost: its public half, and how a new one follows.

The private half lies nowhere: it is in the sheets of custodians, of which two of three give it
back (desktop.shares). A laptop trusts the key that its enrolment brings, and afterwards only those
that the one before has signed: whoever has the server cannot put a key of their own in its place.
"""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from hashlib import sha256

import msgspec

from sync.decoding import decode
from sync.errors import UserError
from sync.language import mark
from sync.sealing import Keys, PublicKeys

FOLLOWS = b"dala region key follows "


class RegionKey(msgspec.Struct, frozen=True):
    """A public key; `by_former`: the signature of the one before, none for the first."""

    keys: PublicKeys
    by_former: bytes = b""


def fingerprint(keys: PublicKeys) -> str:
    """Twelve letters by which two people compare a key, read aloud."""
    return sha256(keys.signing + keys.sealing).hexdigest()[:12]


def first(own: Keys) -> list[RegionKey]:
    """The row of keys of a region that has its first."""
    return [RegionKey(own.public)]


def follow(row: Sequence[RegionKey], former: Keys, new: Keys) -> list[RegionKey]:
    """The row with one more. Raises ValueError unless `former` is its last."""
    if row[-1].keys != former.public:
        raise ValueError("not the key that holds now")
    return [*row, RegionKey(new.public, former.sign(_signed(new.public)))]


def latest(row: Sequence[RegionKey], trusted: PublicKeys | None) -> PublicKeys | None:
    """The key that holds now, if an unbroken row of signatures leads to it from the trusted one.

    The first that is ever heard of is trusted. None for a row that is empty, or that may be
    somebody else's.
    """
    keys = [one.keys for one in row]
    if not keys or not all(one.sound for one in keys):
        return None
    if trusted is None:
        return keys[-1]
    if trusted not in keys:
        return None
    for former, one in zip(
        keys[keys.index(trusted) :], row[keys.index(trusted) + 1 :], strict=False
    ):
        try:
            former.check(one.by_former, _signed(one.keys))
        except ValueError:
            return None
    return keys[-1]


def written(row: Sequence[RegionKey]) -> str:
    """As the text of a file."""
    return b64encode(msgspec.json.encode(list(row))).decode() + "\n"


def read_row(text: str) -> list[RegionKey]:
    """What `written` wrote. Raises UserError."""
    try:
        row = decode(b64decode(text.strip(), validate=True), list[RegionKey])
    except ValueError as error:
        raise UserError(mark("This is no file with a region's key.")) from error
    if latest(row, row[0].keys if row else None) is None:
        raise UserError(mark("This is no file with a region's key."))
    return row


def _signed(keys: PublicKeys) -> bytes:
    return FOLLOWS + keys.signing + keys.sealing
