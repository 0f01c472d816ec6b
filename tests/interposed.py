"""System calls of this process, met on their way to the C library: recorded, or made to fail.

    def fsync(real, handle):
        return 0  # a disk that lies

    with interposed({"fsync": fsync}):
        ...  # neither Python nor SQLCipher reaches the disk's cache

SQLCipher calls the C library by itself, where patching Python is not seen. A library finds another
one's functions through addresses that the loader wrote into its tables; these are overwritten while
the block runs, in SQLCipher and in Python. No compiler is needed. Linux and glibc only.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlcipher3  # type: ignore[import-untyped]  # it ships no stubs

Handler = Callable[..., int]  # takes the real function first, then its arguments

SHAPES: dict[str, tuple[Any, ...]] = {  # arguments by symbol; each returns a number, -1 for errno
    "open": (ctypes.c_char_p, ctypes.c_int, ctypes.c_uint),
    "close": (ctypes.c_int,),
    "write": (ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t),
    "pwrite": (ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int64),
    "ftruncate": (ctypes.c_int, ctypes.c_int64),
    "fsync": (ctypes.c_int,),
    "rename": (ctypes.c_char_p, ctypes.c_char_p),
    "unlink": (ctypes.c_char_p,),
    "mkdir": (ctypes.c_char_p, ctypes.c_uint),
}
ALIASES = {
    "open64": "open",
    "pwrite64": "pwrite",
    "ftruncate64": "ftruncate",
    "fdatasync": "fsync",
}
POSSIBLE = sys.platform == "linux" and sys.maxsize > 2**32

# What of an ELF file is read, by the numbers of its specification.
PT_LOAD, PT_DYNAMIC = 1, 2
DT_PLTRELSZ, DT_STRTAB, DT_SYMTAB, DT_RELA, DT_RELASZ, DT_JMPREL = 2, 5, 6, 7, 8, 23
RELOCATION, SYMBOL = struct.Struct("<QQq"), struct.Struct("<IBBHQQ")
ADDRESSES = {1, 6, 7, 257, 1025, 1026}  # relocations that are a symbol's address: x86-64, aarch64

libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Slot:
    """Where a library keeps the address of a function of another one."""

    name: str
    at: int


@contextmanager
def interposed(handlers: Mapping[str, Handler]) -> Iterator[None]:
    """Call these in the place of the functions of the same names, in all threads.

    A handler sets `errno` by ctypes.set_errno and returns -1 for a call that fails.
    """
    kept, calls = [], {}
    for name, handler in handlers.items():
        answer = ctypes.c_ssize_t if "write" in name else ctypes.c_int
        shape = ctypes.CFUNCTYPE(answer, *SHAPES[name], use_errno=True)
        real = shape(ctypes.cast(getattr(libc, name), ctypes.c_void_p).value or 0)
        calls[name] = shape(_calling(handler, real))
    for slot in _slots():
        name = ALIASES.get(slot.name, slot.name)
        if name in calls:
            word = ctypes.c_void_p.from_address(slot.at)
            kept.append((word, word.value))
            _unlock(slot.at)
            word.value = ctypes.cast(calls[name], ctypes.c_void_p).value
    assert kept, "no library here keeps addresses as ELF does"
    try:
        yield
    finally:
        for word, before in kept:
            word.value = before


def _calling(handler: Handler, real: Any) -> Callable[..., int]:
    def call(*arguments: Any) -> int:
        return handler(real, *arguments)

    return call


def _slots() -> Iterator[Slot]:
    """All those of SQLCipher and of Python that hold an address of the C library."""
    wanted = {*SHAPES, *ALIASES}
    for path, base in _loaded().items():
        facts = _dynamic(path)
        for table, size in ((DT_RELA, DT_RELASZ), (DT_JMPREL, DT_PLTRELSZ)):
            if table not in facts:
                continue
            content = ctypes.string_at(base + facts[table], facts[size])
            for offset, info, _ in RELOCATION.iter_unpack(content):
                if info & 0xFFFFFFFF in ADDRESSES and (number := info >> 32):
                    symbol = base + facts[DT_SYMTAB] + number * SYMBOL.size
                    name = SYMBOL.unpack(ctypes.string_at(symbol, SYMBOL.size))[0]
                    said = ctypes.string_at(base + facts[DT_STRTAB] + name).decode()
                    if said in wanted:
                        yield Slot(said, base + offset)


def _loaded() -> dict[Path, int]:
    """{the file of SQLCipher or Python: where it lies in memory}"""
    cipher = os.path.realpath(Path(sqlcipher3.__file__).parent)
    program = os.path.realpath(sys.executable)
    found: dict[Path, int] = {}
    for line in Path("/proc/self/maps").read_text().splitlines():
        start, *_, path = line.split(maxsplit=5)
        if path.startswith(cipher) or path == program or "/libpython3" in path:
            found.setdefault(Path(path), int(start.split("-")[0], 16))
    return {path: start - _first(path) for path, start in found.items()}


def _headers(path: Path) -> list[tuple[int, ...]]:
    with path.open("rb") as file:
        head = file.read(64)
        begin, size, count = (
            *struct.unpack_from("<Q", head, 32),
            *struct.unpack_from("<HH", head, 54),
        )
        file.seek(begin)
        return [struct.unpack("<IIQQQQQQ", file.read(size)) for _ in range(count)]


def _first(path: Path) -> int:
    """The address that the file itself gives its first byte."""
    return min(row[3] for row in _headers(path) if row[0] == PT_LOAD) & -4096


def _dynamic(path: Path) -> dict[int, int]:
    for kind, _, begin, _, _, size, _, _ in _headers(path):
        if kind == PT_DYNAMIC:
            with path.open("rb") as file:
                file.seek(begin)
                return dict(struct.iter_unpack("<QQ", file.read(size)))
    return {}


def _unlock(address: int) -> None:
    """A table that was made read-only after the start may be written again."""
    page = os.sysconf("SC_PAGESIZE")
    readable_writable = 1 | 2
    libc.mprotect(ctypes.c_void_p(address & -page), ctypes.c_size_t(page), readable_writable)
