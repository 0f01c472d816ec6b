"""Pictures made small and freed of hidden data, without trusting what is in the file."""

import struct
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO

from PIL import Image, ImageOps

from sync.errors import UserError
from sync.language import mark

LONG_SIDE = 1600  # pixels
QUALITIES = (80, 72, 64, 56, 48, 40)  # the first that fits is taken, else the last
LARGEST_KEPT = 300_000  # bytes that a photo should fit into
MOST_PIXELS = 40_000_000
SMALL_SIDE = 320  # pixels of a small picture
SMALL_QUALITIES = (75, 60, 45, 30, 15)  # the first that fits is taken
LARGEST_SMALL = 20 * 2**10  # bytes
MOST_SHOWN = 2 * LONG_SIDE**2  # pixels of a picture that this program, or one before it, made
MOST_SCANS = 100  # of a JPEG; cameras write one, progressive ones some ten
MOST_SCANNED = 500_000_000  # pixels of all scans together: each is decoded whole
LARGEST_PICTURE = 40 * 2**20  # bytes, as it came from the camera
LABEL_SIDE = 1200  # pixels of a picture that stands at a question
LABEL_QUALITIES = (80, 65, 50)  # the first that fits is taken, else the last
LABEL_LARGEST = 100 * 2**10  # bytes that such a picture should fit into

# Ours is the stricter limit, kept before a pixel is decoded; Pillow's would only warn.
Image.MAX_IMAGE_PIXELS = None

# all of these leave Pillow's parsers for damaged pictures
BROKEN = (
    OSError,
    MemoryError,
    ValueError,
    SyntaxError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    struct.error,
)


def looks_like_picture(content: bytes) -> bool:
    """Whether it begins as a JPEG, PNG or WebP. What it is called does not matter."""
    webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return webp or content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))


def is_ours(content: bytes) -> bool:
    """Whether it is a JPEG as `shrink` and `small` make them, by what its head says."""
    try:
        with _silently():
            image = Image.open(BytesIO(content), formats=["JPEG"])
    except BROKEN:
        return False
    return image.width * image.height <= MOST_SHOWN and _bearable(image, content)


def size_of(content: bytes) -> tuple[int, int]:
    """How wide and high one of ours is, in pixels, without decoding it."""
    with Image.open(BytesIO(content), formats=["JPEG"]) as image:
        return image.size


def is_small(content: bytes) -> bool:
    """Whether it is a JPEG as `small` makes them, by its length and what its head says."""
    if len(content) > LARGEST_SMALL:
        return False
    try:
        with _silently():
            image = Image.open(BytesIO(content), formats=["JPEG"])
    except BROKEN:
        return False
    return max(image.size) <= SMALL_SIDE and _bearable(image, content)


def shrink(content: bytes, name: str = "") -> bytes:
    """A picture → upright JPEG, long side at most 1600 pixels, some 300 KB at most, nothing but pixels in it.

    Raises UserError for a damaged picture, and for one of too many pixels before decoding it.
    """
    return _made_small(content, name, LONG_SIDE, QUALITIES, LARGEST_KEPT)


def shrink_for_label(content: bytes, name: str = "") -> bytes:
    """The same with at most 1200 pixels, and some 100 KB: it travels with a form."""
    return _made_small(content, name, LABEL_SIDE, LABEL_QUALITIES, LABEL_LARGEST)


def _made_small(
    content: bytes, name: str, side: int, qualities: Sequence[int], most: int
) -> bytes:
    """A JPEG of this long side, as `as_jpeg` makes it."""
    if len(content) > LARGEST_PICTURE:
        raise too_large(name, LARGEST_PICTURE)
    try:
        with _silently():
            _open(content, name).verify()
            image = _open(content, name)
            image.draft("RGB", (2 * side, 2 * side))  # a JPEG is decoded at a fraction
            image = ImageOps.exif_transpose(image)
            image.thumbnail((side, side), Image.Resampling.LANCZOS)
            made = as_jpeg(_on_white(image), qualities, most)
    except BROKEN as error:
        raise UserError(
            mark("The picture {name} is damaged, or is no picture. It was not added."), name=name
        ) from error
    return made


def as_jpeg(
    page: Image.Image, qualities: Sequence[int] = QUALITIES, most: int = LARGEST_KEPT
) -> bytes:
    """A JPEG in the first quality that has at most `most` bytes, else the last."""
    for quality in qualities:
        out = BytesIO()
        page.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= most:
            break
    return out.getvalue()


def small(picture: bytes) -> bytes | None:
    """One of our JPEGs → a small one of at most 20 KB; None where it is as small itself."""
    if len(picture) <= LARGEST_SMALL:
        return None
    image = Image.open(BytesIO(picture), formats=["JPEG"])
    image.draft("RGB", (2 * SMALL_SIDE, 2 * SMALL_SIDE))
    image.thumbnail((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
    for quality in SMALL_QUALITIES:
        out = BytesIO()
        image.save(out, "JPEG", quality=quality, optimize=True)
        if out.tell() <= LARGEST_SMALL:
            return out.getvalue()
    return None


def too_large(name: str, most: int) -> UserError:
    """For a file of more than `most` bytes."""
    return UserError(
        mark("{name} is larger than {most} MB. It was not added."), name=name, most=most // 2**20
    )


def _open(content: bytes, name: str) -> Image.Image:
    image = Image.open(BytesIO(content), formats=["JPEG", "PNG", "WEBP"])
    if image.width * image.height > MOST_PIXELS or not _bearable(image, content):
        raise UserError(
            mark("The picture {name} has too many pixels. Make it smaller, then add it again."),
            name=name,
        )
    return image


def _bearable(image: Image.Image, content: bytes) -> bool:
    """Whether it is decoded in a moment: a JPEG may say its pixels over and over.

    In what is compressed a marker cannot stand (ITU-T T.81, B.1.1.5), so that counting them is safe.
    """
    scans = content.count(b"\xff\xda") if image.format == "JPEG" else 1
    return scans <= MOST_SCANS and scans * image.width * image.height <= MOST_SCANNED


@contextmanager
def _silently() -> Iterator[None]:
    """Pillow warns of what is odd in a file: who chose it can do nothing about that."""
    with warnings.catch_warnings(action="ignore"):
        yield


def _on_white(image: Image.Image) -> Image.Image:
    """Pixels only: a new image, so that no metadata of the old one can follow."""
    if image.mode in ("RGBA", "LA", "PA", "P"):
        layer = image.convert("RGBA")
        page = Image.new("RGB", layer.size, "white")
        page.paste(layer, mask=layer.getchannel("A"))
        return page
    page = Image.new("RGB", image.size)
    page.paste(image.convert("RGB"))
    return page
