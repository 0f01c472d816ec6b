"""Leaders and coordinators are told who looked; their laptops notice a chain that was rewritten."""

import os
from datetime import date, timedelta
from random import Random
from uuid import uuid4

import msgspec
import pytest
from sqlalchemy import delete, select

from sync.answers import Answer
from sync.audit import KEPT, AuditPage
from sync.change import SyncRequest, now
from sync.client import who_looked as laptop
from sync.client.tables import AuditSeen
from sync.errors import Refused
from sync.exports import HELD, Exported
from sync.person import SERVER
from sync.records.base import Base
from sync.reports import BOX, SEAL, SealedLetter
from sync.server import admin, audit, who_looked
from sync.server.audit import FIRST, Act
from sync.server.tables import AuditEntry, AuditHead
from tests.loopback import memory
from tests.servers import SAIRAM, SOZAQ, change, whole_issue

SOAK = bool(os.environ.get("DALA_SOAK"))
ROWS = 10_000 if SOAK else 300


@pytest.fixture
def file():
    """A laptop's file; what is in it goes with the test."""
    made = memory(Base)
    yield made
    made.kw["bind"].dispose()


def export(line, **more):
    said = {"id": uuid4().hex, "at": now(), "kind": "issue", "format": "csv", "rows": 12, **more}
    line.exchange(exported=[Exported(**said)])


def note(server, who, act, subject, district=SOZAQ, at=None, many=1):
    with server.service.store.writing.begin() as session:
        for _ in range(many):
            audit.note(session, who, act, subject, at or now(), district)


def asked(file, line):
    """One look of a laptop: as many pages as there are; (rows, pages)."""
    with file.begin() as session:
        wanted = laptop.begin(session, line.person)
    pages = 0
    while wanted is not None:
        page = line.transport.audit(*wanted)
        pages += 1
        with file.begin() as session:
            wanted = laptop.take(session, page, line.person)
    with file() as session:
        rows = session.scalars(select(AuditSeen).order_by(AuditSeen.number)).all()
    return rows, pages


def doubts(file):
    with file() as session:
        return laptop.doubts(session)


def rewrite(server, keep=lambda row: True, alter=lambda row: None):
    """Both tables made anew into another whole chain, by somebody who may do anything."""
    with server.looking() as session, session.begin():
        rows = session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
        told = [row for row in rows if keep(row)]
        before = FIRST
        for number, row in enumerate(told, 1):
            alter(row)
            said = (row.at, row.who, row.act, row.subject, row.district)
            row.hash = before = audit._hash(before, number, *said)
        said = [(row.at, row.who, row.act, row.subject, row.hash, row.district) for row in told]
        session.expunge_all()
        session.execute(delete(AuditEntry))
        for number, (at, who, act, subject, hash, district) in enumerate(said, 1):
            session.add(AuditEntry(number=number, at=at, who=who, act=act, subject=subject,
                                   hash=hash, district=district))  # fmt: skip
        head = session.get_one(AuditHead, 1)
        head.number, head.hash = len(said), before
    with server.looking() as session:
        assert audit.broken(session) is None  # it is whole in itself


def test_a_leader_sees_who_took_what_out_in_the_own_district_and_a_coordinator_everywhere(
    server, file
):
    aidana, zere = server.laptop("aidana"), server.laptop("zere", district=SAIRAM)
    lea, eset = server.laptop("lea", "leader"), server.laptop("eset", "coordinator")
    export(aidana)
    export(zere, kind=HELD, format="", rows=900)

    mine = lea.transport.audit(0, 0).rows
    every = eset.transport.audit(0, 0).rows

    assert [(one.who, one.act, one.count, one.kind) for one in mine] == [
        ("aidana", "enrolled", 0, ""),
        ("lea", "enrolled", 0, ""),
        ("aidana", "exported", 12, "issue"),
    ]
    assert {one.district for one in every} == {SOZAQ, SAIRAM, "region"}
    assert [(one.act, one.count) for one in every if one.who == "zere"] == [
        ("enrolled", 0),
        ("looked", 900),
    ]
    told = msgspec.json.encode(every).decode()
    assert str(aidana.device) not in told


@pytest.mark.parametrize("role", ["activist", "analyst", "integrity_officer", "administrator"])
def test_nobody_else_is_told(server, role):
    other = server.laptop("other", role)

    with pytest.raises(Refused, match="may not see who looked"):
        other.transport.audit(0, 0)


