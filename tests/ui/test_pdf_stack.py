"""A long table is laid out in pieces that hold nobody up, and nobody sees where one ends."""

from operator import ne

import pytest

from desktop.exports.pages import Grid, Line, Look, Pages, Signatures
from ui import pdf_stack
from ui.drawn import page_picture
from ui.pdf_pages import LaidPages

TALL = "\n".join(f"л{at}л" for at in range(150))
ROWS = tuple(
    (str(at), f"Құбыр-{at} " * (1 + at % 7), "" if at % 3 else "Б. Үсенов") for at in range(90)
)
SIGNED = Signatures((("Төраға", "Ә. Төлегенов"),))
SEAM = (
    2 * 4
)  # px: where a page ends with a piece, the lines at the sides end two px earlier or later
HEADS = ("№", "Мәні", "Жауапты")


def laid(*blocks, **more):
    return LaidPages(Pages("Журнал", "kk", blocks, "аяғы", "AAAA-BBBB", **more))


def others(one, two):
    """How many pixels differ."""
    if one == two:
        return 0
    pixels = (memoryview(image.constBits()).cast("I") for image in (one, two))
    return sum(map(ne, *pixels))


@pytest.mark.parametrize(
    "blocks",
    [
        (Line("ЖУРНАЛ", Look.TITLE), Grid(HEADS, ROWS), Line("соңы"), SIGNED),
        (Grid((), ROWS, named=True), Grid(HEADS, ROWS[:50], figures=True), SIGNED),
        (Grid(HEADS, (*ROWS[:9], ("9", TALL, ""), *ROWS[9:])),),
        (Line("бір " * 3_000), Grid(HEADS, ROWS), Line("екі " * 3_000)),
    ],
)
def test_the_pages_are_those_of_one_document(qapp, monkeypatch, blocks):
    monkeypatch.setattr(pdf_stack, "ROWS", 1_000)
    whole = laid(*blocks)
    monkeypatch.setattr(pdf_stack, "ROWS", 7)
    in_pieces = laid(*blocks)

    assert len(whole._stack._parts) == 1
    assert len(in_pieces._stack._parts) > 10
    assert in_pieces.count == whole.count
    for at in range(whole.count):
        assert others(page_picture(in_pieces, at, 1.0), page_picture(whole, at, 1.0)) <= SEAM
