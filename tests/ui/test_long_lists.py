"""A person goes on in a list while records come: nothing jumps, nothing is lost, nothing is late."""

from threading import Event
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from desktop.actions import listing, records
from desktop.actions.edits import Edit
from sync.change import Change
from tests.ui.at_work import given_desk, given_jobs, given_kazakh  # noqa: F401
from tests.ui.desks import VILLAGE, record
from tests.ui.keys import press, settle, show, write
from ui.models.record_list import PAGE
from ui.screens.any_kind import AnyKindScreen
from ui.watch import ANY
from ui.widgets.record_list_pane import RecordListPane

VISIT = {"visited_on": "2026-11-23", "village": VILLAGE, "topic": "acquaintance"}
MANY = 3 * PAGE


@pytest.fixture
def screen(qtbot, desk, jobs):
    """The visits of somebody who made three pages of them."""
    with desk.store.begin() as session:
        for n in range(MANY):
            edit = Edit("visit", VISIT | {"outcome": f"Үй-{n:03}"})
            records.put(desk, session, edit)
    screen = AnyKindScreen(desk, jobs, "visit")
    show(qtbot, screen)
    settle(qtbot, jobs)
    return screen


@pytest.fixture
def arrive(desk, jobs):
    """So many more records come, as by an exchange."""

    def arrive(count):
        with desk.store.begin() as session:
            for _ in range(count):
                records.put(desk, session, Edit("visit", VISIT | {"outcome": "Келді"}))
        jobs.recorded.emit([Change(kind="visit", record=ANY, district="", fields={})])

    return arrive


def top(screen):
    """What is seen first, and where."""
    view = screen.list.view
    row = view.rowAt(0)
    return screen.list.model.id_at(screen.list.model.index(row)), view.rowViewportPosition(row)


def test_what_is_read_stays_in_place_while_records_come(qtbot, jobs, screen, arrive):
    screen.list.view.verticalScrollBar().setValue(5_000)
    before = top(screen)

    for _ in range(3):
        arrive(7)
        settle(qtbot, jobs)

    assert top(screen) == before
    assert screen.list.model.rowCount() == MANY + 21


def test_who_only_looks_at_the_top_sees_them_come(qtbot, desk, jobs, screen, arrive):
    screen.setFocus()
    arrive(1)
    settle(qtbot, jobs)

    newest = records.list_records(desk, "visit", limit=1)[0]["id"]
    assert top(screen) == (newest, 0)


def test_who_steps_through_the_top_of_a_list_is_not_pushed_away(qtbot, jobs, screen, arrive):
    screen.list.view.setFocus()
    before = top(screen)

    arrive(4)
    settle(qtbot, jobs)

    assert top(screen) == before


def test_the_chosen_record_stays_chosen_and_the_keys_go_on_from_it(qtbot, jobs, screen, arrive):
    screen.list.view.setFocus()
    press(Qt.Key.Key_Down, widget=screen.list.view)
    press(Qt.Key.Key_Down, widget=screen.list.view)
    chosen, after = (screen.list.model.id_at(screen.list.model.index(row)) for row in (2, 3))
    assert screen.list.current() == chosen

    arrive(9)
    settle(qtbot, jobs)
    kept = screen.list.current()
    press(Qt.Key.Key_Down, widget=screen.list.view)

    assert (kept, screen.list.current()) == (chosen, after)


def test_home_end_and_pages_go_through_all_rows(qtbot, jobs, screen):
    view = screen.list.view
    rows = []
    for key in (Qt.Key.Key_End, Qt.Key.Key_Home, Qt.Key.Key_PageDown):
        press(key, widget=view)
        rows.append(view.currentIndex().row())
    settle(qtbot, jobs)

    assert rows[:2] == [MANY - 1, 0]
    assert 1 < rows[2] < 30


def test_a_row_far_below_is_told_when_it_is_seen(qtbot, jobs, screen):
    last = screen.list.model.index(MANY - 1)
    assert last.data() is None

    screen.list.view.scrollToBottom()
    settle(qtbot, jobs)

    assert last.data() == "Танысу"


