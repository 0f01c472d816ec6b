"""Edits whose people had left the district, above the review queue."""

from uuid import uuid4

import pytest

from desktop.actions import late
from sync.change import Change
from sync.client.transport import HttpTransport
from sync.errors import Offline, Refused
from sync.late import Late
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import SOZAQ, record, seen_by, story
from tests.ui.keys import settle, show
from ui import messages
from ui.screens.review import ReviewScreen
from ui.translation import use_language


@pytest.fixture
def coordinator(desk):
    return seen_by(desk, "coordinator")


@pytest.fixture
def waiting(desk, monkeypatch):
    """Two edits that wait on the server; what was decided about them."""
    issue = record(desk, "issue", story()["issues"][0])
    edits = [
        Change(
            kind="issue",
            record=issue,
            district=SOZAQ,
            fields={"address": f"{number}-үй"},
            by="z.omarova",
        )
        for number in (5, 7)
    ]
    held = [Late(edit, edit.at) for edit in edits]
    decided = []

    def decide(_desk, change, *, take):
        decided.append((change, take))
        held[:] = [one for one in held if one.change.id != change]

    monkeypatch.setattr(late, "held", lambda _: list(held))
    monkeypatch.setattr(late, "decide", decide)
    return edits, decided


@pytest.fixture
def screen(qtbot, coordinator, jobs):
    made = ReviewScreen(coordinator, jobs)
    show(qtbot, made)
    settle(qtbot, jobs)
    return made


def after_an_exchange(qtbot, jobs):
    jobs.exchanging.emit(False)
    settle(qtbot, jobs)


def test_after_an_exchange_the_oldest_is_shown_with_its_words(qtbot, jobs, waiting, screen):
    assert screen.late.isHidden()

    after_an_exchange(qtbot, jobs)

    assert not screen.late.isHidden()
    assert screen.late.head.text().startswith("2 ")
    assert "5-үй" in screen.late.words.text()
    assert "z.omarova" in screen.late.words.text()


def test_no_room_is_kept_for_what_is_not_shown(qtbot, jobs, waiting, screen):
    before = screen.pages.y()

    after_an_exchange(qtbot, jobs)

    assert (before, screen.pages.y() > 0) == (0, True)


def test_one_is_taken_and_the_other_dropped(qtbot, jobs, waiting, screen):
    edits, decided = waiting
    after_an_exchange(qtbot, jobs)

    screen.late.take_button.click()
    settle(qtbot, jobs)
    screen.late.drop_button.click()
    settle(qtbot, jobs)

    assert decided == [(edits[0].id, True), (edits[1].id, False)]
    assert screen.late.isHidden()


def test_what_the_record_does_not_take_is_shown_again(qtbot, jobs, waiting, screen, monkeypatch):
    warned = []
    monkeypatch.setattr(messages, "warn", lambda words, *_, **__: warned.append(words))
    after_an_exchange(qtbot, jobs)

    def refuse(*_, **__):
        raise Refused("closed")

    monkeypatch.setattr(late, "decide", refuse)
    screen.late.take_button.click()
    settle(qtbot, jobs)

    assert warned == ["closed"]
    assert screen.late.current() == waiting[0][0].id


def test_the_screen_itself_asks_the_server_nothing(qtbot, jobs, screen, monkeypatch, said):
    def asked(_):
        raise Offline("away")

    monkeypatch.setattr(HttpTransport, "late_edits", asked)
    after_an_exchange(qtbot, jobs)

    assert said == []
    assert screen.late.isHidden()


def test_an_edit_of_a_record_that_is_not_here_is_told_by_its_kind(
    qtbot, jobs, waiting, screen, monkeypatch
):
    one = Change(kind="visit", record=uuid4(), district=SOZAQ, fields={"people": 3}, by="z")
    monkeypatch.setattr(late, "held", lambda _: [Late(one, one.at)])
    use_language("en")
    after_an_exchange(qtbot, jobs)

    assert "Visit" in screen.late.words.text()
    assert "3" in screen.late.words.text()