def test_no_row_tells_of_who_reported_or_answered_and_no_leader_hears_of_reports(server):
    aidana, eset = server.laptop("aidana"), server.laptop("eset", "coordinator")
    lea, officer = server.laptop("lea", "leader"), server.laptop("officer", "integrity_officer")
    letter = SealedLetter(box=bytes(BOX), seals=[bytes(SEAL)], body=b"?")
    form = uuid4()
    wave = change("wave", district="region", title="Қараша", form=str(form))
    eset.exchange(wave)
    with server.looking() as session:
        begun = session.get_one(AuditHead, 1).number
    aidana.transport.hand_in(letter)
    aidana.transport.open_box(letter.box)
    aidana.transport.send_answers([Answer(wave=wave.record, form=form, district=SOZAQ, okrug="",
                                          on=date(2026, 11, 5), values={"q": "1"})])  # fmt: skip
    officer.transport.take_letters([letter.id])
    eset.transport.take_answers(wave.record, 0)

    told = eset.transport.audit(begun, 0).rows

    assert [(one.who, one.act, one.count) for one in told] == [
        ("officer", "took_reports", 1),
        ("eset", "read_answers", 1),
    ]
    assert str(letter.id) not in msgspec.json.encode(told).decode()
    assert lea.transport.audit(begun, 0).rows == []


def test_commands_say_whose_account_they_were_about_and_erasures_of_what_kind(server):
    lea = server.laptop("lea", "leader")
    issue = whole_issue()
    lea.exchange(issue)
    lea.exchange(change("issue", issue.record, erased="request"))
    with server.service.store.writing.begin() as session:
        result = admin.enrol_code(session, "lea")
        admin.note(session, "enrol-code", result)
        admin.note(session, "revoke", admin.revoke(session, "lea"))
    eset = server.laptop("eset", "coordinator")

    *_, erased, code, closed = [one for one in eset.transport.audit(0, 0).rows
                                if one.district == SOZAQ]  # fmt: skip

    assert (erased.act, erased.kind, erased.count) == ("erased", "issue", 1)
    assert (code.who, code.command, code.about) == (SERVER, "enrol-code", "lea")
    assert (closed.command, closed.about) == ("revoke", "lea")
    assert result["code"] not in msgspec.json.encode(eset.transport.audit(0, 0)).decode()


def test_pages_are_of_so_many_bytes_and_each_row_comes_once(server, file, monkeypatch):
    lea = server.laptop("lea", "leader")
    export(lea)
    for district in (SOZAQ, SAIRAM):
        note(server, "aidana", Act.EXPORTED, {"kind": "issue", "rows": 3}, district, many=ROWS)
    monkeypatch.setattr(who_looked, "MOST", 4_000)
    monkeypatch.setattr(who_looked, "ROWS", 10**6)
    assert len(msgspec.json.encode(lea.transport.audit(0, 0).rows)) < 4_500

    rows, pages = asked(file, lea)
    assert len(rows) == ROWS + 2
    assert pages > 3
    assert asked(file, lea)[1] == 1  # nothing new
    note(server, "aidana", Act.EXPORTED, {"kind": "visit", "rows": 5})
    rows, _ = asked(file, lea)
    assert (len(rows), rows[-1].kind) == (ROWS + 3, "visit")
    monkeypatch.setattr(who_looked, "ROWS", 100)
    monkeypatch.setattr(who_looked, "MOST", 10**6)
    again = memory(Base)
    assert len(asked(again, lea)[0]) == ROWS + 3
    again.kw["bind"].dispose()


def test_rows_of_more_than_90_days_are_not_told_and_leave_the_laptop(server, file):
    lea = server.laptop("lea", "leader")
    note(server, "old", Act.EXPORTED, {"rows": 1}, at=now() - KEPT - timedelta(hours=1))
    note(server, "new", Act.EXPORTED, {"rows": 1}, at=now() - KEPT + timedelta(hours=1))
    assert [row.who for row in lea.transport.audit(0, 0).rows] == ["lea", "new"]
    assert [row.who for row in asked(file, lea)[0]] == ["lea", "new"]

    page = AuditPage(rows=[], number=9, hash="a", now=now() + timedelta(hours=2),
                     known=lea.transport.audit(0, 3).known)  # fmt: skip
    with file.begin() as session:
        laptop.take(session, page, lea.person)
    with file() as session:
        assert session.scalars(select(AuditSeen.who)).all() == ["lea"]


def test_a_chain_that_grows_and_a_server_that_starts_again_raise_no_doubt(server, file):
    lea, aidana = server.laptop("lea", "leader"), server.laptop("aidana")
    for _ in range(3):
        asked(file, lea)
        export(aidana)
        note(server, "zere", Act.EXPORTED, {"rows": 1}, SAIRAM)
        with server.service.store.writing.begin() as session:
            admin.epoch(session, renew=True)

    assert len(asked(file, lea)[0]) == 5
    assert doubts(file) == []


