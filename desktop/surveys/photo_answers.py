"""Photos as answers of named forms: kept beside the database, small and without hidden data.

The value of such an answer is the SHA-256 of what is kept, and ".jpg". A wave is anonymous and
has no photos: see ui.models.occasion.
"""

import re
from pathlib import Path

from desktop.photos import read_picture
from desktop.pictures import looks_like_picture
from desktop.session import Desk
from sync.errors import UserError
from sync.language import mark

_VALUE = re.compile(r"([0-9a-f]{64})\.jpg")


class PhotoShelf:
    """Where the photos of one laptop's answers lie."""

    def __init__(self, desk: Desk) -> None:
        self._photos = desk.photos

    def add(self, content: Path | bytes) -> str:
        """Keep a picture → the value of the answer. Raises UserError for what is no picture."""
        name = content.name if isinstance(content, Path) else ""
        found = read_picture(content) if isinstance(content, Path) else content
        if not looks_like_picture(found):
            raise UserError(mark("Only photos can be answered here: JPEG, PNG or WebP."))
        return f"{self._photos.add(found, name).sha256}.jpg"

    def read(self, value: str) -> bytes | None:
        """What was kept for a value; None where it is not on this laptop."""
        sha256 = sum_of(value)
        return self._photos.read(sha256) if sha256 and self._photos.has(sha256) else None


def sum_of(value: str) -> str:
    """The SHA-256 of a photo answer; "" for a value that is none."""
    found = _VALUE.fullmatch(value)
    return found[1] if found else ""
