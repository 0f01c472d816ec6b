"""Files that are still arriving: what has come of each, whoever sent it, safe from a power cut.

<folder>/<2 digits>/<sha256>.<device>   the parts received, one behind the other

The length of a file is its offset: nothing else has to agree with it. What a kill left behind
half a part is written over. A device may have few files open, and what nobody goes on with is
dropped after two weeks: so nobody fills the disk with beginnings.
"""

import hashlib
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO
from uuid import UUID

from sync.parts import PART
from sync.server.blobs import SHA256, require_sum, settle

MOST_OPEN = 8  # files that one device may have begun: 200 MB at most
KEPT = 14 * 24 * 3600  # seconds after its last part until a beginning is dropped


class PartFolder:
    """The beginnings of files. Whoever changes one holds it (`held`), in whatever process."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._swept = folder, 0.0
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    @contextmanager
    def held(self, sha256: str) -> Iterator[None]:
        """Nobody else touches this file meanwhile; another sender of the same file waits."""
        require_sum(sha256)
        shard = self._folder / sha256[:2]
        shard.mkdir(exist_ok=True, mode=0o700)
        with _locked(shard):
            yield

    def offset(self, sha256: str) -> int:
        """How many bytes of this file have come in whole parts."""
        path = self._begun(sha256)
        size = _size(path) if path else 0
        return size - size % PART

    def append(self, sha256: str, device: UUID, offset: int, content: bytes) -> None:
        """Write a part behind the others; on the disk when this returns. To be held."""
        path = self._begun(sha256) or self._folder / sha256[:2] / f"{sha256}.{device.hex}"
        with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b") as file:
            file.seek(offset)
            file.truncate()
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if not offset:
            settle(path.parent)
            settle(self._folder)

    def whole(self, sha256: str) -> Path | None:
        """The file, if what has come is what its name says. To be held."""
        path = self._begun(sha256)
        if path is None:
            return None
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        return path if found == sha256 else None

    def drop(self, sha256: str) -> None:
        """Forget what has come of a file. To be held."""
        for path in self._paths(sha256):
            path.unlink(missing_ok=True)

    def make_room(self, device: UUID) -> None:
        """Before a device begins another file: its oldest beginning gives way to it."""
        if time.time() > self._swept + 3600:
            self.sweep()
        own = sorted(self._folder.glob(f"*/*.{device.hex}"), key=_touched)
        for path in own[: max(0, len(own) - MOST_OPEN + 1)]:
            with self.held(path.stem):
                path.unlink(missing_ok=True)

    def sweep(self, now: float | None = None) -> int:
        """Drop what nobody has gone on with for two weeks → how many files that were."""
        self._swept = time.time() if now is None else now
        oldest = self._swept - KEPT
        dropped = 0
        for path in self._folder.glob("*/*.*"):
            if SHA256.fullmatch(path.stem) and _touched(path) < oldest:
                with self.held(path.stem):
                    if _touched(path) < oldest:  # nobody went on while we waited
                        path.unlink(missing_ok=True)
                        dropped += 1
        for path in self._folder.glob("whole-*"):
            if _touched(path) < oldest:
                path.unlink(missing_ok=True)
        return dropped

    def spare(self) -> IO[bytes]:
        """A temporary file for one that comes in one piece."""
        return NamedTemporaryFile(dir=self._folder, prefix="whole-", delete=False)

    def _begun(self, sha256: str) -> Path | None:
        return next(iter(self._paths(sha256)), None)

    def _paths(self, sha256: str) -> list[Path]:
        require_sum(sha256)
        return sorted((self._folder / sha256[:2]).glob(f"{sha256}.*"))


def _size(path: Path) -> int:
    with suppress(FileNotFoundError):  # finished or dropped by another one
        return path.stat().st_size
    return 0


def _touched(path: Path) -> float:
    with suppress(FileNotFoundError):
        return path.stat().st_mtime
    return float("inf")


if sys.platform == "win32":  # a folder cannot be locked there: one process serves alone
    from collections import defaultdict
    from threading import Lock

    LOCKS: defaultdict[Path, Lock] = defaultdict(Lock)

    def _locked(folder: Path) -> Lock:
        return LOCKS[folder]

else:
    import fcntl

    @contextmanager
    def _locked(folder: Path) -> Iterator[None]:
        handle = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)  # and with it the lock
