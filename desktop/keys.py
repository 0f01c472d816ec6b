"""The key of the encrypted file, wrapped so that it never lies on the disk as it is.

A random 256-bit key opens the file. keys.json holds it wrapped in slots. The key of a slot comes
from the password (Argon2id) and, where the computer has a keystore, from a secret that only this
account of this computer has: then a copied disk cannot be guessed at. A recovery code, printed and
kept elsewhere, opens one slot more. The reasons are in docs/decisions/0001-keys-and-file.md.
"""

import os
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop import keystore
from desktop.key_file import (
    PASSWORD,
    RECOVERY,
    VERSION,
    WITH_KEYSTORE,
    KeyFile,
    Slot,
    read_key_file,
    write_key_file,
)
from desktop.recovery_code import new_code, read_code
from sync.enrolment import SHORTEST_PASSWORD
from sync.errors import UserError
from sync.guessable import require_unguessable
from sync.language import mark

KEY = 32  # bytes, of AES-256 and of SQLCipher's raw key
PASSWORD_ALONE = mark(
    "This computer has no keystore that can be used: the password alone protects your work. Choose "
    "a long one, and change it when the keystore can be used."
)
BY_PASSWORD, BY_CODE = (PASSWORD, WITH_KEYSTORE), (RECOVERY,)


Note = Callable[[bytes], None]  # writes down in the file that it was opened


class WrongPassword(UserError):
    """The password opens no slot."""


class WrongCode(UserError):
    """The recovery code opens no slot."""


class KeystoreSilent(UserError):
    """This computer's part of the key is not to be had."""


@dataclass(frozen=True)
class Cost:
    """What one guess at the password costs: Argon2id's memory in KiB, passes, lanes."""

    memory: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


SAFE = Cost()  # RFC 9106, section 4, the second recommended choice


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
    slot = wrap_slot(profile, key, password, secret, cost)
    try:
        write_key_file(path, profile, [slot])
    except UserError:
        keystore.forget(profile)
        raise
    return slot


def uses_keystore(path: Path) -> bool:
    """Whether the password opens the file on this computer only. Raises KeysDamaged, KeysNewer."""
    return any(slot.keystore for slot in read_key_file(path).slots)


def unwrap(path: Path, password: str) -> bytes:
    """The key. Raises WrongPassword, KeystoreSilent, KeysDamaged, KeysNewer."""
    return _unwrap_by_password(read_key_file(path), password)


def change_password(path: Path, old: str, new: str, *, cost: Cost = SAFE) -> Slot:
    """Wrap the key under another password; the encrypted file itself stays as it is.

    Takes a keystore into use where there was none before. A recovery code stays good. Raises as
    `unwrap`.
    """
    check_new(new)
    file = read_key_file(path)
    key = _unwrap_by_password(file, old)
    bound = any(slot.keystore for slot in file.slots)
    secret = _device_secret(file) if bound else keystore.keep(file.profile, os.urandom(KEY))
    slot = wrap_slot(file.profile, key, new, secret, cost)
    write_key_file(path, file.profile, [slot, *others(file, BY_PASSWORD)])
    return slot


def make_recovery_code(path: Path, password: str, *, cost: Cost = SAFE) -> str:
    """A code that opens the file without password and keystore, in canonical form.

    It is shown once: only its slot is kept. A code made before opens nothing any more. Raises as
    `unwrap`.
    """
    file = read_key_file(path)
    key = _unwrap_by_password(file, password)
    code = new_code()
    slot = wrap_slot(file.profile, key, code, None, cost, RECOVERY)
    write_key_file(path, file.profile, [*others(file, BY_CODE), slot])
    return code


def recover(
    path: Path, typed: str, new: str, *, cost: Cost = SAFE, note: Note | None = None
) -> str:
    """Give the file another password by its recovery code → the next code, in canonical form.

    Needs no network and, on another computer, no keystore. The password before and this code open
    nothing any more. `note` is given the key before anything is changed. Raises NoCode for what is none, WrongCode, and as `unwrap`.
    """
    check_new(new)
    code, file = read_code(typed), read_key_file(path)
    key = open_slots(file, BY_CODE, code)
    if key is None:
        raise WrongCode(
            mark(
                "This recovery code does not open this file: it belongs to another laptop, or a "
                "newer sheet was made since. Your work is safe. Look for the newest sheet."
            )
        )
    if note:
        note(key)
    return give_password(path, file, key, new, cost=cost)


def give_password(
    path: Path, file: KeyFile, key: bytes, new: str, *, cost: Cost = SAFE, spent: str = ""
) -> str:
    """Another password and another recovery code, in canonical form, which is returned.

    Those before open nothing any more; a slot of the kind `spent` goes with them.
    """
    secret = keystore.keep(file.profile, os.urandom(KEY))
    following = new_code()
    slots = [
        wrap_slot(file.profile, key, new, secret, cost),
        wrap_slot(file.profile, key, following, None, cost, RECOVERY),
    ]
    rest = others(file, (*BY_PASSWORD, *BY_CODE, spent))
    write_key_file(path, file.profile, [*slots, *rest])
    return following


def check_length(password: str) -> None:
    """Raise UserError for a password that is too short."""
    if len(password) < SHORTEST_PASSWORD:
        raise UserError(
            mark("The password needs at least {count} characters."), count=SHORTEST_PASSWORD
        )


def check_new(password: str) -> None:
    """Raise UserError for one that nobody should choose: too short, or tried early by others."""
    check_length(password)
    require_unguessable(password)


def slots_of(file: KeyFile, kinds: tuple[str, ...]) -> list[Slot]:
    """Those of these kinds."""
    return [slot for slot in file.slots if slot.kind in kinds]


def others(file: KeyFile, kinds: tuple[str, ...]) -> list[Slot]:
    """The rest, also those that only a newer program knows."""
    return [slot for slot in file.slots if slot.kind not in kinds]


def _unwrap_by_password(file: KeyFile, password: str) -> bytes:
    key = open_slots(file, BY_PASSWORD, password)
    if key is None:
        raise WrongPassword(
            mark("Wrong password. Your work is safe; check the keyboard's language and try again.")
        )
    return key


def open_slots(file: KeyFile, kinds: tuple[str, ...], password: str) -> bytes | None:
    """What a slot of these kinds wraps under this password; None where none opens."""
    for slot in slots_of(file, kinds):
        secret = _device_secret(file) if slot.keystore else None
        kek = _kek(password, secret, slot)
        try:
            return AESGCM(kek).decrypt(slot.nonce, slot.wrapped, _bound(file.profile, slot))
        except InvalidTag:
            continue  # another slot may have another password
    return None


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


def wrap_slot(
    profile: str, key: bytes, password: str, secret: bytes | None, cost: Cost, kind: str = ""
) -> Slot:
    """The key under a password or code; `kind` by default one of BY_PASSWORD."""
    slot = Slot(
        kind=kind or (WITH_KEYSTORE if secret else PASSWORD),
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
