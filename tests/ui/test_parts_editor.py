"""The parts of a record are lines that open: nothing is lost by closing, all is reached by keys."""

from functools import partial

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication

from desktop.actions import drafts, records, review
from sync.records import KINDS
from tests.ui.at_work import (  # noqa: F401
    given_desk,
    given_jobs,
    given_kazakh,
    given_open_meetings,
    given_said,
)
from tests.ui.desks import record, seen_by, story
from tests.ui.keys import press, settle, write
from ui import theme
from ui.translation import use_language
from ui.undoing import undo
from ui.widgets.scrolled import bring_into_view

KEY = Qt.Key
MEETING = story()["meeting"] | {"held_at": "15:00:00"}
ASKED = ["Су қашан болады?", "Жол қашан жөнделеді?", "Мектепте неге суық?"]


@pytest.fixture(name="meeting")
def given_meeting(desk):
    id = record(desk, "meeting", MEETING)
    for text in ASKED:
        record(desk, "question", {"text": text, "asked_by": "Ербол", "answered": "promised"}, id)
    return id


@pytest.fixture(name="screen")
def given_screen(desk, open_meetings, meeting):
    return open_meetings(meeting)


@pytest.fixture(name="cards")
def given_cards(screen):
    return screen.questions.cards


def here(widget):
    """Whether it has the cursor."""
    return QApplication.focusWidget() is widget


def torn(desk, meeting, place=0):
    """Two people wrote the text of a question."""
    id = records.parts(desk, "question", meeting)[place]["id"]
    rival = {"value": "Басқа", "by": "x", "at": "2026-11-23T09:00:00Z", "change": str(id)}
    with desk.store.begin() as session:
        session.get(KINDS["question"], id).conflicts = {"text": [rival]}
    return id


# lines


def test_no_form_is_made_before_a_part_is_opened(cards):
    assert len(cards) == 3
    assert [card.body for card in cards] == [None, None, None]


def test_a_line_tells_its_number_its_words_and_what_else_matters(cards):
    line = cards[1].line

    assert (line.number, line.words) == (2, ASKED[1])
    assert line.accessibleName().startswith(f"2. {ASKED[1]}, Ербол")


def test_a_line_is_a_target_and_holds_its_words_at_any_size(screen, cards):
    for size in (1.0, 1.5, 2.0):
        theme.enlarge(size)
        QApplication.processEvents()
        assert cards[0].line.height() >= max(32, 2 * theme.size("body"))
    theme.enlarge(1.0)


def test_the_tip_has_the_whole_where_a_line_has_no_room(qtbot, desk, open_meetings):
    id = record(desk, "meeting", MEETING)
    for text in ("Қысқа", "Ұзақ сұрақ " * 30):
        record(desk, "question", {"text": text}, id)
    tips = []
    for card in open_meetings(id).questions.cards:
        event = QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), card.line.mapToGlobal(QPoint(5, 5)))
        QApplication.sendEvent(card.line, event)
        tips.append(card.line.toolTip())

    assert tips[0] == ""
    assert tips[1].replace("\n", " ") == ("Ұзақ сұрақ " * 30).strip()


def test_a_change_of_the_language_is_told_at_once(cards):
    use_language("ru")
    assert "обещан" in cards[0].line.accessibleName()
    use_language("kk")
    assert "обещан" not in cards[0].line.accessibleName()


# opening and closing


@pytest.mark.parametrize("key", [KEY.Key_Return, KEY.Key_Enter, KEY.Key_Space])
def test_a_key_opens_it_with_the_cursor_in_its_first_field_and_esc_closes_it(screen, cards, key):
    cards[1].line.setFocus()
    press(key)

    assert [card.is_open() for card in cards] == [False, True, False]
    assert cards[1].form.focused() == "text"

    press(KEY.Key_Escape)
    assert not cards[1].is_open()
    assert here(cards[1].line)


def test_the_line_of_an_open_part_is_read_out_as_it_stands_now(cards):
    cards[0].line.setFocus()
    press(KEY.Key_Return)
    write(" Шұғыл!")
    press(KEY.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)

    assert here(cards[0].line)
    assert cards[0].line.accessibleName().startswith(f"1. {ASKED[0]} Шұғыл!")


def test_a_click_opens_and_the_same_closes(qtbot, cards):
    qtbot.mouseClick(cards[0].line, Qt.MouseButton.LeftButton)
    assert cards[0].is_open()
    assert "көрсетілген" in cards[0].line.accessibleDescription()

    qtbot.mouseClick(cards[0].line, Qt.MouseButton.LeftButton)
    assert not cards[0].is_open()
    assert "жабық" in cards[0].line.accessibleDescription()


