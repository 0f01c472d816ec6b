"""Photos and files, each stored once under its SHA-256, and who may have which."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.language import mark
from sync.parts import PART
from sync.server.problems import BUG, Problem
from sync.server.store import insert_new
from sync.server.tables import Blob, Kept

SHA256 = re.compile(r"[0-9a-f]{64}")
SMALL = 32 * 2**10  # bytes of the largest small picture that is given in a bundle


class StoreAway(Problem):
    """The store of files does not answer as it should: no bug, and perhaps over in a minute."""

    def __init__(self, sort: str) -> None:
        super().__init__(503, BUG)
        self.sort = sort


class BlobStore(Protocol):
    """Where whole files lie. Whether one may have them is asked elsewhere. Raises StoreAway."""

    def check(self) -> None:
        """Raises UserError where the store cannot be used."""

    def keep(self, part: Path, sha256: str) -> None:
        """Take a received file; it survives a power cut when this returns. Harmless twice."""

    def size(self, sha256: str) -> int | None:
        """How many bytes the file has, or None where it is not here."""

    def is_sound(self, sha256: str) -> bool:
        """Whether the file is here and, as far as is cheap, what its name says."""

    def pieces(self, sha256: str, start: int, stop: int) -> Iterator[bytes]:
        """The bytes [start, stop) of a file that is here."""

    def drop(self, sha256: str) -> None:
        """Delete the bytes for good. Harmless where there are none."""

    def lost(self, sums: Iterable[str]) -> set[str]:
        """Those of the files written down as here whose bytes are gone, as far as is cheap."""


class BlobFolder:
    """Files in a folder of this machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def path(self, sha256: str) -> Path:
        """Where the file of this sum lies or would lie."""
        return self._folder / require_sum(sha256)[:2] / sha256

    def check(self) -> None:
        """It was made when this was."""

    def keep(self, part: Path, sha256: str) -> None:
        """Written through, renamed, and the names written through."""
        target = self.path(sha256)
        target.parent.mkdir(exist_ok=True, mode=0o700)
        with part.open("r+b") as file:
            os.fsync(file.fileno())
        part.replace(target)  # `parts_folder` is on the same disk
        settle(target.parent)
        settle(self._folder)

    def size(self, sha256: str) -> int | None:
        """By the file system."""
        try:
            return self.path(sha256).stat().st_size
        except FileNotFoundError:
            return None

    def is_sound(self, sha256: str) -> bool:
        """It is read to its end."""
        try:
            with self.path(sha256).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except FileNotFoundError:
            return False

    def sums(self) -> set[str]:
        """Of all files that lie here."""
        return {one.name for one in self._folder.glob("??/*") if SHA256.fullmatch(one.name)}

    def pieces(self, sha256: str, start: int, stop: int) -> Iterator[bytes]:
        """At most 256 KB at once."""
        with self.path(sha256).open("rb") as file:
            file.seek(start)
            while start < stop and (piece := file.read(min(PART, stop - start))):
                start += len(piece)
                yield piece

    def drop(self, sha256: str) -> None:
        """The name is gone from the disk when this returns."""
        path = self.path(sha256)
        if path.exists():
            path.unlink(missing_ok=True)
            settle(path.parent)

    def lost(self, sums: Iterable[str]) -> set[str]:
        """Each is looked for."""
        return {one for one in sums if not self.path(one).exists()}


def require_sum(name: str) -> str:
    """The name, if it is a SHA-256 in hex; else there is nothing here."""
    if not SHA256.fullmatch(name):
        raise Problem(404, mark("There is nothing here."))
    return name


def settle(folder: Path) -> None:
    """Write the folder's own entries through; Windows has no way to, and no need."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def lacking(session: Session, store: BlobStore, sums: list[str]) -> list[str]:
    """Those of the sums that are not here, in their order."""
    here = set(session.scalars(select(Blob.sha256).where(Blob.sha256.in_(_sums(sums)))))
    here -= store.lost(here)
    return [one for one in sums if one not in here]


def is_here(session: Session, store: BlobStore, sha256: str) -> bool:
    """Whether a file is whole and written down as here."""
    return not lacking(session, store, [sha256])


def note(session: Session, sha256: str, size: int) -> None:
    """Write down that a file is completely here."""
    insert_new(session, Blob, [{"sha256": sha256, "size": size}])


def readable(session: Session, sha256: str, streams: Iterable[str]) -> bool:
    """Whether an attachment in one of these streams names the file, and the file is here."""
    named = select(Kept.id).where(Kept.sha256 == sha256, Kept.district.in_(list(streams)))
    return session.get(Blob, sha256) is not None and session.scalar(named.limit(1)) is not None


def thumbnails(
    session: Session, originals: list[str], streams: Iterable[str]
) -> list[tuple[str, int]]:
    """(sum, size) of the small pictures of these originals, as far as they are here.

    A small picture is named by the attachment that names its original: it is seen by those who
    may see the record, and the asking laptop knows its sum.
    """
    named = select(Kept.fields).where(
        Kept.sha256.in_(_sums(originals)), Kept.district.in_(list(streams))
    )
    sums = {_thumbnail(fields) for fields in session.scalars(named)} - {None}
    small = select(Blob).where(Blob.sha256.in_(sums), Blob.size <= SMALL)
    return [(blob.sha256, blob.size) for blob in session.scalars(small)]


def bundle(store: BlobStore, found: Iterable[tuple[str, int]]) -> dict[str, bytes]:
    """{sum: bytes} of so many of these small files as one part may hold."""
    given: dict[str, bytes] = {}
    room = PART
    for sha256, size in found:
        if size <= room and store.size(sha256) == size:
            room -= size
            given[sha256] = b"".join(store.pieces(sha256, 0, size))
    return given


def _sums(names: Iterable[str]) -> list[str]:
    """Those that are sums: PostgreSQL takes no NUL, and nobody's words go into a question."""
    return [name for name in names if SHA256.fullmatch(name)]


def _thumbnail(fields: dict[str, Any]) -> str | None:
    name = fields.get("thumbnail")
    sound = isinstance(name, str) and not fields.get("removed") and SHA256.fullmatch(name)
    return name if sound else None
