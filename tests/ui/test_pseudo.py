"""No text stands on a screen that a translator never saw: looked for in a language of nobody."""

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QTableWidget, QVBoxLayout, QWidget

from sync.language import tr, trn
from tests.examples import keep_all
from tests.pseudo import accented, pseudo_spoken, unsaid
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import record, seen_by, story
from tests.ui.keys import settle
from ui.main_window import MainWindow
from ui.screens import screens_for
from ui.translation import use_language


@pytest.fixture
def pseudo():
    with pseudo_spoken():
        use_language("kk")
        yield
    use_language("kk")


@pytest.mark.parametrize("role", ["activist", "coordinator", "analyst"])
def test_all_that_a_screen_says_comes_from_a_catalogue(qtbot, desk, jobs, pseudo, role):
    keep_all(desk)
    record(desk, "issue", story()["issues"][0])
    who = seen_by(desk, role)
    screens = screens_for(role)
    window = MainWindow(screens, lambda screen: screen.build(who, jobs))
    qtbot.addWidget(window)
    window.show()
    found = {}
    for screen in screens:
        window.go(screen.key)
        settle(qtbot, jobs)
        for text in unsaid(window):
            found.setdefault(text, screen.key)

    assert found == {}


def test_what_the_code_says_by_itself_is_found_wherever_it_stands(qtbot):
    window, said = QWidget(), tr("Save")
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    label, button, choice, table = (
        QLabel("Saved"),
        QPushButton(said),
        QComboBox(),
        QTableWidget(1, 1),
    )
    for part in (label, button, choice, table):
        layout.addWidget(part)
    with pseudo_spoken():
        said = tr("Save") + " (Ctrl+S)"
        button.setText(said)
        button.setToolTip("Keep it")
        choice.addItems([tr("Undo"), "Nothing else"])
        table.setHorizontalHeaderLabels(["Name of it"])
        window.setAccessibleName(tr("Saved {n} of «{name}»", n=3, name="Қарағаш"))

    assert unsaid(window) == {"Saved", "Keep it", "Nothing else", "Name of it"}


def test_a_text_of_nobody_is_longer_and_keeps_what_is_filled_in():
    text = accented("{done} of {n} records")

    assert text.startswith("[{done} õf {n} réçõrdš")
    assert len(text) > 1.3 * len("{done} of {n} records")
    with pseudo_spoken():
        assert trn("{n} record", "{n} records", 5).startswith("[5 réçõrdš")
