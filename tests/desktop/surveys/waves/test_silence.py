"""Before a vote no figure of a wave that is linked to it leaves: five days, and the day itself."""

from datetime import date, datetime, timedelta

import pytest

from desktop.surveys.waves import silence
from desktop.surveys.waves.silence import locked

DAY = date(2027, 3, 14)
WAVE = {"linked_to": "election", "polling_day": DAY}


@pytest.mark.parametrize(
    ("days", "held"), [(-6, False), (-5, True), (-1, True), (0, True), (1, False), (400, False)]
)
def test_five_days_before_the_vote_and_on_it_nothing_leaves(days, held):
    assert (locked(WAVE, DAY + timedelta(days=days)) is not None) is held


def test_it_says_until_when_and_that_the_work_goes_on():
    words = locked(WAVE, DAY).words("en")

    assert "14.03.2027" in words
    assert "15.03.2027" in words
    assert "interviews go on" in words


def test_a_wave_that_is_linked_to_no_vote_is_never_silent():
    assert locked({"polling_day": DAY}, DAY) is None
    assert silence.silence({"polling_day": DAY}) is None


def test_a_vote_without_its_day_keeps_everything_back_until_somebody_says_it():
    for day in (DAY - timedelta(days=300), DAY):
        assert "voting day" in locked({"linked_to": "referendum"}, day).words("en")


def test_the_day_is_that_of_the_region_whatever_the_clock_is_set_to(monkeypatch):
    class Clock(datetime):
        @classmethod
        def now(cls, zone=None):
            return datetime.fromisoformat("2027-03-14T20:30:00+00:00").astimezone(zone)

    monkeypatch.setattr(silence, "datetime", Clock)

    assert silence.today() == date(2027, 3, 15)  # half past one at night in Turkistan
    assert locked(WAVE) is None