def test_esc_on_a_closed_line_goes_back_to_the_list(screen, cards):
    cards[1].line.setFocus()
    press(KEY.Key_Escape)

    assert here(screen.list.view)


def test_what_is_opened_far_below_is_seen(qtbot, screen, cards):
    screen.resize(1000, 420)
    area = screen.editor.area
    area.verticalScrollBar().setValue(0)
    cards[2].line.setFocus()
    press(KEY.Key_Return)

    field, page = cards[2].form.fields["text"], area.viewport()
    qtbot.waitUntil(lambda: 0 <= field.mapTo(page, QPoint()).y() <= page.height() - field.height())


def test_nothing_is_scrolled_to_while_the_cursor_is_elsewhere(screen, cards):
    screen.resize(1000, 420)
    QApplication.processEvents()
    scroll = screen.editor.area.verticalScrollBar()
    scroll.setValue(0)
    screen.list.view.setFocus()

    bring_into_view(cards[2])
    assert scroll.value() == 0
    cards[2].line.setFocus()
    bring_into_view(cards[2])
    assert scroll.value() > 0


def test_arrows_go_from_line_to_line(cards):
    cards[0].line.setFocus()
    press(KEY.Key_Down)
    assert here(cards[1].line)
    press(KEY.Key_End)
    assert here(cards[2].line)
    press(KEY.Key_Down)
    assert here(cards[2].line)
    press(KEY.Key_Up)
    assert here(cards[1].line)
    press(KEY.Key_Home)
    assert here(cards[0].line)


def test_tab_stops_at_each_line_once_and_goes_through_the_form_that_is_open(screen, cards):
    cards[1].open()
    screen.questions.add()
    new, stops = cards[-1], []
    cards[0].line.setFocus()
    for _ in range(40):
        stops.append(QApplication.focusWidget())
        press(KEY.Key_Tab)
        if here(screen.questions.add_button):
            break
    of = [next(card for card in cards if card.isAncestorOf(one)) for one in stops]

    assert here(screen.questions.add_button)
    assert of == sorted(of, key=cards.index)
    assert [of.count(card) > 1 for card in cards] == [False, True, False, True]
    assert [card.line in stops for card in cards] == [True, True, True, True]
    assert stops.index(new.line) < stops.index(new.form.fields["text"].input)


def test_tab_goes_through_an_open_form_as_it_is_seen(cards):
    cards[0].line.setFocus()
    press(KEY.Key_Return)
    seen = []
    while not here(cards[1].line):
        seen.append(QApplication.focusWidget())
        press(KEY.Key_Tab)

    assert seen[-2:] == [cards[0].body.extra_button, cards[0].body.remove_button]
    places = [one.mapTo(cards[0], QPoint()).y() for one in seen[:-1]]
    assert places == sorted(places)


def test_enter_closes_what_is_done_and_opens_the_next(qtbot, screen, cards):
    cards[1].line.setFocus()
    press(KEY.Key_Return)
    write("!")
    press(KEY.Key_Return)

    assert [card.is_open() for card in cards] == [False, False, True]
    assert cards[2].form.focused() == "text"

    press(KEY.Key_Return)
    assert len(cards) == 4
    assert cards[3].form.focused() == "text"
    assert [card.is_open() for card in cards] == [False, False, False, True]


def test_esc_takes_away_a_new_one_into_which_nothing_was_written(screen, cards):
    screen.questions.add()
    press(KEY.Key_Escape)

    assert len(cards) == 3
    assert here(cards[2].line)
    assert not screen.editor.dirty()


def test_who_may_not_change_it_opens_it_to_read(qtbot, desk, open_meetings, meeting):
    review.decide(desk, meeting, review.Decision.SEND)
    shown = open_meetings(meeting, seen_by(desk, "analyst"))
    [card, *_] = shown.questions.cards
    card.line.setFocus()
    press(KEY.Key_Return)

    assert card.is_open()
    assert not any(field.open() for field in card.form.fields.values())
    assert card.form.fields["text"].value() == ASKED[0]
    assert card.body.remove_button.isHidden()
    assert here(card.line)


# what was typed


