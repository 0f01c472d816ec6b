"""The carry file: what a laptop has to say to its server, and the reply, where no line reaches.

A letter is a `SyncRequest` and the files that its records name; a reply is the `SyncReply`. Who
carries a letter can neither read nor change it, nor deliver it twice to any effect: each change
in it has its id. The file is read and written part by part, and each part is delivered by itself:

    DALA-CARRY 1\n · length, Head as JSON · length, part 0: the message · length, part 1 …

A part is the writer's signature, then what is sealed for the reader. Both hold for this head and
this place in the file only. Lengths are 4 bytes, big-endian.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import IO, Literal, TypeVar
from uuid import UUID

import msgspec

from sync.change import SyncReply, SyncRequest
from sync.decoding import decode
from sync.errors import Refused, UserError
from sync.language import mark
from sync.packing import pack, unpack
from sync.parts import PART
from sync.sealing import OVERHEAD, SIGNATURE, Keys, PublicKeys

MAGIC, FAMILY = b"DALA-CARRY 1\n", b"DALA-CARRY "
SUFFIX = ".dala"
PIECE = 16 * PART  # bytes of a file that go into one part
MOST_CHANGES = 20_000  # in one letter
MOST_SAID = 16 * 2**20  # bytes of JSON that these may come to
MOST_JSON = 64 * 2**20  # bytes of one message, unpacked
MOST_FILES = 2**30  # bytes of files in one letter: a stick's file system takes no file above 4 GB
LONGEST_HEAD = 4_096
LONGEST_PART = MOST_JSON + 4_096
LONGEST_PARCEL = 20 * 2**20  # bytes that are delivered at once

NOT_OURS = mark("“{name}” is no carry file of Dala. Nothing was changed. Choose another file.")
NEWER = mark(
    "“{name}” was written by a newer version of this program. Nothing was changed; please update."
)
CUT = mark(
    "“{name}” is cut short: it was not copied whole. Nothing was taken from it. Copy it again from "
    "where it was written."
)
ALTERED = mark(
    "“{name}” was damaged or altered on the way. Nothing was taken from it. What is in it is safe "
    "where it was written: write it anew there."
)
OTHER_FORM = {
    "letter": mark("“{name}” is a letter to the server, not a reply. Deliver it instead."),
    "reply": mark("“{name}” is a reply, not a letter. Take it in on the laptop that wrote."),
}

T = TypeVar("T")
Form = Literal["letter", "reply"]


class Unusable(UserError):
    """A carry file that nothing can be taken from, and why. Nothing was changed by it."""


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What the outside of a carry file tells everybody."""

    form: Form
    letter: UUID  # of a reply: the letter that it answers
    device: UUID  # the laptop that wrote the letter
    server: str  # by which the server's keys are known
    parts: int


