"""Files that are either whole or not there, and that only their owner may read."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO
from uuid import uuid4

from sync.errors import UserError
from sync.language import mark

UNFINISHED = ".tmp"
TRIES = 10  # against a virus scanner that holds the file for a moment


def make_private_folder(folder: Path) -> None:
    """Make the folder and its parents, durably; only the owner may enter the last one.

    Raises UserError where that cannot be done.
    """
    try:
        made = [one for one in (folder, *folder.parents) if not one.exists()]
        folder.mkdir(parents=True, exist_ok=True)
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
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        put_in_place(unfinished, path)
    except BaseException as error:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
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


def put_in_place(unfinished: Path, path: Path) -> None:
    """Rename a file that is already on the disk to its final name, durably. Raises OSError."""
    for left in reversed(range(TRIES)):
        try:
            unfinished.replace(path)
            break
        except PermissionError:
            if not left:
                raise
            time.sleep(0.05)
    settle(path.parent)


def drop_unfinished(folder: Path) -> None:
    """Delete what a crash left half written."""
    for path in folder.glob(f"*{UNFINISHED}"):
        path.unlink(missing_ok=True)


def settle(folder: Path) -> None:
    """Write the folder's own entries through to the disk."""
    if os.name == "nt":  # NTFS writes names through; a folder cannot be opened there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
