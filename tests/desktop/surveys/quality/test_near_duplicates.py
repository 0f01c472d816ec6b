"""Near-duplicates: who is named, and that skewed questions and like-minded villages name nobody."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.surveys.quality import near_duplicates as checked
from desktop.surveys.quality.interviews import Interviews
from desktop.surveys.quality.near_duplicates import (
    closest,
    comparable,
    near_duplicates,
    null_line,
)

ITEMS, EACH = 30, 30


def skewed(seed: int, names: int = 8, levels: tuple[float, ...] = (0.08, 0.12, 0.9)) -> Interviews:
    """Yes/no questions to which nearly all give the same answer."""
    chance = random.Random(seed)
    rows = [f"i{n}" for n in range(names) for _ in range(EACH)]
    items = {
        f"q{n}": [str(int(chance.random() < levels[n % len(levels)])) for _ in rows]
        for n in range(ITEMS)
    }
    return Interviews(interviewers=rows, items=items)


def with_copies(data: Interviews, name: str = "i3") -> list[int]:
    """Half of this interviewer's interviews become copies of the first with one answer changed."""
    first, *others = data.rows_of[name]
    for row, changed in zip(others[::2], data.items, strict=False):
        for item, answers in data.items.items():
            if item != changed:
                answers[row] = answers[first]  # type: ignore[index]
    return [first, *others[::2]]


def test_skewed_questions_accuse_nobody_though_the_usual_line_accuses_most():
    data = skewed(1)
    coded = checked._code(comparable(data))

    usual = [share for share in closest(coded, range(len(data))) if share and share > 0.85]

    assert len(usual) > 0.9 * len(data)
    assert near_duplicates(data) == []


def test_copies_are_named_row_by_row():
    data = skewed(2, levels=(0.3, 0.5, 0.7))
    copies = with_copies(data)

    (flag,) = near_duplicates(data)

    assert (flag.check, flag.interviewer, flag.stands_out) == ("near_duplicates", "i3", True)
    assert set(flag.rows) == set(copies)


def test_the_result_is_the_same_each_time():
    data = skewed(3, levels=(0.3, 0.5, 0.7))
    with_copies(data)

    assert [str(flag.text) for flag in near_duplicates(data)] == [
        str(flag.text) for flag in near_duplicates(data)
    ]


def test_a_village_of_one_mind_raises_the_line_of_its_stratum():
    """Shuffled among all, its people would look like copies of one another."""
    chance = random.Random(4)
    strata = ["north"] * 100 + ["south"] * 100
    items = {
        f"q{n}": [
            str(int(chance.random() < (0.95 if place == "north" else 0.05))) for place in strata
        ]
        for n in range(ITEMS)
    }
    together = Interviews(interviewers=["x"] * 200, items=items)
    apart = Interviews(interviewers=["x"] * 200, items=items, strata=strata)

    lines = [null_line(data, comparable(data), random.Random(5)) for data in (together, apart)]

    assert lines[1] > lines[0] + 0.05


def test_questions_that_tell_nothing_are_dropped():
    chance = random.Random(6)
    answers = [chance.choice("abc") for _ in range(200)]
    data = Interviews(
        interviewers=["x"] * 200,
        items={
            "told": answers,
            "constant": ["1"] * 197 + ["2"] * 3,
            "forced": ["1" if answer == "a" else "2" for answer in answers],
            "empty": [""] * 200,
            "free": [chance.choice("xy") for _ in range(200)],
            "named": [f"person {n}" for n in range(200)],
        },
    )

    assert comparable(data) == [data.items[item] for item in ("told", "free")]


def test_a_question_with_many_answers_forces_no_other():
    data = Interviews(
        interviewers=["x"] * 100,
        items={
            "age": [str(n // 3) for n in range(100)],
            "told": ["a" if n // 3 % 2 else "b" for n in range(100)],
        },
    )

    assert len(comparable(data)) == 2


ROWS = st.lists(st.lists(st.sampled_from(["", "a", "b"]), min_size=24, max_size=24), max_size=8)


@settings(max_examples=50)
@given(ROWS.filter(lambda rows: len(rows) > 1))
def test_the_closest_interview_is_the_one_that_a_plain_count_finds(rows):
    def share(one: list[str], other: list[str]) -> float:
        both = [pair for pair in zip(one, other, strict=True) if all(pair)]
        return sum(a == b for a, b in both) / len(both) if len(both) >= 20 else 0.0

    plain = [
        max(share(one, other) for m, other in enumerate(rows) if m != n) or None
        for n, one in enumerate(rows)
    ]

    found = list(closest(checked._code(zip(*rows, strict=True)), range(len(rows))))

    assert found == [pytest.approx(value) if value else None for value in plain]


def test_fewer_than_twenty_shared_questions_are_not_compared():
    row = ["a"] * 19 + [""] * 5

    assert list(closest(checked._code(zip(row, row, strict=True)), range(2))) == [None, None]


def test_a_short_form_is_not_checked():
    data = skewed(8)
    few = {item: data.items[item] for item in list(data.items)[:19]}

    assert near_duplicates(Interviews(interviewers=data.interviewers, items=few)) == []


def test_answers_are_shuffled_within_a_stratum_and_what_was_skipped_stays_skipped():
    strata = ["north"] * 10 + ["south"] * 10
    column = ["a", "", "b", "", "a", "b", "a", "", "a", "b"] + ["c", ""] * 5
    data = Interviews(interviewers=["x"] * 20, items={"q": column}, strata=strata)

    shuffled = checked._shuffled(data, column, random.Random(1))

    assert shuffled != column
    assert [not answer for answer in shuffled] == [not answer for answer in column]
    assert sorted(shuffled[:10]) == sorted(column[:10])


def test_more_interviews_than_can_be_compared_are_not(monkeypatch):
    data = skewed(2, levels=(0.3, 0.5, 0.7))
    with_copies(data)
    monkeypatch.setattr(checked, "MOST", len(data) - 1)

    assert near_duplicates(data) == []


def test_nothing_is_said_of_no_interviews():
    assert near_duplicates(Interviews(interviewers=[], items={})) == []
