"""Who is asked again, and how second answers agree with the first."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.surveys.quality.call_backs import agreement, compare, differing, draw
from desktop.surveys.quality.interviews import Interviews


@given(st.lists(st.sampled_from("abc"), max_size=60), st.integers())
def test_of_each_interviewer_a_tenth_is_drawn_and_one_at_least(names, seed):
    data = Interviews(interviewers=names, items={})

    drawn = draw(data, random.Random(seed))

    assert drawn == sorted(set(drawn))
    for rows in data.rows_of.values():
        assert len(set(drawn).intersection(rows)) == -(-len(rows) // 10)


def test_every_interview_is_as_likely():
    data = Interviews(interviewers=["a"] * 20, items={})
    chance = random.Random(1)
    times = [0] * 20
    for _ in range(5_000):
        for row in draw(data, chance):
            times[row] += 1

    assert min(times) > 400
    assert max(times) < 600


def test_equal_answers_are_wholly_reliable():
    found = agreement(["1", "2", "3"], ["1", "2", "3"])

    assert (found.n, found.error_rate, found.reliability) == (3, 0, 1)


def test_reliability_is_one_less_the_response_variance():
    found = agreement(["1", "2", "3", "4"], ["1", "2", "3", "2"])

    # SRV = 2²/(2·4) = 0.5; all eight answers have mean 2.25 and variance 7.5/7
    assert found.error_rate == 0.25
    assert found.reliability == pytest.approx(1 - 0.5 / (7.5 / 7))


def test_words_have_an_error_rate_alone():
    found = agreement(["yes", "no"], ["yes", "yes"])

    assert (found.error_rate, found.reliability) == (0.5, None)


def test_what_was_answered_once_is_no_pair():
    assert agreement(["1", ""], ["", "2"]) is None
    assert agreement(["1", "1"], ["1", ""]).n == 1


def test_equal_numbers_of_everybody_have_no_reliability():
    assert agreement(["2", "2"], ["2", "2"]).reliability is None


def test_questions_are_compared_at_the_rows_that_were_asked_again():
    first = Interviews(interviewers=["a"] * 4, items={"q": ["1", "2", "3", "4"], "r": ["x"] * 4})

    found = compare(first, {"q": ["2", "5"], "unknown": ["1", "1"]}, [1, 3])

    assert found.keys() == {"q"}
    assert found["q"].error_rate == 0.5


def asked_twice(wrong: int) -> tuple[Interviews, dict[str, list[str]], list[int]]:
    """Six interviewers, five interviews each asked again; of i2 so many of ten answers differ."""
    names = [f"i{n}" for n in range(6) for _ in range(10)]
    first = Interviews(interviewers=names, items={f"q{n}": ["1"] * 60 for n in range(10)})
    rows = [row for row in range(60) if row % 2]
    second = {
        f"q{n}": ["2" if names[row] == "i2" and n < wrong else "1" for row in rows]
        for n in range(10)
    }
    return first, second, rows


def test_whose_people_answer_otherwise_the_second_time_is_flagged():
    (flag,) = differing(*asked_twice(wrong=4))

    assert (flag.check, flag.interviewer, flag.rows) == ("call_backs", "i2", (21, 23, 25, 27, 29))
    assert "40 %" in flag.text.words("en")


def test_people_who_agree_with_themselves_flag_nobody():
    assert list(differing(*asked_twice(wrong=0))) == []
    assert list(differing(Interviews(interviewers=["a"], items={"q": ["1"]}), {}, [])) == []
