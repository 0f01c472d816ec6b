"""One notice in the morning, in numbers, also while the work is locked."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

import ui.digest
from desktop.actions import records
from tests.ui.at_work import given_desk, given_jobs, given_kazakh  # noqa: F401
from tests.ui.desks import record, story
from tests.ui.keys import settle
from ui.digest import Morning

DAY = date(2026, 11, 24)


class Clock:
    def __init__(self):
        self.at = datetime(2026, 11, 23, 17, 50)  # noqa: DTZ001  # local, as the window's

    def __call__(self):
        return self.at


@pytest.fixture
def morning(qtbot, desk, jobs, monkeypatch):
    """Somebody worked in the evening; what is posted from then on."""
    clock, frame = Clock(), SimpleNamespace(isActiveWindow=lambda: False)
    made = Morning(jobs, frame, clock=clock)
    posted = []
    monkeypatch.setattr(made, "post", posted.append)
    record(desk, "meeting", {**story()["meeting"], "held_on": str(DAY)})
    made.begin(desk)
    settle(qtbot, jobs)
    yield SimpleNamespace(made=made, clock=clock, frame=frame, posted=posted)
    made.deleteLater()


def test_in_the_morning_it_is_told_once_though_the_work_is_locked(morning):
    morning.made.rest()
    morning.made.tell_if_due()
    assert morning.posted == []  # the evening was in sight

    for hour in (8, 9, 12):
        morning.clock.at = datetime(2026, 11, 24, hour, 5)  # noqa: DTZ001
        morning.made.tell_if_due()
        assert morning.posted == ([] if hour < 9 else ["Бүгін: 1 кездесу."])


def test_who_has_the_window_in_front_is_told_nothing(morning):
    morning.frame.isActiveWindow = lambda: True
    morning.clock.at = datetime(2026, 11, 24, 9, 5)  # noqa: DTZ001
    morning.made.tell_if_due()
    assert morning.posted == []


def test_a_day_without_work_is_not_told_nor_one_of_somebody_who_has_left(morning):
    morning.clock.at = datetime(2026, 11, 25, 9, 5)  # noqa: DTZ001
    morning.made.tell_if_due()
    morning.made.forget()
    morning.clock.at = datetime(2026, 11, 24, 9, 5)  # noqa: DTZ001
    morning.made.tell_if_due()
    assert morning.posted == []
    assert not morning.made.timer.isActive()


def test_an_exchange_that_brought_nothing_reads_nothing_anew(
    qtbot, jobs, desk, morning, monkeypatch
):
    read = []
    monkeypatch.setattr(ui.digest, "_forecast", lambda _, on: read.append(on) or {})

    morning.made.read()
    settle(qtbot, jobs)
    assert read == []

    jobs.write(lambda: records.save(desk, "issue", story()["issues"][0]))
    settle(qtbot, jobs)
    for _ in range(2):
        morning.made.read()
        settle(qtbot, jobs)
    assert read == [date(2026, 11, 23)]
