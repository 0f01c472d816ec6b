"""Where pages end: nothing is lost, nothing is said twice, no heading stands alone."""

from hypothesis import given
from hypothesis import strategies as some

from ui.pdf_cuts import Piece, Sheet, Strip, cut

HEAD = Strip(0, 20)


def stacked(heights, **of_all):
    """Pieces one below the other."""
    tops = [sum(heights[:at]) for at in range(len(heights))]
    return [
        Piece(Strip(top, top + height), **of_all)
        for top, height in zip(tops, heights, strict=True)
    ]


@given(
    some.lists(
        some.tuples(some.integers(1, 90), some.booleans(), some.booleans()),
        min_size=1,
        max_size=40,
    )
)
def test_every_piece_is_whole_on_one_page_and_on_no_other(given_):
    pieces = [
        piece._replace(kept=kept, own_page=own_page)
        for piece, (_, kept, own_page) in zip(
            stacked([height for height, *_ in given_]), given_, strict=True
        )
    ]

    sheets = cut(pieces, 100)

    assert [sheet.seen.top for sheet in sheets[1:]] == [sheet.seen.bottom for sheet in sheets[:-1]]
    assert (sheets[0].seen.top, sheets[-1].seen.bottom) == (0, pieces[-1].seen.bottom)
    assert all(0 < sheet.seen.height <= 100 for sheet in sheets)
    ends = {sheet.seen.bottom for sheet in sheets}
    assert ends <= {piece.seen.bottom for piece in pieces}


def test_a_heading_goes_over_with_what_it_stands_above():
    one, heading, below = stacked([80, 15, 30])

    sheets = cut([one, heading._replace(kept=True), below], 100)

    assert [sheet.seen for sheet in sheets] == [Strip(0, 80), Strip(80, 125)]


def test_headings_that_fill_a_page_do_not_stop_the_rest():
    pieces = stacked([60, 60, 60], kept=True)

    assert len(cut(pieces, 100)) == 3


def test_what_begins_a_page_does_so_even_where_there_is_room():
    one, other = stacked([10, 10])

    assert len(cut([one, other._replace(own_page=True)], 100)) == 2


def test_a_table_that_goes_on_says_its_head_again_and_leaves_room_for_it():
    rows = [
        Piece(HEAD, kept=True),
        *(Piece(Strip(20 + at * 30, 50 + at * 30), head=HEAD) for at in range(5)),
    ]

    sheets = cut(rows, 90)

    assert sheets == [
        Sheet(None, Strip(0, 80)),
        Sheet(HEAD, Strip(80, 140)),
        Sheet(HEAD, Strip(140, 170)),
    ]


def test_what_is_higher_than_a_page_is_shown_in_parts():
    sheets = cut(stacked([250]), 100)

    assert [sheet.seen for sheet in sheets] == [Strip(0, 100), Strip(100, 200), Strip(200, 250)]


def test_a_row_that_is_higher_than_a_page_leaves_room_for_its_head_on_each():
    [row] = stacked([200], head=HEAD)

    assert [sheet.seen.height for sheet in cut([row], 100)] == [80, 80, 40]


def test_an_empty_paper_has_one_page():
    assert len(cut([], 100)) == 1


@given(some.integers(40, 300))
def test_a_head_that_leaves_no_room_is_said_once(high):
    """It was said again on pages without end."""
    head, *rows = stacked([high, *[30] * 9])
    pieces = [head._replace(kept=True), *(one._replace(head=head.seen) for one in rows)]

    sheets = cut(pieces, 100)

    assert [sheet.seen.top for sheet in sheets[1:]] == [sheet.seen.bottom for sheet in sheets[:-1]]
    assert sheets[-1].seen.bottom == rows[-1].seen.bottom
    assert all(
        (sheet.head.height if sheet.head else 0) + sheet.seen.height <= 100 for sheet in sheets
    )
    assert any(sheet.head for sheet in sheets) == (high <= 50)
