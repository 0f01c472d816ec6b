"""Nothing but the window is ever shown as a window while its screens are made and opened."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.at_work import given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import close, make_desk
from tests.ui.keys import settle
from ui.main_window import MainWindow
from ui.screens import screens_for


class Shown(QObject):
    """The kinds of widgets that became windows."""

    def __init__(self):
        super().__init__()
        self.windows = []

    def eventFilter(self, watched, event):
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
        ):
            self.windows.append(type(watched).__name__)
        return False


@pytest.mark.parametrize("role", ["activist", "coordinator", "officer"])
def test_opening_each_screen_flashes_no_window_of_its_own(qtbot, tmp_path, jobs, role):
    """It would take the cursor away, and cost as much as the screen."""
    desk = make_desk(tmp_path, role)
    shown = Shown()
    QApplication.instance().installEventFilter(shown)
    window = MainWindow(screens_for(role), lambda screen: screen.build(desk, jobs), "", lambda: "")
    qtbot.addWidget(window)
    window.show()
    for screen in screens_for(role):
        window.go(screen.key, into=True)
    settle(qtbot, jobs)
    QApplication.instance().removeEventFilter(shown)

    assert shown.windows == ["MainWindow"]
    window.hide()
    settle(qtbot, jobs)
    close(desk)
