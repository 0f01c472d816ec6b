"""What goes between a laptop that asks the region's custodians and them.

Inside the seal stands whose file it is. The laptop wrote that while the file was open, and nobody
can put another name there who has not opened it: a thief's request names the one who was robbed.
"""

from base64 import b64decode, b64encode
from datetime import date
from pathlib import Path
from typing import TypeVar

import msgspec

from desktop.files import read_whole
from sync.decoding import decode
from sync.errors import UserError
from sync.language import mark
from sync.region_key import fingerprint
from sync.sealing import PublicKeys

LONGEST = 64 * 1024  # bytes of a letter
KEY = 32  # bytes of a file's key
Letter = TypeVar("Letter", "Request", "Reply")


class Owner(msgspec.Struct, frozen=True):
    """Whose file it is, as the laptop knew it when it sealed the key."""

    name: str
    login: str
    district: str  # KATO code, or person.REGION
    device: str  # the laptop's own name


class Request(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What a laptop asks the custodians. It names nobody: any messenger may carry it."""

    profile: str  # which file; a random name
    to: bytes  # the region's sealing key that the seal is for
    sealed: bytes  # the key of the file, and whose it is
    once: PublicKeys  # of the laptop, for this request alone
    on: date | None = None  # when it was asked, by the laptop's clock; older programs do not say

    @property
    def check(self) -> str:
        """Twelve letters to be compared by voice: it is this laptop's request, not a thief's."""
        return fingerprint(self.once)


class Reply(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What the custodians answer."""

    profile: str
    sealed: bytes  # the key of the file, for the laptop's key


def written(letter: Request | Reply) -> str:
    """As the text of a file that any messenger or stick may carry."""
    return b64encode(msgspec.json.encode(letter)).decode() + "\n"


def read_letter(text: str, kind: type[Letter]) -> Letter:
    """What `written` wrote. Raises UserError."""
    try:
        return decode(b64decode(text.strip(), validate=True), kind)
    except ValueError as error:
        raise UserError(
            mark("This file is no request of a laptop, or not whole.")
            if kind is Request
            else mark("This file is no answer of the region, or not whole.")
        ) from error


def open_letter(path: Path, kind: type[Letter]) -> Letter:
    """The letter in a file. Raises UserError, also where the file is none or cannot be read."""
    try:
        text = read_whole(path, LONGEST).decode("ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(mark("{file} cannot be read."), file=path) from error
    return read_letter(text, kind)


def read_sealed(content: bytes) -> tuple[bytes, Owner | None]:
    """The key of the file, and whose it is, out of the seal's content. Raises ValueError.

    An older program has sealed the key alone.
    """
    key, said = content[:KEY], content[KEY:]
    if len(key) < KEY:
        raise ValueError("no key")
    return key, decode(said, Owner) if said else None


def in_slot(profile: str) -> bytes:
    """The context of the seal in keys.json."""
    return f"dala region slot {profile}".encode()


def in_reply(profile: str) -> bytes:
    """The context of the seal in an answer."""
    return f"dala region reply {profile}".encode()
