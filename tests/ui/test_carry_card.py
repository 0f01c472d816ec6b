"""The card on the Sync screen: what its buttons ask for, and what it says afterwards."""

from uuid import uuid4

import pytest
from PySide6.QtWidgets import QFileDialog

from desktop.actions import carry
from desktop.actions.carry import Delivery
from sync.change import Change
from sync.client import carried, identity
from sync.client.facts import remember
from sync.errors import Offline
from sync.sealing import Keys, new_seed
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import record, story
from tests.ui.keys import settle, show
from ui.translation import use_language
from ui.widgets.carry_card import CarryCard


@pytest.fixture
def card(qtbot, desk, jobs):
    use_language("en")
    card = CarryCard(desk, jobs)
    show(qtbot, card)
    settle(qtbot, jobs)
    return card


@pytest.fixture
def met(desk):
    """The laptop has met its server."""
    with desk.store.begin() as session:
        remember(session, identity.SEED, new_seed())
        remember(session, identity.SERVER, Keys(new_seed()).public)
        remember(session, identity.DEVICE, uuid4())
        remember(session, identity.TOLD, "life")


def choose(monkeypatch, dialog, answer):
    monkeypatch.setattr(QFileDialog, dialog, lambda *_: (answer, ""))


def test_a_letter_is_written_where_one_chose_and_the_card_remembers_it(
    qtbot, desk, jobs, card, met, monkeypatch, tmp_path
):
    record(desk, "visit", story()["visit"])
    choose(monkeypatch, "getSaveFileName", str(tmp_path / "letter.dala"))

    card.write.click()
    settle(qtbot, jobs)

    assert (tmp_path / "letter.dala").stat().st_size > 100
    assert card.result.text().startswith("1 edit is in the letter.")
    assert "Its reply has not come yet." in card.state.text()


def test_before_the_server_was_met_the_card_says_what_to_do(
    qtbot, jobs, card, monkeypatch, tmp_path
):
    choose(monkeypatch, "getSaveFileName", str(tmp_path / "letter.dala"))

    card.write.click()
    settle(qtbot, jobs)

    assert "sync over the network first" in card.result.text()
    assert list(tmp_path.glob("letter*")) == []
    assert card.state.isHidden()


def test_a_dialog_that_was_left_asks_for_nothing(qtbot, jobs, card, monkeypatch):
    for each in ("getSaveFileName", "getOpenFileNames", "getOpenFileName"):
        choose(monkeypatch, each, [] if each.endswith("Names") else "")

    for button in (card.write, card.deliver, card.take):
        button.click()
    settle(qtbot, jobs)

    assert card.result.isHidden()


def test_letters_are_delivered_one_by_one_and_each_is_told(
    qtbot, jobs, card, monkeypatch, tmp_path
):
    good, bad = tmp_path / "good.dala", tmp_path / "bad.dala"
    told = [
        Delivery(good, tmp_path / "good-reply.dala"),
        Delivery(bad, problem=Offline("Choose another file.")),
    ]
    monkeypatch.setattr(carry, "deliver", lambda _desk, paths: told if len(paths) == 2 else [])
    choose(monkeypatch, "getOpenFileNames", [str(good), str(bad)])

    card.deliver.click()
    settle(qtbot, jobs)

    first, second = card.result.text().splitlines()
    assert "“good.dala” was delivered" in first
    assert second == "Choose another file."
    assert card.deliver.isEnabled()


def test_what_is_no_letter_is_said_without_asking_the_server(
    qtbot, jobs, card, monkeypatch, tmp_path
):
    letter = tmp_path / "letter.dala"
    letter.write_bytes(b"nothing")
    choose(monkeypatch, "getOpenFileNames", [str(letter)])

    card.deliver.click()
    settle(qtbot, jobs)

    assert "no carry file" in card.result.text()


def test_a_reply_is_taken_in_and_its_changes_are_announced(
    qtbot, jobs, card, monkeypatch, tmp_path
):
    came = Change(kind="visit", record=uuid4(), district="x", fields={})
    done = carried.Taken(sent=3, taken=2, changes=[came])
    monkeypatch.setattr(carry, "take_reply", lambda *_: done)
    choose(monkeypatch, "getOpenFileName", str(tmp_path / "reply.dala"))

    with qtbot.waitSignal(jobs.recorded) as announced:
        card.take.click()
    settle(qtbot, jobs)

    assert announced.args == [[came]]

    assert card.result.text().startswith("The reply was taken in. Now on the server: 3;")


def test_the_card_speaks_another_language_at_once(qtbot, jobs, card):
    use_language("kk")
    settle(qtbot, jobs)

    assert card.write.text() == "Хат жазу"
