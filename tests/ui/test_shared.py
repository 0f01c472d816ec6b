"""Views and phrases that a leader shares: in the window of a colleague they are there, marked, and as they are."""

import pytest
from PySide6.QtCore import Qt

from desktop.actions import handed_out, phrases, views
from desktop.actions.listing import Wish
from desktop.actions.views import View
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import record, seen_by
from tests.ui.keys import press, settle, show, write
from ui.dialogs.phrases import PhrasesDialog, SharedPhrasesDialog
from ui.phrases import edit_phrases
from ui.screens.issues import IssuesScreen

KEY = Qt.Key
WATER = Wish("", "су")
WHOSE = "Топ жетекшісінен, бүкіл ауданға"


@pytest.fixture
def leader(desk):
    return seen_by(desk, "leader")


@pytest.fixture
def build(qtbot, jobs):
    def build(desk):
        screen = IssuesScreen(desk, jobs)
        show(qtbot, screen)
        settle(qtbot, jobs)
        return screen

    return build


@pytest.fixture
def ask(qtbot, jobs, build):
    """The dialog of phrases, as somebody has it."""

    def ask(desk):
        screen = build(desk)
        edit_phrases(desk, jobs, screen)
        settle(qtbot, jobs)
        [own] = screen.findChildren(PhrasesDialog)
        own.shared_button.click()
        settle(qtbot, jobs)
        [dialog] = screen.findChildren(SharedPhrasesDialog)
        return dialog

    return ask


def test_a_view_is_shared_by_its_button_and_stands_for_ones_own(
    qtbot, desk, leader, jobs, build, said
):
    record(desk, "issue", {"essence": "Су жоқ"})
    views.keep_views(leader, "issue", [View("Су", WATER)])
    screen = build(leader)
    screen.views.chips["Су"].click()
    assert screen.views.share_button.isVisible()

    screen.views.share_button.click()
    settle(qtbot, jobs)

    [given] = handed_out.read_given_views(desk, "issue")
    assert (given.name, given.wish) == ("Су", WATER)
    assert list(screen.views.chips) == ["Су"]
    assert screen.views.chips["Су"].accessibleDescription() == WHOSE
    assert screen.views.chips["Су"].isChecked()
    assert not screen.views.share_button.isVisible()
    assert any("«Су»" in words for words in said)


def test_a_name_with_an_ampersand_is_seen_as_it_is(desk, leader, build):
    handed_out.share_view(leader, "issue", "Су & жол", WATER)

    chip = build(desk).views.chips["Су & жол"]

    assert chip.text().startswith("Су && жол")  # Qt shows one of them
    assert chip.shortcut().isEmpty()
    assert chip.accessibleName().startswith("Су & жол")


def test_a_colleague_uses_it_and_changes_nothing(qtbot, desk, leader, jobs, build):
    record(desk, "issue", {"essence": "Су жоқ"})
    handed_out.share_view(leader, "issue", "Су", WATER)
    screen = build(desk)
    qtbot.waitUntil(lambda: screen.views.chips["Су"].text() == "Су 1")

    screen.views.chips["Су"].click()
    assert screen.list.search.text() == "су"
    assert [one.isVisible() for one in screen.views._signs] == [False] * 3
    for key in (KEY.Key_F2, KEY.Key_Delete):
        press(key, widget=screen.views.chips["Су"])
    settle(qtbot, jobs)

    assert screen.views.name.isHidden()
    assert len(handed_out.read_given_views(desk, "issue")) == 1


def test_it_comes_into_the_window_that_is_open_and_goes_again(qtbot, desk, leader, jobs, build):
    screen = build(desk)
    jobs.write(lambda: handed_out.share_view(leader, "issue", "Су", WATER))
    qtbot.waitUntil(lambda: list(screen.views.chips) == ["Су"])

    [given] = handed_out.read_given_views(desk, "issue")
    jobs.write(lambda: handed_out.take_back(leader, handed_out.VIEW, given.id))
    qtbot.waitUntil(lambda: screen.views.chips == {})


def test_who_shared_it_renames_it_and_takes_it_back_by_keys(
    qtbot, desk, leader, jobs, build, said
):
    views.keep_views(leader, "issue", [View("Су", WATER)])
    handed_out.share_view(leader, "issue", "Су", WATER)
    screen = build(leader)
    press(KEY.Key_F2, widget=screen.views.chips["Су"])
    assert screen.views.name.text() == "Су"
    screen.views.name.setText("Ауыз су")
    press(KEY.Key_Return, widget=screen.views.name)
    settle(qtbot, jobs)
    assert [one.name for one in handed_out.read_given_views(desk, "issue")] == ["Ауыз су"]
    qtbot.waitUntil(lambda: list(screen.views.chips) == ["Су", "Ауыз су"])

    press(KEY.Key_Delete, widget=screen.views.chips["Ауыз су"])
    settle(qtbot, jobs)

    assert handed_out.read_given_views(desk, "issue") == []
    assert list(screen.views.chips) == ["Су"]  # one's own
    assert views.read_views(leader, "issue") == [View("Су", WATER)]


def test_a_name_that_is_somebodys_is_told_and_nothing_is_shared(
    qtbot, desk, leader, jobs, build, said
):
    views.keep_views(leader, "issue", [View("Ахметова", WATER)])
    screen = build(leader)
    screen.views.chips["Ахметова"].click()
    screen.views.share_button.click()
    settle(qtbot, jobs)

    assert handed_out.read_given_views(desk, "issue") == []
    assert any("Ахметова" in words and "аты-жөні" in words for words in said)


