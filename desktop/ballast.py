"""Room that is put aside on the disk, and given up when there is no other: records go first.

Where a disk fills up, copies stop at 200 MB (desktop.backups), which is said each hour; photos and
files stop at 50 MB; what people write goes on to the last byte, and then into what is put aside here.
"""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from desktop.files import UNFINISHED, delete, write_whole
from desktop.store_failures import StoreFull
from sync.errors import UserError
from sync.language import mark

SIZE = 20 * 2**20  # bytes: some 4,700 visits with a few sentences each
AMPLE = 200 * 2**20  # bytes that must stay free beside it when it is laid
LAST = 2 * 2**20  # bytes, more than one transaction needs: with less it is given up
FOR_RECORDS = 50 * 2**20  # bytes that photos and files leave free


class Ballast:
    """The file `path`, which holds nothing but room."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def lay(self) -> None:
        """Put room aside, where there is plenty and none is yet. A disk that takes none takes none."""
        with suppress(OSError, UserError):
            for left in self._path.parent.glob(f"{self._path.name}.*{UNFINISHED}"):
                delete(left)
            if not self._path.exists() and _free(self._path.parent) >= SIZE + AMPLE:
                write_whole(self._path, os.urandom(SIZE))  # zeros would take no room on some disks

    def give_way(self) -> None:
        """Before something is written: where next to nothing is left, this room is free again."""
        with suppress(OSError):
            if _free(self._path.parent) < LAST:
                self.give_up()

    def give_up(self) -> None:
        """This room is free again, for what comes next."""
        with suppress(OSError):
            delete(self._path)


def require_room_for_photo(size: int, folder: Path) -> None:
    """Raise StoreFull, in words, where a file of so many bytes would take the room of records."""
    try:
        free = _free(folder)
    except OSError:  # it is asked again, and told, when it is written
        return
    if free < size + FOR_RECORDS:
        raise StoreFull(
            mark(
                "There is hardly any room left on the disk of {folder}, and it is kept for what you "
                "write: photos and files are not taken now. What was saved before is safe, and "
                "records can be saved. Make room, then add it again."
            ),
            folder=folder,
        )


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free
