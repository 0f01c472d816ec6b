"""What SQLite says of the encrypted file when something fails → what a person is told.

SQLCipher's driver passes on only the first half of SQLite's codes. IOERR is then both a sector
that cannot be read and a disk that is full: the disk itself is asked which. Where it has room by
then and every sector is read, it was full for a moment.
"""

import errno
import os
from pathlib import Path
from tempfile import TemporaryFile

from sync.errors import UserError
from sync.language import mark

ROOM = 64 * 1024  # bytes, more than the index of the journal (-shm) takes when a file is opened
DAMAGE = frozenset({"SQLITE_CORRUPT", "SQLITE_NOTADB"})
BUSY = frozenset({"SQLITE_BUSY", "SQLITE_LOCKED"})
SHUT = frozenset({"SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM"})
DENIED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
UNCLEAR = frozenset({"SQLITE_IOERR", "SQLITE_CANTOPEN"})  # also those of a full disk


class StoreDamaged(UserError):
    """The file cannot be read, wholly or in part."""


class PartlyDamaged(StoreDamaged):
    """The file opens, but not all of it can be read or fits together."""


class StoreNewer(UserError):
    """The file was written by a newer program."""


class StoreFull(UserError):
    """The disk has no room for what was to be written."""


class StoreBusy(UserError):
    """Another program works on the file."""


class StoreShut(UserError):
    """The file, or its folder, may not be opened or written to."""


def code(error: BaseException) -> str:
    """SQLite's name of what happened; empty where it was not SQLite that failed."""
    return str(getattr(error, "sqlite_errorname", ""))


def in_words(error: BaseException, path: Path, copies: Path) -> UserError | None:
    """The sentence about a failure at the file `path`; None where the failure is a fault of ours.

    May write a small file beside it, to know whether the disk is full.
    """
    name = code(error)
    if name in DAMAGE or (name == "SQLITE_CANTOPEN" and not path.exists()):
        return damaged(copies)
    if name == "SQLITE_FULL":
        return full(path.parent)
    if name in BUSY:
        return busy()
    obstacle = _obstacle(path.parent) if name in UNCLEAR else None
    if obstacle is not None and obstacle.errno not in DENIED:
        return full(path.parent)
    if name in SHUT or obstacle is not None:
        return shut(path.parent)
    if name != "SQLITE_IOERR":
        return None
    return full(path.parent) if _is_readable(path) else damaged(copies)


def damaged(copies: Path, sort: type[StoreDamaged] = StoreDamaged) -> StoreDamaged:
    """For a file of which a part cannot be read; `copies` is where older ones may be."""
    return sort(
        mark(
            "The file with your work is damaged or missing. What was sent is safe on the server. "
            "Delete nothing. Start the program again: if there is a copy in {copies}, it takes the "
            "place of the file, with what was recorded since. Otherwise ask your coordinator or "
            "administrator for help."
        ),
        copies=copies,
    )


def newer() -> StoreNewer:
    """For a file that this program is too old for."""
    return StoreNewer(
        mark(
            "The file with your work was written by a newer version of this program. "
            "Nothing was changed. Install the newer version: your work is all there. Until then, "
            "what waits can leave as a letter on a stick."
        )
    )


def full(folder: Path) -> StoreFull:
    """For a disk without room."""
    return StoreFull(
        mark(
            "There is no room on the disk of {folder}, or it may not be written to. What was "
            "saved before is safe; this was not saved. Make room, then try again."
        ),
        folder=folder,
    )


def shut(folder: Path) -> StoreShut:
    """For files that this user of the computer may not use."""
    return StoreShut(
        mark(
            "The file with your work in {folder} may not be opened or written to by this user of "
            "the computer. What was saved before is safe; this was not saved. Ask for access to "
            "the folder and its files, then try again."
        ),
        folder=folder,
    )


def busy() -> StoreBusy:
    """For a file that somebody else holds longer than one waits."""
    return StoreBusy(
        mark(
            "Another program is using the file with your work, perhaps a backup or a virus "
            "scanner. What was saved before is safe; this was not saved. Wait a moment, then try "
            "again."
        )
    )


def _obstacle(folder: Path) -> OSError | None:
    """Why nothing can be written to this folder now; None where it can."""
    try:
        with TemporaryFile(dir=folder) as file:
            file.write(bytes(ROOM))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return error
    return None


def _is_readable(path: Path) -> bool:
    """Whether the disk gives every byte of the file and its journal."""
    try:
        for one in (path, path.with_name(f"{path.name}-wal")):
            if one == path or one.exists():
                with one.open("rb") as file:
                    while file.read(2**20):
                        pass
    except OSError:
        return False
    return True
