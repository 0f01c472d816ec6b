"""The round trip as a laptop sees it, over the laptop's own transport."""

from uuid import uuid4

import msgspec
import pytest
from sqlalchemy import event, func, select

from sync.change import SyncRequest
from sync.errors import Offline, SignInAgain
from sync.server import admin
from sync.server.tables import Account, Entry, Kept
from tests.servers import SAIRAM, SOZAQ, change, whole_issue

LAST_WRITTEN = "UPDATE stream"


def kept(server, record, district=SOZAQ):
    with server.looking() as session:
        return session.get(Kept, (district, record))


def test_a_change_sent_twice_is_taken_once(server):
    aidana = server.laptop("aidana")
    visit = change("visit", people=3)

    first, again = aidana.exchange(visit), aidana.exchange(visit)

    assert first.accepted == again.accepted == {visit.id: 1}
    assert kept(server, visit.record).fields["people"] == 3
    with server.looking() as session:
        assert session.scalar(select(func.count()).select_from(Entry)) == 1


def test_a_numbered_change_that_comes_again_is_no_copied_laptops_also_after_a_move(server):
    """Its reply was lost, and meanwhile its person went to another district."""
    aidana = server.laptop("aidana")
    visit = msgspec.structs.replace(change("visit", people=3), number=1)
    first = aidana.exchange(visit)
    with server.service.store.writing.begin() as session:
        session.get_one(Account, "aidana").district = SAIRAM

    again = aidana.exchange(visit)

    assert not again.cloned
    assert again.accepted == first.accepted == {visit.id: 1}


def test_a_change_twice_in_one_request_is_taken_once_even_if_refused(server):
    aidana = server.laptop("aidana")
    visit, wrong = change("visit", people=3), change("visit", people="three")

    reply = aidana.exchange(visit, wrong, visit, wrong)

    assert reply.accepted == {visit.id: 1}
    assert [refusal.change for refusal in reply.refused] == [wrong.id]


def test_a_known_change_gets_its_first_answer_whatever_it_says_now(server):
    aidana = server.laptop("aidana")
    wrong = change("visit", people="three")
    first = aidana.exchange(wrong).refused

    again = aidana.exchange(change_as(wrong, people=3))

    assert again.refused == first
    assert again.accepted == {}


def change_as(one, **fields):
    return msgspec.structs.replace(one, fields=fields)


def test_a_refused_edit_says_why_and_brings_the_record_as_it_stands(server):
    aidana = server.laptop("aidana")
    visit = change("visit", people=3)
    aidana.exchange(visit)

    reply = aidana.exchange(change("visit", visit.record, base=1, people="many"))

    assert "not right" in reply.refused[0].reason
    assert [(now.record, now.fields["people"]) for now in reply.changes] == [(visit.record, 3)]


def test_own_writes_do_not_come_back_and_others_get_them(server):
    aidana, bekzat = server.laptop("aidana"), server.laptop("bekzat")
    visit = change("visit", people=3)

    assert aidana.exchange(visit).changes == []
    assert [one.record for one in bekzat.exchange().changes] == [visit.record]
    assert bekzat.exchange().changes == []


def test_nothing_foreign_is_read(server):
    aidana, zere = server.laptop("aidana"), server.laptop("zere", district=SAIRAM)
    visit = change("visit", people=3)
    aidana.exchange(visit)

    reply = zere.transport.exchange(
        SyncRequest(cursors={SOZAQ: 0, SAIRAM: 0, "region": 0}, changes=[])
    )

    assert reply.changes == []
    assert SOZAQ not in reply.cursors


def test_nothing_foreign_is_written_nor_shown_by_the_refusal(server):
    aidana, zere = server.laptop("aidana"), server.laptop("zere", district=SAIRAM)
    visit = change("visit", people=3)
    aidana.exchange(visit)

    reply = zere.exchange(
        change("visit", visit.record, base=1, people=9),  # there
        change("visit", visit.record, district=SAIRAM, people=9),  # or carried off to here
        change("comment", parent=visit.record, district=SAIRAM, text="?"),
    )

    assert reply.accepted == {}
    assert len(reply.refused) == 3
    assert reply.changes == []
    assert kept(server, visit.record).fields["people"] == 3
    assert kept(server, visit.record, SAIRAM) is None


def test_a_coordinator_reads_and_writes_every_district(server):
    aidana, zere = server.laptop("aidana"), server.laptop("zere", district=SAIRAM)
    eset = server.laptop("eset", "coordinator")
    here, there = change("visit", people=3), change("visit", district=SAIRAM, people=4)
    aidana.exchange(here)
    zere.exchange(there)

    assert {one.record for one in eset.exchange().changes} == {here.record, there.record}
    assert eset.exchange(change("visit", there.record, district=SAIRAM, base=1, people=5)).accepted


@pytest.mark.parametrize("role", ["analyst", "integrity_officer", "administrator"])
def test_other_roles_read_no_district_and_change_nothing(server, role):
    aidana, other = server.laptop("aidana"), server.laptop("other", role)
    visit = change("visit", people=3)
    aidana.exchange(visit)

    reply = other.exchange(change("visit", visit.record, base=1, people=9))

    assert reply.accepted == {}
    assert reply.changes == []


