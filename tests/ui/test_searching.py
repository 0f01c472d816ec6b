"""Search from anywhere, in the window: typed, narrowed, opened; the index follows by itself."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

from desktop.actions import records
from desktop.index.keeping import behind
from sync.client.tables import Indexed
from sync.language import LANGUAGES, speak, tr
from tests.profiles import ISSUE
from tests.ui.at_work import given_jobs  # noqa: F401
from tests.ui.desks import close, make_desk, record
from tests.ui.keys import write
from tests.ui.started import (  # noqa: F401
    given_profile,
    given_server,
    given_start,
    settle,
    sign_in,
)
from ui.dialogs.search import SearchDialog
from ui.menu import COMMANDS
from ui.models.found import Do, Go, Show, doings
from ui.screens import SCREENS, screens_for
from ui.searching import ask_search

WELL = ISSUE | {"essence": "Құдық құрғап қалды"}
ROAD = ISSUE | {"essence": "Жол бұзылған", "category": "roads"}


@pytest.fixture
def desk(tmp_path):
    speak("en")
    made = make_desk(tmp_path / "desk")
    for kind, values in (("issue", WELL), ("issue", ROAD), ("visit", {"village": "Құдықты"})):
        record(made, kind, values)
    yield made
    close(made)


@pytest.fixture
def window():
    """What the search asks of the window."""
    return SimpleNamespace(actions_by_key={"lock": QAction("Lock")}, open_record=None, go=None)


@pytest.fixture
def dialog(qtbot, desk, jobs, window):
    dialog = ask_search(desk, jobs, None, window)
    qtbot.addWidget(dialog)
    return dialog


@pytest.fixture
def typed(qtbot, jobs, dialog):
    """The rows after this was typed."""

    def typed(words):
        dialog.words.clear()
        write(words, dialog.words)
        dialog.ask()
        qtbot.waitUntil(lambda: not jobs.working())
        return dialog.list.rows.rows

    return typed


def test_what_was_saved_is_in_the_index_soon_and_enter_opens_what_was_found(qtbot, start, profile):
    program = start(profile.folder)
    sign_in(qtbot, program)
    program.jobs.write(lambda: records.save(program.desk, "issue", WELL))
    settle(qtbot, program)
    with program.desk.store() as session:
        assert behind(session) == 0
        assert session.query(Indexed).count() == 1

    program.window.actions_by_key["search"].trigger()
    [dialog] = program.frame.findChildren(SearchDialog)
    write("құрғап", dialog.words)
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return)
    settle(qtbot, program)
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return)
    settle(qtbot, program)

    assert program.window.current == "issues"


def test_records_of_one_kind_stand_together_with_what_was_found_marked(dialog, typed):
    rows = typed("кудык")

    assert [row.badge for row in rows] == ["Issue", "Visit"]
    assert [row.title[a:b] for row in rows[:1] for a, b in row.marks] == ["Құдық"]
    assert dialog.list.currentIndex().row() == 0


def test_before_a_key_all_that_can_be_done_stands_there_and_the_first_is_marked(
    qtbot, jobs, dialog, typed
):
    all_of_it = [Go(one.key) for one in screens_for("activist")] + [Do("lock")]
    assert [row.key for row in dialog.list.rows.rows] == all_of_it
    assert dialog.list.current_key() == all_of_it[0]
    assert dialog.list.titles

    assert [row.key for row in typed("кудык")] != all_of_it
    assert not dialog.list.titles
    assert [row.key for row in typed("")] == all_of_it
    assert dialog.note.isHidden()


def test_the_search_does_not_offer_itself():
    told = {command.key: tr(command.words) for command in COMMANDS}

    offered = {row.key for row in doings("", SCREENS, told)}

    assert {Do(one.key) for one in COMMANDS} - offered == {Do("search")}


def test_a_comment_is_called_by_what_it_says_and_not_by_the_field_it_is_about(desk, typed):
    id = record(desk, "issue", ISSUE)
    record(desk, "comment", {"about": "essence", "text": "Көшенің нөмірі жоқ"}, parent=id)

    [row] = typed("нөмірі")

    assert row.title == "Көшенің нөмірі жоқ"
    assert "нөмірі" not in row.below, "the same is not said twice"


def test_screens_and_commands_are_found_by_their_names_in_any_language(typed):
    assert typed("мәсел")[0].key == Go("issues")
    assert typed("прием")[0].key == Go("reception")
    assert Do("lock") in [row.key for row in typed("lock")]


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_whatever_can_be_done_needs_three_keys_and_enter_in_each_language(language):
    speak(language)
    told = {command.key: tr(command.words) for command in COMMANDS}
    all_names = [(Do(one.key), one.words, one.also) for one in COMMANDS]
    all_names += [(Go(one.key), one.label, one.also) for one in SCREENS]
    for key, *names in all_names:
        words = " ".join(tr(name) for name in names if name).lower().split()
        typed = {word[:length] for word in words for length in (1, 2, 3)}
        first = {one: [row.key for row in doings(one, SCREENS, told)] for one in typed}
        needed = [len(one) + rows.index(key) for one, rows in first.items() if key in rows]
        assert min(needed, default=9) <= 3, names


def test_what_can_be_done_is_there_at_the_key_and_enter_does_it_before_records_are_there(
    qtbot, dialog, window, typed
):
    typed("кудык")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    done = []
    window.actions_by_key["lock"].triggered.connect(lambda: done.append("lock"))
    dialog.words.clear()
    dialog.show_rows([], "Found as “кудык”.")

    write("loc", dialog.words)
    assert dialog.list.current_key() == Do("lock")
    assert dialog.note.isHidden()
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return)

    assert done == ["lock"]


@pytest.mark.parametrize(("before", "asked"), [("", []), ("кудык", ["кудыкз"])])
def test_who_types_slowly_waits_for_no_other_key(dialog, monkeypatch, before, asked):
    monkeypatch.setattr(dialog, "_since_key", SimpleNamespace(restart=lambda: 200))
    seen = []
    dialog.words.setText(before)
    dialog.asked.connect(seen.append)

    write("з", dialog.words)

    assert seen == asked  # one letter is the beginning of a word: the next one comes soon


def test_who_types_quickly_is_answered_once(dialog, monkeypatch):
    monkeypatch.setattr(dialog, "_since_key", SimpleNamespace(restart=lambda: 90))
    seen = []
    dialog.asked.connect(seen.append)

    write("кудык", dialog.words)

    assert seen == []
    assert dialog._soon.isActive()


def test_enter_opens_no_record_that_was_found_by_other_words(qtbot, jobs, dialog, window, typed):
    typed("кудык")
    opened = []
    dialog.opened.connect(opened.append)

    write("з", dialog.words)
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return)
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not jobs.working())

    assert opened == []
    assert dialog.words.text() == "кудыкз"


def test_enter_opens_no_record_that_a_filter_may_take_away(qtbot, jobs, dialog, typed):
    typed("кудык")
    opened = []
    dialog.opened.connect(opened.append)

    dialog.state.set_value("approved")
    qtbot.keyClick(dialog.words, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not jobs.working())

    assert opened == []


def test_up_and_down_walk_while_the_cursor_stays_in_the_words(qtbot, dialog, typed):
    rows = typed("кудык")

    qtbot.keyClick(dialog.words, Qt.Key.Key_Down)
    assert dialog.list.current_key() == rows[1].key
    qtbot.keyClick(dialog.words, Qt.Key.Key_Up)
    assert dialog.list.current_key() == rows[0].key
    assert isinstance(rows[0].key, Show)


def test_filters_narrow_and_nothing_is_said_in_words(qtbot, jobs, dialog, typed):
    dialog.kind.set_value("issue")
    assert [row.badge for row in typed("кудык")] == ["Issue"]

    dialog.state.set_value("approved")
    qtbot.waitUntil(lambda: not jobs.working())
    assert dialog.list.rows.rows == []
    assert "Nothing was found" in dialog.note.text()


def test_what_was_typed_with_the_other_keyboard_is_said(dialog, typed):
    assert [row.badge for row in typed("relsr")] == ["Issue", "Visit"]
    assert "кудык" in dialog.note.text()


def test_of_two_wishes_the_last_one_is_shown(qtbot, jobs, dialog):
    for words in ("кудык", "жол"):
        dialog.words.setText(words)
        dialog.ask()
    qtbot.waitUntil(lambda: not jobs.working())

    assert [row.title for row in dialog.list.rows.rows] == ["Жол бұзылған"]