def test_what_was_typed_is_kept_told_and_saved_though_its_part_is_closed(
    qtbot, desk, jobs, screen, cards, meeting
):
    cards[0].line.setFocus()
    press(KEY.Key_Return)
    write(" Шұғыл!")
    press(KEY.Key_Escape)

    assert not cards[0].is_open()
    assert cards[0].line.words == f"{ASKED[0]} Шұғыл!"
    assert "Сақталмаған" in cards[0].line.accessibleName()
    assert screen.editor.dirty()
    assert screen.questions.rows()[0]["text"] == f"{ASKED[0]} Шұғыл!"

    screen.editor.save()
    settle(qtbot, jobs)
    assert records.parts(desk, "question", meeting)[0]["text"] == f"{ASKED[0]} Шұғыл!"
    assert "Сақталмаған" not in cards[0].line.accessibleName()


def test_a_draft_comes_back_into_closed_parts_without_a_form_and_is_saved(
    qtbot, desk, jobs, open_meetings, screen, cards, meeting
):
    cards[0].line.setFocus()
    press(KEY.Key_Return)
    write(" Шұғыл!")
    screen.questions.add()
    write("Интернет?")
    screen.editor.keep()
    settle(qtbot, jobs)
    before = screen.questions.state()

    again = open_meetings(meeting)
    mine = again.questions
    assert [card.body for card in mine.cards] == [None] * 4
    assert [card.line.words for card in mine.cards] == [
        f"{ASKED[0]} Шұғыл!",
        *ASKED[1:],
        "Интернет?",
    ]
    assert mine.state() == before
    assert mine.dirty()
    assert [row["text"] for row in mine.rows()] == [card.line.words for card in mine.cards]

    again.editor.save()
    settle(qtbot, jobs)
    kept = [row["text"] for row in records.parts(desk, "question", meeting)]
    assert kept == [f"{ASKED[0]} Шұғыл!", *ASKED[1:], "Интернет?"]
    assert not mine.dirty()
    assert drafts.recall(desk, f"meeting:{meeting}") is None


def test_a_part_taken_away_before_a_crash_stays_away_and_moves_no_cursor(
    qtbot, desk, jobs, open_meetings, screen, cards, meeting
):
    cards[1].open()
    qtbot.mouseClick(cards[1].body.remove_button, Qt.MouseButton.LeftButton)
    screen.editor.keep()
    settle(qtbot, jobs)

    again = open_meetings(meeting)
    assert [card.line.words for card in again.questions.cards] == [ASKED[0], ASKED[2]]
    assert again.editor.dirty()
    assert not again.questions.isAncestorOf(QApplication.focusWidget())


def test_a_draft_that_was_saved_elsewhere_meanwhile_is_no_draft(cards):
    cards[0].take_up({"values": {"text": ASKED[0]}, "base": 0, "was": {}})
    assert not cards[0].dirty()

    cards[0].take_up({"values": {"text": "Жаңа"}, "base": 0, "was": {}})
    assert cards[0].dirty()
    cards[0].rebase(cards[0].row | {"text": "Жаңа"})
    assert not cards[0].dirty()


def test_news_of_a_closed_part_are_told_by_its_line_and_leave_what_was_typed(
    qtbot, desk, jobs, screen, cards
):
    cards[0].line.setFocus()
    press(KEY.Key_Return)
    write("!")
    press(KEY.Key_Escape)
    other = {"answered_by": "Әкім", "asked_by": "Салтанат"}
    for card in cards[:2]:
        jobs.write(partial(records.save, desk, "question", other, card.id))
        settle(qtbot, jobs)

    assert cards[1].line.below.startswith("Салтанат")
    assert cards[0].line.below.startswith("Салтанат")
    assert cards[0].line.words == f"{ASKED[0]}!"
    assert cards[0].form.values()["asked_by"] == "Салтанат"
    assert cards[0].form.changes() == {"text": f"{ASKED[0]}!"}


def test_an_undone_change_stands_in_the_line_again(qtbot, desk, jobs, screen, cards):
    cards[0].form.set_values({"text": "Басқа сұрақ"})
    screen.editor.save()
    settle(qtbot, jobs)
    assert cards[0].line.words == "Басқа сұрақ"

    undo(desk, jobs)
    settle(qtbot, jobs)
    settle(qtbot, jobs)
    assert cards[0].line.words == ASKED[0]
    assert not screen.editor.dirty()


# problems and conflicts


