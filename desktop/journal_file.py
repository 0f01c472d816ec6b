"""outbox.journal: each edit a second time, outside dala.db. Here is how it lies on the disk.

A head, then entries. The first one holds all edits that waited when the journal was begun; one more
follows for each transaction that put edits into the outbox. What an entry's tag vouches for is also
the head, the entry's place in the row, and the tag of the one before: an entry that is missing,
swapped, repeated or taken from another journal does not open. Behind the last entry is room: zeros.

    head    DALA-JOURNAL-1, then 16 random bytes: the journal's name
    entry   4 bytes: length of what follows · 12 bytes: nonce · AES-256-GCM of JSON, with its tag

When it is written, and what for: desktop.journal.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.files import UNFINISHED, delete, patiently, put_in_place, read_whole
from desktop.keys import derive
from sync.change import Change

MAGIC = b"DALA-JOURNAL-1"
NAME, LENGTH, NONCE, TAG = 16, 4, 12, 16  # bytes
HEAD = len(MAGIC) + NAME
ROOM = 64 * 1024  # bytes by which the file grows


def write_through(handle: int) -> None:
    """Bytes and length reach the disk; where the system can do that, no time of writing does."""
    getattr(os, "fdatasync", os.fsync)(handle)


class Place(msgspec.Struct, frozen=True):
    """What a file holds of its journal, and of those that it had before."""

    journal: str  # the name of the present one
    reached: dict[str, int]  # {journal: number of its last entry that is in the file}

    def next(self) -> "Place":
        """One entry further."""
        number = self.reached.get(self.journal, 0) + 1
        return Place(self.journal, {**self.reached, self.journal: number})

    def holds(self, other: "Place | None") -> bool:
        """Whether all that is at the other place is at this one too."""
        before = other.reached if other is not None else {}
        return all(number <= self.reached.get(name, -1) for name, number in before.items())


def new_place(before: Place | None = None) -> Place:
    """The beginning of another journal, for a file that is at `before`."""
    name = uuid4().hex
    return Place(name, {**(before.reached if before is not None else {}), name: 0})


class Start(msgspec.Struct, frozen=True):
    """The first entry: what waited at this place."""

    place: Place
    edits: list[Change]


@dataclass
class Told:
    """What a journal tells, up to the first entry that does not open."""

    place: Place  # of its last entry
    entries: list[tuple[int, list[Change]]]  # by their numbers
    head: bytes
    clean: bool = True  # only room follows
    whole: bool = True  # nothing follows but room, and perhaps one entry that was being written
    end: int = 0  # bytes up to the end of the last entry
    tag: bytes = b""  # of the last entry

    def since(self, place: Place | None) -> list[Change]:
        """The edits that a file at this place does not hold."""
        reached = place.reached if place is not None else {}
        known = reached.get(self.place.journal, -1)
        return [edit for number, edits in self.entries if number > known for edit in edits]


def read_journal(path: Path, key: bytes) -> Told | None:
    """What the journal of the file with this key tells; None where there is none that can be read."""
    try:
        content = read_whole(path)
    except OSError:
        return None
    cipher, told = _cipher(key), None
    for index, (sealed, end) in enumerate(_frames(content)):
        tag = told.tag if told else b""
        try:
            opened = cipher.decrypt(sealed[:NONCE], sealed[NONCE:], _bound(content, index, tag))
            if told is None:
                start = msgspec.json.decode(opened, type=Start)
                number = start.place.reached[start.place.journal]
                told = Told(start.place, [(number, start.edits)], content[:HEAD])
            else:
                told.place = told.place.next()
                number = told.place.reached[told.place.journal]
                told.entries.append((number, msgspec.json.decode(opened, type=list[Change])))
        except (InvalidTag, ValueError, KeyError):  # msgspec's errors are ValueErrors
            break
        told.end, told.tag = end, sealed[-TAG:]
    if told is not None:
        told.clean, told.whole = _rest(content, told.end)
    return told


class JournalFile:
    """A journal that is added to; it is opened for each write only. All of it raises OSError."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self._cipher = path, _cipher(key)
        self._head, self._tag = b"", b""
        self._index = self._end = self._room = 0

    def begin(self, place: Place, edits: Iterable[bytes]) -> None:
        """Put a new file in place, with these edits (bodies of Change) as its first entry."""
        head = MAGIC + os.urandom(NAME)
        start = b'{"place":%b,"edits":%b}' % (msgspec.json.encode(place), _array(edits))
        frame = self._frame(start, _bound(head, 0, b""))
        unfinished = self._path.with_name(self._path.name + UNFINISHED)
        delete(unfinished)
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(head + frame)
            file.write(bytes(-file.tell() % ROOM))
            file.flush()
            os.fsync(file.fileno())
        put_in_place(unfinished, self._path)
        self._head, self._tag, self._index = head, frame[-TAG:], 1
        self._end, self._room = HEAD + len(frame), self._path.stat().st_size

    def go_on(self, told: Told) -> None:
        """Add to the file that tells this."""
        self._head, self._tag, self._index = told.head, told.tag, len(told.entries)
        self._end, self._room = told.end, self._path.stat().st_size

    def make_room(self, edits: Iterable[bytes]) -> None:
        """See to it that an entry with these edits finds room on the disk."""
        needed = self._end + LENGTH + NONCE + TAG + 2 + sum(len(edit) + 1 for edit in edits)
        if needed > self._room:
            room = needed + -needed % ROOM
            self._write(self._room, bytes(room - self._room))
            self._room = room

    def add(self, edits: Iterable[bytes]) -> None:
        """One more entry; it is on the disk when this returns."""
        frame = self._frame(_array(edits), _bound(self._head, self._index, self._tag))
        self._write(self._end, frame)
        self._end, self._tag, self._index = self._end + len(frame), frame[-TAG:], self._index + 1

    def _frame(self, content: bytes, bound: bytes) -> bytes:
        nonce = os.urandom(NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, content, bound)
        return len(sealed).to_bytes(LENGTH) + sealed

    def _write(self, at: int, content: bytes) -> None:
        with patiently(lambda: self._path.open("r+b", buffering=0)) as file:
            file.seek(at)
            left = memoryview(content)
            while left:  # a disk that is nearly full takes a part
                left = left[file.write(left) :]
            write_through(file.fileno())


def _cipher(key: bytes) -> AESGCM:
    return AESGCM(derive(key, "journal of the outbox"))


def _array(edits: Iterable[bytes]) -> bytes:
    """JSON of what is JSON already."""
    return b"[%b]" % b",".join(edits)


def _bound(head: bytes, index: int, before: bytes) -> bytes:
    """What the tag of an entry also vouches for."""
    return head[:HEAD] + index.to_bytes(8) + before


def _frames(content: bytes) -> Iterator[tuple[bytes, int]]:
    """(what is sealed, where it ends) of each entry, as far as lengths can be believed."""
    at = HEAD
    while content.startswith(MAGIC):
        length = int.from_bytes(content[at : at + LENGTH])
        end = at + LENGTH + length
        if length < NONCE + TAG or end > len(content):
            return
        yield content[at + LENGTH : end], end
        at = end


def _rest(content: bytes, end: int) -> tuple[bool, bool]:
    """Of what follows the last entry: see Told.clean and Told.whole."""
    torn = LENGTH + int.from_bytes(content[end : end + LENGTH])
    return not any(content[end:]), not any(content[end + torn :])
