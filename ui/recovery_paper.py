"""The recovery sheet as a PDF page: the code in large letters, whose it is, and what it is for."""

from datetime import UTC, datetime

from PySide6.QtGui import QFont

from desktop.recovery_code import groups
from sync.language import tr
from ui.dates import plain_day
from ui.paper import A4, FAINT, Pen, draw_page

MARGIN, IN_A_ROW = 20.0, 3  # mm; groups of the code
COLUMN = 150  # pixels from one group to the next


def draw_sheet(code: str, who: str, below: str) -> bytes:
    """The page, A4. `code` is canonical; `who` and `below` say whose it is, and what they are."""

    def draw(pen: Pen) -> None:
        pen.write(tr("Recovery sheet"), 30, QFont.Weight.DemiBold)
        today = plain_day(datetime.now(UTC).astimezone().date())
        pen.write(f"{who}\n{below}\n{today}", 16, after=18)
        pen.write(for_whom(), 15, after=26)
        shown = groups(code)
        for at in range(0, len(shown), IN_A_ROW):
            pen.write_across(shown[at : at + IN_A_ROW], 34, COLUMN)
        pen.down(20)
        pen.write(how_it_opens(), 15, after=18)
        pen.write(how_it_ends(), 13, colour=FAINT)

    return draw_page(tr("Recovery sheet"), A4, MARGIN, draw)


def for_whom() -> str:
    """Where the sheet is to lie."""
    return tr(
        "Whoever has this sheet and the laptop can open the work on it. Keep the sheet in a sealed "
        "envelope away from the laptop, best with your coordinator."
    )


def how_it_opens() -> str:
    """What to do with it."""
    return tr(
        "When the password is forgotten: press “Forgot the password?” where it is asked, then type "
        "this code and a new password. No network is needed."
    )


def how_it_ends() -> str:
    """How long it is good."""
    return tr(
        "The code ends when it was used or a newer sheet was made. It has no letters I, L, O and U; "
        "small letters and missing spaces do not matter."
    )
