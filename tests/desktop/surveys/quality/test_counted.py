"""Each check over counts: who is named, whom it lets be, and what its words and counts say."""

import random

import msgspec
import pytest

from desktop.surveys.quality.counted import check, not_checked
from desktop.surveys.quality.made_of import made_of
from sync.language import speak
from sync.quality import ALIKE, HASTY, LEVELS, MINUTES, Signs


@pytest.fixture(autouse=True)
def english():
    speak("en")


def spread(chance, classes, among, number):
    """So many interviews in these classes."""
    found = [0] * classes
    for _ in range(number):
        found[chance.choice(among)] += 1
    return tuple(found)


def laptop(seed, number=40, **more):
    """An honest one; `more` sets counts."""
    chance = random.Random(seed)
    answers = number * 30
    usual = Signs(
        interviews=number,
        minutes=spread(chance, len(MINUTES), range(3, 8), number),
        hasty=spread(chance, len(HASTY), (0, 0, 1), number),
        gridded=number,
        flat=round(0.05 * number),
        runs=round(0.08 * number),
        alike=spread(chance, ALIKE, (10, 11, 12), number),
        levels=spread(chance, LEVELS, range(6, 15), number),
        answers=answers,
        dont_know=round(answers * 0.025 * chance.uniform(0.7, 1.4)),
        refused=round(answers * 0.01 * chance.uniform(0.7, 1.4)),
        other=round(answers * 0.01 * chance.uniform(0.7, 1.4)),
    )
    return msgspec.structs.replace(usual, **more)


def wave(odd=None, number=12):
    """Honest laptops, and one more with these counts."""
    signs = {f"i{n}": laptop(n) for n in range(number)}
    return signs if odd is None else {**signs, "odd": laptop(99, **odd)}


def named(odd):
    return {flag.measure: flag for flag in check(wave(odd)) if flag.pseudonym == "odd"}


FEW = tuple(30 if place < 1 else 0 for place in range(len(MINUTES)))
ODD = {
    "short": {"minutes": FEW},
    "hasty": {"hasty": (10, 0, 0, 0, 0, 30)},
    "night": {"night": 9},
    "soon": {"soon": 9},
    "flat": {"flat": 20},
    "runs": {"runs": 25},
    "alike": {"alike": (0,) * 19 + (40,)},
    "even": {"levels": (0,) * 10 + (40,) + (0,) * 9},
    "dont_know": {"dont_know": 300},
    "refused": {"refused": 150},
    "other": {"other": 150},
    "few_silent": {"dont_know": 1, "refused": 0, "other": 0},
}


def test_honest_ones_are_let_be():
    assert check(wave()) == []


@pytest.mark.parametrize("measure", ODD)
def test_each_check_names_who_stands_out_and_no_other(measure):
    assert measure in named(ODD[measure])
    assert {flag.pseudonym for flag in check(wave(ODD[measure]))} == {"odd"}


@pytest.mark.parametrize("measure", ODD)
def test_each_flag_says_numbers_and_opens_the_counts_of_this_one_and_of_the_rest(measure):
    signs = wave(ODD[measure])
    flag = next(one for one in check(signs) if one.measure == measure)

    lines = made_of(flag, signs)

    words = flag.text.words()
    assert "{" not in words
    assert words.count(".") + words.count(":") >= 2  # what was seen, and how it may come about
    assert sum(line.own for line in lines) <= 40 * 30
    assert sum(line.rest for line in lines) >= 12 * 40
    assert all(line.name for line in lines)


def test_the_line_of_short_ones_is_the_end_of_a_class():
    assert "under 10 minutes" in named(ODD["short"])["short"].text.words()
    assert "30 of 30" in named(ODD["short"])["short"].text.words()


def test_a_few_interviews_without_dont_know_accuse_nobody():
    """Of so few answers it is chance, however usual it is for the others."""
    assert (
        check(wave({"interviews": 5, "answers": 40, "dont_know": 0, "refused": 0, "other": 0}))
        == []
    )


def test_likeness_under_four_fifths_accuses_nobody():
    assert "alike" not in named({"alike": (0,) * 15 + (40,) + (0,) * 4})


def test_one_hasty_question_accuses_nobody():
    assert "hasty" not in named({"hasty": (0, 40, 0, 0, 0, 0)})


def test_fewer_than_five_laptops_are_not_compared():
    few = {"odd": laptop(99, **ODD["flat"]), **{f"i{n}": laptop(n) for n in range(3)}}

    assert check(few) == []
    assert "not compared" in next(not_checked(few)).words()


def test_what_was_not_looked_at_is_said_each_time():
    bare = {f"i{n}": Signs(interviews=40) for n in range(8)}

    assert check(bare) == []
    said = " ".join(one.words() for one in not_checked(bare))
    for words in ("Speed", "Straight lines", "Near-duplicates", "Evenness", "another laptop"):
        assert words in said
    assert len([*not_checked(wave())]) == 1


def test_nothing_at_all_is_borne():
    assert check({}) == []
    assert check({"one": Signs()}) == []
    assert [*not_checked({})]
