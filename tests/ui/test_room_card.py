"""The card of the room: two desks meet over a real socket of this machine."""

from dataclasses import replace
from uuid import uuid4

import pytest

from desktop.actions import room
from desktop.actions.room import Room
from desktop.bag import Bag
from sync.client import identity
from sync.client.facts import remember
from sync.sealing import Keys, new_seed
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import close, make_desk, record, story
from tests.ui.keys import settle, show
from ui.translation import use_language
from ui.widgets import room_card
from ui.widgets.room_card import RoomCard

SERVER = Keys(new_seed()).public


def met(desk, folder):
    """The desk after it has met its server, with a bag."""
    with desk.store.begin() as session:
        remember(session, identity.SEED, new_seed())
        remember(session, identity.SERVER, SERVER)
        remember(session, identity.DEVICE, uuid4())
        remember(session, identity.TOLD, "life")
    return replace(desk, bag=Bag(folder))


@pytest.fixture
def other(tmp_path):
    """Somebody else in the room."""
    desk = make_desk(tmp_path / "other", "leader")
    yield met(desk, tmp_path / "bag of the other")
    close(desk)


@pytest.fixture
def card(qtbot, desk, jobs, tmp_path, monkeypatch):
    use_language("en")
    monkeypatch.setattr(room_card, "Room", lambda: Room("127.0.0.1"))
    card = RoomCard(met(desk, tmp_path / "bag"), jobs)
    show(qtbot, card)
    settle(qtbot, jobs)
    return card


def test_an_open_room_is_told_with_its_code_and_says_who_came(qtbot, jobs, card, other):
    record(other, "visit", story()["visit"])
    card.open.click()
    opened = card._room

    room.join(other, opened.address, opened.code)
    qtbot.waitUntil(lambda: "Нұржан Тұрсынбек" in card.result.text())
    words, shut = card.words.text(), card.open.text()
    card.open.click()
    settle(qtbot, jobs)

    assert opened.address in words
    assert opened.code in words
    assert (shut, card.open.text()) == ("Close the room", "Open a room")
    assert card.words.isHidden()
    assert len(card._desk.bag.letters()) == 1


def test_a_room_ends_when_its_page_is_left(qtbot, jobs, card):
    card.open.click()

    card.hide()
    settle(qtbot, jobs)

    assert card._room is None


def test_a_room_ends_when_the_exchange_is_stopped_as_at_the_programs_end(qtbot, jobs, card):
    card.open.click()

    jobs.stop_exchange()
    settle(qtbot, jobs)

    assert card._room is None
    assert card.result.isHidden()


def test_where_nobody_is_the_card_says_so_and_can_be_tried_again(qtbot, jobs, card):
    card.address.setText("127.0.0.1:9")
    card.code.setText("ABCDE-FGHJK")

    card.join.click()
    settle(qtbot, jobs)

    assert card.result.text().startswith("Nobody answers at 127.0.0.1:9.")
    assert card.join.isEnabled()


def test_the_card_speaks_another_language_at_once(qtbot, card):
    use_language("kk")

    assert card.open.text() == "Бөлме ашу"
