"""Ids of records and edits: never twice, and those made together lie together."""

from datetime import UTC, date, timedelta
from uuid import RFC_4122

from hypothesis import given
from hypothesis import strategies as st

from sync.answers import Answer
from sync.change import id_at, new_id
from tests.loopback import SOZAQ

moments = st.datetimes(timezones=st.just(UTC))  # of laptops' clocks: any of 9,999 years
chances = st.integers(0, 2**80 - 1)


@given(moments, chances)
def test_an_id_is_of_version_seven_whatever_the_clock_says(at, chance):
    made = id_at(at, chance)

    assert (made.version, made.variant) == (7, RFC_4122)


@given(moments.filter(lambda at: 1970 <= at.year < 9999), chances, chances)
def test_what_is_made_later_comes_later_in_an_index(at, chance, other):
    first, then = id_at(at, chance), id_at(at + timedelta(milliseconds=2), other)

    assert first.hex < then.hex


@given(moments, chances, chances)
def test_at_one_moment_chance_tells_ids_apart(at, chance, other):
    alike = chance % 2**74 == other % 2**74

    assert (id_at(at, chance) == id_at(at, other)) is alike


def test_no_two_are_alike():
    assert len({new_id() for _ in range(10_000)}) == 10_000


def test_an_answer_to_a_survey_tells_no_time():
    wave, on = new_id(), date(2026, 11, 26)
    answer = Answer(wave=wave, form=wave, district=SOZAQ, okrug="", on=on, values={})

    assert answer.id.version == 4
