"""A disk that forgets, at a power cut, whatever was not written through.

    with forgetful(folder) as disk:
        ...               # a part is received
        disk.cut_power()  # the folder is now what a real one might be after the cut

A file's bytes are safe once it was fsynced, a name once its folder was. The worst is assumed:
what was not written through is gone entirely.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISDIR


@dataclass
class ForgetfulDisk:
    """What is safe of one folder: bytes by inode, and names by folder."""

    folder: Path
    contents: dict[int, bytes] = field(default_factory=dict)  # {inode: bytes}
    names: dict[Path, dict[str, tuple[int, bool]]] = field(default_factory=dict)

    def fsync(self, handle: int) -> None:
        """Take note of what this call makes safe."""
        status = os.fstat(handle)
        path = Path(f"/proc/self/fd/{handle}").readlink()
        if S_ISDIR(status.st_mode):
            self.names[path] = {
                one.name: (one.stat().st_ino, one.is_dir()) for one in path.iterdir()
            }
        else:
            self.contents[status.st_ino] = path.read_bytes()

    def cut_power(self) -> None:
        """Make the folder what is safe of it."""
        safe = self._files(self.folder)
        shutil.rmtree(self.folder)
        self.folder.mkdir()
        for path, content in safe.items():
            if content is None:
                path.mkdir()
            else:
                path.write_bytes(content)
        self.contents, self.names = {}, {}
        for path in (self.folder, *self.folder.rglob("*")):
            handle = os.open(path, os.O_RDONLY)
            self.fsync(handle)
            os.close(handle)

    def _files(self, folder: Path) -> dict[Path, bytes | None]:
        """What is safe below a folder, folders (None) before what is in them."""
        found: dict[Path, bytes | None] = {}
        for name, (inode, is_folder) in self.names.get(folder, {}).items():
            if is_folder:
                found |= {folder / name: None, **self._files(folder / name)}
            else:
                found[folder / name] = self.contents.get(inode, b"")
        return found


@contextmanager
def forgetful(folder: Path) -> Iterator[ForgetfulDisk]:
    """Watch what is written through below a folder that exists, while the block runs."""
    disk, real = ForgetfulDisk(folder), os.fsync

    def fsync(handle: int) -> None:
        real(handle)
        disk.fsync(handle)

    os.fsync = fsync  # type: ignore[assignment]
    try:
        yield disk
    finally:
        os.fsync = real
