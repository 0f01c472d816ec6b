"""The key of the encrypted file, wrapped so that it never lies on the disk as it is.

A random 256-bit key opens the file. keys.json holds it wrapped in slots. The key of a slot comes
from the password (Argon2id) and, where the computer has a keystore, from a secret that only this
account of this computer has: then a copied disk cannot be guessed at. The reasons are in
docs/decisions/0001-keys-and-file.md.
"""

import os
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop import keystore
from desktop.files import write_whole
from sync.enrolment import SHORTEST_PASSWORD
from sync.errors import UserError
from sync.language import mark

VERSION = 1
KEY = 32  # bytes, of AES-256 and of SQLCipher's raw key
PASSWORD, WITH_KEYSTORE = "password", "password+keystore"  # kinds of slot


@dataclass(frozen=True)
class Cost:
    """What one guess at the password costs: Argon2id's memory in KiB, passes, lanes."""

    memory: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


SAFE = Cost()  # RFC 9106, section 4, the second recommended choice


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """The key, wrapped one way; and all that is needed to unwrap it but the secrets."""

    kind: str
    memory: Annotated[int, msgspec.Meta(ge=8, le=2**22)]
    passes: Annotated[int, msgspec.Meta(ge=1, le=100)]
    lanes: Annotated[int, msgspec.Meta(ge=1, le=64)]
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


class WrongPassword(UserError):
    """The password opens no slot."""


class KeysDamaged(UserError):
    """keys.json is missing or not whole."""


class KeysNewer(UserError):
    """keys.json was written by a newer program."""


class KeystoreSilent(UserError):
    """This computer's part of the key is not to be had."""


def new_key() -> bytes:
    """A random key for a new file."""
    return os.urandom(KEY)


def derive(key: bytes, purpose: str) -> bytes:
    """A key of its own for each purpose, from which no other can be found (HKDF, RFC 5869)."""
    return HKDF(SHA256(), KEY, salt=None, info=f"dala {purpose}".encode()).derive(key)


def wrap_new(
    path: Path, key: bytes, password: str, *, cost: Cost = SAFE, use_keystore: bool = True
) -> Slot:
    """Write keys.json for a new file; the slot says whether a keystore could be used.

    Raises UserError where the password is too short or the file cannot be written.
    """
    check_length(password)
    profile = uuid4().hex
    secret = keystore.keep(profile, os.urandom(KEY)) if use_keystore else None
    slot = _wrap(profile, key, password, secret, cost)
    _write(path, profile, [slot])
    return slot


def unwrap(path: Path, password: str) -> bytes:
    """The key. Raises WrongPassword, KeystoreSilent, KeysDamaged, KeysNewer."""
    return _unwrap_any(read_key_file(path), password)


def change_password(path: Path, old: str, new: str, *, cost: Cost = SAFE) -> Slot:
    """Wrap the key under another password; the encrypted file itself stays as it is.

    Takes a keystore into use where there was none before. Raises as `unwrap`.
    """
    check_length(new)
    file = read_key_file(path)
    key = _unwrap_any(file, old)
    bound = any(slot.keystore for slot in file.slots)
    secret = _device_secret(file) if bound else keystore.keep(file.profile, os.urandom(KEY))
    slot = _wrap(file.profile, key, new, secret, cost)
    _write(path, file.profile, [slot])
    return slot


def read_key_file(path: Path) -> KeyFile:
    """What keys.json holds. Raises KeysDamaged, KeysNewer."""
    try:
        content = path.read_bytes()
        if msgspec.json.decode(content, type=_Versioned).version > VERSION:
            raise KeysNewer(
                mark("{name} was written by a newer program. Nothing was changed; please update."),
                name=path.name,
            )
        file = msgspec.json.decode(content, type=KeyFile)
        if file.sum != _sum(file.slots):
            raise ValueError("other slots than were written")
    except (OSError, ValueError) as error:  # msgspec's errors are ValueErrors
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


def check_length(password: str) -> None:
    """Raise UserError for a password that is too short."""
    if len(password) < SHORTEST_PASSWORD:
        raise UserError(
            mark("The password needs at least {count} characters."), count=SHORTEST_PASSWORD
        )


def _unwrap_any(file: KeyFile, password: str) -> bytes:
    for slot in file.slots:
        secret = _device_secret(file) if slot.keystore else None
        kek = _kek(password, secret, slot)
        try:
            return AESGCM(kek).decrypt(slot.nonce, slot.wrapped, _bound(file.profile, slot))
        except InvalidTag:
            continue  # another slot may have another password
    raise WrongPassword(
        mark("Wrong password. Your work is safe; check the keyboard's language and try again.")
    )


def _device_secret(file: KeyFile) -> bytes:
    secret = keystore.find(file.profile)
    if secret is None:
        raise KeystoreSilent(
            mark(
                "This computer's keystore does not give its part of the key: it is locked, or "
                "this is another computer or another user of it. Your work is safe in the file. "
                "Sign in to the computer as the user who enrolled, unlock the keystore, and try "
                "again; otherwise ask your coordinator."
            )
        )
    return secret


def _wrap(profile: str, key: bytes, password: str, secret: bytes | None, cost: Cost) -> Slot:
    slot = Slot(
        kind=WITH_KEYSTORE if secret else PASSWORD,
        memory=cost.memory,
        passes=cost.passes,
        lanes=cost.lanes,
        salt=os.urandom(16),
        nonce=os.urandom(12),
    )
    cipher = AESGCM(_kek(password, secret, slot))
    wrapped = cipher.encrypt(slot.nonce, key, _bound(profile, slot))
    return msgspec.structs.replace(slot, wrapped=wrapped)


def _kek(password: str, secret: bytes | None, slot: Slot) -> bytes:
    """HKDF-SHA256(Argon2id(password, salt) ‖ device secret)."""
    typed = unicodedata.normalize("NFC", password)  # systems compose й and ё differently
    stretched = Argon2id(
        salt=slot.salt,
        length=KEY,
        iterations=slot.passes,
        lanes=slot.lanes,
        memory_cost=slot.memory,
    ).derive(typed.encode("utf-8", "surrogatepass"))
    return derive(stretched + (secret or b""), "key of a slot")


def _bound(profile: str, slot: Slot) -> bytes:
    """What a slot's tag also vouches for: nobody can move it or change its parameters unseen."""
    facts = [VERSION, profile, slot.kind, slot.memory, slot.passes, slot.lanes, slot.salt.hex()]
    return msgspec.json.encode(facts)


def _sum(slots: list[Slot]) -> str:
    return sha256(msgspec.json.encode(slots)).hexdigest()


def _write(path: Path, profile: str, slots: list[Slot]) -> None:
    file = KeyFile(profile=profile, slots=slots, sum=_sum(slots))
    write_whole(path, msgspec.json.format(msgspec.json.encode(file), indent=2))
