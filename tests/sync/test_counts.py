"""What is left of answers: counts of ten people at least, and nothing that anybody wrote."""

from collections import Counter
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.answers import mark_of
from sync.counts import SMALLEST, Said, count, together

WAVE = UUID(int=1)
PEOPLE = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(1, 40))


def said(okrug="a", **values):
    return Said(okrug=okrug, values={f"/data/{name}": value for name, value in values.items()})


def counted(*answers):
    return count(WAVE, "d", answers)


def times(path, *answers):
    (cell,) = counted(*answers).cells
    return cell.times.get(f"/data/{path}", {})


@given(PEOPLE)
def test_no_cell_has_fewer_than_ten_people_and_no_okrug_is_lost_or_told_twice(people):
    cells = together(Counter(people))

    assert all(sum(people[okrug] for okrug in cell) >= SMALLEST for cell in cells)
    told = [okrug for cell in cells for okrug in cell]
    assert sorted(told) == (sorted(people) if sum(people.values()) >= SMALLEST else [])


@given(PEOPLE)
def test_okrugs_with_enough_stand_alone_where_no_other_needs_them(people):
    enough = {okrug: number + 10 for okrug, number in people.items()}

    assert sorted(together(Counter(enough))) == [(okrug,) for okrug in sorted(enough)]


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["1", "5", "dk", None]))))
def test_of_a_mark_no_one_who_gave_it_is_lost(rows):
    found = counted(*(said(okrug, q=value) for okrug, value in rows))

    assert found.answers == len(rows)
    for mark in "15":
        got = sum(cell.times.get("/data/q", {}).get(mark, 0) for cell in found.cells)
        given_by = sum(value == mark for _, value in rows)
        enough = sum(value is not None for _, value in rows) >= SMALLEST
        assert got == given_by or not enough


@given(st.lists(st.text(), min_size=SMALLEST, max_size=30))
def test_of_what_people_wrote_nothing_is_left(texts):
    """But what ten of them wrote alike, and looks like a choice."""
    found = msgspec.json.encode(counted(*(said(q=f"Ә{one}") for one in texts)))

    assert b"/data/q" not in found


@pytest.mark.parametrize(
    "value",
    [
        "Асан",
        "51.22 68.31 0 0",
        "87011234567",
        "-1",
        "nan",
        "inf",
        "10.01",
        "a" * 41,
        {"a": 1},
        True,
    ],
)
def test_such_values_are_not_counted_however_rare(value):
    assert times("q", *[said(q=value)], *[said(q="1")] * SMALLEST) == {"1": SMALLEST}


def test_a_choice_that_nine_made_is_not_told_and_one_that_ten_made_is():
    nine, ten = [said(q="nine")] * 9, [said(q="ten")] * 10

    assert times("q", *nine, *ten) == {"ten": 10}


def test_a_question_that_nine_answered_is_not_told():
    assert times("q", *[said(q="1")] * 9, *[said(r="1")] * 9) == {}


def test_a_group_of_ages_is_counted_as_a_choice_is():
    assert times("q", *[said(q="60+")] * 10, *[said(q="18-29")] * 9) == {"60+": 10}


def test_numbers_have_two_decimals_and_each_of_several_choices_counts():
    assert times("q", *[said(q="3.14159")] * 10) == {"3.14": 10}
    assert times("q", *[said(q=["gas", "road"])] * 10) == {"gas": 10, "road": 10}


def test_each_official_has_cells_of_their_own():
    found = counted(*[said(official="x", q="1")] * 10, *[said(official="y", q="1")] * 9)

    assert [(cell.official, cell.answers) for cell in found.cells] == [("x", 10)]
    assert found.answers == 19


def test_who_is_rated_is_no_words_that_somebody_wrote():
    assert [cell.official for cell in counted(*[said(official="Асан аға")] * 10).cells] == [""]


def test_a_laptop_that_has_no_counts_says_what_it_always_said():
    assert mark_of({}, {}) == ""
    assert mark_of({WAVE: 3}, {}) == mark_of({WAVE: 3}) != mark_of({}, {WAVE: 3})
    assert mark_of({WAVE: 3}, {WAVE: 3}) not in (mark_of({WAVE: 3}), mark_of({}, {WAVE: 3}))
