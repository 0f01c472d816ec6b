"""Too quick, at night, too soon: classes are read in the interviewer's favour."""

import random

import pytest

from desktop.surveys.quality.interviews import Interviews, Span, read_span
from desktop.surveys.quality.speed import speed

NAMES = [f"i{n}" for n in range(8) for _ in range(25)]


def wave(**measured: list[Span | None]) -> Interviews:
    return Interviews(interviewers=NAMES, items={}, **measured)  # type: ignore[arg-type]


def usual(seed: int = 1) -> list[Span | None]:
    """Minutes in classes of five, about 25."""
    chance = random.Random(seed)
    lows = [5 * round(chance.gauss(5, 0.8)) for _ in NAMES]
    return [Span(max(10, low), max(10, low) + 5) for low in lows]


def test_classes_are_read_as_they_are_written():
    assert read_span("12") == Span(12, 12)
    assert read_span(" 10 - 20 ") == Span(10, 20)
    assert read_span("10–20") == Span(10, 20)
    assert read_span("<5") == Span(0, 5)
    assert read_span("60+") == Span(60, float("inf"))
    assert read_span("2.5") == Span(2.5, 2.5)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "20-10", "-5", "<5-7", "<5+", "1e999", "9" * 99, "<" + "9" * 99, "٣x", "5-"],
)
def test_anything_else_is_no_class(text):
    assert read_span(text) is None


def test_an_open_class_counts_for_its_known_end():
    assert read_span("60+").middle == 60
    assert read_span("10-20").middle == 15


def test_short_interviews_are_named_and_many_of_them_stand_out():
    minutes = usual()
    short = [row for row, name in enumerate(NAMES) if name == "i2"][:15]
    for row in [*short, 0]:
        minutes[row] = Span(3, 5)

    flags = {flag.interviewer: flag for flag in speed(wave(minutes=minutes))}

    assert flags.keys() == {"i0", "i2"}
    assert flags["i2"].stands_out
    assert flags["i2"].rows == tuple(short)
    assert flags["i0"].rows == (0,)
    assert not flags["i0"].stands_out


def test_a_class_that_may_be_long_enough_is_not_short():
    minutes = usual()
    minutes[0] = Span(0, 25)

    assert list(speed(wave(minutes=minutes))) == []


def test_where_times_scatter_widely_the_median_draws_the_line():
    chance = random.Random(2)
    minutes: list[Span | None] = [Span(m, m) for m in (chance.uniform(5, 95) for _ in NAMES)]
    minutes[7] = Span(4, 4)

    flagged = {row for flag in speed(wave(minutes=minutes)) for row in flag.rows}

    assert 7 in flagged  # Q1 − 1.5 IQR is below zero here
    assert all(minutes[row].high < 0.4 * 60 for row in flagged)


def test_where_times_are_alike_the_quartiles_draw_the_line():
    chance = random.Random(3)
    minutes: list[Span | None] = [Span(m, m) for m in (chance.gauss(30, 1) for _ in NAMES)]
    minutes[7] = Span(20, 20)

    flagged = {row for flag in speed(wave(minutes=minutes)) for row in flag.rows}

    assert 7 in flagged  # though far above 0.4 of the median


def test_many_questions_under_their_minimum_are_named():
    chance = random.Random(4)
    hasty: list[Span | None] = [Span(n, n) for n in (chance.choice([0, 0, 1, 2]) for _ in NAMES)]
    hasty[3], hasty[4] = Span(11, 20), Span(1, 20)

    (flag,) = speed(wave(hasty=hasty))

    assert (flag.check, flag.rows) == ("hasty", (3,))


def test_two_slips_of_a_key_are_not_hasty():
    hasty: list[Span | None] = [Span(0, 0)] * len(NAMES)
    hasty[3] = Span(2, 2)

    assert list(speed(wave(hasty=hasty))) == []


@pytest.mark.parametrize(
    ("hour", "odd"), [(6, True), (7, False), (21, False), (22, True), (0, True)]
)
def test_night_is_from_ten_to_seven(hour, odd):
    hours: list[Span | None] = [Span(12, 12)] * len(NAMES)
    hours[9] = Span(hour, hour)

    assert [flag.rows for flag in speed(wave(hours=hours))] == ([(9,)] if odd else [])


def test_a_gap_shorter_than_the_way_is_named():
    gaps: list[Span | None] = [Span(30, 60)] * len(NAMES)
    ways: list[Span | None] = [Span(20, 20)] * len(NAMES)
    gaps[5], ways[6], gaps[7], ways[8] = Span(0, 10), Span(45, 45), None, None

    (flag,) = speed(wave(gaps=gaps, ways=ways))

    assert (flag.check, flag.rows) == ("too_soon", (5,))  # 45 minutes may have gone by at 6


def test_too_few_interviews_have_no_quartiles():
    data = Interviews(
        interviewers=["x"] * 19, items={}, minutes=[Span(1, 1)] + [Span(30, 30)] * 18
    )

    assert list(speed(data)) == []
