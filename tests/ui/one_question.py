"""Interviews of one question, for tests of its sort of answer."""

import pytest
from PySide6.QtCore import Qt

from tests.desktop.surveys.small import small_form
from tests.ui.keys import show
from tests.ui.trial_occasion import Trial
from ui.widgets.interviewer import Interviewer

ENTER, BACK, DOWN, UP = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Backspace,
    Qt.Key.Key_Down,
    Qt.Key.Key_Up,
)
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
LAST = "<input ref='/data/last'><label>Last</label></input>"


def items(*words):
    return "".join(f"<item><label>{w}</label><value>{w.lower()}</value></item>" for w in words)


def asking(tag, look="", choices=("Water", "Gas", "Road"), type_="string", more=""):
    """A form of one question at /data/q and a last one."""
    inside = items(*choices) if tag in ("select1", "select", "odk:rank") else ""
    return small_form(
        f"<bind nodeset='/data/q' type='{type_}'/>",
        "<q/><last/>",
        f"<{tag} ref='/data/q' appearance='{look}' {more}><label>Question</label>{inside}</{tag}>{LAST}",
    )


@pytest.fixture(name="held")
def given_held(qtbot, jobs):
    """Holds an interview of a form."""
    screens = []

    def hold(form, **occasion):
        screen = Interviewer(jobs)
        screens.append(screen)
        show(qtbot, screen)
        screen.hold(Trial(form, **occasion))
        return screen

    return hold


def value(screen, path="/data/q"):
    return screen.walk.interview.kept(path)


def at(screen):
    return screen.walk.at.rpartition("/")[2]
