"""Photos and files, exchanged after the records that name them, by what is in them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from sync.client.tables import Blob
from sync.errors import Refused
from sync.records.notes import Attachment

SUM = re.compile(r"[0-9a-f]{64}")
ASKED = 500  # sums in one question
MOST_TAKEN = 200  # files in one exchange; the next one goes on


class BlobTransport(Protocol):
    """The server, as the exchange of files needs it. Raises sync.errors."""

    def lacking_blobs(self, hashes: list[str]) -> list[str]: ...
    def put_blob(self, sha256: str, content: bytes) -> None: ...
    def get_blob(self, sha256: str) -> bytes: ...


class Files(Protocol):
    """Where the bytes lie on this laptop."""

    def has(self, sha256: str) -> bool: ...
    def read(self, sha256: str) -> bytes: ...
    def keep(self, sha256: str, content: bytes) -> None:
        """Raises ValueError where the bytes are not those of this sum."""


@dataclass
class PhotoExchange:
    """What one exchange did, in files and bytes. `refused` will be tried again."""

    sent: int = 0
    sent_bytes: int = 0
    taken: int = 0
    taken_bytes: int = 0
    refused: int = 0


def exchange_photos(
    store: sessionmaker[Session],
    transport: BlobTransport,
    files: Files,
    most_taken: int = MOST_TAKEN,
) -> PhotoExchange:
    """Send the files that the server lacks, then take those that records here name.

    Each file is settled by itself: after a cut the next exchange goes on behind the last one.
    Raises Offline, SignInAgain.
    """
    done = PhotoExchange()
    _send(store, transport, files, done)
    _take(store, transport, files, done, most_taken)
    return done


def _send(
    store: sessionmaker[Session], transport: BlobTransport, files: Files, done: PhotoExchange
) -> None:
    with store() as session:
        waiting = list(session.scalars(select(Blob.sha256).where(~Blob.there, Blob.here)))
    for some in _slices(waiting):
        lacking = set(transport.lacking_blobs(some))
        for sha256 in some:
            if sha256 in lacking and not _put(transport, files, sha256, done):
                continue
            with store.begin() as session:
                session.get_one(Blob, sha256).there = True


def _put(transport: BlobTransport, files: Files, sha256: str, done: PhotoExchange) -> bool:
    if not files.has(sha256):  # deleted from outside: its row goes on waiting, and is seen to
        return False
    content = files.read(sha256)
    try:
        transport.put_blob(sha256, content)
    except Refused:  # one file's own fault must not stop the others
        done.refused += 1
        return False
    done.sent += 1
    done.sent_bytes += len(content)
    return True


def _take(
    store: sessionmaker[Session],
    transport: BlobTransport,
    files: Files,
    done: PhotoExchange,
    most: int,
) -> None:
    with store() as session:
        wanted = _wanted(session)
    for some in _slices(wanted):
        absent = set(transport.lacking_blobs(some))  # their author has not sent them yet
        for sha256 in some:
            if done.taken >= most:
                return
            if sha256 in absent:
                continue
            try:
                content = transport.get_blob(sha256)
                files.keep(sha256, content)
            except (Refused, ValueError):  # not for us, or other bytes than were asked for
                done.refused += 1
                continue
            with store.begin() as session:
                session.merge(Blob(sha256=sha256, size=len(content), here=True, there=True))
            done.taken += 1
            done.taken_bytes += len(content)


def _wanted(session: Session) -> list[str]:
    """What records name and this laptop lacks, the newest first, each once."""
    here = set(session.scalars(select(Blob.sha256).where(Blob.here)))
    named = session.scalars(
        select(Attachment.sha256)
        .where(~Attachment.removed, Attachment.sha256.is_not(None))
        .order_by(Attachment.created.desc(), Attachment.id)
    )
    sums = dict.fromkeys(sha256 for sha256 in named if sha256 and SUM.fullmatch(sha256))
    return [sha256 for sha256 in sums if sha256 not in here]


def _slices(sums: list[str]) -> Iterator[list[str]]:
    return (sums[start : start + ASKED] for start in range(0, len(sums), ASKED))
