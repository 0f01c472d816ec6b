"""keys.json: the key of the encrypted file, wrapped in slots. Here is how they lie on the disk.

How a slot is made and opened is in `desktop.keys`.
"""

from hashlib import sha256
from pathlib import Path
from typing import Annotated

import msgspec

from desktop.files import SMALL, read_whole, write_whole
from sync.decoding import decode
from sync.errors import UserError
from sync.language import mark

VERSION = 1
PASSWORD, WITH_KEYSTORE = "password", "password+keystore"  # kinds of slot
RECOVERY = "recovery code"
REGION, ASKED = "region", "asked"  # sealed to the region's key; waiting for its answer


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """The key, wrapped one way; and all that is needed to unwrap it but the secrets."""

    kind: str
    memory: Annotated[int, msgspec.Meta(ge=8, le=2**18)]  # KiB; a copy may come from anybody
    passes: Annotated[int, msgspec.Meta(ge=1, le=20)]
    lanes: Annotated[int, msgspec.Meta(ge=1, le=16)]
    salt: bytes
    nonce: bytes
    wrapped: bytes = b""

    @property
    def keystore(self) -> bool:
        """Whether the computer's keystore is needed besides the password."""
        return self.kind == WITH_KEYSTORE


class KeyFile(msgspec.Struct, frozen=True, kw_only=True):
    """The side file keys.json."""

    version: int = VERSION
    profile: str  # a random name: which entry of the keystore belongs to this file
    slots: list[Slot]
    sum: str  # SHA-256 of the slots: a damaged file is not mistaken for a wrong password
    whole: str = ""  # the same of all that is above; files of older programs have none


class KeysDamaged(UserError):
    """keys.json is missing or not whole."""


class KeysNewer(UserError):
    """keys.json was written by a newer program."""


def read_key_file(path: Path) -> KeyFile:
    """What keys.json holds. Raises KeysDamaged, KeysNewer."""
    try:
        content = read_whole(path, SMALL)
        if decode(content, _Versioned).version > VERSION:
            raise KeysNewer(
                mark("{name} was written by a newer program. Nothing was changed; please update."),
                name=path.name,
            )
        file = decode(content, KeyFile)
        if file.sum != _sum(file.slots) or file.whole not in ("", _whole(file)):
            raise ValueError("other slots than were written")
    except (OSError, ValueError) as error:
        raise KeysDamaged(
            mark(
                "{name} is missing or damaged; without it the file with your work cannot be "
                "opened. Delete nothing. Put {name} back from a copy, or ask your coordinator."
            ),
            name=path.name,
        ) from error
    return file


class _Versioned(msgspec.Struct):
    version: int


def _sum(slots: list[Slot]) -> str:
    return sha256(msgspec.json.encode(slots)).hexdigest()


def _whole(file: KeyFile) -> str:
    return sha256(msgspec.json.encode([file.version, file.profile, file.sum])).hexdigest()


def write_key_file(path: Path, profile: str, slots: list[Slot]) -> None:
    """Put it in place, whole or not at all. Raises UserError where that cannot be done."""
    file = KeyFile(profile=profile, slots=slots, sum=_sum(slots))
    file = msgspec.structs.replace(file, whole=_whole(file))
    write_whole(path, msgspec.json.format(msgspec.json.encode(file), indent=2))
