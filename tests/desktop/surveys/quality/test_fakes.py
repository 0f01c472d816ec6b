"""2,000 made-up interviews, 5 % of them faked in four ways: who is found, and who is troubled.

tests/faked says what is counted. docs/quality.md has the figures of many more waves.
"""

import os

import pytest

from tests.faked.figures import (
    Checked,
    checked,
    fakers_found,
    honest_interviewers_flagged,
    honest_interviews_flagged,
    recall,
)
from tests.faked.waves import EACH, FIRST, INTERVIEWS, KINDS

WAVES = 50 if os.environ.get("DALA_SOAK") else 2  # SOAK
MOST_FALSE, LEAST_FOUND = 0.05, 0.80
OWN_CHECKS = {
    "copied": ["near_duplicates"],
    "desk": ["straight_lines"],
    "quick": ["short", "hasty"],
    "partly": ["evenness", "answers", "all_questions", "dont_know", "refused", "other"],
}


@pytest.fixture(scope="module")
def honest() -> list[Checked]:
    return [checked(FIRST + n, ()) for n in range(max(1, WAVES // 2))]


@pytest.fixture(scope="module")
def faked() -> list[Checked]:
    return [checked(FIRST + n) for n in range(WAVES)]


def test_a_wave_is_as_large_and_as_faked_as_it_says(faked):
    for one in faked:
        assert abs(len(one.wave.data) - INTERVIEWS) <= 20
        assert sorted(one.wave.fakes.values()) == sorted(KINDS * EACH)


def test_honest_interviews_and_interviewers_are_let_be(honest):
    assert honest_interviews_flagged(honest).share <= MOST_FALSE
    assert honest_interviewers_flagged(honest).share <= MOST_FALSE


@pytest.mark.parametrize("kind", KINDS)
def test_fakes_of_each_kind_are_found(faked, kind):
    assert recall(faked, kind).share >= LEAST_FOUND
    assert fakers_found(faked, kind).share >= LEAST_FOUND


@pytest.mark.parametrize("kind", KINDS)
def test_without_its_check_a_kind_is_not_found(faked, kind):
    assert recall(faked, kind, without=OWN_CHECKS[kind]).share < LEAST_FOUND
