"""What opening a screen costs, counted in widgets and not in seconds: a form is dressed when it is seen, and not before."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from tests.ui.at_work import given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import close, make_desk
from tests.ui.keys import press, settle
from ui.main_window import MainWindow
from ui.screens import screens_for

DRESSED = 85  # widgets, before a screen is seen: some of Qt's own dress themselves
MADE = 420  # widgets that one turn of the window's thread may make


class Dressed(QObject):
    """Which widgets were dressed that are in no window."""

    def __init__(self, window):
        super().__init__()
        self.window, self.early = window, []

    def eventFilter(self, watched, event):
        polished = event.type() == QEvent.Type.Polish and isinstance(watched, QWidget)
        if polished and watched.window() is not self.window:
            self.early.append(type(watched).__name__)
        return False


@pytest.fixture
def at_work(qtbot, tmp_path, jobs):
    """A coordinator's window, its desk and its screens."""
    desk, screens = make_desk(tmp_path, "coordinator"), screens_for("coordinator")
    window = MainWindow(screens, lambda screen: screen.build(desk, jobs), "", lambda: "")
    qtbot.addWidget(window)
    window.resize(1366, 740)
    window.show()
    yield window, desk, screens
    settle(qtbot, jobs)
    close(desk)


def test_a_screen_is_dressed_when_it_is_seen_and_not_with_each_frame_around_it(
    qtbot, jobs, at_work
):
    window, desk, screens = at_work
    found = {}
    for screen in screens:
        watch = Dressed(window)
        QApplication.instance().installEventFilter(watch)
        made = screen.build(desk, jobs)
        QApplication.instance().removeEventFilter(watch)
        found[screen.key] = len(watch.early), len(made.findChildren(QWidget))
        window.pages.addWidget(made)
        settle(qtbot, jobs)

    assert {key: early for key, (early, _) in found.items() if early > DRESSED} == {}
    assert {key: made for key, (_, made) in found.items() if made > MADE} == {}


def test_a_list_of_choices_is_made_when_somebody_opens_it(qtbot, jobs, at_work):
    """Each of the seventeen of an issue had a window, a list and two scroll bars that nobody saw."""
    window, _, _ = at_work
    issues = window.go("issues", into=True)
    settle(qtbot, jobs)
    lists = set(QApplication.allWidgets())
    issues.begin()
    settle(qtbot, jobs)
    field = issues.editor.form.fields["category"].input
    assert not [
        one for one in set(QApplication.allWidgets()) - lists if isinstance(one, QAbstractItemView)
    ]

    field.setFocus()
    press(Qt.Key.Key_Down, widget=field)

    opened = QApplication.activePopupWidget()
    assert isinstance(opened, QAbstractItemView)
    assert opened.isVisible()
    press(Qt.Key.Key_Escape, widget=field)


def test_of_the_directory_only_the_page_that_is_looked_at_is_made(qtbot, jobs, at_work):
    window, _, _ = at_work
    directory = window.go("directory", into=True)
    made = [directory.pages.widget(at).page is not None for at in range(directory.pages.count())]
    assert made == [True] + [False] * (len(made) - 1)

    press(Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier, directory)

    assert directory.page(1).isVisible()
    assert directory.pages.widget(2).page is None
