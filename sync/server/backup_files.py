"""The files of a backup: copied once for all backups that name them, and looked at as they are."""

import errno
import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sync.server.backups import FILES, UNFINISHED, file_path
from sync.server.blobs import BlobFolder, BlobStore, settle
from sync.server.parts import PartFolder

RESERVE = 200 * 2**20  # bytes that a backup leaves free on its disk: the server may live there too


def bring(blobs: BlobFolder, folder: Path, named: dict[str, int]) -> tuple[int, set[str]]:
    """Copy the files {sum: bytes} that no backup has yet → how many, and those not to be had.

    Copies, not second names of the same bytes: a backup is for the day on which those are damaged.
    """
    missing = {
        sha256: size for sha256, size in named.items() if not _has(file_path(folder, sha256), size)
    }
    require_room(folder, sum(missing.values()))
    lost = {sha256 for sha256, size in missing.items() if not _copy(blobs, folder, sha256, size)}
    for shard in {file_path(folder, sha256).parent for sha256 in missing.keys() - lost}:
        settle(shard)
    if missing:
        settle(folder / FILES)
    return len(missing) - len(lost), lost


def _copy(blobs: BlobFolder, folder: Path, sha256: str, size: int) -> bool:
    """One file; whether it was there, and is what its name says."""
    target = file_path(folder, sha256)
    for one in (folder / FILES, target.parent):
        one.mkdir(exist_ok=True, mode=0o700)
    unfinished = target.with_name(target.name + UNFINISHED)
    try:
        with os.fdopen(
            os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb"
        ) as file:
            sound = _pour(blobs, sha256, size, file)
            file.flush()
            os.fsync(file.fileno())
        if sound:
            unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return sound


def _pour(blobs: BlobFolder, sha256: str, size: int, file: IO[bytes]) -> bool:
    digest = hashlib.sha256()
    try:
        for piece in blobs.pieces(sha256, 0, size):
            digest.update(piece)
            file.write(piece)
    except FileNotFoundError:  # erased since, or lost
        return False
    return digest.hexdigest() == sha256


@dataclass(frozen=True)
class Files:
    """How many of a backup's files were brought back, and how many it does not have any more."""

    brought: int
    lost: int


def bring_back(folder: Path, sums: list[str], blobs: BlobStore, parts: PartFolder) -> Files:
    """Give the store those files that it does not have, or has damaged. Harmless twice."""
    brought = lost = 0
    for sha256 in sums:
        if blobs.is_sound(sha256):
            continue
        path = file_path(folder, sha256)
        if not path.is_file() or sum_of(path) != sha256:
            lost += 1
            continue
        with parts.spare() as spare, path.open("rb") as file:
            shutil.copyfileobj(file, spare, 2**20)
        blobs.keep(Path(spare.name), sha256)
        Path(spare.name).unlink(missing_ok=True)  # a bucket leaves it
        brought += 1
    return Files(brought, lost)


def sum_of(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def require_room(folder: Path, needed: int) -> None:
    """Raise OSError where so many bytes would take the last room of the disk."""
    if shutil.disk_usage(folder).free < needed + RESERVE:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def write_whole(path: Path, content: bytes) -> None:
    """A new file for its owner only, on the disk when this returns."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def write_through(path: Path) -> None:
    """What others have written, too."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _has(path: Path, size: int) -> bool:
    return path.is_file() and path.stat().st_size == size
