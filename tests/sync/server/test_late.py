"""An edit whose person has left the district waits on the server until somebody decides."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import sleep
from uuid import uuid4

import pytest
from sqlalchemy import delete, update

from sync.erasure import ERASED, GONE
from sync.errors import Refused
from sync.language import tr
from sync.server import ledger
from sync.server.daily import KEEPER
from sync.server.tables import Account, Kept, LateEdit
from tests.servers import SAIRAM, SOZAQ, change, whole_issue


def move(server, line, district, role="activist"):
    with server.service.store.writing.begin() as session:
        account = session.get_one(Account, line.person.id)
        account.district, account.role = district, role


def given(server):
    """An issue of Созақ that aidana knows, and aidana in Сайрам since."""
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    issue = whole_issue()
    aidana.exchange(issue)
    move(server, aidana, SAIRAM)
    return aidana, lea, issue.record


def fields(server, record):
    with server.looking() as session:
        row = session.get(Kept, (SOZAQ, record))
        return row and (row.by, row.fields)


def test_it_is_neither_in_the_record_nor_lost(server):
    aidana, lea, issue = given(server)
    edit = change("issue", issue, base=1, address="5")

    reply = aidana.exchange(edit)

    assert "waits on the server" in reply.refused[0].reason
    assert "address" not in fields(server, issue)[1]
    [held] = lea.transport.late_edits()
    assert (held.change.id, held.change.by, held.change.fields) == (
        edit.id,
        "aidana",
        {"address": "5"},
    )


def test_what_is_taken_is_its_authors(server):
    aidana, lea, issue = given(server)
    edit = change("issue", issue, base=1, address="5")
    aidana.exchange(edit)

    lea.transport.decide_late(edit.id, take=True)

    by, now = fields(server, issue)
    assert (by, now["address"]) == ("aidana", "5")
    assert lea.transport.late_edits() == []


def test_who_decides_and_a_daily_run_that_strikes_do_not_wait_for_each_other(server):
    """The run holds the stream, and then writes late edits; who decides takes both in that order."""
    aidana, lea, issue = given(server)
    edit = change("issue", issue, base=1, address="5")
    aidana.exchange(edit)
    with ThreadPoolExecutor(1) as apart:
        with server.service.writing(KEEPER) as session:
            ledger.lock(session, SOZAQ)
            decided = apart.submit(lea.transport.decide_late, edit.id, take=True)
            sleep(0.5)
            session.execute(delete(LateEdit).where(LateEdit.change == edit.id))

        with pytest.raises(Refused):  # there is nothing here any more
            decided.result(10)


def test_what_is_dropped_leaves_the_record_as_it_was(server):
    aidana, lea, issue = given(server)
    edit = change("issue", issue, base=1, address="5")
    aidana.exchange(edit)
    before = fields(server, issue)

    lea.transport.decide_late(edit.id, take=False)

    assert fields(server, issue) == before
    assert lea.transport.late_edits() == []


def test_new_records_and_parts_wait_too(server):
    aidana, lea, issue = given(server)
    visit = change("visit", people=3)
    comment = change("comment", parent=issue, text="Келді")

    aidana.exchange(visit, comment)

    assert fields(server, visit.record) is None
    assert {one.change.id for one in lea.transport.late_edits()} == {visit.id, comment.id}
    for one in (visit, comment):
        lea.transport.decide_late(one.id, take=True)
    assert fields(server, visit.record)[1]["author"] == "aidana"
    assert fields(server, comment.record)[1]["text"] == "Келді"


def test_sent_again_it_waits_once(server):
    aidana, lea, issue = given(server)
    edit = change("issue", issue, base=1, address="5")

    first, again = aidana.exchange(edit), aidana.exchange(edit)

    assert [one.reason for one in first.refused] == [one.reason for one in again.refused]
    assert len(lea.transport.late_edits()) == 1


def test_an_edit_that_merges_with_what_came_meanwhile_makes_a_conflict(server):
    aidana, lea, issue = given(server)
    lea.exchange(change("issue", issue, base=1, address="7"))
    edit = change("issue", issue, base=1, address="5")
    aidana.exchange(edit)

    lea.transport.decide_late(edit.id, take=True)

    _, now = fields(server, issue)
    assert now["address"] == "7"
    assert [one["value"] for one in now["conflicts"]["address"]] == ["5"]


def test_what_the_rules_forbid_anyway_is_refused_and_does_not_wait(server):
    aidana, lea, issue = given(server)

    reply = aidana.exchange(
        change("issue", issue, base=1, category="nothing"),
        change("issue", issue, base=1, review="approved"),
        change("form", district="region", name="Н"),
    )

    assert len(reply.refused) == 3
    assert lea.transport.late_edits() == []


def test_a_return_waits_if_what_is_to_be_put_right_was_said_before_its_leader_left(server):
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    said, unsaid = whole_issue(review="sent"), whole_issue(review="sent")
    aidana.exchange(said, unsaid)
    lea.exchange(change("comment", parent=said.record, about="essence", text="Көше аты жоқ"))
    move(server, lea, SAIRAM, "leader")

    lea.exchange(
        *(change("issue", one.record, base=2, review="returned") for one in (said, unsaid))
    )

    [waits] = server.laptop("dana", "leader").transport.late_edits()
    assert waits.change.record == said.record


@pytest.mark.parametrize(
    ("login", "role", "district", "sees"),
    [
        ("dan", "leader", SAIRAM, False),
        ("eva", "coordinator", SOZAQ, True),
        ("ben", "activist", SOZAQ, False),
        ("ann", "analyst", SOZAQ, False),
    ],
)
def test_who_decides(server, login, role, district, sees):
    aidana, _, issue = given(server)
    edit = change("issue", issue, base=1, address="5")
    aidana.exchange(edit)
    other = server.laptop(login, role, district)

    assert bool(other.transport.late_edits()) is sees
    if not sees:
        with pytest.raises(Refused):
            other.transport.decide_late(edit.id, take=True)
        assert "address" not in fields(server, issue)[1]


def test_what_the_record_does_not_take_any_more_waits_on(server):
    aidana, lea, issue = given(server)
    edit = change("issue", issue, base=1, essence="Су бар")
    aidana.exchange(edit)
    lea.exchange(change("issue", issue, base=1, review="sent"))
    lea.exchange(change("issue", issue, base=2, review="approved"))

    with pytest.raises(Refused, match="closed"):
        lea.transport.decide_late(edit.id, take=True)

    assert len(lea.transport.late_edits()) == 1


def test_nothing_of_it_outlives_the_record(server):
    aidana, lea, issue = given(server)
    aidana.exchange(
        change("issue", issue, base=1, address="Гүлсім, 5"),
        change("comment", parent=issue, text="Гүлсім"),
    )

    lea.exchange(change("issue", issue, base=1, **{ERASED: "request"}))

    assert lea.transport.late_edits() == []
    with server.looking() as session:
        assert session.query(LateEdit).all() == []


def test_a_change_that_is_not_there_is_not_decided(server):
    lea = server.laptop("lea", "leader")

    with pytest.raises(Refused):
        lea.transport.decide_late(uuid4(), take=False)


def test_who_came_back_meanwhile_is_the_author_all_the_same(server):
    aidana, lea, issue = given(server)
    edit = change("issue", issue, base=1, address="5")
    aidana.exchange(edit)
    move(server, aidana, SOZAQ)

    lea.transport.decide_late(edit.id, take=True)

    assert fields(server, issue)[0] == "aidana"


def test_why_it_is_not_taken_is_said_to_who_decides(server):
    aidana, lea, issue = given(server)
    edit = change("issue", issue, base=1, essence="Су бар")
    aidana.exchange(edit)
    lea.exchange(change("issue", issue, base=1, review="sent"))
    lea.exchange(change("issue", issue, base=2, review="approved"))
    with server.service.store.writing.begin() as session:
        session.get_one(Account, "aidana").language = "kk"

    with pytest.raises(Refused, match="closed"):  # lea reads English
        lea.transport.decide_late(edit.id, take=True)


def test_an_edit_of_what_the_server_has_lost_waits_on(server):
    aidana, lea, issue = given(server)
    edit = change("issue", issue, base=1, address="5")
    aidana.exchange(edit)
    with server.looking() as session, session.begin():
        session.execute(delete(Kept).where(Kept.id == issue))

    with pytest.raises(Refused, match="not there"):
        lea.transport.decide_late(edit.id, take=True)

    assert len(lea.transport.late_edits()) == 1


@pytest.mark.parametrize("again", [True, False])
def test_what_was_decided_is_not_decided_again(server, again):
    aidana, lea, issue = given(server)
    edit = change("issue", issue, base=1, address="5")
    aidana.exchange(edit)
    lea.transport.decide_late(edit.id, take=True)
    lea.exchange(change("issue", issue, base=2, address="7"))

    with pytest.raises(Refused):
        server.laptop("eva", "coordinator").transport.decide_late(edit.id, take=again)

    assert fields(server, issue)[1]["address"] == "7"


def test_an_edit_of_an_erased_record_does_not_wait(server):
    aidana, lea, issue = given(server)
    lea.exchange(change("issue", issue, base=1, **{ERASED: "request"}))

    reply = aidana.exchange(
        change("issue", issue, base=1, address="Гүлсім, 5"),
        change("comment", parent=issue, text="Гүлсім"),
    )

    assert {one.reason for one in reply.refused} == {tr(GONE, "en")}
    with server.looking() as session:
        assert session.query(LateEdit).all() == []


def test_an_edit_that_makes_another_kind_of_it_does_not_wait(server):
    aidana, lea, issue = given(server)

    reply = aidana.exchange(change("visit", issue, base=1, people=3))

    assert len(reply.refused) == 1
    assert lea.transport.late_edits() == []


def test_the_oldest_comes_first(server):
    aidana, lea, issue = given(server)
    edits = [change("issue", issue, base=1, address=one) for one in ("5", "7")]
    aidana.exchange(*edits)
    with server.looking() as session, session.begin():
        newer = update(LateEdit).where(LateEdit.change == edits[0].id)
        session.execute(newer.values(received=server.service.now() + timedelta(days=1)))

    found = [one.change.id for one in lea.transport.late_edits()]

    assert found == [edits[1].id, edits[0].id]
