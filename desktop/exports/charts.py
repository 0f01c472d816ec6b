"""Intervals as a picture for documents: marks with whiskers on a scale, names beside them.

Printed in grey they are told apart by their form: a dot is what people gave, a diamond the model's
mean, a square the wave before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

import resources
from desktop.exports.papers import Bar, Mark

WIDTH, ROW, TOP, FOOT = 640, 34, 28, 30  # px of a screen; the picture has FINE times as many
NAMES, MARGIN, FINE = 250, 14, 3
TYPE, SMALL = 12, 10.5
OWN, MODEL, BEFORE, GRID, WORDS = "#0E6670", "#1D5A9E", "#555555", "#C9D2CE", "#17211F"


@dataclass(frozen=True)
class Chart:
    """A picture (PNG), and how large it is meant to be in px of a screen."""

    png: bytes
    width: int
    height: int


def draw_chart(bars: Sequence[Bar], scale: tuple[int, int], legend: Sequence[str]) -> Chart:
    """The lines from above to below. Nothing but the name stands where a line has no figure."""
    height = TOP + ROW * len(bars) + FOOT
    image = Image.new("RGB", (WIDTH * FINE, height * FINE), "white")
    pen = _Pen(ImageDraw.Draw(image), scale)
    for value in range(scale[0], scale[1] + 1):
        x = pen.along(value)
        pen.line((x, TOP - 4), (x, height - FOOT), GRID, 1)
        pen.write((x, 4), str(value), WORDS, SMALL, middle=True)
    for at, bar in enumerate(bars):
        y = TOP + ROW * at + ROW / 2
        pen.write_name(bar.name, y)
        for mark, dy, look in ((bar.before, -9, BEFORE), (bar.model, 9, MODEL), (bar.own, 0, OWN)):
            if mark is not None:
                pen.mark(mark, y + dy, look)
        if bar.own is None and bar.model is None:
            pen.write((pen.along(scale[0]) + 6, y - 8), "—", WORDS)
    x = 0.0
    for look, words in zip((OWN, MODEL, BEFORE), legend, strict=False):
        if words:
            pen.sign(x + 8, height - FOOT / 2 + 2, look)
            x = pen.write((x + 18, height - FOOT / 2 - 6), words, WORDS, SMALL) + 18
    written = BytesIO()
    image.save(written, "PNG", optimize=True)
    return Chart(written.getvalue(), WIDTH, height)


class _Pen:
    """Draws in px of a screen, finer."""

    def __init__(self, draw: ImageDraw.ImageDraw, scale: tuple[int, int]) -> None:
        self._draw, self._scale = draw, scale

    def along(self, value: float) -> float:
        """The x of a value, kept inside the scale."""
        low, high = self._scale
        inside = min(max(value, low), high)
        room = WIDTH - NAMES - 2 * MARGIN
        return NAMES + MARGIN + (inside - low) / (high - low) * room

    def line(
        self, start: tuple[float, float], end: tuple[float, float], ink: str, thick: float
    ) -> None:
        """A straight one."""
        points = [(x * FINE, y * FINE) for x, y in (start, end)]
        self._draw.line(points, fill=ink, width=round(thick * FINE))

    def write(
        self,
        at: tuple[float, float],
        words: str,
        ink: str,
        size: float = TYPE,
        *,
        middle: bool = False,
    ) -> float:
        """Words from this corner on, or around this middle; where they end."""
        font = font_of(size)
        length = font.getlength(words) / FINE
        x = at[0] - length / 2 if middle else at[0]
        self._draw.text((x * FINE, at[1] * FINE), words, font=font, fill=ink)
        return x + length

    def write_name(self, name: str, y: float) -> None:
        """In two lines at most; what is longer is cut, for the table has it whole."""
        lines = broken(name, NAMES - 8)
        top = y - len(lines) * TYPE * 0.62 - 2
        for at, line in enumerate(lines):
            self.write((0, top + at * TYPE * 1.25), line, WORDS)

    def mark(self, mark: Mark, y: float, look: str) -> None:
        """The whiskers, then the sign of its sort."""
        low, high = self.along(mark.low), self.along(mark.high)
        self.line((low, y), (high, y), look, 2 if look == OWN else 1)
        for x in (low, high):
            self.line((x, y - 3.5), (x, y + 3.5), look, 2 if look == OWN else 1)
        self.sign(self.along(mark.mean), y, look)

    def sign(self, x: float, y: float, look: str) -> None:
        """A dot, a diamond or a square."""
        r = 4.5
        box = [(x - r) * FINE, (y - r) * FINE, (x + r) * FINE, (y + r) * FINE]
        if look == OWN:
            self._draw.ellipse(box, fill=look)
        elif look == MODEL:
            corners = [(x - r, y), (x, y - r), (x + r, y), (x, y + r)]
            self._draw.polygon([(a * FINE, b * FINE) for a, b in corners], fill=look)
        else:
            self._draw.rectangle(box, fill="white", outline=look, width=FINE)


@cache
def font_of(size: float) -> ImageFont.FreeTypeFont:
    """The letters of pictures, in px of a screen."""
    data = BytesIO(resources.data("fonts", "NotoSans-Regular.ttf"))
    return ImageFont.truetype(data, round(size * FINE), layout_engine=ImageFont.Layout.BASIC)


def broken(text: str, width: float) -> list[str]:
    """A name in two lines at most, each cut to so many px."""
    font, lines = font_of(TYPE), [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) / FINE <= width or not lines[-1]:
            lines[-1] = longer
        elif len(lines) == 1:
            lines.append(word)
        else:
            lines[-1] += " …"
            break
    return [_cut(line, font, width) for line in lines]


def _cut(line: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    while font.getlength(line) / FINE > width and len(line) > 1:
        line = f"{line.rstrip('…')[:-1]}…"
    return line