def test_letters_typed_at_the_list_are_searched_for(qtbot, jobs, screen):
    screen.list.view.setFocus()

    write("ү", screen.list.view)
    write("й")
    settle(qtbot, jobs)

    assert screen.list.search.text() == "үй"
    assert screen.list.model.rowCount() == MANY


def test_a_search_goes_on_while_records_come(qtbot, jobs, screen, arrive):
    write("уй-17", screen.list.search)
    arrive(5)
    settle(qtbot, jobs)

    assert screen.list.model.rowCount() == 10  # 170 to 179
    assert screen.list.model.listing.counts[listing.ALL] == MANY + 5


def test_a_letter_ends_the_search_for_the_letters_before_it(qtbot, jobs, screen, monkeypatch):
    asked, go_on, read = [], Event(), listing.read_listing

    def slowly(desk, kind, wish, wanted):
        asked.append(wish.words)
        if len(asked) == 1:
            go_on.wait(10)
        return read(desk, kind, wish, wanted)

    monkeypatch.setattr("ui.models.record_feed.read_listing", slowly)
    shown = []
    screen.feed.listed.connect(lambda told: shown.append(len(told.listing.ids)))

    write("уй-17", screen.list.search)
    go_on.set()
    settle(qtbot, jobs)

    assert asked == ["у", "уй-17"]
    assert shown == [10]


@pytest.fixture
def held_up(monkeypatch):
    """All of a list is read only when this is set; its first lines are not held up."""
    go_on, read = Event(), listing.read_listing

    def slowly(*asked):
        go_on.wait(10)
        return read(*asked)

    monkeypatch.setattr("ui.models.record_feed.read_listing", slowly)
    yield go_on
    go_on.set()


def test_the_first_lines_come_before_the_rest_and_stay_where_they_are(
    qtbot, desk, jobs, screen, held_up
):
    record(desk, "visit", VISIT)
    screen.list.keep_state("draft")
    qtbot.waitUntil(lambda: not screen.list.model.listing.whole)
    view = screen.list.view
    first = [screen.list.model.index(row).data() for row in (0, PAGE - 1)]
    chips = screen.list.chips[listing.ALL].text()
    view.setCurrentIndex(screen.list.model.index(7))
    view.verticalScrollBar().setValue(400)
    before, chosen = top(screen), screen.list.current()
    assert screen.list.model.rowCount() == PAGE

    held_up.set()
    settle(qtbot, jobs)

    assert first == ["Танысу", "Танысу"]
    assert (top(screen), screen.list.current()) == (before, chosen)
    assert screen.list.model.rowCount() == MANY + 1
    assert (chips, screen.list.chips[listing.ALL].text()) == (
        f"Барлығы {MANY}",
        f"Барлығы {MANY + 1}",
    )


def test_news_of_a_list_that_is_shown_never_make_it_short(qtbot, jobs, screen, held_up, arrive):
    arrive(1)
    settle_first = screen.list.model.rowCount()
    held_up.set()
    lengths = []
    screen.feed.listed.connect(lambda told: lengths.append(len(told.listing.ids)))
    settle(qtbot, jobs)

    assert settle_first == MANY
    assert lengths == [MANY + 1]


def test_until_anything_is_known_a_list_says_neither_that_it_is_empty_nor_a_number(qtbot):
    pane = RecordListPane("visits", "No visits yet.", "")
    show(qtbot, pane)
    before = pane.view.isVisible(), pane.chips[listing.ALL].text()

    pane.show_listing(listing.Listing(counts={listing.ALL: 0}), {})

    assert before == (True, "Барлығы")
    assert pane.empty.isVisible()
    assert pane.chips[listing.ALL].text() == "Барлығы 0"


