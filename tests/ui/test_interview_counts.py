"""What the interview screen lets the laptop count: how long it took, by what was on the screen."""

import msgspec
import pytest
from sqlalchemy import select

from desktop.actions import drafts
from desktop.actions.answers import draft_key
from sync.client.tables import OwnSigns
from sync.quality import HASTY, MINUTES, Signs
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.keys import press, settle, show
from tests.ui.survey_waves import OKRUG, start_wave
from tests.ui.test_interview_screen import ENTER, answer, whole_interview
from ui.screens.interview import InterviewScreen


class Clock:
    """Each look at it is `step` seconds later."""

    def __init__(self):
        self.now, self.step = 1_000.0, 0.0

    def __call__(self):
        self.now += self.step
        return self.now


@pytest.fixture
def wave(desk):
    return start_wave(desk)[0]


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def opened(qtbot, desk, jobs, wave, clock):
    """The screen at its first question, as often as it is opened anew."""
    screens = []

    def opened():
        screen = InterviewScreen(desk, jobs, clock)
        screens.append(screen)
        show(qtbot, screen)
        screen.open(wave)
        settle(qtbot, jobs)
        if screen.walk is None:
            screen.start_page.okrug_input.set_value(OKRUG)
            screen.setFocus()
            press(ENTER)
            settle(qtbot, jobs)
        return screen

    return opened


def finish(qtbot, jobs):
    press(ENTER)
    settle(qtbot, jobs)


def sums(desk):
    with desk.store() as session:
        row = session.scalars(select(OwnSigns)).one()
        return msgspec.json.decode(row.body, type=Signs)


def test_a_finished_interview_is_in_the_sums(qtbot, desk, jobs, opened):
    opened()
    whole_interview()
    finish(qtbot, jobs)

    signs = sums(desk)
    assert (signs.interviews, signs.timed, signs.gridded) == (1, 1, 1)
    assert signs.sound


def test_an_interview_in_no_time_is_short_and_hasty(qtbot, desk, jobs, opened):
    opened()
    whole_interview()
    finish(qtbot, jobs)

    assert sums(desk).minutes[0] == 1
    assert sums(desk).hasty[HASTY.index("11-20")] == 1


def test_one_that_was_read_is_neither(qtbot, desk, jobs, opened, clock):
    opened()
    clock.step = 60
    whole_interview()
    clock.step = 0
    finish(qtbot, jobs)

    assert sums(desk).minutes[MINUTES.index("10-15") :].count(1) == 1
    assert sums(desk).hasty[0] == 1


def test_time_goes_on_after_a_crash_and_leaves_with_the_draft(
    qtbot, desk, jobs, opened, clock, wave
):
    opened()
    answer("", "1", "2")
    clock.now += 400
    answer("3")
    settle(qtbot, jobs)
    assert drafts.recall(desk, draft_key(wave))["timing"]["shown"]

    clock.now += 9_000  # it crashed, and nobody asked
    opened()
    answer("5", "1", *"44355", "0109", "", "")
    finish(qtbot, jobs)

    assert sums(desk).minutes[MINUTES.index("5-10")] == 1
    assert drafts.recall(desk, draft_key(wave)) is None


def test_the_next_interview_is_too_soon_where_nobody_can_have_gone_there(
    qtbot, desk, jobs, opened, clock
):
    opened()
    for wait in (0, 30, 600):
        if wait:
            press(ENTER)
            clock.now += wait
        whole_interview()
        finish(qtbot, jobs)

    assert (sums(desk).interviews, sums(desk).soon) == (3, 1)
