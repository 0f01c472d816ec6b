"""Everything that this process does to a folder, written down; and what a power cut may make of it.

    with recorded(folder) as log:
        ...                       # the program works, and log.acknowledge(…) says what it promised
    for image in images(log, 500, Random(1)):
        image.lay(elsewhere)      # the folder as it might be after a cut, and image.acknowledged

What was fsynced is there. Of each write that was not, any subset of its 512-byte sectors is: all,
none, or some, whatever became of the writes before it. A name (made, renamed, deleted) is safe
once its folder was fsynced; of a folder's names since then the first few are there.
"""

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from tests.interposed import interposed

SECTOR = 512  # bytes, which a disk writes as a whole

File = int  # a file by itself, whatever it is called


@dataclass(frozen=True)
class Write:
    """Bytes that a file was given."""

    file: File
    offset: int
    content: bytes


@dataclass(frozen=True)
class Cut:
    """A file was made shorter or longer."""

    file: File
    length: int


@dataclass(frozen=True)
class Sync:
    """All that a file was given before is safe."""

    file: File


@dataclass(frozen=True)
class Names:
    """Entries of one folder, changed at once: {name: the file, FOLDER, or None: gone}."""

    folder: str
    entries: dict[str, File | None]


@dataclass(frozen=True)
class SyncNames:
    """The entries that a folder has are safe."""

    folder: str


@dataclass(frozen=True)
class Acknowledged:
    """The program said that something is safe."""

    what: Any


Step = Write | Cut | Sync | Names | SyncNames | Acknowledged
FOLDER: File = 0


