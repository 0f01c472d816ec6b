from datetime import UTC, date, datetime
from functools import partial
from itertools import pairwise

import pytest

from desktop.actions import answers, exchange, records, review
from sync.client import outbox, removals
from sync.client.facts import recall, remember
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import SOZAQ, VILLAGE, record, story
from tests.ui.keys import settle, show
from tests.ui.survey_waves import OKRUG, start_wave
from ui import messages
from ui.models.waiting import exchange_words, troubles, waiting_edits
from ui.screens import sync_state
from ui.screens.sync_state import SyncScreen
from ui.translation import use_language
from ui.widgets.labels import PlainLabel

NONE = {"sent": 0, "taken": 0, "conflicts": 0, "refused": 0, "waiting": 0, "answers_sent": 0,
        "photos_sent": 0, "photos_taken": 0, "photos_waiting": 0, "bytes_up": 0, "bytes_down": 0}  # fmt: skip


@pytest.fixture
def screen(qtbot, desk, jobs):
    def build():
        use_language("en")
        screen = SyncScreen(desk, jobs)
        show(qtbot, screen)
        settle(qtbot, jobs)
        return screen

    return build


@pytest.fixture
def refused(desk):
    """An issue whose edit the server refused."""
    id = record(desk, "issue", story()["issues"][0])
    with desk.store.begin() as session:
        outbox.hold(session, outbox.waiting(session)[0], "Жазба жабық.")
    return id


def test_what_waits_is_told_in_words_by_record(desk, screen):
    id = record(desk, "issue", story()["issues"][0])
    record(desk, "step", story()["steps"][0], parent=id)
    review.decide(desk, id, review.Decision.SEND)
    shown = screen()

    [edited] = waiting_edits(desk)

    assert (edited.record, edited.kind, edited.edits) == (id, "issue", 3)
    assert edited.what == "new, a step, sent"
    assert shown.waiting.number.text() == "3"


def test_what_waits_is_read_once_when_the_screen_is_opened(qtbot, desk, jobs, screen, monkeypatch):
    reads = []

    def counted(desk):
        reads.append(desk)
        return waiting_edits(desk)

    monkeypatch.setattr(sync_state, "waiting_edits", counted)
    shown = screen()
    assert len(reads) == 1

    shown.hide()
    shown.show()
    settle(qtbot, jobs)

    assert len(reads) == 2


def test_an_edit_names_the_fields(desk):
    use_language("en")
    id = record(desk, "issue", {"essence": "Су жоқ"})
    with desk.store.begin() as session:  # it is on its way to the server
        outbox.offer(session, outbox.waiting(session)[-1].number)
    records.save(desk, "issue", {"category": "roads"}, id)

    assert waiting_edits(desk)[0].what.endswith("Category")


def test_a_row_opens_its_record(qtbot, desk, screen):
    id = record(desk, "visit", story()["visit"])
    shown = screen()

    with qtbot.waitSignal(shown.open_record) as asked:
        shown.rows[0].click()

    assert asked.args == ["visit", id]


def test_a_long_list_leaves_the_cards_in_sight_until_all_of_it_is_wanted(
    qtbot, desk, jobs, screen
):
    for number in range(8):
        record(desk, "visit", story()["visit"] | {"people": number})
    shown = screen()
    assert len(shown.rows) == 3
    assert shown.all_button.text() == "Show all (8)"

    shown.all_button.click()

    assert len(shown.rows) == 8
    assert shown.all_button is None
    assert shown.rows[3].hasFocus()
    shown.reload()
    settle(qtbot, jobs)
    assert len(shown.rows) == 8


def test_of_a_very_long_list_the_button_promises_no_more_than_it_shows(desk, screen, monkeypatch):
    monkeypatch.setattr(sync_state, "waiting_edits", partial(waiting_edits, most=6))
    for number in range(8):
        record(desk, "visit", story()["visit"] | {"people": number})

    shown = screen()

    assert shown.all_button.text() == "Show more"
    shown.all_button.click()
    assert len(shown.rows) == 6
    assert "and 2 more" in [label.text() for label in shown.findChildren(PlainLabel)]


def test_the_page_stays_where_it_is_while_it_syncs(qtbot, desk, jobs, screen):
    for number in range(8):
        record(desk, "visit", story()["visit"] | {"people": number})
    shown = screen()
    shown.button.setFocus()

    jobs.exchanging.emit(True)

    assert not any(row.hasFocus() for row in shown.rows)
    jobs.exchanging.emit(False)
    assert shown.button.hasFocus()


def test_where_nothing_waits_the_cards_follow_each_other_closely(desk, screen):
    shown = screen()

    cards = (shown.summary, shown.carry, shown.room)
    gaps = [below.y() - above.geometry().bottom() - 1 for above, below in pairwise(cards)]
    assert gaps == [16, 16]
    assert cards[-1].geometry().bottom() < shown.area.viewport().height() - 100  # the rest is free


