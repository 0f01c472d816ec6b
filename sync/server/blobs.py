"""Photos and files, each stored once under its SHA-256 in a folder."""

import os
import re
from collections.abc import Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.language import mark
from sync.server.problems import Problem
from sync.server.store import insert_new
from sync.server.tables import Blob, Kept

SHA256 = re.compile(r"[0-9a-f]{64}")
LARGEST = 25 * 2**20  # bytes of one file


class BlobFolder:
    """The folder itself: bytes in, path out. Whether one may is asked elsewhere."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def path(self, sha256: str) -> Path:
        """Where the file of this sum lies or would lie."""
        if not SHA256.fullmatch(sha256):
            raise Problem(404, mark("There is nothing here."))
        return self._folder / sha256[:2] / sha256

    def part(self) -> IO[bytes]:
        """A temporary file to receive one, gone when it is closed unless it was kept."""
        return NamedTemporaryFile(dir=self._folder, prefix="part-", delete=False)

    def keep(self, part: IO[bytes], sha256: str) -> None:
        """Make a received part the file of this sum, so that it survives a power cut."""
        target = self.path(sha256)
        target.parent.mkdir(exist_ok=True, mode=0o700)
        part.flush()
        os.fsync(part.fileno())
        part.close()
        Path(part.name).replace(target)
        _settle(target.parent)
        _settle(self._folder)


def _settle(folder: Path) -> None:
    """Write the folder's own entries through; Windows has no way to, and no need."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def lacking(session: Session, folder: BlobFolder, sums: list[str]) -> list[str]:
    """Those of the sums that are not here, in their order."""
    here = set(session.scalars(select(Blob.sha256).where(Blob.sha256.in_(sums))))
    return [one for one in sums if one not in here or not folder.path(one).exists()]


def note(session: Session, sha256: str, size: int) -> None:
    """Write down that a file is completely here."""
    insert_new(session, Blob, [{"sha256": sha256, "size": size}])


def readable(session: Session, sha256: str, streams: Iterable[str]) -> bool:
    """Whether an attachment in one of these streams names the file, and the file is here."""
    named = select(Kept.id).where(Kept.sha256 == sha256, Kept.district.in_(list(streams)))
    return session.get(Blob, sha256) is not None and session.scalar(named.limit(1)) is not None
