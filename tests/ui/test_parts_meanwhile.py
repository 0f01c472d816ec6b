"""What others do meanwhile takes nothing from who writes in a part: neither words nor the cursor."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import records
from sync.records import KINDS
from tests.ui.at_work import (  # noqa: F401
    given_desk,
    given_jobs,
    given_kazakh,
    given_open_meetings,
)
from tests.ui.keys import press, settle, write
from tests.ui.test_parts_editor import (  # noqa: F401
    ASKED,
    KEY,
    given_cards,
    given_meeting,
    given_screen,
    here,
    torn,
)


def test_a_part_that_somebody_removed_goes(qtbot, desk, jobs, screen, cards):
    jobs.write(lambda: records.remove(desk, "question", cards[1].id))
    settle(qtbot, jobs)

    assert [card.line.words for card in cards] == [ASKED[0], ASKED[2]]
    assert [card.line.number for card in cards] == [1, 2]


def removed_while_typed(qtbot, desk, jobs, cards):
    """The second question, into which something was typed: at once the cursor is in it."""
    cards[1].line.setFocus()
    press(KEY.Key_Return)
    write(" Шұғыл!")
    jobs.write(partial(records.remove, desk, "question", cards[1].id))
    settle(qtbot, jobs)
    return cards[1].id


def test_a_part_that_was_removed_while_somebody_types_stays_with_the_cursor_and_is_saved_again(
    qtbot, desk, jobs, screen, cards, meeting
):
    removed_while_typed(qtbot, desk, jobs, cards)
    write(" Бүгін")
    press(KEY.Key_Escape)

    assert "Өшірілген" in cards[1].line.accessibleName()
    assert cards[1].line.words == f"{ASKED[1]} Шұғыл! Бүгін"
    assert [card.line.words for card in (cards[0], cards[2])] == [ASKED[0], ASKED[2]]
    assert screen.editor.dirty()

    screen.editor.save()
    settle(qtbot, jobs)
    kept = [row["text"] for row in records.parts(desk, "question", meeting)]
    assert kept == [ASKED[0], f"{ASKED[1]} Шұғыл! Бүгін", ASKED[2]]
    assert "Өшірілген" not in cards[1].line.accessibleName()
    assert not screen.editor.dirty()


def test_so_does_a_draft_of_a_part_that_was_removed_meanwhile(
    qtbot, desk, jobs, open_meetings, screen, cards, meeting
):
    id = removed_while_typed(qtbot, desk, jobs, cards)
    screen.editor.keep()
    settle(qtbot, jobs)

    again = open_meetings(meeting)
    [card] = [card for card in again.questions.cards if card.id == id]
    assert card.line.words == f"{ASKED[1]} Шұғыл!"
    assert "Өшірілген" in card.line.accessibleName()

    again.editor.save()
    settle(qtbot, jobs)
    assert records.show(desk, id)["text"] == f"{ASKED[1]} Шұғыл!"
    assert not records.show(desk, id)["removed"]


def test_who_agrees_that_it_was_removed_takes_it_away_or_takes_back_what_was_typed(
    qtbot, desk, jobs, screen, cards
):
    removed_while_typed(qtbot, desk, jobs, cards)
    cards[1].form.set_values({"text": ASKED[1]})
    jobs.write(partial(records.save, desk, "question", {"asked_by": "Ұлт"}, cards[0].id))
    settle(qtbot, jobs)
    assert [card.line.words for card in cards] == [ASKED[0], ASKED[2]]
    assert not screen.editor.dirty()

    removed_while_typed(qtbot, desk, jobs, cards)
    qtbot.mouseClick(cards[1].body.remove_button, Qt.MouseButton.LeftButton)
    assert [card.line.words for card in cards] == [ASKED[0]]
    assert not screen.editor.dirty()


def test_news_leave_the_cursor_where_somebody_writes(qtbot, desk, jobs, screen, cards):
    cards[0].line.setFocus()
    press(KEY.Key_Return)
    write(" Шұғыл!")
    press(KEY.Key_Left)
    jobs.write(partial(records.save, desk, "question", {"answered_by": "Әкім"}, cards[0].id))
    settle(qtbot, jobs)
    write(" жауап")

    assert cards[0].seen()["text"] == f"{ASKED[0]} Шұғыл жауап!"
    assert cards[0].seen()["answered_by"] == "Әкім"


def test_who_takes_one_of_two_values_by_key_stays_in_the_part(
    qtbot, desk, jobs, open_meetings, meeting
):
    id = torn(desk, meeting, 1)
    screen = open_meetings(meeting)
    card = screen.questions.cards[1]
    qtbot.waitUntil(card.is_open)
    field = card.form.fields["text"]
    field.conflict.buttons[1].setFocus()
    press(KEY.Key_Space)
    settle(qtbot, jobs)
    assert field.conflict.isAncestorOf(QApplication.focusWidget())

    with desk.store.begin() as session:  # as the server ends it
        session.get(KINDS["question"], id).conflicts = {}
    jobs.write(partial(records.save, desk, "question", {"answered_by": "Әкім"}, id))
    settle(qtbot, jobs)
    assert here(field.input)
    assert card.form.values()["text"] == "Басқа"
