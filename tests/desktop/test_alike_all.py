"""All likely pairs of many records: on a set of which it is known, and as each with each would find them."""

from collections import Counter
from datetime import date, timedelta
from itertools import combinations

import pytest

from desktop.alike import LIKELY, likeness, told
from desktop.alike_all import ALWAYS, COMMON, by_keys, likely
from tests.labelled import labelled


@pytest.fixture(scope="module")
def known():
    return labelled(matters=600, again=300, beside=150, villages=12)


@pytest.fixture(scope="module")
def every(known):
    return [told(one) for one in known.issues]


def test_of_a_labelled_set_nearly_all_are_found_and_little_else(known, every):
    found = {(one, other) for one, other, _ in likely(every)}

    right = len(found & known.same)
    assert right / len(known.same) >= 0.95
    assert right / len(found) >= 0.80


def test_it_finds_what_comparing_each_with_each_finds_and_as_likely(every):
    words = {place: Counter() for place in {one.place for one in every}}
    for one in every:
        words[one.place].update(one.text)
    many = Counter(one.place for one in every)

    def worth(one, other):
        rare = {
            word
            for word in one.text & other.text
            if words[one.place][word] <= max(ALWAYS, COMMON * many[one.place])
        }
        return one.sure & other.sure or (one.place == other.place and rare)

    each = [
        (one, other, score)
        for one, other in combinations(range(len(every)), 2)
        if worth(every[one], every[other])
        and (score := likeness(every[one], every[other])) >= LIKELY
    ]

    assert len(each) > 300
    assert sorted(likely(every)) == each


def test_by_their_keys_alone_those_are_found_that_live_apart():
    one = {"essence": "Көшеде су жоқ", "village": "615647100", "phone": "+7 701 123 45 67"}
    other = one | {"village": "615647200", "phone": "+77011234567"}
    third = one | {"phone": None}
    every = [told(one), told(other), told(third)]

    assert [pair[:2] for pair in by_keys(every)] == [(0, 1)]
    assert {pair[:2] for pair in likely(every)} == {(0, 1), (0, 2)}


def test_what_was_told_a_year_apart_is_no_pair_however_like():
    day = date(2026, 1, 10)
    same = {"essence": "Көшеде су жоқ", "village": "615647100"}
    every = [told(same | {"received_on": day + timedelta(days)}) for days in (0, 120, 241)]

    assert [pair[:2] for pair in likely(every)] == [(0, 1)]


def test_each_record_of_a_village_is_a_step(every):
    steps = []
    list(likely(every, lambda: steps.append(1)))

    assert len(steps) == len(every)
