"""Photos and files as rows: which are here, which are named, and who carries and keeps the bytes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, sessionmaker

from sync.client.tables import Blob
from sync.errors import Refused
from sync.records.notes import Attachment

SUM = re.compile(r"[0-9a-f]{64}")
ASKED = 500  # sums in one question


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

    def is_small_picture(self, content: bytes) -> bool:
        """Whether these bytes are a small picture as this program makes them."""


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
    damaged: int = 0  # wait here, and cannot be read: not sent
    unfit: int = 0  # came, or began to, and are not what their record says: not kept
    to_send: int = 0  # photos that are still to go, and to come
    to_take: int = 0


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


def write_down(store: sessionmaker[Session], sha256: str, size: int) -> None:
    """A file is here whole, and the server has it."""
    row = Blob(
        sha256=sha256, size=size, here=True, there=True, away=False, since=None, unfit=False
    )
    with store.begin() as session:
        session.merge(row)


def are_here(session: Session) -> set[str]:
    """The files whose bytes are on this laptop."""
    return set(session.scalars(select(Blob.sha256).where(Blob.here)))


def named(session: Session, of: UUID | None = None) -> dict[str, list[str]]:
    """{file: its small pictures} that records name, or this one, the newest first, each once.

    Whoever names a file may name another small picture of it: none of them hides an honest one. Those
    of bare rows are not to be here.
    """
    asked = select(Attachment.sha256, Attachment.thumbnail, Attachment.bare).where(
        ~Attachment.removed, Attachment.sha256.is_not(None)
    )
    if of is not None:
        asked = asked.where(Attachment.parent == of)
    found: dict[str, list[str]] = {}
    for sha256, small, bare in session.execute(
        asked.order_by(Attachment.created.desc(), Attachment.id)
    ):
        if sha256 and SUM.fullmatch(sha256):
            smalls = found.setdefault(sha256, [])
            if small and SUM.fullmatch(small) and small not in smalls and not bare:
                smalls.append(small)
    return found


def said_sizes(session: Session, sha256: str) -> set[int]:
    """The sizes, in bytes, that records say this file has: one, where all are true."""
    asked = select(Attachment.size).where(~Attachment.removed, Attachment.sha256 == sha256)
    return {size for size in session.scalars(asked) if size is not None}


def drop_those_there(
    transport: BlobTransport, files: Holder, sums: list[str]
) -> Iterator[tuple[list[str], set[str]]]:
    """Drop files that the server has, so many at a time → (those that are gone, those it lacks).

    It is asked again for each. The bytes go first, then the caller's rows: after a crash between the
    two the next look finds the row as it was. Raises Offline, SignInAgain.
    """
    for some in slices(sums):
        try:
            lacking = set(transport.lacking_blobs(some)) & set(some)
        except Refused:  # who may attach nothing is told nothing: theirs stay
            return
        yield [one for one in some if one not in lacking and files.drop(one)], lacking


def slices(sums: list[str]) -> Iterator[list[str]]:
    """The sums, so many at a time as one question asks for."""
    return (sums[start : start + ASKED] for start in range(0, len(sums), ASKED))
