"""Photos and files, exchanged after the records that name them, by what is in them.

First the small pictures, so that a record's photos are soon seen; then the originals, in parts of
256 KB: after a cut, a restart or on another laptop each file goes on where it stopped.
"""

from collections.abc import Callable, Collection
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from sync.client.blobs import (
    BlobTransport,
    Files,
    PhotoExchange,
    are_here,
    named,
    originals,
    said_sizes,
    slices,
    write_down,
)
from sync.client.facts import recall, remember
from sync.client.small_pictures import take_small
from sync.client.tables import Blob
from sync.errors import Refused, UserError
from sync.parts import LARGEST, PART, SPOILED

MOST_TAKEN = 200  # files in one exchange; the next one goes on
BEGUN = "photos_begun"  # the fact: sums of files of which the server may have a part
SETBACKS = 3  # times that the server may have dropped a file's parts in one exchange

Tell = Callable[[PhotoExchange], None]


class WrongSize(ValueError):
    """The server has it in another size than its records say."""

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


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
        take_small(store, told, files, done)
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
        _begin(store, offsets)
        for sha256 in some:
            done.to_send = max(0, done.to_send - 1)
            if not _waits(store, sha256):  # another picture took its place, or it was erased
                continue
            if sha256 in offsets:
                if not files.has(sha256):  # deleted from outside: its row goes on waiting
                    continue
                try:  # one file's own fault must not stop the others
                    content = files.read(sha256)
                except UserError:  # it waits until somebody lets the laptop look for a sound copy
                    done.damaged += 1
                    continue
                try:
                    _send_parts(transport, sha256, content, offsets[sha256])
                except Refused:
                    done.refused += 1
                    continue
                done.small_sent += small
                done.sent += not small
                done.sent_bytes += len(content)
            with store.begin() as session:
                if (blob := session.get(Blob, sha256)) is not None:
                    blob.there = True
        _begin(store, ())


def may_be_there(session: Session, sums: Collection[str]) -> bool:
    """Whether the server may have one of these files, or the beginning of one."""
    begun = recall(session, BEGUN, list[str]) or []
    sent = select(Blob.sha256).where(Blob.sha256.in_(sums), Blob.there)
    return not set(sums).isdisjoint(begun) or session.scalar(sent.limit(1)) is not None


def begin(session: Session, sums: Collection[str]) -> None:
    """Before the first byte of these leaves, over a line or in a letter: whatever comes of it, they
    may be there. Those that are through are noted no more."""
    before = recall(session, BEGUN, list[str]) or []
    if not {*before, *sums}:
        return
    left = select(Blob.sha256).where(Blob.sha256.in_({*before, *sums}), ~Blob.there)
    remember(session, BEGUN, sorted(session.scalars(left)))


def _begin(store: sessionmaker[Session], sums: Collection[str]) -> None:
    with store.begin() as session:
        begin(session, sums)


def _waits(store: sessionmaker[Session], sha256: str) -> bool:
    with store() as session:
        return session.get(Blob, sha256) is not None


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


def _take(
    store: sessionmaker[Session],
    transport: BlobTransport,
    files: Files,
    done: PhotoExchange,
    most: int,
) -> None:
    with store() as session:
        apart = are_here(session) | set(session.scalars(select(Blob.sha256).where(Blob.away)))
        wanted = [sha256 for sha256 in named(session) if sha256 not in apart]
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
                size = _take_parts(store, transport, files, sha256)
            except WrongSize as wrong:
                _put_off(store, sha256, wrong.size)
                done.unfit += 1
                continue
            except (Refused, ValueError):  # not for us, or other bytes than were asked for
                done.refused += 1
                continue
            write_down(store, sha256, size)
            done.taken += 1
            done.taken_bytes += size


def take_one(
    store: sessionmaker[Session], transport: BlobTransport, files: Files, sha256: str
) -> None:
    """Take one file that somebody opens. Raises Offline, SignInAgain; Refused: it is not to be had."""
    try:
        size = _take_parts(store, transport, files, sha256)
    except ValueError as error:
        raise Refused(SPOILED) from error
    write_down(store, sha256, size)


def _take_parts(
    store: sessionmaker[Session], transport: BlobTransport, files: Files, sha256: str
) -> int:
    """Take a file from where it stopped → its size. Raises Refused, ValueError.

    What is of another size than its records say is not begun: it could be any file of theirs.
    """
    with store() as session:
        said = said_sizes(session, sha256)
    offset = files.received(sha256)
    while True:
        content, size = transport.get_part(sha256, offset)
        if size > LARGEST or (len(content) < PART and offset + len(content) < size):
            raise ValueError("too large, or a part too small")
        if said and size not in said:
            raise WrongSize(size)
        if offset + len(content) >= size:
            if offset + len(content) > size:
                raise ValueError("more than was said")
            files.finish(sha256, content)
            return size
        files.add_part(sha256, offset, content[:PART])
        offset += PART


def _put_off(store: sessionmaker[Session], sha256: str, size: int) -> None:
    """It stays on the server, as what was let go of does: until it is opened, or the next look."""
    row = Blob(sha256=sha256, size=size, here=False, there=True, away=True, unfit=True)
    with store.begin() as session:
        session.merge(row)