class FileName(msgspec.Struct, frozen=True):
    """A file in a letter: its parts follow the message, in the order of the names."""

    sha256: str
    size: int

    @property
    def parts(self) -> int:
        """How many parts it takes."""
        return max(1, -(-self.size // PIECE))


class Piece(msgspec.Struct, frozen=True, array_like=True):
    """What a part after the message holds; nothing of a file that is gone."""

    sha256: str
    size: int  # of the whole file
    offset: int
    content: bytes


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """What a laptop says."""

    request: SyncRequest
    language: str  # in which the server gives its reasons
    files: list[FileName] = []


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What the server says to a letter, and what the laptop knew when it wrote it."""

    reply: SyncReply
    epoch: str
    cursors: dict[str, int]
    rights: str
    here: list[str] = []  # those of the letter's files that the server has by now


class Introduction(msgspec.Struct, frozen=True):
    """What the server tells a laptop that has told it its keys."""

    device: UUID
    keys: PublicKeys
    proves: bool = False  # whether it knows how to take proofs and to give them, see sync.proof


class Delivered(msgspec.Struct, frozen=True):
    """What whoever delivers a part is told."""

    reply: bytes = b""  # to the message: a carry file
    again: bool = False  # the letter had come before
    wanted: list[int] = []  # parts that the server lacks


def known_by(server: PublicKeys) -> str:
    """By what a letter names its server."""
    return sha256(server.signing + server.sealing).hexdigest()[:16]


def write_carry(
    out: IO[bytes], head: Head, parts: Iterable[bytes], writer: Keys, reader: PublicKeys
) -> None:
    """Write a whole carry file: its parts are signed by the writer and sealed for the reader."""
    raw = msgspec.json.encode(head)
    out.write(MAGIC + _framed(raw))
    for index, content in enumerate(parts):
        out.write(_framed(close_part(raw, index, content, writer, reader)))


def close_part(raw: bytes, index: int, content: bytes, writer: Keys, reader: PublicKeys) -> bytes:
    """Sign and seal one part; `raw` is the head as it stands in the file."""
    context = _context(raw, index)
    sealed = reader.seal(content, context)
    return writer.sign(context + sealed) + sealed


def open_part(raw: bytes, index: int, part: bytes, writer: PublicKeys, reader: Keys) -> bytes:
    """What is in a part. Raises ValueError unless this writer wrote it for this reader."""
    context = _context(raw, index)
    signature, sealed = part[:SIGNATURE], part[SIGNATURE:]
    writer.check(signature, context + sealed)
    return reader.open(sealed, context)


class CarryFile:
    """A carry file that is read: head first, then the parts, of which one at a time is held."""

    def __init__(self, file: IO[bytes], name: str, form: Form) -> None:
        """Read the head. `name` is what people call the file. Raises Unusable."""
        self._file, self._name = file, name
        self.raw = self._read_head()
        try:
            self.head = decode(self.raw, Head)
        except ValueError as error:
            raise self.unusable(ALTERED) from error
        if self.head.form != form:
            raise self.unusable(OTHER_FORM[self.head.form])
        self._begin = file.tell()

    def parts(self) -> Iterator[tuple[int, bytes]]:
        """(index, part) from the first to the last. Raises Unusable where the file is cut."""
        self._file.seek(self._begin)
        for index in range(self.head.parts):
            yield index, self._framed(LONGEST_PART)

    def check_whole(self) -> None:
        """Raises Unusable unless all parts are there, and nothing else."""
        for _ in self.parts():
            pass
        if self._file.read(1):
            raise self.unusable(ALTERED)

    def unusable(self, text: str) -> Unusable:
        """The error that says so about this file."""
        return Unusable(text, name=self._name)

    def _read_head(self) -> bytes:
        begin = self._file.read(len(MAGIC))
        if begin != MAGIC:
            if begin.startswith(FAMILY) and begin.endswith(b"\n"):
                raise self.unusable(NEWER)
            raise self.unusable(CUT if begin and MAGIC.startswith(begin) else NOT_OURS)
        return self._framed(LONGEST_HEAD)

    def _framed(self, most: int) -> bytes:
        length = int.from_bytes(self._read(4))
        if length > most:
            raise self.unusable(ALTERED)
        return self._read(length)

    def _read(self, length: int) -> bytes:
        content = self._file.read(length)
        if len(content) < length:
            raise self.unusable(CUT)
        return content


def parcel(raw: bytes, index: int, part: bytes) -> bytes:
    """One part as it is delivered: with the head, and its place."""
    return MAGIC + _framed(raw) + index.to_bytes(4) + part


def unwrap(parcel: bytes) -> tuple[bytes, Head, int, bytes]:
    """(head as it stands, head, index, part) of what was delivered. Raises ValueError."""
    at = len(MAGIC) + 4
    length = int.from_bytes(parcel[len(MAGIC) : at])
    if not parcel.startswith(MAGIC) or length > LONGEST_HEAD:
        raise ValueError("no parcel")
    raw, rest = parcel[at : at + length], parcel[at + length :]
    head = decode(raw, Head)
    if head.form != "letter" or len(rest) < 4 + SIGNATURE + OVERHEAD:
        raise ValueError("no letter")
    return raw, head, int.from_bytes(rest[:4]), rest[4:]


def packed(message: Letter | Reply) -> bytes:
    """What the first part holds."""
    return pack(msgspec.json.encode(message))


def unpacked(content: bytes, shape: type[T]) -> T:
    """The message of a first part. Raises ValueError."""
    return decode(unpack(content, MOST_JSON), shape)


def pieces(name: FileName, content: bytes) -> Iterator[bytes]:
    """The parts of one file: as many as its name says, also of a file that is gone (b"")."""
    for number in range(name.parts):
        at = number * PIECE
        said = Piece(name.sha256, name.size, at, content[at : at + PIECE])
        yield msgspec.msgpack.encode(said)


def as_piece(content: bytes) -> Piece:
    """What a part that is no message holds. Raises ValueError."""
    try:
        return msgspec.msgpack.decode(content, type=Piece)
    except (ValueError, RecursionError) as error:
        raise ValueError("no piece of a file") from error


def placed(files: Iterable[FileName]) -> Iterator[tuple[int, str]]:
    """(index, file) of each part that follows the message."""
    index = 1
    for name in files:
        for _ in range(name.parts):
            yield index, name.sha256
            index += 1


def reply_path(letter: Path) -> Path:
    """Where the reply to a letter is put: beside it."""
    return letter.with_name(f"{letter.stem}-reply{SUFFIX}")


def deliver_file(carried: CarryFile, send: Callable[[bytes], Delivered]) -> Delivered:
    """Hand over a letter part by part → the reply, and whether the letter had come before.

    The message goes first, so that records are safe before files; where files followed it goes
    once more, for the reply to say which have come. `send` hands over one parcel. Raises Unusable
    before anything was sent, and what `send` raises.
    """
    carried.check_whole()
    told, message, wanted = Delivered(), b"", set[int]()
    for index, part in carried.parts():
        if index == 0:
            message = parcel(carried.raw, 0, part)
            told = send(message)
            wanted = set(told.wanted)
        elif index in wanted:
            with suppress(Refused):  # one file's own fault must not stop the others
                send(parcel(carried.raw, index, part))
    if not wanted:
        return told
    return msgspec.structs.replace(send(message), again=told.again)


def _framed(content: bytes) -> bytes:
    return len(content).to_bytes(4) + content


def _context(raw: bytes, index: int) -> bytes:
    return MAGIC + sha256(raw).digest() + index.to_bytes(4)
