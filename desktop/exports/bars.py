"""Figures as a picture for documents: a bar for each line, names at the left, numbers at the right.

Printed in grey the other period is told by its form: an upright line across the bar.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from desktop.exports.charts import BEFORE, GRID, OWN, SMALL, TYPE, WORDS, Chart, broken, font_of

WIDTH, ROW, TOP, FOOT = 640, 26, 30, 28  # px of a screen; the picture has FINE times as many
NAMES, NUMBERS, MARGIN, FINE = 250, 70, 8, 3
THICK, TALL = 12, 20  # px of a bar, and of the line across it
MOST = 22  # lines that stand on a page


@dataclass(frozen=True)
class Bar:
    """A line. `beside`: the same in the other period; `words`: its number as it is told."""

    name: str
    value: float | None
    beside: float | None
    words: str


def draw_bars(title: str, bars: Sequence[Bar], legend: tuple[str, str]) -> Chart:
    """The lines from above to below, `title` above them. `legend`: what the bar is, and the line
    across it."""
    height = TOP + ROW * len(bars) + FOOT
    image = Image.new("RGB", (WIDTH * FINE, height * FINE), "white")
    draw = ImageDraw.Draw(image)
    sizes = [one for bar in bars for one in (bar.value, bar.beside) if one]
    longest, room = max(sizes, default=1), WIDTH - NAMES - NUMBERS - 2 * MARGIN
    left = NAMES + MARGIN
    _write(draw, 0, 4, title, TYPE)
    _box(draw, left - 1, TOP, left, height - FOOT, GRID)
    for at, bar in enumerate(bars):
        y = TOP + ROW * at + ROW / 2
        lines = broken(bar.name, NAMES - 8)
        for number, line in enumerate(lines):
            above = y - len(lines) * 6.5 + number * 12.5 - 2
            _write(draw, 0, above, line, SMALL if len(lines) > 1 else TYPE)
        if bar.value:
            long = max(2.0, bar.value / longest * room)
            _box(draw, left, y - THICK / 2, left + long, y + THICK / 2, OWN)
        if bar.beside:
            x = left + bar.beside / longest * room
            _box(draw, x - 2.5, y - TALL / 2, x + 2.5, y + TALL / 2, "white")
            _box(draw, x - 1, y - TALL / 2, x + 1, y + TALL / 2, BEFORE)
        long = font_of(TYPE).getlength(bar.words) / FINE
        _write(draw, WIDTH - long - 2, y - 9, bar.words, TYPE)
    y = height - FOOT / 2
    _box(draw, 0, y - 5, 22, y + 5, OWN)
    end = _write(draw, 28, y - 8, legend[0], SMALL)
    if any(bar.beside for bar in bars):
        _box(draw, end + 22, y - 8, end + 24, y + 8, BEFORE)
        _write(draw, end + 30, y - 8, legend[1], SMALL)
    written = BytesIO()
    image.save(written, "PNG", optimize=True)
    return Chart(written.getvalue(), WIDTH, height)


def _box(
    draw: ImageDraw.ImageDraw, left: float, top: float, right: float, below: float, ink: str
) -> None:
    draw.rectangle([left * FINE, top * FINE, right * FINE, below * FINE], fill=ink)


def _write(draw: ImageDraw.ImageDraw, x: float, y: float, words: str, size: float) -> float:
    """Words from this corner on; where they end."""
    font = font_of(size)
    draw.text((x * FINE, y * FINE), words, font=font, fill=WORDS)
    return x + font.getlength(words) / FINE
