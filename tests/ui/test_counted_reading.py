"""A reading that is told above a screen: what comes, what is stopped, and what nobody waits for."""

from threading import Event

import pytest
from PySide6.QtWidgets import QWidget

from sync.errors import Stopped, UserError
from sync.language import mark, tr
from tests.ui.at_work import given_jobs, given_said  # noqa: F401
from tests.ui.keys import settle
from ui.counted_reading import CountedReading
from ui.screens.today import STOPPED


@pytest.fixture
def reading(qtbot, jobs):
    screen = QWidget()
    qtbot.addWidget(screen)
    reading = CountedReading(jobs, screen, STOPPED)
    reading.above = screen  # which stays as long
    return reading


@pytest.fixture
def gate(jobs, reading):
    """What holds up the file until it is set."""
    gate = Event()
    jobs.read(reading, gate.wait, lambda _: None)
    yield gate
    gate.set()


def giving(result):
    def read(tell):
        tell(0, 1)
        return result

    return read


def test_what_is_read_anew_meanwhile_comes_after_what_is_being_read(qtbot, jobs, reading, gate):
    came = []
    reading.begin(giving("before"), came.append)
    reading.begin(giving("after"), came.append)
    assert not reading.bar.isHidden() or reading.bar._soon.isActive()

    gate.set()
    settle(qtbot, jobs)

    assert came == ["before", "after"]
    assert not reading.bar._soon.isActive()


def test_who_stops_it_gets_nothing_more_and_is_told_so_once(qtbot, jobs, reading, gate, said):
    came = []
    for one in ("before", "after"):
        reading.begin(giving(one), came.append)

    reading.bar.stop_button.click()
    gate.set()
    settle(qtbot, jobs)

    assert came == []
    assert said == [tr(STOPPED)]
    assert not reading.bar._soon.isActive()


def test_what_nobody_waits_for_any_more_comes_to_nobody_and_says_nothing(
    qtbot, jobs, reading, gate, said
):
    came, told = [], []

    def read(tell):
        try:
            tell(0, 1)
        except Stopped:
            told.append("stopped")
            raise
        return "before"

    reading.begin(read, came.append)
    reading.leave()
    reading.begin(giving("after"), came.append)
    gate.set()
    settle(qtbot, jobs)

    assert (came, told, said) == (["after"], ["stopped"], [])


def test_why_something_could_not_be_read_is_said(qtbot, jobs, reading, said):
    def refuse(tell):
        raise UserError(mark("There is no field “{name}” here."), name="x")

    reading.begin(refuse, lambda _: None)
    settle(qtbot, jobs)

    assert len(said) == 1
    assert "x" in said[0]
