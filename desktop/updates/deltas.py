"""What changed between two versions, put together with the version that is here.

A delta gives, byte for byte, the tar that is inside the package of the newer version: whoever
checks its sum has checked the names, rights and contents of all files at once. It begins with
MAGIC, the length of its plan in four bytes, and the plan (zstd, msgpack): a list of Steps. Then
come the bytes that these steps read, one after another. `deploy/deltas.py` writes it.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import IO, TYPE_CHECKING

import msgspec

from desktop.updates import Unfit
from desktop.updates.versions import UNFIT

if TYPE_CHECKING:
    from collections.abc import Generator

    from _typeshed import WriteableBuffer

MAGIC = b"dala-delta-1\n"
LARGEST = 2**26  # bytes of a file of which only the differences come: it is held in memory
PLAN = 2**24  # bytes of a plan
PIECE = 2**16


class Step(msgspec.Struct, frozen=True, array_like=True):
    """A piece of the tar: first `head` as it is, then the content of a file."""

    head: bytes
    size: int = 0  # bytes of the content
    base: str = ""  # the file of the version here that it is, or is like; "" where there is none
    coded: int = 0  # bytes of the delta that tell the difference; 0: it is that file, or nothing


@contextmanager
def put_together(delta: Path, base: Path, sum: str) -> Iterator[IO[bytes]]:
    """The newer version's tar, from a delta and the folder of the version before.

    Unfit is raised while it is read, or at the end: where one of the two is not what was thought,
    or the whole has not this SHA-256. Holds in memory at most twice the largest file that differs.
    """
    with closing(_pieces(delta, base)) as pieces:
        tar = _Tar(pieces)
        yield BufferedReader(tar)
        if tar.sum_of_all() != sum:
            raise Unfit(UNFIT)


class _Tar(RawIOBase):
    """Pieces as a file that is read once, and added up as it is read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._left, self._sum = pieces, memoryview(b""), sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        into = memoryview(buffer)
        while not self._left:
            if (piece := next(self._pieces, None)) is None:
                return 0
            self._sum.update(piece)
            self._left = memoryview(piece)
        size = min(len(into), len(self._left))
        into[:size] = self._left[:size]
        self._left = self._left[size:]
        return size

    def sum_of_all(self) -> str:
        """SHA-256 of the whole, also of what nobody read."""
        for piece in self._pieces:
            self._sum.update(piece)
        return self._sum.hexdigest()


def _pieces(delta: Path, base: Path) -> "Generator[bytes]":
    with _unfit(), delta.open("rb") as file:
        for step in _plan(file):
            yield step.head
            if step.coded:
                yield from _decoded(step, _Part(file, step.coded), base)
            elif step.base:
                yield from _as_it_is(step, base)


def _plan(file: IO[bytes]) -> list[Step]:
    from zstandard import ZstdDecompressor

    if _read(file, len(MAGIC)) != MAGIC:
        raise ValueError("no delta, or one for newer programs")
    length = int.from_bytes(_read(file, 4), "big")
    plan = ZstdDecompressor().stream_reader(_read(file, length)).read(PLAN)
    return msgspec.msgpack.decode(plan, type=list[Step])


def _as_it_is(step: Step, base: Path) -> Iterator[bytes]:
    with (base / step.base).open("rb") as file:
        yield from _counted(file, step.size)


def _decoded(step: Step, coded: "_Part", base: Path) -> Iterator[bytes]:
    from zstandard import DICT_TYPE_RAWCONTENT, ZstdCompressionDict, ZstdDecompressor

    like = None
    if step.base:
        with (base / step.base).open("rb") as file:
            size = (base / step.base).stat().st_size
            like = ZstdCompressionDict(_read(file, size), DICT_TYPE_RAWCONTENT)
    decompressor = ZstdDecompressor(dict_data=like, max_window_size=2 * LARGEST)
    with decompressor.stream_reader(BufferedReader(coded)) as stream:
        yield from _counted(stream, step.size)
    if coded.left:
        raise ValueError("it ends too soon")


class _Part(RawIOBase):
    """The next bytes of a file, as a file: zstd reads all it is given."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file, self.left = file, size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        into = memoryview(buffer)
        content = self._file.read(min(len(into), self.left))
        into[: len(content)] = content
        self.left -= len(content)
        return len(content)


def _counted(file: IO[bytes], size: int) -> Iterator[bytes]:
    """All of it, which is `size` bytes. Raises ValueError for another number."""
    while piece := file.read(PIECE):
        size -= len(piece)
        if size < 0:
            break
        yield piece
    if size:
        raise ValueError("another size")


def _read(file: IO[bytes], size: int) -> bytes:
    """The next bytes. Raises ValueError where there are fewer, or more than may be held."""
    content = file.read(size) if size <= LARGEST else b""
    if len(content) != size:
        raise ValueError("it ends too soon")
    return content


@contextmanager
def _unfit() -> Iterator[None]:
    """Whatever is wrong with one of the two: they do not fit."""
    from zstandard import ZstdError

    try:
        yield
    except (OSError, ValueError, ZstdError, MemoryError) as error:
        raise Unfit(UNFIT) from error
