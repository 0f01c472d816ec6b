"""What a reporter takes home as a PDF page of the size of a postcard (A6): number, code, how to use
them. It says nothing of what the report is about, nor where it was written.
"""

from PySide6.QtGui import QFont

from desktop.recovery_code import groups
from sync.language import tr
from ui.drawn import draw_page
from ui.paper import A6, FAINT, Pen

MARGIN, COLUMN = 9.0, 92  # mm; pixels from one group to the next
IN_A_ROW = 3  # groups


def draw_slip(number: str, code: str) -> bytes:
    """The page; both in canonical form."""

    def draw(pen: Pen) -> None:
        pen.write(tr("Number"), 12, colour=FAINT, after=0)
        pen.write_across(groups(number), 26, COLUMN, IN_A_ROW)
        pen.write(tr("Code"), 12, colour=FAINT, after=0)
        pen.write_across(groups(code), 26, COLUMN, IN_A_ROW)
        pen.down(8)
        pen.write(how_to_follow(), 12, QFont.Weight.Normal)
        pen.write(how_to_keep(), 12, QFont.Weight.DemiBold)

    return draw_page(tr("Number and code"), A6, MARGIN, draw)


def how_to_follow() -> str:
    """What number and code are good for."""
    return tr(
        "With both, on any laptop of the operative groups, the answers can be read and something "
        "added, without saying who you are."
    )


def how_to_keep() -> str:
    """What is to be kept from whom."""
    return tr(
        "The number may be named to others. Show the code to nobody: whoever has both reads along."
    )
