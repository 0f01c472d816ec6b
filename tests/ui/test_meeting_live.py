"""A meeting while it goes on, by keys alone: agenda, questions, decisions, and back to its record."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import drafts, papers, records
from desktop.actions.meeting_course import recall_course
from sync.errors import UserError
from tests.ui.at_work import (  # noqa: F401
    given_desk,
    given_jobs,
    given_kazakh,
    given_open_meetings,
    given_said,
)
from tests.ui.desks import VILLAGE, record, seen_by
from tests.ui.keys import press, settle, write
from ui.screens import line_keeper
from ui.translation import use_language

TODAY = date.today()  # noqa: DTZ011  # the screen's own day
ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
MEETING = {
    "title": "Ауыл жиыны",
    "type": "dialogue",
    "held_on": TODAY.isoformat(),
    "village": VILLAGE,
    "agenda": "1. Ауыз су\n2. Жол\n3. Әртүрлі",
}


@pytest.fixture
def meeting(desk):
    return record(desk, "meeting", MEETING)


@pytest.fixture
def live(qtbot, jobs, open_meetings, meeting):
    screen = open_meetings(meeting)
    screen.editor.form.focus_first()
    press(Qt.Key.Key_F9)
    settle(qtbot, jobs)
    return screen


def at(screen):
    lines = (screen.live.asked, screen.live.decided)
    return next(
        (line.record.kind, name)
        for line in lines
        for name, field in line.fields.items()
        if field.has_cursor()
    )


def test_one_key_follows_the_meeting_and_esc_comes_back_to_its_record(qtbot, jobs, live):
    assert live.live.isVisible()
    assert not live.panes.isVisible()
    assert at(live) == ("question", "text")
    assert len(live.live.clock.text()) == 5

    press(ESC)
    assert live.panes.isVisible()
    assert not live.live.isVisible()
    assert live.glance.button.hasFocus()


def test_the_items_are_in_order_the_one_of_now_is_marked_and_a_key_goes_on(
    qtbot, jobs, desk, live, meeting
):
    use_language("en")
    rows = live.live.agenda.list.rows
    assert [row.icon for row in rows.rows] == ["play", "dot", "dot"]
    assert live.live.agenda.now.text() == "Now: 1 of 3. Ауыз су"

    press(Qt.Key.Key_F6)
    assert [row.icon for row in rows.rows] == ["check", "play", "dot"]
    assert live.live.agenda.now.text() == "Now: 2 of 3. Жол"
    assert "0 minutes on this item" in live.live.gone.text()
    for _ in range(5):
        press(Qt.Key.Key_F6)
    assert live.live.agenda.at == 2
    press(Qt.Key.Key_F6, SHIFT)
    settle(qtbot, jobs)
    assert live.live.agenda.at == 1
    assert recall_course(desk, meeting).at == 1


def test_another_start_of_the_program_goes_on_at_the_same_item(
    qtbot, jobs, open_meetings, live, meeting
):
    press(Qt.Key.Key_F6)
    settle(qtbot, jobs)

    again = open_meetings(meeting)
    again.follow()
    settle(qtbot, jobs)

    assert again.live.agenda.at == 1


def test_questions_and_decisions_are_written_one_after_another_by_keys(
    qtbot, jobs, desk, live, meeting
):
    write("Су қашан келеді?")
    press(ENTER)
    assert at(live) == ("question", "asked_by")
    press(ENTER)
    assert at(live) == ("question", "text")
    write("Шам қашан қойылады?")
    press(Qt.Key.Key_F8)
    assert at(live) == ("decision", "text")
    write("Құбырды жөндеу")
    press(ENTER)
    assert at(live) == ("decision", "responsible")
    write("ТҮКШ бөлімі")
    press(Qt.Key.Key_Tab)
    write("15.12.2026")
    press(Qt.Key.Key_F7)
    settle(qtbot, jobs)

    asked = [row["text"] for row in records.parts(desk, "question", meeting)]
    [decided] = records.parts(desk, "decision", meeting)
    assert asked == ["Су қашан келеді?", "Шам қашан қойылады?"]
    assert (decided["text"], decided["responsible"], decided["due_on"], decided["state"]) == (
        "Құбырды жөндеу",
        "ТҮКШ бөлімі",
        date(2026, 12, 15),
        "open",
    )
    assert at(live) == ("question", "text")
    assert len(live.live.written.rows.rows) == 3
    assert live.live.written.rows.rows[0].title == "Құбырды жөндеу"


def test_nobody_is_named_unless_it_is_typed(qtbot, jobs, desk, live, meeting):
    write("Су қашан келеді?")
    press(ENTER)
    press(ENTER)
    settle(qtbot, jobs)

    [row] = records.parts(desk, "question", meeting)
    assert row["asked_by"] is None


def test_what_is_typed_outlives_a_crash_and_comes_back_to_its_own_meeting(
    qtbot, jobs, desk, open_meetings, live, meeting
):
    write("Жарты сұрақ")
    key = f"live:question:{meeting}"
    qtbot.waitUntil(lambda: drafts.recall(desk, key) is not None)

    other = record(desk, "meeting", MEETING | {"title": "Басқа"})
    elsewhere = open_meetings(other)
    elsewhere.follow()
    settle(qtbot, jobs)
    assert elsewhere.live.asked.blank()

    again = open_meetings(meeting)
    again.follow()
    settle(qtbot, jobs)
    assert again.live.asked.values()["text"] == "Жарты сұрақ"
    press(ENTER, widget=again.live.asked.fields["text"].input)
    settle(qtbot, jobs)
    assert [row["text"] for row in records.parts(desk, "question", meeting)] == ["Жарты сұрақ"]


def test_leaving_saves_what_is_in_the_lines_and_the_record_shows_it(
    qtbot, jobs, desk, live, meeting
):
    write("Су қашан келеді?")
    press(ESC)
    settle(qtbot, jobs)

    assert [card.row["text"] for card in live.questions.cards] == ["Су қашан келеді?"]
    use_language("en")
    assert live.glance.words.text() == "3 items of the agenda · 1 question · 1 without an answer"


def test_a_second_meeting_does_not_get_the_words_of_the_first(
    qtbot, jobs, desk, live, meeting, monkeypatch
):
    def refuse(*_):
        raise UserError("The disk is full.")

    write("Сұрақ")
    press(ENTER)
    settle(qtbot, jobs)
    monkeypatch.setattr(line_keeper.records, "save", refuse)
    write("Сақталмаған")
    press(ESC)
    settle(qtbot, jobs)
    monkeypatch.undo()
    settle(qtbot, jobs)
    other = record(desk, "meeting", MEETING | {"title": "Басқа"})
    live.open_record(other)
    settle(qtbot, jobs)
    live.follow()
    settle(qtbot, jobs)

    assert live.live.asked.blank()
    write("Екіншісі")
    press(ENTER)
    settle(qtbot, jobs)
    assert [row["text"] for row in records.parts(desk, "question", other)] == ["Екіншісі"]
    assert [row["asked_by"] for row in records.parts(desk, "question", meeting)] == [None]
    kept = drafts.recall(desk, f"live:question:{meeting}")["lines"][0]
    assert kept["values"]["asked_by"] == "Сақталмаған"


def test_an_item_is_added_while_the_meeting_goes_on(qtbot, jobs, desk, live, meeting):
    live.live.agenda.item.setFocus()
    write("Жайылым")
    press(ENTER)
    settle(qtbot, jobs)

    assert live.live.agenda.items == ["Ауыз су", "Жол", "Әртүрлі", "Жайылым"]
    assert records.show(desk, meeting)["agenda"].endswith("3. Әртүрлі\nЖайылым")


def test_a_new_meeting_is_saved_before_it_is_followed(qtbot, jobs, desk, open_meetings):
    screen = open_meetings()
    screen.begin()
    settle(qtbot, jobs)
    screen.editor.form.set_values({"title": "Жаңа", "village": VILLAGE})
    press(Qt.Key.Key_F9)
    settle(qtbot, jobs)
    settle(qtbot, jobs)

    assert [row["title"] for row in records.list_records(desk, "meeting")] == ["Жаңа"]
    assert screen.live.isVisible()
    use_language("en")
    assert screen.live.agenda.now.text() == "The agenda is empty. Write its first item."


def test_earlier_decisions_are_at_hand_and_closed_there(qtbot, jobs, desk, open_meetings, meeting):
    before = record(desk, "meeting", MEETING | {"held_on": (TODAY - timedelta(30)).isoformat()})
    id = record(desk, "decision", {"text": "Шамдар", "state": "open"}, parent=before)
    screen = open_meetings(meeting)
    screen.follow()
    settle(qtbot, jobs)

    assert len(screen.live.earlier.rows) == 1
    screen.live.earlier.rows[0].buttons[0].click()
    settle(qtbot, jobs)
    assert records.show(desk, id)["state"] == "done"


def test_what_another_laptop_writes_down_appears(qtbot, jobs, desk, live, meeting):
    write("Менікі")
    question = {"text": "Басқа залдан"}
    jobs.write(lambda: records.save(desk, "question", question, parent=meeting))
    settle(qtbot, jobs)
    settle(qtbot, jobs)

    assert [row.title for row in live.live.written.rows.rows] == ["Басқа залдан"]
    assert live.live.asked.values()["text"] == "Менікі"


def test_a_new_record_leaves_the_meeting_that_goes_on(qtbot, jobs, desk, live, meeting):
    write("Су қашан келеді?")
    press(Qt.Key.Key_N, CTRL)
    settle(qtbot, jobs)

    assert not live.live.isVisible()
    assert live.editor.page.row is None
    assert len(records.parts(desk, "question", meeting)) == 1


def test_it_is_not_sent_for_review_from_there(qtbot, jobs, desk, live, meeting):
    press(ENTER, CTRL)
    settle(qtbot, jobs)

    assert records.show(desk, meeting)["review"] == "draft"


def test_a_meeting_that_was_decided_is_not_followed(qtbot, jobs, desk, open_meetings, meeting):
    records.save(desk, "meeting", {"review": "sent"}, meeting)
    records.save(seen_by(desk, "coordinator"), "meeting", {"review": "approved"}, meeting)
    screen = open_meetings(meeting)

    assert not screen.glance.button.isVisible()
    screen.follow()
    settle(qtbot, jobs)
    assert screen.live is None


def test_the_minutes_are_made_of_what_was_written_down(qtbot, jobs, desk, live, meeting, tmp_path):
    write("Су қашан келеді?")
    press(ENTER)
    press(Qt.Key.Key_F8)
    write("Құбырды жөндеу")
    press(ESC)
    settle(qtbot, jobs)
    drawn = []

    def draw(pages):
        drawn.append(str(pages))
        return b"%PDF"

    papers.paper(desk, meeting, papers.Asked(language="kk"), tmp_path / "a.pdf", draw)

    assert all(words in drawn[0] for words in ("Су қашан келеді?", "Құбырды жөндеу", "Ауыз су"))


def test_the_clock_stands_still_while_nobody_looks(live):
    assert live.live._timer.isActive()
    live.live.leave()
    assert not live.live._timer.isActive()
    assert QApplication.activeWindow() is not None
