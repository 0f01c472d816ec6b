"""The help has a page for each screen in each language, and says what the program says."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl

import resources
from sync.language import LANGUAGES, tr
from sync.vocabulary import choices
from tests.ui.keys import show
from tests.ui.test_main_window import below
from ui.dialogs.help import GENERAL, HelpDialog, page, title
from ui.main_window import MainWindow
from ui.screens import SCREENS
from ui.translation import use_language

ROOT = Path(__file__).parents[2]
TOPICS = (*GENERAL, *(screen.key for screen in SCREENS))
KEY = re.compile(
    r"\*\*((?:Ctrl|Alt|Shift)\+\w+|F\d+|[A-Z1-9]|Tab|Enter|Esc|Up|Down|Backspace)\*\*"
)
NAME = re.compile(r"[«“]([^»”]+)[»”]")
PROGRAMME = {"Ауыл – ел бесігі", "Auyl – el besigi"}
OF_QT = {
    "F2",
    "Tab",
    "Shift+Tab",
    "Enter",
    "Shift+Enter",
    "Space",
    "Esc",
    "Up",
    "Down",
    "Backspace",
    "Ctrl+A",
}


@pytest.fixture(scope="module")
def sources():
    return "\n".join(path.read_text() for path in (ROOT / "ui").rglob("*.py"))


def said(language):
    """All that the program says in this language: its own texts and the words of vocabularies."""
    catalogue = resources.entry("i18n", f"{language}.po")
    own = catalogue.read_text() if language != "en" else resources.text("i18n", "kk.po")
    lists = [one.name.removesuffix(".csv") for one in resources.entry("vocabularies").iterdir()]
    words = [one.words(language) for name in lists for one in choices(name)]
    return own + "\n".join(words)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_page_names_the_same_keys_and_links_in_all_languages(topic):
    pages = [page(topic, language) for language in LANGUAGES]

    assert len({frozenset(KEY.findall(each)) for each in pages}) == 1
    assert len({frozenset(re.findall(r"\(help:(\w+)\)", each)) for each in pages}) == 1
    assert all(each.startswith("# ") for each in pages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_screens_page_is_called_as_the_screen(language):
    assert {one.key: title(one.key, language) for one in SCREENS} == {
        one.key: tr(one.label, language) for one in SCREENS
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_in_quotes_are_those_on_the_screen(language):
    program = said(language)
    names = {name.rstrip("…") for topic in TOPICS for name in NAME.findall(page(topic, language))}

    assert {name for name in names if name not in program} <= PROGRAMME


def test_each_key_of_the_help_is_a_key_of_the_program(sources):
    named = {key for topic in TOPICS for key in KEY.findall(page(topic, "en"))} - OF_QT
    single = {key for key in named if len(key) == 1}

    counted = {f"{key}+{number}" for key in ("Ctrl", "Alt") for number in (1, 9)}
    assert {key for key in named - single if f'"{key}"' not in sources} <= counted
    assert single <= set("ARXDSJKPN12")


def test_no_page_is_left_of_a_screen_that_is_gone():
    for language in LANGUAGES:
        there = {
            one.name.removesuffix(".md") for one in resources.entry("help", language).iterdir()
        }
        assert there == set(TOPICS)


def test_f1_opens_the_page_of_the_screen_in_front(qtbot):
    window = MainWindow(SCREENS, lambda _: HelpDialog([]), "", below)
    show(qtbot, window)
    window.go("issues")

    qtbot.keyClick(window, Qt.Key.Key_F1)

    assert window.help is not None
    assert window.help.isVisible()
    assert window.help.topic == "issues"
    assert "Екі сағат" in window.help.text.toPlainText()

    window.go("sync")
    window.show_help()

    assert window.help.topic == "sync"


def test_a_link_turns_to_its_page_and_no_other_leads_anywhere(qtbot):
    help = HelpDialog(["issues", "sync"])
    show(qtbot, help)

    help.text.anchorClicked.emit(QUrl("help:sync"))
    assert help.topic == "sync"
    assert help.topics.currentRow() == len(GENERAL) + 1

    help.text.anchorClicked.emit(QUrl("https://example.org/issues"))
    assert help.topic == "sync"


def test_the_open_page_is_told_in_another_language_at_once(qtbot):
    help = HelpDialog(["issues"])
    show(qtbot, help)
    help.show_topic("issues")

    use_language("kk")

    assert help.text.toPlainText().startswith("Мәселелер")
    assert help.topics.currentItem().text() == "Мәселелер"
