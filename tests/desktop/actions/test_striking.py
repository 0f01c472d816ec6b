"""Thirty days after a consent was withdrawn the name is nowhere on a laptop: file, journal, copies."""

import pytest

from desktop.actions import carry, consent, exchange, records
from desktop.actions.holdings import held_about
from desktop.holdings import paper, reach
from desktop.journal_file import read_journal
from sync.change import encode
from sync.client import scrub, striking
from sync.client.tables import ConsentEnd
from tests.desktop.actions.test_consent import NAME, saved
from tests.desktop.actions.test_erasure_action import bytes_of
from tests.guards import rewritten
from tests.profiles import ISSUE

LATER = {"days": 31}


def journal_of(desk):
    """The words of the journal beside its file."""
    told = read_journal(desk.store.path.with_name("outbox.journal"), desk.store._key)
    return b"\n".join(encode(change) for change in told.since(None))


def left(desk):
    """Where the name still is."""
    places = {
        "file": NAME.encode() in bytes_of(desk),
        "journal": NAME.encode() in journal_of(desk),
        "copies": any(desk.store.copies.iterdir()),
    }
    return {place for place, there in places.items() if there}


@pytest.fixture
def withdrawn(lea, own_server):
    """An issue whose consent was withdrawn; a copy of the file and its journal have the name."""
    id = saved(lea)
    exchange.exchange(lea)
    lea.store.copies.mkdir(exist_ok=True)
    lea.store.copy(lea.store.copies / "20261125T090000.db")
    consent.withdraw(lea, id)
    own_server.service.clock.go(days=1)  # a laptop looks once a day
    exchange.exchange(lea)
    return id


def test_within_thirty_days_it_can_be_taken_back_and_nothing_is_lost(lea, own_server, withdrawn):
    own_server.service.clock.go(days=29)
    exchange.exchange(lea)
    assert left(lea) >= {"journal"}

    records.save(lea, "issue", {"applicant": NAME, "consent_ended": None}, withdrawn)
    own_server.service.clock.go(days=5)
    exchange.exchange(lea)

    assert records.show(lea, withdrawn)["applicant"] == NAME
    assert "file" in left(lea)


def test_after_thirty_days_nothing_on_the_laptop_holds_the_name(lea, own_server, withdrawn):
    assert left(lea) == {"file", "journal", "copies"}
    own_server.service.clock.go(**LATER)

    exchange.exchange(lea)

    assert left(lea) == set()


def test_a_reply_that_comes_by_stick_tells_the_day_too(lea, own_server, withdrawn, tmp_path):
    own_server.service.clock.go(**LATER)
    carry.write_letter(lea, tmp_path / "letter.dala")
    [delivered] = carry.deliver(lea, [tmp_path / "letter.dala"])
    with lea.store() as session:
        assert not scrub.copies_go(session)

    carry.take_reply(lea, delivered.reply)

    assert left(lea) == set()


def test_what_was_not_sent_when_its_person_withdrew_says_no_name(lea):
    id = saved(lea)
    records.save(lea, "issue", {"review": "sent"}, id)  # what comes after is another edit
    records.save(lea, "issue", {"phone": "+77021234567"}, id)
    consent.withdraw(lea, id)

    waits = exchange.waiting(lea)

    assert not any(NAME in str(one) or "+7702" in str(one) for one in waits)
    exchange.exchange(lea)
    assert exchange.state(lea).attention == 0
    assert (
        records.show(lea, id)["review"] == "sent"
    )  # no witness of a consent that ended is missed


def test_an_exchange_that_does_not_look_is_found_out(lea, own_server, withdrawn):
    own_server.service.clock.go(**LATER)
    looks = "striking.strike(desk.store, records.now)"
    with rewritten(exchange.exchange, looks, "None").removed():
        exchange.exchange(lea)
    assert left(lea) >= {"journal"}


def test_a_copy_that_stays_is_found_out(lea, own_server, withdrawn):
    own_server.service.clock.go(**LATER)
    words = "remember(session, UNTIDY, True)"
    with rewritten(striking.strike, words, "pass").removed():
        exchange.exchange(lea)
    assert left(lea) >= {"copies", "journal"}


def test_the_paper_says_that_it_was_struck_and_not_an_empty_line(lea, own_server, withdrawn):
    records.save(lea, "issue", {"essence": f"{NAME} айтты"}, withdrawn)
    own_server.service.clock.go(**LATER)
    exchange.exchange(lea)

    found = held_about(lea, NAME)

    said = paper.text(lea, found, own_server.service.now())
    assert "Dala: Struck: name, phone and witness: consent was withdrawn" in said


def test_an_old_name_is_said_to_be_struck_and_when(lea, own_server, withdrawn):
    [holding] = held_about(lea, NAME).holdings

    assert holding.ended
    assert "struck from the server's history" in reach.advice(lea, holding)
    with lea.store() as session:
        assert session.get(ConsentEnd, withdrawn).struck is None


def test_who_withdraws_is_told_of_the_thirty_days_and_of_what_stays():
    said = consent.what_stays()
    assert "within thirty days" in said
    assert "five weeks more" in said
    assert "history on the server keeps" not in said


def test_an_issue_without_a_name_costs_no_copy(lea, own_server):
    records.save(lea, "issue", ISSUE)
    exchange.exchange(lea)
    own_server.service.clock.go(**LATER)
    exchange.exchange(lea)
    with lea.store() as session:
        assert not scrub.is_untidy(session)
