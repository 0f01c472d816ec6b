"""Pairs that were told twice are looked at side by side, joined by one key, and parted again."""

import pytest

from desktop.actions import records, review
from tests.desktop.actions.test_duplicates import AGAIN, ROAD, WATER
from tests.ui.at_work import given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import close, make_desk, record, seen_by
from tests.ui.keys import settle, show, write
from ui.models.case import read_case
from ui.screens.duplicates import DuplicatesScreen


@pytest.fixture
def desk(tmp_path):
    made = make_desk(tmp_path)
    yield made
    close(made)


@pytest.fixture
def told(desk):
    """Two that are the same, sent for review, and one that is not."""
    ids = [record(desk, "issue", values) for values in (WATER, AGAIN, ROAD)]
    for id in ids:
        review.decide(desk, id, review.Decision.SEND)
    return ids


@pytest.fixture
def screen(qtbot, desk, jobs, told):
    screen = DuplicatesScreen(seen_by(desk, "coordinator"), jobs)
    show(qtbot, screen)
    settle(qtbot, jobs)
    return screen


def state(desk, id):
    return records.show(desk, id)["review"]


def test_the_likely_pair_is_shown_side_by_side(screen):
    assert len(screen._pairs) == 1
    assert screen.sides[0].title.text() == WATER["essence"]
    assert screen.sides[1].title.text() == AGAIN["essence"]


def test_a_key_joins_them_and_another_takes_it_back(qtbot, desk, jobs, screen, told, said):
    write("1", screen.list)
    settle(qtbot, jobs)

    assert state(desk, told[1]) == "duplicate"
    assert state(desk, told[0]) == "sent"
    assert screen._pairs == []
    assert WATER["essence"] in said[-1]

    screen.undo()
    settle(qtbot, jobs)

    assert state(desk, told[1]) == "sent"
    assert len(screen._pairs) == 1


def test_the_right_one_can_be_kept_instead(qtbot, desk, jobs, screen, told):
    screen.sides[1].keep.click()
    settle(qtbot, jobs)

    assert [state(desk, id) for id in told[:2]] == ["duplicate", "sent"]


def test_what_was_not_sent_is_kept_and_cannot_be_made_a_duplicate(
    qtbot, desk, jobs, screen, told, said
):
    said_why = {"essence": "Қай үй?"}
    review.decide(seen_by(desk, "coordinator"), told[1], review.Decision.RETURN, said_why)
    screen.reload()
    settle(qtbot, jobs)

    assert [side.keep.isEnabled() for side in screen.sides] == [False, True]

    write("1", screen.list)
    settle(qtbot, jobs)

    assert state(desk, told[1]) == "returned"
    assert "қарауға" in said[-1]


def test_two_matters_are_set_apart_on_a_russian_keyboard_too(qtbot, desk, jobs, screen, told):
    write("т", screen.list)
    settle(qtbot, jobs)

    assert screen._pairs == []
    assert [state(desk, id) for id in told[:2]] == ["sent", "sent"]

    screen.undo()
    settle(qtbot, jobs)

    assert len(screen._pairs) == 1


def test_enter_opens_one_and_an_empty_list_says_so(qtbot, jobs, screen):
    with qtbot.waitSignal(screen.open_record) as opened:
        screen.sides[0].open.click()
    assert opened.args[0] == "issue"

    screen.choose("project")
    settle(qtbot, jobs)

    assert screen.pages.currentIndex() == 1
    assert "Екі рет" in screen.none.sentence.text()


def test_a_pair_that_is_decided_is_gone_at_once(screen):
    write("1", screen.list)

    assert screen._pairs == []


def test_who_stops_keeps_what_was_found_and_may_compare_again(qtbot, jobs, screen, monkeypatch):
    from sync.errors import Stopped

    some = screen._pairs

    def stopped(desk, kind, most, tell, found):
        found(some)
        while True:
            tell(5, 9)

    with monkeypatch.context() as slow:
        slow.setattr("ui.screens.duplicates.pairs", stopped)
        screen.reload()
        qtbot.waitUntil(screen.how_far.isVisible)
        assert screen.list.model().rowCount() == 1
        screen.how_far.stop_button.click()
        settle(qtbot, jobs)

    assert not screen.how_far.isVisible()
    assert screen.stopped.isVisible()
    assert screen._pairs == some
    with pytest.raises(Stopped):
        screen._comparison.tell(6, 9)

    screen.again_button.click()
    settle(qtbot, jobs)
    assert not screen.stopped.isVisible()
    assert len(screen._pairs) == 1


def test_a_pair_that_is_found_again_meanwhile_is_not_made_again_and_anew_when_it_is_compared_anew(
    qtbot, jobs, screen, monkeypatch
):
    some, read = screen._pairs, []

    def read_again(desk, id):
        read.append(id)
        return read_case(desk, id)

    def often(desk, kind, most, tell, found):
        for _ in range(5):
            found(list(some))
        return list(some)

    monkeypatch.setattr("ui.screens.duplicates.read_case", read_again)
    monkeypatch.setattr("ui.screens.duplicates.pairs", often)
    both = [some[0].one.id, some[0].other.id]
    screen.reload()
    settle(qtbot, jobs)
    assert read == both

    screen.reload()
    settle(qtbot, jobs)
    assert read == both * 2


def test_who_leaves_the_screen_has_nothing_compared(qtbot, jobs, screen, monkeypatch):
    def going_on(desk, kind, most, tell, found):
        while True:
            tell(5, 9)

    monkeypatch.setattr("ui.screens.duplicates.pairs", going_on)
    screen.reload()
    screen.hide()

    settle(qtbot, jobs)


def test_where_each_was_told_is_read_whole_also_where_there_is_little_room(qtbot, screen):
    for side in screen.sides:
        needs = side.below.fontMetrics().horizontalAdvance(side.below.text())
        side.below.setFixedWidth(needs // 2)
        qtbot.waitUntil(
            lambda one=side.below: one.height() >= 2 * one.fontMetrics().lineSpacing() - 2
        )
