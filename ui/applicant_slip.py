"""The slip that an applicant takes home as a PDF page of the size of a postcard (A6)."""

from PySide6.QtGui import QFont

from desktop.actions.slip import Slip
from ui.drawn import as_pdf
from ui.paper import A6, FAINT, OnePage, Pen

MARGIN = 9.0  # mm
CODE, BESIDE = 116.0, 140.0  # pixels: the side of the QR code; where the words beside it begin
PLAIN, STRONG = QFont.Weight.Normal, QFont.Weight.DemiBold


def draw_applicant_slip(slip: Slip) -> bytes:
    """The file. What it says is in the applicant's language already."""
    return as_pdf(slip_page(slip))


def slip_page(slip: Slip) -> OnePage:
    """The page."""

    def draw(pen: Pen) -> None:
        pen.write(" · ".join(slip.office), 11, PLAIN, after=2, colour=FAINT)
        pen.write(slip.title, 19, STRONG, after=6)
        pen.write(slip.label, 11, PLAIN, after=0, colour=FAINT)
        pen.write(slip.number, 27, STRONG, after=14)
        _draw_middle(pen, slip)
        if slip.note:
            pen.write(slip.note, 11, PLAIN, after=8)
        pen.write(slip.heading, 13, STRONG, after=3)
        for one in slip.following:
            pen.write(one, 12, PLAIN, after=3)
        pen.down(6)
        pen.rule()
        pen.down(6)
        pen.write(slip.keep, 12, STRONG)

    return OnePage(f"{slip.title} {slip.number}", A6, MARGIN, draw)


def _draw_middle(pen: Pen, slip: Slip) -> None:
    """The code, and beside it when the appeal was received, and by whom."""
    top = pen.at
    pen.draw_code(slip.code, CODE)
    for label, said in slip.facts:
        pen.write(label, 11, PLAIN, after=0, colour=FAINT, left=BESIDE)
        pen.write(said, 14, PLAIN, after=6, left=BESIDE)
    pen.down(max(0.0, top + CODE - pen.at) + 16)
