"""A mistake of the server's program that one edit brings to light costs that edit alone."""

import pytest
from sqlalchemy import select

from sync.errors import Offline
from sync.server import ledger
from sync.server.mistakes import MISTAKEN, MOST
from sync.server.tables import Account, Entry
from tests.servers import SAIRAM, change, whole_issue

POISON = "Айгүлдің суы"


@pytest.fixture
def mend(monkeypatch):
    """The merge fails on what holds POISON until this is called; `mend.error` is what it raises."""
    merge = ledger.merge

    class Mend:
        error = KeyError(POISON)

        def __call__(self):
            self.error = None

    mended = Mend()

    def mistaken(standing, said, revision):
        if mended.error and POISON in said.fields.values():
            raise mended.error
        return merge(standing, said, revision)

    monkeypatch.setattr(ledger, "merge", mistaken)
    return mended


def poison():
    return whole_issue(essence=POISON)


def entries(server):
    with server.looking() as session:
        return {one.change: one for one in session.scalars(select(Entry))}


def test_the_others_are_taken_the_news_come_and_the_edit_is_refused_in_words(server, mend, caplog):
    aidana, bekzat = server.laptop("aidana"), server.laptop("bekzat")
    bekzat.exchange(change("visit", people=3))
    bad, good = poison(), [whole_issue(), change("visit", people=4)]

    told = aidana.exchange(good[0], bad, good[1])

    assert told.accepted.keys() == {one.id for one in good}
    assert [(one.change, one.reason) for one in told.refused] == [(bad.id, MISTAKEN)]
    assert [one.fields["people"] for one in told.changes if one.kind == "visit"] == [3]
    assert "KeyError" in caplog.text
    assert str(bad.id) in caplog.text
    assert POISON not in caplog.text


def test_the_ledger_keeps_what_it_said_and_answers_it_so_again(server, mend):
    aidana, bad = server.laptop("aidana"), poison()
    aidana.exchange(bad)
    mend()

    again = aidana.exchange(bad)
    anew = aidana.exchange(poison())

    assert [one.reason for one in again.refused] == [MISTAKEN]
    assert entries(server)[bad.id].fields["essence"] == POISON
    assert len(anew.accepted) == 1


def test_where_many_records_fail_the_server_is_broken_and_all_of_it_waits(server, mend):
    aidana = server.laptop("aidana")
    some, good = [poison() for _ in range(MOST + 1)], whole_issue()

    with pytest.raises(Offline, match="difficulty of its own"):
        aidana.exchange(good, *some)

    assert entries(server) == {}
    mend()
    assert len(aidana.exchange(good, *some).accepted) == MOST + 2


def test_many_edits_of_few_records_are_no_sign_of_that(server, mend):
    aidana, bad = server.laptop("aidana"), [poison() for _ in range(MOST)]
    more = [change("issue", bad[0].record, essence=POISON) for _ in range(MOST)]

    assert len(aidana.exchange(*bad, *more).refused) == 2 * MOST


@pytest.mark.parametrize("error", [OSError("disk is full"), MemoryError()])
def test_what_the_machine_lacks_is_no_edits_fault(server, mend, error):
    aidana, bad = server.laptop("aidana"), poison()
    mend.error = error

    with pytest.raises(Offline):
        aidana.exchange(bad)

    mend()
    assert aidana.exchange(bad).accepted.keys() == {bad.id}


def test_of_who_has_left_the_district_too_it_costs_one_edit(server, mend):
    aidana = server.laptop("aidana")
    with server.service.store.writing.begin() as session:
        session.get_one(Account, "aidana").district = SAIRAM
    bad, good = poison(), whole_issue(district=SAIRAM)

    told = aidana.exchange(bad, good)

    assert [one.change for one in told.refused] == [bad.id]
    assert told.accepted.keys() == {good.id}
