"""The beginnings of files that are coming: each part encrypted by itself, safe from a restart.

<the file's name>.part   parts of 256 KB, each a nonce and what AES-GCM makes of it
"""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.files import cannot_write, delete, patiently, read_whole, settle
from sync.parts import PART

SUFFIX = ".part"
NONCE, TAG = 12, 16  # bytes, of AES-GCM
SEALED = NONCE + PART + TAG
KEPT = 30 * 24 * 3600  # seconds until a beginning that nobody goes on with is dropped


class PhotoParts:
    """The parts of one profile's files; `path` tells where a file will lie."""

    def __init__(self, cipher: AESGCM, path: Callable[[str], Path]) -> None:
        self._cipher, self._whole = cipher, path

    def received(self, sha256: str) -> int:
        """How many bytes are here. Half a part, left by a crash, is none."""
        try:
            return self._path(sha256).stat().st_size // SEALED * PART
        except FileNotFoundError:
            return 0

    def add(self, sha256: str, offset: int, content: bytes) -> None:
        """Write a part behind the others, through to the disk. Raises UserError without room."""
        path, number = self._path(sha256), offset // PART
        nonce = os.urandom(NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, content, _label(sha256, number))
        try:
            with os.fdopen(patiently(lambda: _opened(path)), "r+b") as file:
                file.seek(number * SEALED)
                file.truncate()
                file.write(sealed)
                file.flush()
                os.fsync(file.fileno())
            if not offset:
                settle(path.parent)
        except OSError as error:
            raise cannot_write(path) from error

    def read(self, sha256: str) -> bytes:
        """All parts together. Raises ValueError where one is damaged."""
        try:
            sealed = read_whole(self._path(sha256))
        except FileNotFoundError:
            return b""
        whole = range(0, len(sealed) // SEALED * SEALED, SEALED)
        try:
            return b"".join(
                self._cipher.decrypt(
                    sealed[at : at + NONCE],
                    sealed[at + NONCE : at + SEALED],
                    _label(sha256, number),
                )
                for number, at in enumerate(whole)
            )
        except InvalidTag as error:
            raise ValueError("a damaged part") from error

    def drop(self, sha256: str) -> None:
        """Forget the parts of a file."""
        delete(self._path(sha256))

    def sweep(self, folder: Path) -> None:
        """Drop the parts of files that are whole, and those that are left alone for a month."""
        for path in folder.glob(f"*{SUFFIX}"):
            old = path.stat().st_mtime < time.time() - KEPT
            if old or path.with_suffix("").exists():
                with suppress(OSError):  # held: the next time
                    delete(path)

    def _path(self, sha256: str) -> Path:
        return self._whole(sha256).with_suffix(SUFFIX)


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


def _label(sha256: str, number: int) -> bytes:
    return f"DALA-PART-1 {sha256} {number}".encode()
