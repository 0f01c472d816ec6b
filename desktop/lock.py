"""One program at a time on one profile. The lock goes with its process, however that ends."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.files import cannot_write
from sync.errors import UserError
from sync.language import mark


class InUse(UserError):
    """Another instance works on this profile."""


@contextmanager
def only_here(path: Path) -> Iterator[None]:
    """Hold the profile's lock file while the block runs; the file names the process.

    Raises InUse where another process holds it, UserError where the file cannot be used. A lock
    left by kill -9 or a power cut is free.
    """
    handle = _open(path)
    try:
        if not _take(handle):
            raise InUse(
                mark(
                    "Dala is already open on this folder (process {process}). Your work is "
                    "safe. Go to its window, or close it there first."
                ),
                process=os.read(handle, 20).decode("ascii", "replace").strip() or "?",
            )
        _name_process(handle, path)
        yield
    finally:
        os.close(handle)  # and with it the lock


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise cannot_write(path) from error


def _name_process(handle: int, path: Path) -> None:
    try:
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
    except OSError as error:
        raise cannot_write(path) from error


if sys.platform == "win32":
    import msvcrt

    BEYOND = 2**20  # the locked byte, away from the process id that others may read

    def _take(handle: int) -> bool:
        os.lseek(handle, BEYOND, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _take(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
