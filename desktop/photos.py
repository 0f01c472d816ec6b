"""Photos and files beside the database: encrypted one by one, under names that tell nothing."""

import hashlib
import hmac
import os
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from desktop.ballast import require_room_for_photo
from desktop.file_names import tidy_name
from desktop.files import delete, drop_unfinished, make_private_folder, read_whole, write_whole
from desktop.keys import derive
from desktop.photo_parts import PhotoParts
from desktop.pictures import (
    LARGEST_PICTURE,
    is_small,
    looks_like_picture,
    shrink,
    small,
    too_large,
)
from sync.errors import UserError
from sync.language import mark

LARGEST_FILE = 10 * 2**20  # bytes, of what is no picture
HEADER = b"DALA-PHOTO-1"
NONCE = 12  # bytes, of AES-GCM
DAMAGED = ".damaged"  # what such a file is called that nobody has undamaged

APPLES = (".heic", ".heif")  # as an iPhone keeps photos unless it is told otherwise
TYPES = {  # what may be attached besides pictures, and how it begins; macros and programs may not
    ".pdf": ("application/pdf", b"%PDF-"),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
    ".odt": ("application/vnd.oasis.opendocument.text", b"PK"),
    ".ods": ("application/vnd.oasis.opendocument.spreadsheet", b"PK"),
    ".txt": ("text/plain", b""),
    ".csv": ("text/csv", b""),
    ".mp3": ("audio/mpeg", b""),
    ".m4a": ("audio/mp4", b""),
    ".ogg": ("audio/ogg", b"OggS"),
    ".mp4": ("video/mp4", b""),
}


@dataclass(frozen=True)
class Photo:
    """One file as it is kept: its SHA-256 in hex, its size in bytes, its type and name."""

    sha256: str
    size: int
    media_type: str
    name: str
    thumbnail: str | None = None  # the SHA-256 of its small picture, kept beside it
    thumbnail_size: int = 0


class Unreadable(UserError):
    """A photo or file is missing or damaged."""