def test_only_a_coordinator_writes_what_the_region_shares(server):
    aidana, eset = server.laptop("aidana"), server.laptop("eset", "coordinator")
    official = {"post": "Аудан әкімі", "body": "akimat"}

    assert aidana.exchange(change("official", district="region", **official)).refused
    taken = eset.exchange(change("official", district="region", post="Аудан әкімі"))

    assert len(taken.accepted) == 1
    assert [one.kind for one in aidana.exchange().changes] == ["official"]


def test_issues_are_numbered_without_gaps_and_their_laptop_is_told(server):
    aidana, bekzat = server.laptop("aidana"), server.laptop("bekzat")
    good, bad = whole_issue(), whole_issue(essence=5)

    told = aidana.exchange(good, bad, whole_issue())
    later = bekzat.exchange(whole_issue())

    numbers = [one.fields["number"] for one in [*told.changes, *later.changes] if one.fields]
    assert sorted(set(numbers)) == [f"6156-2026-{serial:05d}" for serial in (1, 2, 3)]


def test_a_record_cannot_become_another_kind(server):
    aidana = server.laptop("aidana")
    issue = whole_issue()
    aidana.exchange(issue)

    reply = aidana.exchange(change("visit", issue.record, base=1, people=3))

    assert "another kind" in reply.refused[0].reason


@pytest.mark.parametrize(
    "fields",
    [
        {"outcome": "a\0b"},
        {"outcome\0": "a"},
        {"people": 10**30},
        {"removed": "yes"},
        {"outcome": [[[[[[[[[[[[1]]]]]]]]]]]]},
    ],
)
def test_what_no_laptop_could_keep_is_refused_and_the_rest_goes_on(server, fields):
    aidana = server.laptop("aidana")
    poison, good = change("visit", **fields), change("visit", people=3)

    reply = aidana.exchange(poison, good)

    assert [refusal.change for refusal in reply.refused] == [poison.id]
    assert good.id in reply.accepted


def test_an_unknown_kind_and_an_unknown_district_are_refused_in_words(server):
    aidana = server.laptop("aidana")

    reply = aidana.exchange(change("poem", text="…"), change("visit", district="nowhere"))

    assert all(refusal.reason for refusal in reply.refused)
    assert len(reply.refused) == 2


def test_pages_end_where_the_next_begins(server, monkeypatch):
    monkeypatch.setattr("sync.server.news.since.__defaults__", (3, 2**20))
    monkeypatch.setattr("sync.server.news.LARGE", (3, 2**20))
    aidana, bekzat = server.laptop("aidana"), server.laptop("bekzat")
    visits = [change("visit", people=n) for n in range(8)]
    aidana.exchange(*visits)

    taken, pages = [], 0
    while True:
        reply = bekzat.exchange()
        taken += [one.record for one in reply.changes]
        pages += 1
        if not reply.more:
            break

    assert taken == [visit.record for visit in visits]
    assert pages == 3


def test_without_a_token_or_with_a_revoked_one_nothing_is_said(server):
    aidana = server.laptop("aidana")
    with server.service.store.writing.begin() as session:
        admin.revoke(session, str(aidana.device))

    with pytest.raises(SignInAgain):
        aidana.exchange(change("visit", people=3))
    with pytest.raises(SignInAgain):
        server.transport("guess").exchange(SyncRequest(cursors={}, changes=[]))


@pytest.mark.parametrize("moment", ["before_commit", "before_cursor_execute"])
def test_nothing_is_called_accepted_that_was_not_committed(server, moment):
    """By default the framework answers first and commits afterwards: see `scope` in deps.py."""
    aidana = server.laptop("aidana")
    visit = whole_issue()

    def disk_is_full(_, cursor=None, statement=LAST_WRITTEN, *more):
        if statement.startswith(LAST_WRITTEN):
            raise OSError("disk is full")

    store = server.service.store
    where = store.writing if moment == "before_commit" else store.engine
    event.listen(where, moment, disk_is_full)
    with pytest.raises(Offline, match="difficulty of its own"):
        aidana.exchange(visit)
    event.remove(where, moment, disk_is_full)

    assert kept(server, visit.record) is None
    assert aidana.exchange(visit).accepted == {visit.id: 1}


def test_the_epoch_is_the_databases_and_changes_after_a_restore(server):
    aidana = server.laptop("aidana")
    before, again = aidana.exchange().epoch, aidana.exchange().epoch

    with server.service.store.writing.begin() as session:
        admin.epoch(session, renew=True)

    assert before == again != aidana.exchange().epoch


def test_many_strange_cursors_harm_nobody(server):
    aidana = server.laptop("aidana")
    strange = {SOZAQ: 10**30, "region": -5, str(uuid4()): 3}

    reply = aidana.transport.exchange(SyncRequest(cursors=strange, changes=[]))

    assert reply.changes == []
