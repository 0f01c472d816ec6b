"""What the window does that nobody asked for: nothing. It shows no other window, and then it rests."""

from collections import Counter

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.at_work import given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import close, make_desk
from tests.ui.keys import settle
from ui import theme
from ui.main_window import MainWindow
from ui.screens import screens_for

ROUNDS = 30  # of the event loop: what was asked for has happened after that


class Heard(QObject):
    """Which widgets became windows, and which asked for another layout."""

    def __init__(self):
        super().__init__()
        self.windows, self.asked = [], Counter()
        QApplication.instance().installEventFilter(self)

    def eventFilter(self, watched, event):
        if isinstance(watched, QWidget):
            if event.type() == QEvent.Type.Show and watched.isWindow():
                self.windows.append(type(watched).__name__)
            if event.type() == QEvent.Type.LayoutRequest:
                self.asked[f"{type(watched).__name__} in {type(watched.parent()).__name__}"] += 1
        return False


@pytest.fixture
def opened(qtbot, tmp_path, jobs):
    """A window of this role and size, what is heard of it, and its screens' keys."""
    desks, heard = [], Heard()

    def build(role, size=(1366, 740)):
        desk = make_desk(tmp_path, role)
        desks.append(desk)
        screens = screens_for(role)
        window = MainWindow(screens, lambda screen: screen.build(desk, jobs), "", lambda: "")
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        return window, heard, [screen.key for screen in screens]

    yield build
    QApplication.instance().removeEventFilter(heard)
    settle(qtbot, jobs)
    for desk in desks:
        close(desk)
    theme.enlarge(1.0)


@pytest.mark.parametrize("role", ["activist", "coordinator", "officer"])
def test_opening_each_screen_flashes_no_window_of_its_own(qtbot, jobs, opened, role):
    """It would take the cursor away, and cost as much as the screen."""
    window, heard, keys = opened(role)
    for key in keys:
        window.go(key, into=True)
    settle(qtbot, jobs)

    assert heard.windows == ["MainWindow"]


@pytest.mark.parametrize(
    ("role", "size", "scale"),
    [
        ("activist", (1366, 740), 1.0),
        ("coordinator", (1366, 740), 2.0),
        ("coordinator", (900, 560), 1.0),
    ],
)
def test_a_window_that_nobody_touches_rests(qtbot, jobs, opened, role, size, scale):
    """Two parts that ask each other for room, for ever, cost a processor and an hour of battery."""
    theme.enlarge(scale)
    window, heard, keys = opened(role, size)
    for key in keys:
        window.go(key, into=True)
        settle(qtbot, jobs)
        for _ in range(ROUNDS):
            QApplication.processEvents()
        heard.asked.clear()
        for _ in range(ROUNDS):
            QApplication.processEvents()
        assert (key, dict(heard.asked)) == (key, {})
