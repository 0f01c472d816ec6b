"""Black boxes on a photo: where they lie, and how they become its pixels."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from math import ceil, floor

from PIL import Image, ImageDraw

from desktop.pictures import BROKEN, as_jpeg
from sync.errors import UserError
from sync.language import mark

BLOCK = 16  # pixels: a JPEG of ours knows colours only for squares of this side
BLEEDS = 2  # pixels: so far a decoder lets colours of one square run into the next


@dataclass(frozen=True)
class Box:
    """What is covered, as shares of the picture's width and height, from its upper left corner."""

    left: float
    top: float
    wide: float
    high: float


def pixels(box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom (both outside) of what is blackened in a picture of this size.

    Whole squares of the JPEG, and a little more: else a shade of what is below would stay around it.
    """
    wide, high = size
    left, right = _whole(box.left * wide, (box.left + box.wide) * wide, wide)
    top, bottom = _whole(box.top * high, (box.top + box.high) * high, high)
    return left, top, right, bottom


def burned(content: bytes, boxes: Iterable[Box]) -> bytes:
    """One of our JPEGs → another, black where the boxes are; nothing else of it is in there.

    Raises UserError where it cannot be read.
    """
    try:
        with Image.open(BytesIO(content), formats=["JPEG"]) as image:
            page = Image.new("RGB", image.size)
            page.paste(image.convert("RGB"))
    except BROKEN as error:
        raise UserError(mark("This photo cannot be read here. It was left as it is.")) from error
    pen = ImageDraw.Draw(page)
    for box in boxes:
        left, top, right, bottom = pixels(box, page.size)
        if left < right and top < bottom:
            pen.rectangle((left, top, right - 1, bottom - 1), fill="black")
    return as_jpeg(page)


def _whole(start: float, stop: float, most: int) -> tuple[int, int]:
    """From and to in whole squares and what they run into, inside the picture."""
    first, last = floor(start / BLOCK) * BLOCK - BLEEDS, ceil(stop / BLOCK) * BLOCK + BLEEDS
    return max(0, min(most, first)), max(0, min(most, last))
