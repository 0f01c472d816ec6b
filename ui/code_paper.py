"""A sheet that is kept as a PDF page: large letters in columns, words above and below them."""

from datetime import UTC, datetime

from PySide6.QtGui import QFont

from desktop.recovery_code import groups
from ui.dates import plain_day
from ui.drawn import draw_page
from ui.paper import A4, FAINT, Pen

MARGIN, IN_A_ROW = 20.0, 3  # mm; groups of letters
COLUMN = 150  # pixels from one group to the next


def draw_code(
    title: str, letters: str, *, about: str, keeping: str, opening: str, reading: str
) -> bytes:
    """The page, A4. `letters` are canonical; `about`: lines above them, to which today's is added.

    `keeping` stands above the letters, `opening` and `reading` below them.
    """

    def draw(pen: Pen) -> None:
        pen.write(title, 30, QFont.Weight.DemiBold)
        today = plain_day(datetime.now(UTC).astimezone().date())
        pen.write(f"{about}\n{today}", 16, after=18)
        pen.write(keeping, 15, after=26)
        pen.write_across(groups(letters), 34, COLUMN, IN_A_ROW)
        pen.down(20)
        pen.write(opening, 15, after=18)
        pen.write(reading, 13, colour=FAINT)

    return draw_page(title, A4, MARGIN, draw)