def test_a_short_list_is_shown_whole(desk, screen):
    for number in range(3):
        record(desk, "visit", story()["visit"] | {"people": number})

    shown = screen()

    assert (len(shown.rows), shown.all_button) == (3, None)


def test_one_record_more_than_a_short_list_is_one_click_away(desk, screen):
    for number in range(4):
        record(desk, "visit", story()["visit"] | {"people": number})

    shown = screen()

    assert (len(shown.rows), shown.all_button.text()) == (3, "Show all (4)")


def test_interviews_that_wait_are_told_with_the_reason(desk, screen):
    wave, _ = start_wave(desk)
    answers.finish(desk, wave, OKRUG, date(2026, 11, 24), {})

    shown = screen()

    assert shown.rows[0].accessibleName().startswith("1 finished interview")


def test_without_a_network_it_says_so_calmly_and_nothing_is_lost(qtbot, desk, jobs, screen):
    record(desk, "visit", story()["visit"])
    shown = screen()

    shown.button.click()
    settle(qtbot, jobs)

    assert "safe on this laptop" in shown.result_words.text()
    assert shown.result.property("notice") == "info"
    assert shown.button.isEnabled()
    assert shown.waiting.number.text() == "1"


def test_what_needs_attention_is_said_first(desk, screen, refused):
    with desk.store.begin() as session:
        remember(session, "exchanged", datetime.now(UTC))

    shown = screen()

    assert shown.headline.text() == "Everything is saved on this laptop. 1 needs your attention."


def test_visits_are_told_apart_by_place_and_day(desk, screen):
    use_language("en")
    record(desk, "visit", {"topic": "survey", "village": VILLAGE, "visited_on": "2026-11-05"})

    [edited] = waiting_edits(desk)

    assert (
        edited.title == f"Survey, {desk.pack.full_name(VILLAGE).rpartition(', ')[0]}, 05.11.2026"
    )


def test_a_refused_edit_stays_until_it_is_dealt_with(qtbot, desk, jobs, screen, refused):
    shown = screen()
    assert [(each.record, each.held.reason) for each in troubles(desk)] == [
        (refused, "Жазба жабық.")
    ]

    shown.let_go_buttons[0].click()
    settle(qtbot, jobs)

    assert troubles(desk) == []
    assert shown.let_go_buttons == []


def test_a_discarded_edit_can_be_taken_back(qtbot, desk, jobs, screen, refused, monkeypatch):
    told = []
    monkeypatch.setattr(messages, "say", lambda words, action=None, **_: told.append(action))
    shown = screen()
    shown.let_go_buttons[0].click()
    settle(qtbot, jobs)

    told[-1].run()
    settle(qtbot, jobs)

    assert [each.record for each in troubles(desk)] == [refused]


def test_a_refused_edit_is_sent_again_by_one_button(qtbot, desk, jobs, screen, refused):
    shown = screen()

    shown.retry_buttons[0].click()
    settle(qtbot, jobs)

    assert troubles(desk) == []
    assert exchange.waiting(desk)[-1].record == refused


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({}, "Nothing was waiting, and there is nothing new."),
        ({"sent": 3, "taken": 1}, "3 edits were sent. 1 record is new or changed."),
        ({"photos_sent": 2, "answers_sent": 5}, "5 answers were sent. 2 photos were sent."),
        ({"photos_taken": 1}, "1 photo has come."),
        ({"refused": 1}, "1 edit was refused."),
        ({"sent": 1, "conflicts": 2}, "1 edit was sent. 2 fields have two values."),
    ],
)
def test_the_result_of_an_exchange_is_told_in_words(qapp, figures, words):
    use_language("en")

    assert exchange_words(exchange.Report(**(NONE | figures))) == words


def test_the_words_change_with_the_language(qtbot, jobs, screen):
    shown = screen()
    english = shown.headline.text()

    use_language("kk")
    settle(qtbot, jobs)

    assert shown.headline.text() != english


def test_what_is_saved_elsewhere_appears(qtbot, desk, jobs, screen):
    shown = screen()

    jobs.write(partial(records.save, desk, "visit", story()["visit"]))

    qtbot.waitUntil(lambda: shown.waiting.number.text() == "1")


def test_where_much_of_a_district_would_go_the_person_is_asked_in_words(
    qtbot, desk, jobs, screen, monkeypatch
):
    with desk.store.begin() as session:
        remember(session, removals.HELD, {SOZAQ: (40, 100)})
    shown = screen()
    [button] = shown.take_buttons
    begun = []
    monkeypatch.setattr(shown, "exchange", lambda: begun.append(True))

    button.click()
    settle(qtbot, jobs)

    words = " ".join(label.text() for label in shown.findChildren(PlainLabel))
    assert "Of 100 records of" in words
    assert "40 were removed elsewhere" in words
    assert begun == [True]
    with desk.store() as session:
        assert recall(session, removals.ALLOWED, bool)