class PhotoFolder:
    """The files of one profile. `key` is that of the database; those used here are derived.

    Made, and tidied of what a crash left, unless it is only `looked` at.
    """

    def __init__(self, folder: Path, key: bytes, *, looked: bool = False) -> None:
        self._folder = folder
        self._cipher = AESGCM(derive(key, "photos"))
        self._naming = derive(key, "photo names")
        self._parts = PhotoParts(AESGCM(derive(key, "photo parts")), self._path)
        if not looked:
            make_private_folder(folder)
            drop_unfinished(folder)
            self._parts.sweep(folder)

    def add(self, content: Path | bytes, name: str = "") -> Photo:
        """Take in a picture or a file; it is on the disk when this returns.

        Pictures become JPEG of at most 1600 pixels without any hidden data (place, camera).
        Raises UserError for what is damaged, too large or of a type that is not taken; StoreFull.
        """
        if isinstance(content, Path):
            name = name or content.name
            content = read_picture(content)
        name = tidy_name(name)
        if looks_like_picture(content):
            kept, media_type = shrink(content, name), "image/jpeg"
            name = f"{Path(name).stem or 'photo'}.jpg"
        else:
            name = name or "file.pdf"
            kept, media_type = content, _type_of(content, name)
        require_room_for_photo(len(kept), self._folder)
        photo = Photo(hashlib.sha256(kept).hexdigest(), len(kept), media_type, name)
        self.keep(photo.sha256, kept)
        return self._with_small(photo, kept) if media_type == "image/jpeg" else photo

    def add_made(self, content: bytes, name: str) -> Photo:
        """Take in a JPEG that this program made, as it is, with its small one. Raises StoreFull."""
        require_room_for_photo(len(content), self._folder)
        sha256 = hashlib.sha256(content).hexdigest()
        self.keep(sha256, content)
        return self._with_small(Photo(sha256, len(content), "image/jpeg", name), content)

    def added(self, sha256: str, name: str) -> Photo:
        """A picture that `add` took in before, with its small one. Raises Unreadable."""
        content = self.read(sha256)
        return self._with_small(Photo(sha256, len(content), "image/jpeg", name), content)

    def _with_small(self, photo: Photo, content: bytes) -> Photo:
        if not (less := small(content)):
            return photo
        sha256 = hashlib.sha256(less).hexdigest()
        self.keep(sha256, less)
        return replace(photo, thumbnail=sha256, thumbnail_size=len(less))

    def keep(self, sha256: str, content: bytes) -> None:
        """Keep bytes as they are. Raises ValueError where they are not those of this sum."""
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ValueError("these are other bytes")
        if not self.has(sha256):
            nonce = os.urandom(NONCE)
            sealed = self._cipher.encrypt(nonce, content, HEADER + sha256.encode())
            write_whole(self._path(sha256), HEADER + nonce + sealed)

    def received(self, sha256: str) -> int:
        """How many bytes of an unfinished file are here, in whole parts."""
        return self._parts.received(sha256)

    def add_part(self, sha256: str, offset: int, content: bytes) -> None:
        """Keep the next part of a file that is coming; on the disk when this returns.

        Raises StoreFull where the room that is left is kept for records.
        """
        require_room_for_photo(len(content), self._folder)
        self._parts.add(sha256, offset, content)

    def finish(self, sha256: str, last: bytes) -> None:
        """Make the parts and this last one the file.

        Raises ValueError where that is another file, or a part is damaged; then all are dropped.
        """
        try:
            self.keep(sha256, self._parts.read(sha256) + last)
        finally:
            self._parts.drop(sha256)

    def is_small_picture(self, content: bytes) -> bool:
        """Whether these bytes are a small picture as `add` makes them."""
        return is_small(content)

    def has(self, sha256: str) -> bool:
        """Whether the bytes are on this laptop."""
        return self._path(sha256).exists()

    def read(self, sha256: str) -> bytes:
        """The bytes, unchanged for certain. Raises Unreadable where they are gone or damaged."""
        try:
            return self._opened(sha256, read_whole(self._path(sha256)))
        except (OSError, InvalidTag, ValueError) as error:
            raise Unreadable(
                mark(
                    "This photo or file is missing or damaged on this laptop. Your records are "
                    "safe. If it was sent before, the server has it."
                )
            ) from error

    def take_back(self, sha256: str, folder: Path) -> bool:
        """Put here what a copy of this folder has → whether it has it, undamaged.

        Raises UserError where there is no room.
        """
        try:
            sealed = read_whole(folder / self.name(sha256))
            self._opened(sha256, sealed)
        except (OSError, InvalidTag, ValueError):
            return False
        write_whole(self._path(sha256), sealed)
        return True

    def put_aside(self, sha256: str) -> None:
        """What is left of a damaged file gets another name: it is not taken for the file, and
        whoever knows how may still try."""
        with suppress(OSError):
            self._path(sha256).replace(self._path(sha256).with_suffix(DAMAGED))

    def drop(self, sha256: str) -> bool:
        """Delete a file and what has come of it; whether it is gone."""
        try:
            delete(self._path(sha256))
            self._parts.drop(sha256)
        except OSError:  # a virus scanner holds it
            return False
        return True

    def _opened(self, sha256: str, sealed: bytes) -> bytes:
        nonce, body = sealed[len(HEADER) :][:NONCE], sealed[len(HEADER) + NONCE :]
        if not sealed.startswith(HEADER):
            raise ValueError("no photo of ours")
        return self._cipher.decrypt(nonce, body, HEADER + sha256.encode())

    def name(self, sha256: str) -> str:
        """Under which name a file lies here, and in every copy of this folder."""
        return hmac.new(self._naming, sha256.encode(), hashlib.sha256).hexdigest()[:40]

    def _path(self, sha256: str) -> Path:
        return self._folder / self.name(sha256)


def _type_of(content: bytes, name: str) -> str:
    if len(content) > LARGEST_FILE:
        raise too_large(name, LARGEST_FILE)
    if Path(name).suffix.lower() in APPLES:
        raise UserError(
            mark(
                "{name} is in Apple's own format, which is not read here. On the iPhone choose "
                "Settings, Camera, Formats, Most Compatible; or send the photo to yourself as JPEG."
            ),
            name=name,
        )
    media_type, start = TYPES.get(Path(name).suffix.lower(), ("", b""))
    if not media_type or not content.startswith(start):
        raise UserError(
            mark(
                "{name} cannot be attached. Photos (JPEG, PNG, WebP), PDF, Word, Excel, text, "
                "sound and video can."
            ),
            name=name,
        )
    return media_type


def read_picture(path: Path) -> bytes:
    """What is in a file that may be a picture. Raises UserError: too large, or not to be read."""
    try:
        if path.stat().st_size > LARGEST_PICTURE:
            raise too_large(path.name, LARGEST_PICTURE)
        return read_whole(path)
    except OSError as error:
        raise UserError(mark("The file “{name}” cannot be read."), name=path.name) from error
