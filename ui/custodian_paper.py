"""A custodian's sheet as a PDF page: its letters, which key it is of, what it is for, how to keep it."""

from datetime import UTC, datetime

from PySide6.QtGui import QFont

from desktop.recovery_code import groups
from sync.language import tr
from ui.dates import plain_day
from ui.paper import A4, FAINT, Pen, draw_page
from ui.recovery_paper import COLUMN, IN_A_ROW, MARGIN


def draw_sheet(words: str, place: int, count: int, fingerprint: str) -> bytes:
    """The page, A4. `words` is canonical; `place` and `count` say which of how many it is."""

    def draw(pen: Pen) -> None:
        pen.write(tr("Sheet of a custodian"), 30, QFont.Weight.DemiBold)
        today = plain_day(datetime.now(UTC).astimezone().date())
        which = tr("Sheet {number} of {count}", number=place, count=count)
        spaced = " ".join(groups(fingerprint))
        key = tr("The region's key: {fingerprint}", fingerprint=spaced)
        pen.write(f"{which}\n{key}\n{today}", 16, after=18)
        pen.write(how_to_keep(), 15, after=26)
        shown = groups(words)
        for at in range(0, len(shown), IN_A_ROW):
            pen.write_across(shown[at : at + IN_A_ROW], 34, COLUMN)
        pen.down(20)
        pen.write(how_it_opens(), 15, after=18)
        pen.write(how_it_reads(), 13, colour=FAINT)

    return draw_page(tr("Sheet of a custodian"), A4, MARGIN, draw)


def how_to_keep() -> str:
    """Where the sheet is to lie, and why."""
    return tr(
        "Any two of these sheets, with a laptop, open all the work on it. Keep this one in a sealed "
        "envelope where the others are not, and show it to nobody."
    )


def how_it_opens() -> str:
    """What to do with it."""
    return tr(
        "When a laptop asks: at a computer without a network start the program, press “For "
        "custodians”, open the request, and type these letters when it is your turn."
    )


def how_it_reads() -> str:
    """How the letters are to be read."""
    return tr(
        "There are no letters I, L, O and U; small letters and missing spaces do not matter. Where "
        "the sheet is lost or was seen by others, tell the other custodians at once."
    )