class DiskLog:
    """The steps, in their order. The folder is empty at first."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.steps: list[Step] = []
        self._files: dict[str, File] = {}
        self._open: dict[int, File | str] = {}  # handles: of a file, or the path of a folder
        self._number = count(1)

    def acknowledge(self, what: Any) -> None:
        """The program has promised to keep this."""
        self.steps.append(Acknowledged(what))

    def open(self, real: Any, path: bytes, flags: int, mode: int) -> int:
        handle: int = real(path, flags, mode)
        where = os.fsdecode(path)
        if handle < 0 or not self._ours(where):
            return handle
        if Path(where).is_dir():
            self._open[handle] = where
            return handle
        if where not in self._files:
            self._files[where] = next(self._number)
            self._name({where: self._files[where]})
        self._open[handle] = file = self._files[where]
        if flags & os.O_TRUNC:
            self.steps.append(Cut(file, 0))
        return handle

    def close(self, real: Any, handle: int) -> int:
        self._open.pop(handle, None)
        return int(real(handle))

    def write(self, real: Any, handle: int, content: int, size: int) -> int:
        done = int(real(handle, content, size))
        if handle in self._open and done > 0:
            self._wrote(handle, content, done, os.lseek(handle, 0, os.SEEK_CUR) - done)
        return done

    def pwrite(self, real: Any, handle: int, content: int, size: int, offset: int) -> int:
        done = int(real(handle, content, size, offset))
        if handle in self._open and done > 0:
            self._wrote(handle, content, done, offset)
        return done

    def ftruncate(self, real: Any, handle: int, length: int) -> int:
        done = int(real(handle, length))
        file = self._open.get(handle)
        if isinstance(file, File) and done == 0:
            self.steps.append(Cut(file, length))
        return done

    def fsync(self, real: Any, handle: int) -> int:
        file = self._open.get(handle)
        if isinstance(file, str):
            self.steps.append(SyncNames(file))
        elif file is not None:
            self.steps.append(Sync(file))
        return (
            int(real(handle)) if file is None else 0
        )  # the log is the disk: this one need not be

    def rename(self, real: Any, old: bytes, new: bytes) -> int:
        done = int(real(old, new))
        before, after = os.fsdecode(old), os.fsdecode(new)
        if done == 0 and self._ours(after):
            self._files[after] = file = self._files.pop(before)
            if Path(before).parent == Path(after).parent:
                self._name({before: None, after: file})
            else:  # each folder is written through by itself
                self._name({after: file})
                self._name({before: None})
        return done

    def unlink(self, real: Any, path: bytes) -> int:
        done = int(real(path))
        where = os.fsdecode(path)
        if done == 0 and self._files.pop(where, None) is not None:
            self._name({where: None})
        return done

    def mkdir(self, real: Any, path: bytes, mode: int) -> int:
        done = int(real(path, mode))
        if done == 0 and self._ours(os.fsdecode(path)):
            self._name({os.fsdecode(path): FOLDER})
        return done

    def _ours(self, path: str) -> bool:
        return path == self.folder or path.startswith(f"{self.folder}/")

    def _name(self, entries: dict[str, File | None]) -> None:
        (folder,) = {str(Path(path).parent) for path in entries}
        self.steps.append(Names(folder, {Path(one).name: file for one, file in entries.items()}))

    def _wrote(self, handle: int, content: int, size: int, offset: int) -> None:
        file = self._open[handle]
        assert isinstance(file, File)
        self.steps.append(Write(file, offset, ctypes.string_at(content, size)))


@contextmanager
def recorded(folder: Path) -> Iterator[DiskLog]:
    """Write down what is done to this empty folder while the block runs. One thread at a time."""
    log = DiskLog(folder.resolve())
    calls = ("open", "close", "write", "pwrite", "ftruncate", "fsync", "rename", "unlink", "mkdir")
    with interposed({name: getattr(log, name) for name in calls}):
        yield log


@dataclass(frozen=True)
class Image:
    """The folder after a cut: {path in it: bytes, or None for a folder}; what was promised before."""

    number: int  # of steps that were done
    files: dict[str, bytes | None]
    acknowledged: list[Any]

    def lay(self, folder: Path) -> None:
        """Write it into an empty folder."""
        for path, content in sorted(self.files.items()):
            if content is None:
                (folder / path).mkdir()
            else:
                (folder / path).write_bytes(content)


def images(log: DiskLog, number: int, chance: Random, since: int = 1) -> Iterator[Image]:
    """So many, cut at random after at least `since` steps, in the order of the cuts."""
    disk = _Disk(log.folder)
    done = 0
    for cut in sorted(chance.randrange(since, len(log.steps) + 1) for _ in range(number)):
        for step in log.steps[done:cut]:
            disk.take(step)
        done = cut
        yield Image(cut, disk.lay(chance), list(disk.acknowledged))


@dataclass
class _Disk:
    """What is safe after some steps, and what only may be there."""

    folder: str
    acknowledged: list[Any] = field(default_factory=list)
    safe: dict[File, bytearray] = field(default_factory=dict)
    unsafe: dict[File, list[Write | Cut]] = field(default_factory=dict)
    safe_names: dict[str, dict[str, File]] = field(default_factory=dict)
    unsafe_names: dict[str, list[Names]] = field(default_factory=dict)

    def take(self, step: Step) -> None:
        match step:
            case Write() | Cut():
                self.unsafe.setdefault(step.file, []).append(step)
            case Sync(file):
                content = self.safe.setdefault(file, bytearray())
                for one in self.unsafe.pop(file, []):
                    _apply(one, content)
            case Names(folder):
                self.unsafe_names.setdefault(folder, []).append(step)
            case SyncNames(folder):
                names = self.safe_names.setdefault(folder, {})
                for entries in self.unsafe_names.pop(folder, []):
                    _rename(entries, names)
            case Acknowledged(what):
                self.acknowledged.append(what)

    def lay(self, chance: Random) -> dict[str, bytes | None]:
        """One of the folders that there may be."""
        whole = chance.choice((0.0, 0.5, 0.9, 1.0))  # how much of the disk's cache was written
        found: dict[str, bytes | None] = {}
        folders = [(self.folder, "")]
        while folders:
            path, inside = folders.pop()
            names = dict(self.safe_names.get(path, {}))
            later = self.unsafe_names.get(path, [])
            for entries in later[: chance.randint(0, len(later))]:
                _rename(entries, names)
            for name, file in names.items():
                if file == FOLDER:
                    found[inside + name] = None
                    folders.append((f"{path}/{name}", f"{inside}{name}/"))
                else:
                    found[inside + name] = self._content(file, whole, chance)
        return found

    def _content(self, file: File, whole: float, chance: Random) -> bytes:
        content = bytearray(self.safe.get(file, b""))
        for step in self.unsafe.get(file, []):
            if chance.random() < whole:
                _apply(step, content)
            elif isinstance(step, Write) and chance.random() < 0.5:
                for one in _sectors(step):
                    if chance.random() < 0.5:
                        _apply(one, content)
        return bytes(content)


def _apply(step: Write | Cut, content: bytearray) -> None:
    end = step.length if isinstance(step, Cut) else step.offset + len(step.content)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if isinstance(step, Cut):
        del content[end:]
    else:
        content[step.offset : end] = step.content


def _rename(step: Names, names: dict[str, File]) -> None:
    for name, file in step.entries.items():
        if file is None:
            names.pop(name, None)
        else:
            names[name] = file


def _sectors(write: Write) -> Iterator[Write]:
    at, end = write.offset, write.offset + len(write.content)
    while at < end:
        until = min(end, at // SECTOR * SECTOR + SECTOR)
        yield Write(write.file, at, write.content[at - write.offset : until - write.offset])
        at = until