def test_who_chooses_from_the_first_lines_is_not_led_back_to_what_was_open_before(
    qtbot, desk, jobs, screen, held_up
):
    held_up.set()
    screen.open_record(screen.list.model.id_at(screen.list.model.index(MANY - 1)))
    settle(qtbot, jobs)
    held_up.clear()
    again = AnyKindScreen(desk, jobs, "visit")
    show(qtbot, again)
    qtbot.waitUntil(lambda: again.list.model.rowCount() == PAGE)
    again.list.view.setCurrentIndex(again.list.model.index(3))
    chosen = again.list.current()

    held_up.set()
    qtbot.waitUntil(lambda: again.editor.page is not None)
    settle(qtbot, jobs)

    assert again.editor.page.id == again.list.current() == chosen


def test_a_record_far_below_the_first_lines_is_open_again_after_a_restart(
    qtbot, desk, jobs, screen
):
    last = screen.list.model.id_at(screen.list.model.index(MANY - 1))
    screen.open_record(last)
    settle(qtbot, jobs)

    again = AnyKindScreen(desk, jobs, "visit")
    show(qtbot, again)
    settle(qtbot, jobs)

    assert again.editor.page.id == again.list.current() == last


def test_pages_that_were_only_scrolled_past_are_not_read(qtbot, jobs, screen, monkeypatch):
    read, go_on = [], Event()
    rows = listing.read_rows

    def slowly(desk, kind, ids):
        go_on.wait(10)
        read.append(ids[0])
        return rows(desk, kind, ids)

    long = listing.Listing([f"{n:032x}" for n in range(50 * PAGE)])
    monkeypatch.setattr("ui.models.record_feed.read_listing", lambda *_: long)
    screen.reload()
    settle(qtbot, jobs)
    monkeypatch.setattr("ui.models.record_feed.read_rows", slowly)
    for page in range(20, 40):
        screen.list.model.index(page * PAGE).data()
    go_on.set()
    settle(qtbot, jobs)

    assert len(read) < 10
    assert f"{39 * PAGE:032x}" in read


def test_a_screen_that_is_not_seen_reads_when_it_is_shown(qtbot, jobs, screen, arrive):
    screen.hide()
    arrive(2)
    settle(qtbot, jobs)
    unseen = screen.list.model.rowCount()

    screen.show()
    settle(qtbot, jobs)

    assert (unseen, screen.list.model.rowCount()) == (MANY, MANY + 2)


def test_the_open_record_is_read_again_when_many_came(qtbot, desk, jobs, screen):
    id = record(desk, "visit", VISIT)
    screen.open_record(id)
    settle(qtbot, jobs)
    records.save(desk, "visit", {"outcome": "Жөнделді"}, id)

    jobs.recorded.emit([Change(kind="visit", record=ANY, district="", fields={})])
    settle(qtbot, jobs)

    assert screen.editor.form.values()["outcome"] == "Жөнделді"


def test_a_list_that_could_not_be_read_is_read_with_the_next_news(
    qtbot, jobs, screen, arrive, monkeypatch
):
    from sync.errors import UserError

    words, read = [], listing.read_listing
    jobs.failed.connect(words.append)

    def busy(*asked):
        raise UserError("Файл бос емес.")

    monkeypatch.setattr("ui.models.record_feed.read_listing", busy)
    arrive(1)
    settle(qtbot, jobs)
    monkeypatch.setattr("ui.models.record_feed.read_listing", read)
    arrive(1)
    settle(qtbot, jobs)

    assert words == ["Файл бос емес."]
    assert screen.list.model.rowCount() == MANY + 2
    assert isinstance(screen.list.model.id_at(screen.list.model.index(0)), UUID)


def test_a_list_by_itself_keeps_its_choice(qtbot):
    pane = RecordListPane("visits", "", "")
    show(qtbot, pane)
    ids = [UUID(int=n) for n in range(30)]
    pane.show_listing(listing.Listing([id.hex for id in ids[10:]]), {})
    pane.choose(ids[15])

    pane.show_listing(listing.Listing([id.hex for id in ids]), {})

    assert pane.current() == ids[15]
    assert pane.view.selectionModel().isRowSelected(15)
