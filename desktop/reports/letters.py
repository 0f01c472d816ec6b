"""What stands in a sealed letter, and how it is sealed and opened.

A letter is signed by its writer, filled up to a length that tells little, and encrypted under a key
used once (ChaCha20-Poly1305); that key is sealed to each reader (sync.sealing). The seal and the
signature hold for this letter of this box alone.
"""

import os
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID, uuid4

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from sync.errors import UserError
from sync.language import mark
from sync.reports import LARGE_STEP, LARGEST, STEP, SealedLetter
from sync.sealing import ONCE, Keys, PublicKeys

KEY, LENGTH, TAG = 32, 4, 16  # bytes
MOST_TEXT = 20_000  # characters of one text


class Letter(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """What all of them have."""

    on: date  # not finer: the hour would tell which laptop
    place: int = 0  # so many letters of the box its writer had seen: it stands after them


class Report(Letter, frozen=True, kw_only=True, tag="report"):
    """The first letter of a box, by whose hand the box is known. Who reports may stay unsaid."""

    what: str
    where: str = ""
    when: str = ""
    reporter_name: str = ""
    contact: str = ""
    photos: list[bytes] = []  # JPEG, nothing but pixels


class Word(Letter, frozen=True, kw_only=True, tag="word"):
    """What the reporter adds, or an officer answers."""

    text: str


class HandedOver(Letter, frozen=True, kw_only=True, tag="handed_over"):
    """The only outcome: the report is with the body that may look into it."""

    body: str  # its name
    handed_on: date
    incoming_number: str = ""
    text: str = ""


AnyLetter = Report | Word | HandedOver


class Signed(msgspec.Struct, frozen=True):
    """What is inside the seal."""

    letter: bytes  # MessagePack
    writer: PublicKeys
    signature: bytes


class Read(msgspec.Struct, frozen=True):
    """A letter that was opened, and whose hand it is."""

    id: UUID
    letter: AnyLetter
    writer: PublicKeys


def seal(
    letter: AnyLetter, box: bytes, writer: Keys, readers: Iterable[PublicKeys]
) -> SealedLetter:
    """Only the readers can open it; the writer cannot, unless named. Raises UserError: too long."""
    id, key = uuid4(), os.urandom(KEY)
    content = msgspec.msgpack.encode(letter)
    signed = Signed(content, writer.public, writer.sign(_about(id, box) + content))
    inside = _filled(msgspec.msgpack.encode(signed))
    if len(inside) + TAG > LARGEST:
        raise UserError(
            mark("The report is too long, or has too many pictures. Nothing was sealed yet.")
        )
    body = ChaCha20Poly1305(key).encrypt(ONCE, inside, _about(id, box))
    return SealedLetter(id=id, box=box, body=body, seals=_seals(key, id, box, readers))


def open_letter(sealed: SealedLetter, own: Sequence[Keys]) -> Read | None:
    """The letter by one of these keys; None where it is sealed for none of them.

    Raises ValueError where it was altered, or is of another box, or signed by nobody.
    """
    key = _key_of(sealed, own)
    if key is None:
        return None
    about = _about(sealed.id, sealed.box)
    try:
        inside = ChaCha20Poly1305(key).decrypt(ONCE, sealed.body, about)
    except InvalidTag as error:
        raise ValueError("altered") from error
    length = int.from_bytes(inside[:LENGTH])
    try:
        signed = msgspec.msgpack.decode(inside[LENGTH : LENGTH + length], type=Signed)
        signed.writer.check(signed.signature, about + signed.letter)
        letter = msgspec.msgpack.decode(signed.letter, type=AnyLetter)
    except RecursionError as error:  # nested without end: its writer meant to stop who reads it
        raise ValueError("nested too deep") from error
    return Read(sealed.id, letter, signed.writer)


def seals_for(
    sealed: SealedLetter, own: Sequence[Keys], readers: Iterable[PublicKeys]
) -> list[bytes]:
    """The letter's key for further readers; none where it cannot be opened here."""
    key = _key_of(sealed, own)
    return [] if key is None else _seals(key, sealed.id, sealed.box, readers)


def _key_of(sealed: SealedLetter, own: Sequence[Keys]) -> bytes | None:
    """Whom a seal is for is not said: each is tried."""
    for seal_ in sealed.seals:
        for keys in own:
            try:
                return keys.open(seal_, _about(sealed.id, sealed.box))
            except ValueError:
                continue
    return None


def _seals(key: bytes, id: UUID, box: bytes, readers: Iterable[PublicKeys]) -> list[bytes]:
    """In the order of chance, which tells nobody who is who."""
    return sorted(one.seal(key, _about(id, box)) for one in readers)


def _about(id: UUID, box: bytes) -> bytes:
    return b"dala report letter " + id.bytes + box


def _filled(content: bytes) -> bytes:
    """With its length before it and zeros behind, so that whole steps are to be seen only."""
    length = LENGTH + len(content)
    step = STEP if length <= LARGE_STEP else LARGE_STEP
    return len(content).to_bytes(LENGTH) + content + bytes(-length % step)
