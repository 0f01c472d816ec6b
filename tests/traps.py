"""Traps for a program that opens what a text names: files that are watched, a socket that listens.

    with traps(folder) as set_up:
        show(f'<img src="{set_up.path(1)}">')
        assert set_up.sprung() == []

The kernel tells of every opening, whoever asks: Qt opens files without Python. Linux only.
"""

import ctypes
import os
import socket
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

POSSIBLE = sys.platform == "linux"
PICTURES = 8  # files; each bait names one of them
# Of inotify(7): what is watched, and how an event lies in memory
IN_OPEN, IN_NONBLOCK = 0x20, os.O_NONBLOCK
EVENT = struct.Struct("iIII")

libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Traps:
    """Where the baits point to, and what has been touched since."""

    folder: Path
    url: str
    _watch: int
    _door: socket.socket

    def path(self, number: int) -> str:
        """A picture that is there, and that nobody may open."""
        return str(self.folder / f"{number % PICTURES}.png")

    def sprung(self) -> list[str]:
        """Names of the files that were opened, and "url" for each visitor. Then they are set anew."""
        found = []
        with suppress(BlockingIOError):
            events = os.read(self._watch, 2**16)
            while events:
                *_, length = EVENT.unpack_from(events)
                name, events = events[EVENT.size :][:length], events[EVENT.size + length :]
                found.append(name.rstrip(b"\0").decode())
        with suppress(BlockingIOError):
            while True:
                self._door.accept()[0].close()
                found.append("url")
        return found


@contextmanager
def traps(folder: Path) -> Iterator[Traps]:
    """Pictures in `folder`, which is made, and an address of this computer; watched in the block."""
    folder.mkdir(parents=True)
    for number in range(PICTURES):
        Image.new("RGB", (1_600, 9)).save(folder / f"{number}.png")
    watch = libc.inotify_init1(IN_NONBLOCK)
    assert watch >= 0, os.strerror(ctypes.get_errno())
    try:
        assert libc.inotify_add_watch(watch, bytes(folder), IN_OPEN) >= 0
        with socket.create_server(("127.0.0.1", 0)) as door:
            door.setblocking(False)
            yield Traps(folder, f"http://127.0.0.1:{door.getsockname()[1]}", watch, door)
    finally:
        os.close(watch)
