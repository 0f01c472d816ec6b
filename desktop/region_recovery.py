"""The file opened by the region's key, where password and recovery sheet are both lost.

The laptop has its key sealed to the region's public key. Asked, it writes a request: that seal,
and a public key made for this once. Two custodians open the seal on a computer of their own
(desktop.custodians) and seal the key anew, to the laptop's. What is carried there and back opens
nothing by itself, and no network is needed.
"""

from base64 import b64decode, b64encode
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import msgspec
from sqlalchemy.orm import Session, sessionmaker

from desktop.files import read_whole
from desktop.key_file import ASKED, REGION, Slot, read_key_file, write_key_file
from desktop.keys import (
    SAFE,
    Cost,
    Note,
    WrongPassword,
    check_new,
    give_password,
    open_slots,
    others,
    slots_of,
    wrap_slot,
)
from sync.client import trust
from sync.decoding import decode
from sync.errors import UserError
from sync.language import mark
from sync.region_key import fingerprint
from sync.sealing import Keys, PublicKeys, new_seed

LONGEST = 64 * 1024  # bytes of a letter
Letter = TypeVar("Letter", "Request", "Reply")


class Request(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What a laptop asks the custodians."""

    profile: str  # which file; a random name
    to: bytes  # the region's sealing key that the seal is for
    sealed: bytes  # the key of the file
    once: PublicKeys  # of the laptop, for this request alone

    @property
    def check(self) -> str:
        """Twelve letters to be compared by voice: it is this laptop's request, not a thief's."""
        return fingerprint(self.once)


class Reply(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What the custodians answer."""

    profile: str
    sealed: bytes  # the key of the file, for the laptop's key


def seal_to_region(path: Path, key: bytes, region: PublicKeys) -> bool:
    """Seal the file's key to the region's → whether that was to be done. Raises UserError."""
    file = read_key_file(path)
    if any(slot.salt == region.sealing for slot in slots_of(file, (REGION,))):
        return False
    # no password, hence nothing to stretch: in place of the salt stands whose key it is
    slot = Slot(
        kind=REGION,
        memory=8,
        passes=1,
        lanes=1,
        salt=region.sealing,
        nonce=b"",
        wrapped=region.seal(key, in_slot(file.profile)),
    )
    write_key_file(path, file.profile, [*others(file, (REGION,)), slot])
    return True


def keep_sealed(path: Path, key: bytes, store: sessionmaker[Session]) -> None:
    """Seal the file's key to the region's that an exchange has brought, where that was not done.

    What the disk does not take now is done at the next opening.
    """
    with store() as session:
        trusted = trust.trusted(session)
    if trusted is not None:
        with suppress(UserError):
            seal_to_region(path, key, trusted)


def ask_region(path: Path, new: str, *, cost: Cost = SAFE) -> Request:
    """A request to the custodians. Their answer opens the file by the password `new`.

    A request before this one ends. The password until now and the recovery code stay good until
    an answer is used. Raises UserError where the file was never sealed to a region's key.
    """
    check_new(new)
    file = read_key_file(path)
    sealed = slots_of(file, (REGION,))
    if not sealed:
        raise UserError(
            mark(
                "This laptop has not heard of the region's key yet, so the region cannot open its "
                "file. Nothing was changed. Only the password and the recovery sheet open it."
            )
        )
    once = Keys(new_seed())
    slot = wrap_slot(file.profile, once.seed, new, None, cost, ASKED)
    write_key_file(path, file.profile, [*others(file, (ASKED,)), slot])
    return Request(
        profile=file.profile, to=sealed[0].salt, sealed=sealed[0].wrapped, once=once.public
    )


def use_reply(
    path: Path, reply: Reply, password: str, *, cost: Cost = SAFE, note: Note | None = None
) -> str:
    """Open the file by the custodians' answer → its new recovery code, in canonical form.

    `password` is the one that was chosen with the request; it opens the file from now on. The one
    before it and the recovery code open nothing any more. `note` is given the key before anything
    is changed. Raises WrongPassword, UserError.
    """
    file = read_key_file(path)
    if reply.profile != file.profile or not slots_of(file, (ASKED,)):
        raise _not_for_this()
    seed = open_slots(file, (ASKED,), password)
    if seed is None:
        raise WrongPassword(
            mark("This is not the password that was chosen with the request. Your work is safe.")
        )
    try:
        key = Keys(seed).open(reply.sealed, in_reply(file.profile))
    except ValueError as error:
        raise _not_for_this() from error
    if note:
        note(key)
    return give_password(path, file, key, password, cost=cost, spent=ASKED)


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


def in_slot(profile: str) -> bytes:
    """The context of the seal in keys.json."""
    return f"dala region slot {profile}".encode()


def in_reply(profile: str) -> bytes:
    """The context of the seal in an answer."""
    return f"dala region reply {profile}".encode()


def _not_for_this() -> UserError:
    return UserError(
        mark(
            "This answer belongs to another laptop or to an earlier request. Your work is safe, and "
            "nothing was changed. Ask for the answer to the newest request."
        )
    )
