"""All checks together: the order of flags, their words, and what could not be looked at."""

import random

from desktop.surveys.quality.checking import check, not_checked
from desktop.surveys.quality.flag import Flag, ordered
from desktop.surveys.quality.interviews import Interviews, Span
from sync.errors import UserError


def flag(name: str, rows: int, stands_out: bool) -> Flag:
    return Flag(name, "i1", tuple(range(rows)), stands_out, UserError("x"))


def test_what_stands_out_comes_first_then_what_has_more_rows():
    flags = [flag("a", 9, False), flag("b", 1, True), flag("c", 5, True)]

    assert [one.check for one in ordered(flags)] == ["c", "b", "a"]


def test_a_flag_names_rows_as_the_table_counts_them():
    row = flag("short", 3, False).as_row([2, 3, 5, 6], "en")

    assert row["rows"] == [2, 3, 5]  # below the headings, and one line was empty
    assert row.keys() == {"check", "interviewer", "rows", "stands_out", "text"}


def test_an_empty_table_has_no_flags_and_says_what_was_not_looked_at():
    data = Interviews(interviewers=[], items={})

    assert check(data) == []
    assert len(list(not_checked(data))) == 5


def test_a_few_interviews_have_no_flags():
    data = Interviews(
        interviewers=["a", "b", "a"],
        items={f"q{n}": ["1", "2", "3"] for n in range(25)},
        grids=[[f"q{n}" for n in range(25)]],
        minutes=[Span(1, 1), Span(30, 30), None],
    )

    assert check(data) == []


def test_a_whole_table_is_looked_at_in_every_way():
    chance = random.Random(1)
    names = [f"i{n}" for n in range(6) for _ in range(6)]
    items = {f"q{n}": [chance.choice("12345") for _ in names] for n in range(25)}
    whole = Interviews(
        interviewers=names, items=items, grids=[list(items)], hours=[Span(9, 9)] * len(names)
    )

    assert list(not_checked(whole)) == []


def test_words_exist_in_three_languages():
    data = Interviews(interviewers=[], items={})

    for said in not_checked(data):
        assert len({said.words(language) for language in ("kk", "ru", "en")}) == 3
