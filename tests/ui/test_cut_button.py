import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tests.ui.keys import show
from ui.icons import icon
from ui.widgets.cut_button import CutButton

WORDS = "Тексеру · 18.09.2026 · Шолаққорған ауылының Абай көшесін орташа жөндеу, 2,4 км"


@pytest.fixture
def page(qtbot):
    whole = QWidget()
    layout = QVBoxLayout(whole)
    button = CutButton(icon("projects", "muted"), WORDS)
    layout.addWidget(button)
    show(qtbot, whole)
    return whole, button


def test_long_words_do_not_make_the_page_wider_and_are_whole_in_the_tooltip(qtbot, page):
    whole, button = page
    whole.resize(300, 100)

    qtbot.waitUntil(lambda: button.text().endswith("…"))
    assert whole.width() == 300
    assert WORDS.startswith(button.text()[:-1])
    assert WORDS in button.toolTip()
    assert button.accessibleName() == WORDS


def test_with_room_they_are_whole_and_the_button_is_no_wider_than_they(qtbot, page):
    whole, button = page
    whole.resize(1400, 100)

    qtbot.waitUntil(lambda: button.text() == WORDS)
    assert button.width() == button.sizeHint().width()
    assert button.toolTip() == ""


def test_a_sign_for_and_is_shown_and_is_no_key(qtbot):
    button = CutButton(icon("projects", "muted"), "Су & жол")
    qtbot.addWidget(button)

    assert button.text() == "Су && жол"
