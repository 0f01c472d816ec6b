"""Where a file dialog begins: among the person's own files, not where the program happens to lie.

A folder that a cloud takes along is not proposed: what leaves Dala is not encrypted there.
"""

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from desktop.folder import SHARED

Location = QStandardPaths.StandardLocation


def to_save(name: str) -> str:
    """This name in the person's documents, for a dialog that saves."""
    return str(_own(Location.DocumentsLocation) / name)


def photos() -> str:
    """The folder of pictures, for a dialog that opens them."""
    return str(_own(Location.PicturesLocation))


def came() -> str:
    """Where files from elsewhere lie, for a dialog that opens one."""
    return str(_own(Location.DownloadLocation))


def _own(location: Location) -> Path:
    """The system's folder for it; the home folder where there is none, or a cloud has it."""
    folder = Path(QStandardPaths.writableLocation(location))
    in_cloud = any(part.casefold().startswith(SHARED) for part in folder.parts)
    return Path.home() if in_cloud or not folder.is_dir() else folder
