"""Files that are either whole or not there, and that only their owner may read.

On Windows a virus scanner or an indexer holds a file for a moment, and who wants it then is told
that access is denied. Everything here asks again for some two seconds before it believes that.
"""

import errno
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TypeVar
from uuid import uuid4

from sync.errors import UserError
from sync.language import mark

UNFINISHED = ".tmp"
LARGEST, SMALL = 2**26, 2**20  # bytes of a photo with what seals it; of keys, settings, notes
WITHOUT = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS)  # sticks: their file systems lack something
PAUSES = (0.01, 0.02, 0.04, 0.08, 0.16, 0.25, 0.25, 0.25, 0.25, 0.25)  # seconds between tries

T = TypeVar("T")
wait = time.sleep


def patiently(work: Callable[[], T]) -> T:
    """Do it, and again where access is denied for a moment. Raises what `work` does."""
    for pause in PAUSES:
        try:
            return work()
        except PermissionError:
            wait(pause)
    return work()


def read_whole(path: Path, most: int = LARGEST) -> bytes:
    """What is in the file. Raises OSError, also where that is more than `most` bytes: not ours."""
    if patiently(path.stat).st_size > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return patiently(path.read_bytes)


def delete(path: Path) -> None:
    """Delete the file, if it is there. Raises OSError."""
    patiently(lambda: path.unlink(missing_ok=True))


def make_private_folder(folder: Path) -> None:
    """Make the folder and its parents, durably; only the owner may enter the last one.

    Raises UserError where that cannot be done.
    """
    try:
        made = [one for one in (folder, *folder.parents) if not one.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        with _unless_lacking():
            folder.chmod(0o700)
        for one in made:
            with suppress(PermissionError):  # folders may be made there, but not listed
                settle(one.parent)
    except OSError as error:
        raise UserError(
            mark(
                "The folder {folder} cannot be made or written to. Nothing in it was changed. Ask "
                "for access, or choose another one."
            ),
            folder=folder,
        ) from error


def write_whole(path: Path, content: bytes) -> None:
    """Write the file so that after a crash or a power cut it is the old one or the new one.

    Raises UserError where there is no room or no access; then the old file is untouched.
    """
    with writing(path) as file:
        file.write(content)


@contextmanager
def writing(path: Path) -> Iterator[IO[bytes]]:
    """As `write_whole`, for what is written piece by piece; left by an error, nothing is there."""
    unfinished = path.with_name(f"{path.name}.{uuid4().hex[:8]}{UNFINISHED}")
    try:
        handle = patiently(
            lambda: os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        )
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        put_in_place(unfinished, path)
    except BaseException as error:
        with suppress(OSError):
            delete(unfinished)
        if isinstance(error, OSError):
            raise cannot_write(path) from error
        raise


def cannot_write(path: Path) -> UserError:
    """For a file that the disk did not take."""
    return UserError(
        mark(
            "{name} could not be written to {folder}: the disk is full, or access is denied. "
            "What was saved before is safe. Make room, then try again."
        ),
        name=path.name,
        folder=path.parent,
    )


def copy_bytes(source: Path, target: Path) -> None:
    """A new file with the bytes of another one, on the disk when this returns. Raises OSError.

    Bytes alone: what may be read there may be written here, and by nobody else.
    """
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with source.open("rb") as bytes_, os.fdopen(handle, "wb") as file:
        shutil.copyfileobj(bytes_, file, 2**20)
        file.flush()
        os.fsync(file.fileno())


def put_in_place(unfinished: Path, path: Path) -> None:
    """Rename a file that is already on the disk to its final name, durably. Raises OSError."""
    patiently(lambda: unfinished.replace(path))
    settle(path.parent)


def drop_unfinished(folder: Path) -> None:
    """Delete what a crash left half written."""
    for path in folder.glob(f"*{UNFINISHED}"):
        with suppress(OSError):  # held: the next time
            delete(path)


def settle(folder: Path) -> None:
    """Write the folder's own entries through to the disk."""
    if os.name == "nt":  # NTFS writes names through; a folder cannot be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with _unless_lacking():
            os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _unless_lacking() -> Iterator[None]:
    """A stick's file system may know no rights, or no order to write a folder through."""
    try:
        yield
    except OSError as error:
        if error.errno not in WITHOUT:
            raise
