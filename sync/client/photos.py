"""Photos and files, exchanged after the records that name them, by what is in them.

First the small pictures, so that a record's photos are soon seen; then the originals, in parts of
256 KB: after a cut, a restart or on another laptop each file goes on where it stopped.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, sessionmaker

from sync.client.tables import Blob
from sync.errors import Refused
from sync.parts import LARGEST, PART, SPOILED
from sync.records.notes import Attachment

SUM = re.compile(r"[0-9a-f]{64}")
ASKED = 500  # sums in one question
MOST_TAKEN = 200  # files in one exchange; the next one goes on
SETBACKS = 3  # times that the server may have dropped a file's parts in one exchange


class BlobTransport(Protocol):
    """The server, as the exchange of files needs it. Raises sync.errors."""

    def lacking_blobs(self, hashes: list[str]) -> list[str]: ...
    def blob_offsets(self, hashes: list[str]) -> dict[str, int]: ...
    def put_part(self, sha256: str, offset: int, content: bytes, *, last: bool) -> int | None: ...
    def get_part(self, sha256: str, offset: int) -> tuple[bytes, int]: ...
    def thumbnails(self, originals: list[str]) -> dict[str, bytes]: ...


class Files(Protocol):
    """Where the bytes lie on this laptop."""

    def has(self, sha256: str) -> bool: ...
    def read(self, sha256: str) -> bytes: ...
    def received(self, sha256: str) -> int:
        """How many bytes of an unfinished file are here."""

    def add_part(self, sha256: str, offset: int, content: bytes) -> None:
        """Keep the next part of 256 KB; it survives a restart."""

    def finish(self, sha256: str, last: bytes) -> None:
        """Make the parts and this last one the file. ValueError: other bytes; parts are gone."""


class Holder(Files, Protocol):
    """The same, where files may also leave."""

    def drop(self, sha256: str) -> bool:
        """Delete a file; whether it is gone."""


@dataclass
class PhotoExchange:
    """What one exchange did, in files and bytes. `refused` will be tried again.

    Small pictures are counted apart: a person counts photos.
    """

    sent: int = 0
    sent_bytes: int = 0
    taken: int = 0
    taken_bytes: int = 0
    refused: int = 0
    small_sent: int = 0
    small_taken: int = 0
    to_send: int = 0  # photos that are still to go, and to come
    to_take: int = 0


Tell = Callable[[PhotoExchange], None]


def _untold(_: PhotoExchange) -> None:
    """Nobody wants to know."""


def exchange_photos(
    store: sessionmaker[Session],
    transport: BlobTransport,
    files: Files,
    most_taken: int = MOST_TAKEN,
    *,
    take: bool = True,
    tell: Tell = _untold,
) -> PhotoExchange:
    """Send the files that the server lacks, then, unless not `take`, those that records here name.

    Each part is settled by itself: after a cut the next exchange goes on behind the last one.
    `tell` is told after each part; to stop there it raises. Raises Offline, SignInAgain.
    """
    done = PhotoExchange()
    told = _Told(transport, partial(tell, done))
    _send(store, told, files, done, small=True)
    if take:
        _take_small(store, told, files, done)
    _send(store, told, files, done, small=False)
    if take:
        _take(store, told, files, done, most_taken)
    return done


class _Told:
    """The line, with a word after each part that went over it."""

    def __init__(self, transport: BlobTransport, tell: Callable[[], None]) -> None:
        self._transport, self._tell = transport, tell
        self.lacking_blobs = transport.lacking_blobs
        self.blob_offsets = transport.blob_offsets

    def put_part(self, sha256: str, offset: int, content: bytes, *, last: bool) -> int | None:
        reached = self._transport.put_part(sha256, offset, content, last=last)
        self._tell()
        return reached

    def get_part(self, sha256: str, offset: int) -> tuple[bytes, int]:
        part = self._transport.get_part(sha256, offset)
        self._tell()
        return part

    def thumbnails(self, originals: list[str]) -> dict[str, bytes]:
        given = self._transport.thumbnails(originals)
        self._tell()
        return given


def originals() -> ColumnElement[bool]:
    """Which rows of Blob are what people attached, and no small pictures of it."""
    return Blob.sha256.not_in(
        select(Attachment.thumbnail).where(Attachment.thumbnail.is_not(None))
    )


def count_coming(session: Session) -> int:
    """How many files records name, and the next exchanges bring."""
    here = select(Blob.sha256).where(Blob.here | Blob.away)
    named = select(func.count(Attachment.sha256.distinct())).where(
        ~Attachment.removed, func.length(Attachment.sha256) == 64, Attachment.sha256.not_in(here)
    )
    return session.scalar(named) or 0


def _send(
    store: sessionmaker[Session],
    transport: BlobTransport,
    files: Files,
    done: PhotoExchange,
    *,
    small: bool,
) -> None:
    """Send what waits of the small pictures, or of the originals."""
    which = ~originals() if small else originals()
    with store() as session:
        waiting = list(session.scalars(select(Blob.sha256).where(~Blob.there, Blob.here, which)))
    done.to_send = 0 if small else len(waiting)
    for some in slices(waiting):
        try:
            offsets = transport.blob_offsets(some)
        except Refused:  # whose role may attach nothing any more
            done.refused += len(some)
            continue
        for sha256 in some:
            done.to_send = max(0, done.to_send - 1)
            if sha256 in offsets:
                if not files.has(sha256):  # deleted from outside: its row goes on waiting
                    continue
                content = files.read(sha256)
                try:
                    _send_parts(transport, sha256, content, offsets[sha256])
                except Refused:  # one file's own fault must not stop the others
                    done.refused += 1
                    continue
                done.small_sent += small
                done.sent += not small
                done.sent_bytes += len(content)
            with store.begin() as session:
                session.get_one(Blob, sha256).there = True


def _send_parts(transport: BlobTransport, sha256: str, content: bytes, start: int) -> None:
    """Send a file from an offset on, and go wherever the server says. Raises Refused."""
    setbacks, offset = 0, start
    while True:
        last = offset + PART >= len(content)
        reached = transport.put_part(sha256, offset, content[offset : offset + PART], last=last)
        if reached is None:
            return
        if reached <= offset:
            setbacks += 1
            if setbacks > SETBACKS:
                raise Refused(SPOILED)
        offset = reached


def _take_small(
    store: sessionmaker[Session], transport: BlobTransport, files: Files, done: PhotoExchange
) -> None:
    """Take the small pictures whose originals are not here, a bundle at a time."""
    with store() as session:
        here = _here(session)
        wanted = {
            small: original
            for original, small in _named(session)
            if small and small not in here and original not in here
        }
    asked = list(wanted)
    while asked:
        some = asked[:ASKED]
        given = transport.thumbnails([wanted[small] for small in some])
        got = given.keys() & set(asked)
        for small in got:
            try:
                files.finish(small, given[small])
            except ValueError:  # other bytes than the record names
                done.refused += 1
                continue
            _write_down(store, small, len(given[small]))
            done.small_taken += 1
        asked = [small for small in asked if small not in got] if got else asked[ASKED:]


def _take(
    store: sessionmaker[Session],
    transport: BlobTransport,
    files: Files,
    done: PhotoExchange,
    most: int,
) -> None:
    with store() as session:
        here = _here(session)
        apart = here | set(session.scalars(select(Blob.sha256).where(Blob.away)))
        wanted = [sha256 for sha256, _ in _named(session) if sha256 not in apart]
    done.to_take = min(len(wanted), most)
    for some in slices(wanted):
        absent = set(transport.lacking_blobs(some))  # their author has not sent them yet
        for sha256 in some:
            if done.taken >= most:
                return
            done.to_take = max(0, done.to_take - 1)
            if sha256 in absent:
                continue
            try:
                size = _take_parts(transport, files, sha256)
            except (Refused, ValueError):  # not for us, or other bytes than were asked for
                done.refused += 1
                continue
            _write_down(store, sha256, size)
            done.taken += 1
            done.taken_bytes += size


def take_one(
    store: sessionmaker[Session], transport: BlobTransport, files: Files, sha256: str
) -> None:
    """Take one file that somebody opens. Raises Offline, SignInAgain; Refused: it is not to be had."""
    try:
        size = _take_parts(transport, files, sha256)
    except ValueError as error:
        raise Refused(SPOILED) from error
    _write_down(store, sha256, size)


def _take_parts(transport: BlobTransport, files: Files, sha256: str) -> int:
    """Take a file from where it stopped → its size. Raises Refused, ValueError."""
    offset = files.received(sha256)
    while True:
        content, size = transport.get_part(sha256, offset)
        if size > LARGEST or (len(content) < PART and offset + len(content) < size):
            raise ValueError("too large, or a part too small")
        if offset + len(content) >= size:
            files.finish(sha256, content)
            return size
        files.add_part(sha256, offset, content[:PART])
        offset += PART


def _write_down(store: sessionmaker[Session], sha256: str, size: int) -> None:
    with store.begin() as session:
        session.merge(
            Blob(sha256=sha256, size=size, here=True, there=True, away=False, since=None)
        )


def _here(session: Session) -> set[str]:
    return set(session.scalars(select(Blob.sha256).where(Blob.here)))


def _named(session: Session) -> list[tuple[str, str | None]]:
    """(file, its small picture or None) that records name, the newest first, each file once."""
    rows = session.execute(
        select(Attachment.sha256, Attachment.thumbnail)
        .where(~Attachment.removed, Attachment.sha256.is_not(None))
        .order_by(Attachment.created.desc(), Attachment.id)
    )
    found: dict[str, str | None] = {}
    for sha256, small in rows:
        if sha256 and SUM.fullmatch(sha256) and not found.get(sha256):
            found[sha256] = small if small and SUM.fullmatch(small) else None
    return list(found.items())


def slices(sums: list[str]) -> Iterator[list[str]]:
    """The sums, so many at a time as one question asks for."""
    return (sums[start : start + ASKED] for start in range(0, len(sums), ASKED))
