"""Letters of others that this laptop carries to the server, and replies that it carries back.

bag/letters/<letter>.dala            sealed: this laptop cannot read them
bag/replies/<device>.<letter>.dala   for the laptop that wrote
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO
from uuid import UUID

from desktop.files import (
    delete,
    drop_unfinished,
    make_private_folder,
    patiently,
    put_in_place,
    writing,
)
from sync.carry import SUFFIX, CarryFile, Form, Head

MOST = 4 * 2**30  # bytes of all that is carried for others
KEPT = 90 * 24 * 3600  # seconds


class Bag:
    """The folder of one profile."""

    def __init__(self, folder: Path) -> None:
        self._letters, self._replies = folder / "letters", folder / "replies"

    def letters(self) -> list[Path]:
        """Those that are to be delivered."""
        return sorted(self._letters.glob(f"*{SUFFIX}"))

    def replies_for(self, device: UUID) -> list[Path]:
        """Those that a laptop has not got yet, the oldest first."""
        found = self._replies.glob(f"{device.hex}.*{SUFFIX}")
        return sorted(found, key=lambda path: (path.stat().st_mtime, path.name))

    def room(self) -> int:
        """How many bytes may still be put in. What is too old gives way."""
        left = MOST
        for path in (*self._letters.glob("*"), *self._replies.glob("*")):
            if path.stat().st_mtime < time.time() - KEPT:
                with suppress(OSError):  # held: the next time
                    delete(path)
            else:
                left -= path.stat().st_size
        return max(0, left)

    @contextmanager
    def new_letter(self) -> Iterator[IO[bytes]]:
        """A file to write somebody's letter into; left by an error, nothing is there.

        Raises carry.Unusable where what was written is no whole letter.
        """
        beside = self._ready(self._letters) / f"new{SUFFIX}.coming"
        with writing(beside) as file:
            yield file
        try:
            head = read_head(beside, "letter")
        except BaseException:
            delete(beside)
            raise
        put_in_place(beside, self._letters / f"{head.letter.hex}{SUFFIX}")

    def reply_path(self, head: Head) -> Path:
        """Where the reply to a letter is kept for the laptop that wrote it."""
        return self._ready(self._replies) / f"{head.device.hex}.{head.letter.hex}{SUFFIX}"

    def _ready(self, folder: Path) -> Path:
        make_private_folder(folder)
        drop_unfinished(folder)
        return folder


def read_head(path: Path, form: Form) -> Head:
    """The head of a carry file that is whole. Raises carry.Unusable."""
    with patiently(lambda: path.open("rb")) as file:
        carried = CarryFile(file, path.name, form)
        carried.check_whole()
        return carried.head
