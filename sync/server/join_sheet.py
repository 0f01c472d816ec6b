"""The sheet that a newcomer is handed: address, code and key in large letters, on one page of A4.

It is drawn with Pillow, which the program has for photos: the server has neither Qt nor a library
for papers. Why there is no QR code on it: docs/decisions/0036.
"""

from collections.abc import Iterator
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

import resources
from sync.join import Join
from sync.language import mark, tr

DOTS = 200  # per inch
PAGE = (1654, 2339)  # A4
MARGIN = 180
WIDTH = PAGE[0] - 2 * MARGIN
TITLE, CODE, TEXT, SMALL = 64, 118, 40, 34  # dots
LEADING, GAP = 1.35, 44

STEPS = (
    mark("Start Dala on the laptop. The first window asks for the address and the code below."),
    mark("Type both, or open the join file if you were given one: then nothing is to be typed."),
    mark("Compare the region's key, if the window shows one, with the one below."),
    mark("Choose a password. It opens your work on this laptop; tell it to nobody."),
)


def draw_sheet(join: Join, language: str) -> bytes:
    """A PDF of one page, in this language."""
    page = Image.new("1", PAGE, 1)
    pen, top = ImageDraw.Draw(page), MARGIN
    for size, bold, words in _lines(join, language):
        font = _font(size, bold=bold)
        top += GAP if size == SMALL else 0  # a label belongs to what follows it
        for line in _wrapped(words, font):
            pen.text((MARGIN, top), line, font=font, fill=0)
            top += round(size * LEADING)
        top += 0 if size == SMALL else round(size * (LEADING - 1))
    content = BytesIO()
    page.save(content, "PDF", resolution=DOTS, title="Dala")
    return content.getvalue()


def _lines(join: Join, language: str) -> Iterator[tuple[int, bool, str]]:
    """(size, whether bold, words) of each paragraph."""
    yield TITLE, True, tr(mark("A laptop for {name}"), language, name=join.name)
    yield TEXT, False, join.region
    for number, step in enumerate(STEPS, 1):
        yield TEXT, False, f"{number}. {tr(step, language)}"
    yield from _labelled(mark("Address of the server"), join.server, TEXT, language)
    yield from _labelled(mark("Code for this laptop"), join.code.replace("-", " "), CODE, language)
    if join.key:
        yield from _labelled(mark("The region's key"), join.key, TITLE, language)
    until = join.until.astimezone().strftime("%d.%m.%Y %H:%M")
    yield SMALL, False, tr(mark("The code is good once, until {moment}."), language, moment=until)
    yield (
        SMALL,
        False,
        tr(
            mark(
                "Who has this sheet can take your place until then. Give it to nobody, send no "
                "picture of it, and tear it up afterwards. If the code is refused, or the sheet is "
                "lost, tell your coordinator."
            ),
            language,
        ),
    )


def _labelled(label: str, words: str, size: int, language: str) -> Iterator[tuple[int, bool, str]]:
    yield SMALL, False, tr(label, language)
    yield size, True, words


def _wrapped(words: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Lines that fit into the page; a word that does not, as an address, is cut into pieces."""
    lines = [""]
    for word in words.split():
        joined = f"{lines[-1]} {word}".strip()
        if font.getlength(joined) <= WIDTH:
            lines[-1] = joined
            continue
        lines.append("")
        for letter in word:
            if font.getlength(lines[-1] + letter) > WIDTH:
                lines.append("")
            lines[-1] += letter
    return [line for line in lines if line]


@cache
def _font(size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    name = "NotoSans-SemiBold.ttf" if bold else "NotoSans-Regular.ttf"
    return ImageFont.truetype(BytesIO(resources.data("fonts", name)), size)