def test_a_chain_that_had_no_row_yet_raises_no_doubt_with_its_first_one(server, file):
    """A server that was updated from before there was an audit: its laptops were bound long ago."""
    lea = server.laptop("lea", "leader")
    with server.looking() as session, session.begin():
        session.execute(delete(AuditEntry))
        head = session.get_one(AuditHead, 1)
        head.number, head.hash = 0, FIRST
    asked(file, lea)
    note(server, "aidana", Act.EXPORTED, {"rows": 1})

    assert [row.who for row in asked(file, lea)[0]] == ["aidana"]
    assert doubts(file) == []


def test_both_tables_rewritten_into_another_whole_chain_are_noticed_by_who_saw_the_one_before(
    server, file
):
    """Whatever is altered of ten thousand rows (soak): who, what, when, where; removed; a row more."""
    lea = server.laptop("lea", "leader")
    note(server, "aidana", Act.EXPORTED, {"kind": "issue", "rows": 3}, many=ROWS)
    chance = Random(20261128)
    for altered in ("who", "act", "subject", "district", "at", "removed"):
        asked(file, lea)
        with file.begin() as session:
            laptop.settle(session)
        number = chance.randint(2, ROWS)

        def alter(row, number=number, altered=altered):
            if row.number == number and altered != "removed":
                other = {"at": now(), "district": SAIRAM}.get(altered, f"{row.who}-{altered}")
                setattr(row, altered, other if altered != "subject" else '{"rows":0}')

        removed = number if altered == "removed" else None
        rewrite(server, keep=lambda row, gone=removed: row.number != gone, alter=alter)
        asked(file, lea)

        [doubt] = doubts(file)
        assert doubt.restored is None, altered
        assert doubt.number >= ROWS, altered
        rows, _ = asked(file, lea)  # all is told anew, and it is said once
        assert len(rows) > ROWS - 3
        assert doubts(file) == [doubt]


def test_rows_cut_off_with_their_head_are_noticed_and_a_laptop_that_saw_none_notices_nothing(
    server, file
):
    lea = server.laptop("lea", "leader")
    note(server, "aidana", Act.EXPORTED, {"rows": 3}, many=9)
    asked(file, lea)
    rewrite(server, keep=lambda row: row.number < 6)

    assert len(asked(file, lea)[0]) == 5
    assert len(doubts(file)) == 1
    fresh = memory(Base)
    asked(fresh, lea)
    assert doubts(fresh) == []
    fresh.kw["bind"].dispose()


def test_after_a_restore_that_the_chain_tells_of_it_is_said_as_one(server, file):
    lea = server.laptop("lea", "leader")
    note(server, SERVER, Act.RESTORED, {"backup": "long ago"}, "region", now() - timedelta(days=9))
    note(server, "aidana", Act.EXPORTED, {"rows": 3}, many=5)
    asked(file, lea)
    rewrite(server, keep=lambda row: row.number < 4)
    note(server, SERVER, Act.RESTORED, {"backup": "b"}, "region")
    asked(file, lea)

    [doubt] = doubts(file)
    assert doubt.restored is not None
    rewrite(server, alter=lambda row: setattr(row, "who", "nobody"))
    asked(file, lea)
    assert [one.restored is None for one in doubts(file)] == [
        False,
        True,
    ]  # an old one explains none


def test_who_gets_another_district_loses_the_rows_of_the_one_before_and_an_activist_all(
    server, file
):
    lea = server.laptop("lea", "leader")
    note(server, "zere", Act.EXPORTED, {"rows": 1}, SAIRAM)
    assert {row.district for row in asked(file, lea)[0]} == {SOZAQ}
    with server.service.store.writing.begin() as session:
        admin.set_role(session, server.service.pack, "lea", "leader", SAIRAM)
    moved = lea.transport.exchange(SyncRequest(cursors={}, changes=[])).scope.person
    there = msgspec.structs.replace(lea.person, district=moved.district)
    rows, _ = asked(file, type(lea)(there, lea.transport, lea.device))

    assert {row.district for row in rows} == {SAIRAM}
    assert doubts(file) == []
    with file.begin() as session:
        laptop.drop(session)
        assert session.scalars(select(AuditSeen)).all() == []


def test_a_row_whose_district_was_altered_is_not_as_it_was_written(server):
    note(server, "aidana", Act.EXPORTED, {"rows": 1}, many=3)
    with server.looking() as session:
        assert audit.broken(session) is None
        row = session.get_one(AuditEntry, 2)
        for district in ("region", SAIRAM):
            row.district = district
            session.flush()
            assert audit.broken(session) == 2
        session.rollback()
