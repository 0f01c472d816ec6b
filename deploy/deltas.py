"""What changed between two versions, as one file: the side that writes what desktop/updates/deltas.py
reads. `deploy.release add` makes one for each of the last versions in the repository.
"""

import tarfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from hashlib import file_digest, sha256
from io import BufferedReader
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import msgspec
from zstandard import (
    DICT_TYPE_RAWCONTENT,
    ZstdCompressionDict,
    ZstdCompressionParameters,
    ZstdCompressor,
    ZstdDecompressor,
)

from desktop.updates.deltas import LARGEST, MAGIC, Step

LEVEL = 19
INLINE, INLINED = 2**16, 2**22  # bytes of a new file that goes into the plan; and of all of them


@contextmanager
def tar_of(package: Path) -> Iterator[BufferedReader]:
    """The tar inside a package, as a file."""
    with TemporaryDirectory(prefix="dala-delta-") as folder:
        path = Path(folder) / "tar"
        with package.open("rb") as packed, path.open("wb") as file:
            ZstdDecompressor().copy_stream(packed, file)
        with path.open("rb") as file:
            yield file


def sum_of(tar: BufferedReader) -> str:
    """Its SHA-256, which laptops check after they have put it together."""
    tar.seek(0)
    return file_digest(tar, "sha256").hexdigest()


def write_delta(before: Path, tar: IO[bytes], delta: Path) -> None:
    """Write to `delta` how `tar` is put together from the files in the folder `before`."""
    with ExitStack() as held:
        bodies = Path(held.enter_context(TemporaryDirectory(prefix="dala-delta-"))) / "bodies"
        with bodies.open("wb") as file:
            steps = list(_steps(before, tar, file))
        plan = ZstdCompressor(level=LEVEL).compress(msgspec.msgpack.encode(steps))
        target = held.enter_context(delta.open("wb"))
        target.write(MAGIC + len(plan).to_bytes(4, "big") + plan + bodies.read_bytes())


def _steps(before: Path, tar: IO[bytes], bodies: IO[bytes]) -> Iterator[Step]:
    """Each step, after the bytes that it reads were written to `bodies`."""
    alike = {sha256(path.read_bytes()).digest(): name for name, path in _files(before).items()}
    named, taken, inlined = _files(before), 0, 0
    for member in _with_content(tar):
        content = _read(tar, member.offset_data, member.size)
        base = alike.get(sha256(content).digest(), "")
        coded = b""
        if not base:
            if (
                len(content) <= INLINE
                and inlined + len(content) <= INLINED
                and (member.name not in named)
            ):
                inlined += len(content)
                continue  # it stands in the head of the next step
            base, coded = _coded(named.get(member.name), member.name, content)
        yield Step(_read(tar, taken, member.offset_data - taken), len(content), base, len(coded))
        bodies.write(coded)
        taken = member.offset_data + member.size
    tar.seek(taken)
    yield Step(tar.read())


def _coded(path: Path | None, name: str, content: bytes) -> tuple[str, bytes]:
    """The base that a new file is told by, "" for none, and what has to be told of it."""
    plain = _compressed(content)
    if path and 0 < path.stat().st_size <= LARGEST and len(content) <= LARGEST:
        by_base = _compressed(content, path.read_bytes())
        if len(by_base) < len(plain):
            return name, by_base
    return "", plain


def _compressed(content: bytes, base: bytes = b"") -> bytes:
    """One frame of zstd, for which the whole base is in reach.

    Its tables are given room for each byte of the base: as the level has them, a hundred times
    as much of the program's archive was told anew (docs/benchmarks.md).
    """
    reach = max(len(content), len(base), 2**10).bit_length()
    parameters = ZstdCompressionParameters.from_level(
        LEVEL, source_size=len(content), write_checksum=True
    )
    if base:
        parameters = ZstdCompressionParameters.from_level(
            LEVEL,
            source_size=len(content),
            dict_size=len(base),
            window_log=reach,
            hash_log=min(reach, 26),
            chain_log=min(reach + 1, 27),
            write_checksum=True,
        )
    like = ZstdCompressionDict(base, DICT_TYPE_RAWCONTENT) if base else None
    return ZstdCompressor(dict_data=like, compression_params=parameters).compress(content)


def _with_content(tar: IO[bytes]) -> Iterator[tarfile.TarInfo]:
    tar.seek(0)
    with tarfile.open(fileobj=tar, mode="r:") as archive:
        for member in archive:
            place = tar.tell()
            if member.isreg() and member.size:
                yield member
            tar.seek(place)


def _read(tar: IO[bytes], begin: int, size: int) -> bytes:
    tar.seek(begin)
    return tar.read(size)


def _files(folder: Path) -> dict[str, Path]:
    """All files below a folder, by their names in a tar."""
    return {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }
