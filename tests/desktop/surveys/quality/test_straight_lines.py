"""Straight lines: who is named, and that tiredness alone names nobody."""

import random

import pytest

from desktop.surveys.quality.interviews import Interviews
from desktop.surveys.quality.straight_lines import straight_lines

EACH = 30
GRID = tuple(f"g{n}" for n in range(8))


def wave(straight: dict[str, int], run: int = 8, tired: float = 0.1) -> Interviews:
    """`straight`: {interviewer: how many interviews have one mark in `run` questions}."""
    chance = random.Random(1)
    names = [f"i{n}" for n in range(8) for _ in range(EACH)]
    answers: list[list[str]] = []
    left = dict(straight)
    for name in names:
        marks = [chance.choice("12345") for _ in GRID]
        if left.get(name, 0) > 0 or chance.random() < tired:
            left[name] = left.get(name, 0) - 1
            marks[:run] = [marks[0]] * run
            if run < len(marks):
                marks[run] = "5" if marks[0] != "5" else "1"
        answers.append(marks)
    items = dict(zip(GRID, map(list, zip(*answers, strict=True)), strict=True))
    return Interviews(interviewers=names, items=items, grids=[GRID])


def test_who_gives_one_mark_much_more_often_is_named_with_the_rows():
    data = wave({"i5": 20})

    (flag,) = straight_lines(data)

    assert (flag.interviewer, flag.stands_out) == ("i5", True)
    assert {data.interviewers[row] for row in flag.rows} == {"i5"}
    assert all(len({data.items[item][row] for item in GRID}) == 1 for row in flag.rows)
    assert 20 <= len(flag.rows) < EACH


def test_a_long_run_counts_where_the_last_mark_is_another():
    (flag,) = straight_lines(wave({"i5": 20}, run=6))

    assert flag.interviewer == "i5"


def test_five_alike_of_eight_are_no_pattern():
    assert straight_lines(wave({"i5": 20}, run=5)) == []


def test_tired_people_accuse_nobody():
    assert straight_lines(wave({}, tired=0.3)) == []


def test_three_questions_are_no_grid():
    data = wave({"i5": 20})
    short = Interviews(interviewers=data.interviewers, items=data.items, grids=[GRID[:3]])

    assert straight_lines(short) == []


@pytest.mark.parametrize("answered", [2, 3])
def test_three_marks_alike_are_no_line_and_no_answer_is_no_mark(answered):
    data = wave({})
    for place, item in enumerate(GRID):
        for row in data.rows_of["i5"]:
            data.items[item][row] = "3" if place < answered else ""  # type: ignore[index]

    assert straight_lines(data) == []
