"""Fixtures for the tests of screens: a desk, jobs that may not crash, what was said."""

import pytest

from sync.language import speak
from tests.ui.desks import close, make_desk
from tests.ui.keys import settle, show
from ui import messages
from ui.jobs import Jobs
from ui.screens.meetings import MeetingsScreen


@pytest.fixture(name="kazakh", autouse=True)
def given_kazakh():
    """The language of most people; put back after a test that speaks another."""
    speak("kk")
    yield
    speak("kk")


@pytest.fixture(name="said")
def given_said():
    """The words of all messages."""
    heard = []

    def hear(message):
        heard.append(message.words)

    messages.show_with(hear)
    heard.clear()  # what was said before this test
    yield heard
    messages.stop_showing(hear)


@pytest.fixture(name="desk")
def given_desk(tmp_path):
    """An activist of Созақ at an empty file."""
    desk = make_desk(tmp_path)
    yield desk
    close(desk)


@pytest.fixture(name="jobs")
def given_jobs(qtbot):
    """A bug on a thread fails the test."""
    jobs = Jobs()
    bugs = []
    jobs.crashed.connect(bugs.append)
    yield jobs
    jobs.close()
    jobs.deleteLater()
    assert bugs == []


@pytest.fixture(name="open_meetings")
def given_open_meetings(qtbot, desk, jobs):
    """(id of a meeting or none, who looks if not the desk's person) → the screen of meetings, with it open."""
    held = []  # as the window holds them

    def build(id=None, who=None):
        screen = MeetingsScreen(who or desk, jobs)
        held.append(screen)
        show(qtbot, screen)
        settle(qtbot, jobs)
        if id is not None:
            screen.open_record(id)
            settle(qtbot, jobs)
        return screen

    return build