def test_what_is_wrong_keeps_it_open_and_is_said_and_esc_once_more_goes_to_the_list(
    desk, screen, meeting
):
    screen.decisions.add()
    card = screen.decisions.cards[-1]
    card.form.set_values({"text": "Шешім", "due_on": "32.13.2026"})
    press(KEY.Key_Escape)

    assert card.is_open()
    assert card.form.fields["due_on"].problem.text()
    assert card.form.focused() == "due_on"
    press(KEY.Key_Escape)
    assert here(screen.list.view)
    assert screen.editor.dirty()


def test_sending_opens_what_lacks_something_with_the_cursor_in_the_first(
    qtbot, desk, jobs, open_meetings, meeting
):
    for text in ("Шешім 1", "Шешім 2", "Шешім 3"):
        record(
            desk,
            "decision",
            {"text": text, "responsible": "ТҮКШ", "due_on": "2026-12-01"},
            meeting,
        )
    screen = open_meetings(meeting)
    lacking = screen.decisions.cards[1:]
    for card in lacking:
        card.form.set_values({"responsible": None})
    screen.questions.cards[2].form.set_values({"text": None})

    assert not screen.editor.save(sending=True)
    assert screen.questions.cards[2].form.focused() == "text"  # the first of all kinds of parts
    assert lacking[0].is_open()
    assert not lacking[1].is_open()  # not with the same turn
    qtbot.waitUntil(lacking[1].is_open)
    assert not screen.decisions.cards[0].is_open()
    assert all(card.form.fields["responsible"].problem.text() for card in lacking)
    assert records.show(desk, meeting)["review"] == "draft"


def test_what_is_wrong_in_the_record_itself_comes_before_its_parts(
    qtbot, desk, open_meetings, meeting
):
    record(desk, "decision", {"text": "Мерзімсіз"}, meeting)
    screen = open_meetings(meeting)
    screen.resize(1000, 420)
    screen.editor.form.set_values({"village": None})

    assert not screen.editor.save(sending=True)
    qtbot.waitUntil(screen.decisions.cards[0].is_open)
    QApplication.processEvents()
    QApplication.processEvents()
    field, page = screen.editor.form.fields["village"], screen.editor.area.viewport()
    assert field.has_cursor()
    assert 0 <= field.mapTo(page, QPoint()).y() <= page.height()


def test_a_saved_part_that_lacks_something_is_found_without_a_form(desk, open_meetings, meeting):
    record(desk, "decision", {"text": "Мерзімсіз"}, meeting)
    screen = open_meetings(meeting)
    [card] = screen.decisions.cards

    assert not screen.editor.save(sending=True)
    assert card.form.focused() == "responsible"
    assert card.form.fields["due_on"].problem.text()

    press(KEY.Key_Escape)  # a draft may lack it: it closes, and says so
    assert not card.is_open()
    assert "Түзету керек" in card.line.accessibleName()
    card.form.set_values({"responsible": "ТҮКШ", "due_on": "2026-12-01"})
    card.open()
    card.fold()
    assert "Түзету керек" not in card.line.accessibleName()


def test_a_part_with_two_values_is_open_with_its_page_and_says_it_when_closed(
    qtbot, desk, jobs, open_meetings, meeting
):
    torn(desk, meeting, 1)
    screen = open_meetings(meeting)
    cards = screen.questions.cards
    qtbot.waitUntil(cards[1].is_open)
    mark = cards[1].form.fields["text"].conflict

    assert [card.is_open() for card in cards] == [False, True, False]
    cards[1].fold()
    assert "Екі нұсқа" in cards[1].line.accessibleName()

    cards[1].open()
    qtbot.mouseClick(mark.buttons[1], Qt.MouseButton.LeftButton)
    settle(qtbot, jobs)
    cards[1].fold()
    assert cards[1].line.words == "Басқа"

    with desk.store.begin() as session:  # as the server ends it
        session.get(KINDS["question"], cards[1].id).conflicts = {}
    jobs.write(partial(records.save, desk, "question", {"answered_by": "Әкім"}, cards[1].id))
    settle(qtbot, jobs)
    assert "Екі нұсқа" not in cards[1].line.accessibleName()


def test_two_values_that_come_while_somebody_works_are_marked_and_move_nothing(
    qtbot, desk, jobs, screen, cards, meeting
):
    id = torn(desk, meeting)
    jobs.write(lambda: records.save(desk, "question", {"answered_by": "Әкім"}, id))
    settle(qtbot, jobs)

    assert "Екі нұсқа" in cards[0].line.accessibleName()
    assert not cards[0].is_open()
    cards[0].open()
    assert cards[0].form.fields["text"].conflict is not None
