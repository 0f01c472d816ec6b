"""The attack on survey answers itself: it finds nothing in the program, and what each guard is for.

`make soak` plays a hundred waves and every mutant; `python -m tests.anonymity --worlds 1000` more.
"""

import os
from dataclasses import replace
from random import Random

import pytest

from tests.anonymity.__main__ import Found, attack, caught_after, databases, look
from tests.anonymity.attacker import guesses
from tests.anonymity.field import play
from tests.anonymity.mutants import MUTANTS

SOAK = bool(os.environ.get("DALA_SOAK"))
WORLDS = 100 if SOAK else 2  # one by the age groups of its form, one by those of its plan
QUICK = ("five_of_any_sort",)
TOLERATED = 0.02  # above what is promised, by chance


@pytest.fixture(scope="module")
def seen():
    return play(0)


@pytest.fixture(scope="module")
def found(seen):
    everything = attack(Found(), seen, 0)
    for seed in range(1, WORLDS):
        look(everything, seed)
    return everything


def test_nobody_links_an_answer_to_a_house_better_than_by_chance(found):
    assert found.wrong == []
    assert found.answers > 80 * WORLDS
    if SOAK:
        for name, score in found.scores.by_attacker.items():
            assert score.excess + score.bound < TOLERATED, name


@pytest.mark.slow
@pytest.mark.parametrize("mutant", list(MUTANTS) if SOAK else QUICK)
def test_a_guard_removed_is_noticed(mutant):
    assert caught_after(mutant)


@pytest.mark.skipif(not SOAK, reason="the same server code on another database: `make soak`")
def test_nor_on_postgresql():
    with databases(on_postgres=True) as fresh:
        found = Found()
        for seed in range(3):
            look(found, seed, fresh=fresh)
        assert found.wrong == []


def test_each_mutant_says_what_it_removes():
    assert len(MUTANTS) >= 12
    assert all(make.__doc__ for make in MUTANTS.values())


def test_an_attacker_who_is_told_the_truth_links_more_than_chance_would(seen):
    """So a house that is found is counted as found."""
    by_time = sorted(seen.truth, key=lambda name: seen.truth[name].minute)
    told = guesses(replace(seen, orders={"truth": by_time}), Random(3))
    told = [one for one in told if one.attacker == "truth"]

    assert sum(one.right for one in told) > 2 * sum(one.promised for one in told)
