"""One file of a repository comes to this laptop, on from where a try before was cut.

What came stays in its file however a try ends. Only what is as it was signed is anybody's to use.
"""

from collections.abc import Callable
from pathlib import Path

from tuf.api import exceptions as wrong

from desktop.files import delete
from desktop.updates import UpdateFailed
from desktop.updates.sources import Source
from desktop.updates.trust import Signed, told
from sync.language import mark

CUT = mark(
    "The updates could not be read to their end. Nothing was installed, and the program goes on as "
    "it is. What came is kept: try again, and it goes on from there; or take the update from a "
    "stick."
)
CUTS = 20  # of the line in one try, where something came in between
Hear = Callable[[int, int], None]  # how many bytes are here, of how many; may raise Stopped
CHANGED = (wrong.LengthOrHashMismatchError, wrong.DownloadLengthMismatchError)


def fetch(signed: Signed, source: Source, path: Path, hear: Hear = lambda *_: None) -> None:
    """Have the file at `path`, as it was signed. What is there already of it is not asked for.

    Raises Unfit where it is missing or another one, UpdateFailed where the line ended: then what
    came stays for the next try. UserError where the disk is full.
    """
    with told(path):
        begun = _size(path) > 0
        try:
            _all_of(signed, source, path, hear)
        except CHANGED:
            if not begun:
                raise
            _all_of(signed, source, path, hear)  # what was left of a try before had suffered


def _all_of(signed: Signed, source: Source, path: Path, hear: Hear) -> None:
    for _ in range(CUTS):
        if not _more_of(signed, source, path, hear):
            break
    else:
        raise UpdateFailed(CUT)
    try:
        with path.open("rb") as file:
            signed.file.verify_length_and_hashes(file)
    except wrong.LengthOrHashMismatchError:
        delete(path)
        raise


def _more_of(signed: Signed, source: Source, path: Path, hear: Hear) -> bool:
    """Whether more came, so that it may not be all yet."""
    begin = had = _size(path)
    if had >= signed.file.length:
        return False
    try:
        with path.open("ab") as file:
            for piece in source.rest(signed.url, begin):
                had += len(piece)
                if had > signed.file.length:
                    raise wrong.DownloadLengthMismatchError("more than was signed")
                file.write(piece)
                hear(had, signed.file.length)
    except (wrong.DownloadHTTPError, wrong.DownloadLengthMismatchError):
        raise
    except wrong.DownloadError as error:
        if had == begin:
            raise UpdateFailed(CUT) if begin else error from error
    return had > begin


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