def test_a_phrase_is_shared_in_three_languages_changed_and_taken_back(
    qtbot, desk, leader, jobs, ask
):
    shared = ask(leader).shared
    assert shared.list.isHidden()
    for code, words in (("kk", "Құбыр ауыстырылды"), ("ru", "Труба заменена")):
        write(words, shared.texts[code])
    shared.share_button.click()
    settle(qtbot, jobs)
    assert [one.texts for one in handed_out.read_phrases(desk)] == [
        {"kk": "Құбыр ауыстырылды", "ru": "Труба заменена"}
    ]
    assert [one.text() for one in shared.texts.values()] == ["", "", ""]
    qtbot.waitUntil(lambda: shared.list.count() == 1)

    shared.list.setCurrentRow(0)
    assert shared.texts["ru"].text() == "Труба заменена"
    shared.texts["ru"].setText("Труба новая")
    shared.share_button.click()
    settle(qtbot, jobs)
    [given] = handed_out.read_phrases(desk)
    assert given.texts["ru"] == "Труба новая"

    shared.list.setCurrentRow(0)
    shared.back_button.click()
    settle(qtbot, jobs)
    assert handed_out.read_phrases(desk) == []
    qtbot.waitUntil(shared.list.isHidden)


def test_another_one_is_begun_and_none_is_changed_by_chance(qtbot, desk, leader, jobs, ask):
    handed_out.share_phrase(leader, {"kk": "Құбыр ауыстырылды"})
    shared = ask(leader).shared
    write("Жол жөнделді", shared.texts["kk"])
    shared.share_button.click()
    settle(qtbot, jobs)

    assert [one.texts["kk"] for one in handed_out.read_phrases(desk)] == [
        "Құбыр ауыстырылды",
        "Жол жөнделді",
    ]


def test_news_leave_what_is_being_written_as_it_is(qtbot, desk, leader, jobs, ask):
    """Another phrase came with an exchange, and half a sentence was gone."""
    shared = ask(leader).shared
    write("Жол жө", shared.texts["kk"])

    jobs.write(lambda: handed_out.share_phrase(leader, {"kk": "Құбыр ауыстырылды"}))
    settle(qtbot, jobs)
    qtbot.waitUntil(lambda: shared.list.count() == 1)

    assert (shared.chosen(), shared.texts["kk"].text()) == (None, "Жол жө")


def test_what_is_taken_back_while_one_changes_it_can_be_shared_anew(
    qtbot, desk, leader, jobs, ask
):
    [change] = handed_out.share_phrase(leader, {"kk": "Құбыр ауыстырылды"})
    shared = ask(leader).shared
    shared.list.setCurrentRow(0)
    shared.texts["kk"].setText("Құбыр жөнделді")

    jobs.write(lambda: handed_out.take_back(leader, handed_out.PHRASE, change.record))
    settle(qtbot, jobs)
    qtbot.waitUntil(shared.list.isHidden)
    shared.share_button.click()
    settle(qtbot, jobs)

    assert [one.texts for one in handed_out.read_phrases(desk)] == [{"kk": "Құбыр жөнделді"}]


def test_a_persons_name_is_told_at_the_field_of_its_language(qtbot, desk, leader, jobs, ask):
    shared = ask(leader).shared
    write("Гүлсім Ахметоваға жауап", shared.texts["kk"])
    shared.share_button.click()
    settle(qtbot, jobs)

    assert "Ахметова" in shared.rows["kk"].problem.text()
    assert not shared.rows["ru"].problem.text()
    assert shared.texts["kk"].text() == "Гүлсім Ахметоваға жауап"
    assert handed_out.read_phrases(desk) == []


def test_a_colleague_sees_whose_it_is_and_has_nothing_to_change_it_by(qtbot, desk, leader, ask):
    handed_out.share_phrase(leader, {"kk": "Құбыр ауыстырылды"})
    shared = ask(desk).shared

    assert shared.list.count() == 1
    for part in (*shared.rows.values(), shared.share_button):
        assert part.isHidden()
    shared.list.setCurrentRow(0)
    assert WHOSE in shared.list.item(0).toolTip()
    assert shared._whose.text() == WHOSE
    for part in (*shared.rows.values(), shared.share_button, shared.back_button):
        assert part.isHidden()


def test_a_colleague_has_no_fields_when_the_last_one_is_taken_back(desk, leader, ask):
    handed_out.share_phrase(leader, {"kk": "Құбыр ауыстырылды"})
    shared = ask(desk).shared
    shared.show_given([])

    assert all(row.isHidden() for row in shared.rows.values())


def test_where_nothing_is_shared_a_colleague_is_shown_no_way_to_it(qtbot, desk, jobs, build):
    screen = build(desk)
    edit_phrases(desk, jobs, screen)
    settle(qtbot, jobs)
    [own] = screen.findChildren(PhrasesDialog)

    assert own.shared_button.isHidden()
    own.accept()


def test_two_colons_offer_it_and_say_whose_it_is(qtbot, desk, leader, jobs, build):
    phrases.keep_own(desk, ["Құбыр ескі"])
    handed_out.share_phrase(leader, {"kk": "Құбыр ауыстырылды"})
    screen = build(desk)
    screen.begin()
    settle(qtbot, jobs)
    text = screen.editor.form.fields["essence"].input
    text.setFocus()
    write("::кубыр")
    settle(qtbot, jobs)
    popup = screen.editor.phrases.popup
    assert [popup.list.item(at).text() for at in range(2)] == ["Құбыр ескі", "Құбыр ауыстырылды"]

    press(KEY.Key_Down)
    assert text.accessibleDescription() == f"Құбыр ауыстырылды. {WHOSE}"
    press(KEY.Key_Return)
    assert text.value() == "Құбыр ауыстырылды"
