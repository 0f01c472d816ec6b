"""The same made-up waves by counts alone, as laptops tell them: who is named, and who is let be.

docs/quality.md has the figures of many more waves.
"""

import os

import pytest

from tests.faked.counted import Told, fakers_found, honest_named, told
from tests.faked.waves import FIRST

WAVES = 40 if os.environ.get("DALA_SOAK") else 2  # SOAK
MOST_FALSE, LEAST_FOUND = 0.05, 0.80
OWN_CHECKS = {
    "copied": ["alike"],
    "desk": ["flat", "runs"],
    "quick": ["short", "hasty"],
    "partly": ["even", "dont_know", "refused", "other"],
}


@pytest.fixture(scope="module")
def faked() -> list[Told]:
    return [told(FIRST + n) for n in range(WAVES)]


def test_honest_interviewers_are_let_be():
    assert honest_named([told(FIRST + n, ()) for n in range(WAVES)]).share <= MOST_FALSE


@pytest.mark.parametrize("kind", ["copied", "desk", "quick"])
def test_who_fakes_in_a_way_that_counts_can_tell_is_named(faked, kind):
    assert fakers_found(faked, kind).share >= LEAST_FOUND


@pytest.mark.skipif(WAVES < 10, reason="one in five of them is missed: a few waves tell nothing")
def test_who_made_up_most_of_an_interview_is_named(faked):
    assert fakers_found(faked, "partly").share >= LEAST_FOUND


@pytest.mark.parametrize("kind", ["quick", "partly"])
def test_without_its_check_a_kind_is_not_found(faked, kind):
    assert fakers_found(faked, kind, OWN_CHECKS[kind]).share < LEAST_FOUND


def test_copies_are_found_where_answers_leave_in_two_parts():
    waves = [told(FIRST + n, parts=2) for n in range(WAVES)]

    assert fakers_found(waves, "copied").share >= LEAST_FOUND
