"""After a kill the same record opens with the cursor in the same field, at the same place."""

import pytest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from desktop.actions import drafts, review
from tests.ui.at_work import given_desk, given_jobs, given_kazakh  # noqa: F401
from tests.ui.desks import record, returned_issue, story
from tests.ui.keys import settle, show, write
from ui.screens.issues import IssuesScreen
from ui.screens.meetings import MeetingsScreen


@pytest.fixture
def open_screen(qtbot, desk, jobs):
    def build():
        screen = IssuesScreen(desk, jobs)
        show(qtbot, screen)
        settle(qtbot, jobs)
        return screen

    return build


def field(screen, name):
    return screen.editor.form.fields[name].input


def rest(qtbot, desk, place):
    """Until the place of the cursor is on the disk."""
    qtbot.waitUntil(lambda: drafts.recall(desk, "screen:issue").get("cursor") == place)


def killed_and_opened(qtbot, open_screen, screen):
    """The first screen never says good-bye."""
    screen.setParent(None)
    return open_screen()


def test_in_the_text_of_a_record_that_was_opened(qtbot, desk, jobs, open_screen):
    id = record(desk, "issue", story()["issues"][0])
    screen = open_screen()
    screen.open_record(id)
    settle(qtbot, jobs)
    text = field(screen, "essence")
    text.setFocus()
    cursor = text.textCursor()
    cursor.setPosition(5)
    text.setTextCursor(cursor)
    write("абв")
    rest(qtbot, desk, ["essence", 8])
    write("г")
    rest(qtbot, desk, ["essence", 9])

    again = killed_and_opened(qtbot, open_screen, screen)

    qtbot.waitUntil(lambda: again.editor.form.focused() == "essence")
    assert again.editor.page.id == id
    assert field(again, "essence").textCursor().position() == 9


def test_in_a_line_of_a_new_record_and_not_in_its_first_field(qtbot, desk, jobs, open_screen):
    screen = open_screen()
    screen.begin()
    settle(qtbot, jobs)
    line = field(screen, "address")
    line.setFocus()
    write("Көктөбе 12")
    line.setCursorPosition(3)
    line.textEdited.emit(line.text())
    screen.editor.form.edited.emit()
    rest(qtbot, desk, ["address", 3])
    screen.editor.keep()
    settle(qtbot, jobs)

    again = killed_and_opened(qtbot, open_screen, screen)

    qtbot.waitUntil(lambda: again.editor.form.focused() == "address")
    assert (field(again, "address").value(), field(again, "address").cursorPosition()) == (
        "Көктөбе 12",
        3,
    )


def test_before_the_field_that_a_comment_is_about(qtbot, desk, jobs, open_screen):
    id = returned_issue(desk, {"category": "Санатын тексеріңіз"})
    screen = open_screen()
    screen.open_record(id)
    settle(qtbot, jobs)
    qtbot.waitUntil(lambda: screen.editor.form.focused() == "category")
    field(screen, "address").setFocus()
    rest(qtbot, desk, ["address", len(field(screen, "address").text())])

    again = killed_and_opened(qtbot, open_screen, screen)

    qtbot.waitUntil(lambda: again.editor.form.focused() == "address")


def test_another_record_that_is_opened_later_is_not_entered_there(qtbot, desk, jobs, open_screen):
    one, other = (record(desk, "issue", story()["issues"][at]) for at in (0, 1))
    screen = open_screen()
    screen.open_record(one)
    settle(qtbot, jobs)
    field(screen, "address").setFocus()
    qtbot.waitUntil(lambda: drafts.recall(desk, "screen:issue")["cursor"][0] == "address")

    screen.list.view.setFocus()
    screen.open_record(other)
    settle(qtbot, jobs)

    assert drafts.recall(desk, "screen:issue")["cursor"] == ["", 0]
    assert screen.list.view.hasFocus()


def test_who_is_elsewhere_meanwhile_stays_there(qtbot, desk, jobs, open_screen):
    id = record(desk, "issue", story()["issues"][0])
    drafts.keep(
        desk,
        "screen:issue",
        {"id": str(id), "new": False, "state": "", "search": "", "cursor": ["address", 0]},
    )
    window, elsewhere = QWidget(), QLineEdit()  # as the list of screens is
    screen = IssuesScreen(desk, jobs)
    row = QHBoxLayout(window)
    row.addWidget(elsewhere)
    row.addWidget(screen)
    show(qtbot, window)
    elsewhere.setFocus()
    settle(qtbot, jobs)
    qtbot.waitUntil(lambda: screen.last_cursor.place == ("address", 0, ""))
    QApplication.processEvents()
    QApplication.processEvents()

    assert elsewhere.hasFocus()


def test_a_field_that_is_closed_by_now_is_passed_over(qtbot, desk, jobs, open_screen):
    id = record(desk, "issue", story()["issues"][0])
    review.decide(desk, id, review.Decision.SEND)
    screen = open_screen()
    screen.open_record(id)
    settle(qtbot, jobs)
    closed = next(n for n, f in screen.editor.form.fields.items() if not f.open())
    before = screen.focusWidget()

    screen.last_cursor.put((closed, 2, ""))
    screen.last_cursor.put(("nothing", 2, ""))
    screen.last_cursor.put(("text", 2, "of no part"))

    assert screen.focusWidget() is before


@pytest.mark.parametrize("new", [False, True])
def test_in_a_part_of_a_record_which_opens_for_it(qtbot, desk, jobs, new):
    meeting = record(desk, "meeting", story()["meeting"])
    for question in story()["questions"]:
        record(desk, "question", question, parent=meeting)
    screen = MeetingsScreen(desk, jobs)
    show(qtbot, screen)
    screen.open_record(meeting)
    settle(qtbot, jobs)
    if new:
        screen.questions.add()
    card = screen.questions.cards[-1 if new else 1]
    card.open()
    text = card.form.fields["text"].input
    text.setFocus()
    write("абв")
    cursor = text.textCursor()
    cursor.setPosition(2)
    text.setTextCursor(cursor)
    screen.questions.edited.emit()
    qtbot.waitUntil(lambda: drafts.recall(desk, "screen:meeting").get("part") == str(card.id))
    assert drafts.recall(desk, "screen:meeting")["cursor"] == ["text", 2]
    screen.editor.keep()
    settle(qtbot, jobs)
    screen.setParent(None)

    again = MeetingsScreen(desk, jobs)
    show(qtbot, again)
    settle(qtbot, jobs)

    qtbot.waitUntil(lambda: again.questions.with_cursor() is not None)
    there = again.questions.with_cursor()
    assert there.id == card.id
    assert there.form.focused() == "text"
    assert there.form.fields["text"].input.textCursor().position() == 2
    assert [one.is_open() for one in again.questions.cards].count(True) == 1
