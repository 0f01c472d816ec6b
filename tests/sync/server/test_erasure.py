"""An erasure on a real server: nothing of the record is left in its database or among its files."""

from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import delete, insert, inspect, select, text

from sync.erasure import ERASED, GONE
from sync.errors import Offline, Refused
from sync.language import tr
from sync.parts import PART
from sync.server import doomed, erasure
from sync.server.blobs import BlobFolder, StoreAway
from sync.server.tables import Blob, Doomed, Entry, Kept, ServerBase
from tests.servers import SAIRAM, change, whole_issue

SECRET = "Гүлсім Ахметова"
PHOTO, SMALL, OTHER = b"a road" * 99, b"a small road", b"another road"


def name_of(content):
    return sha256(content).hexdigest()


def everything(server):
    """All bytes of SQLite's files, or all that PostgreSQL gives out, as one."""
    engine = server.service.store.owner
    if engine.dialect.name == "sqlite":
        path = Path(engine.url.database)
        return path.read_bytes() + path.with_name(f"{path.name}-wal").read_bytes()
    with engine.begin() as connection:
        rows = [
            str(value)
            for table in inspect(engine).get_table_names()
            for row in connection.execute(text(f'SELECT t::text FROM "{table}" t'))
            for value in row
        ]
    return "\n".join(rows).encode()


def files(server):
    folder = server.service.blobs._folder
    return {path.name for path in folder.rglob("*") if path.is_file()}


def put(line, content):
    line.transport.put_part(name_of(content), 0, content, last=True)


def attachment(content, parent, small=None, **more):
    named = {"sha256": name_of(content), "name": f"{SECRET}.jpg", "media_type": "image/jpeg"}
    if small:
        named["thumbnail"] = name_of(small)
    return change("attachment", parent=parent, size=len(content), **named, **more)


def given_an_issue(line):
    issue = whole_issue(essence=SECRET, applicant=SECRET, consent_way="signed")
    line.exchange(
        issue,
        change("step", parent=issue.record, done_on="2026-11-05", type="note", text=SECRET),
        change("comment", parent=issue.record, about="essence", text=SECRET),
        attachment(PHOTO, issue.record, SMALL),
        change("issue", issue.record, base=-2, category=SECRET),  # refused
    )
    put(line, PHOTO)
    put(line, SMALL)
    return issue.record


def erase(line, record, kind="issue", reason="request"):
    return line.exchange(change(kind, record, base=1, **{ERASED: reason}))


def test_nothing_is_left_in_the_database(server):
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    issue = given_an_issue(aidana)
    assert SECRET.encode() in everything(server)

    reply = erase(lea, issue)

    assert not reply.refused
    assert SECRET.encode() not in everything(server)
    assert PHOTO not in everything(server)


def test_an_edit_that_was_refused_before_is_told_another_reason_when_it_comes_again(server):
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    issue = whole_issue()
    edit = change("issue", issue.record, base=1, category="nothing")
    [before] = aidana.exchange(issue, edit).refused
    erase(lea, issue.record)

    [after] = aidana.exchange(edit).refused

    assert after.reason == tr(GONE, "en") != before.reason
    with server.looking() as session:
        refused = select(Entry.reason).where(Entry.change == edit.id)
        assert session.scalars(refused).all() == [""]


def test_with_the_servers_seal_anybody_from_anywhere_tells_it_again(server):
    """To a server that was restored from a backup, in which the record and its history still are."""
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    zere = server.laptop("zere", district=SAIRAM)
    tables = [Kept.__table__, Entry.__table__]
    issue = given_an_issue(aidana)
    with server.looking() as session:
        backup = [session.execute(select(table)).mappings().all() for table in tables]
    erase(lea, issue)
    [told] = [one for one in aidana.exchange().changes if one.record == issue]
    with server.looking() as session, session.begin():
        for table, rows in zip(tables, backup, strict=True):
            session.execute(delete(table))
            session.execute(insert(table), [dict(row) for row in rows])
    assert SECRET.encode() in everything(server)
    stone = change("issue", issue, **{ERASED: told.fields[ERASED]})
    after = change("issue", issue, base=1, address="5")

    reply = zere.exchange(stone, after)

    assert stone.id in reply.accepted
    assert after.id not in reply.accepted
    assert SECRET.encode() not in everything(server)
    assert reply.changes == []


def test_what_was_refused_of_it_under_another_district_goes_too(server):
    """A laptop's edit under the district that its record is not of: each ledger keeps what it refused."""
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    zere = server.laptop("zere", district=SAIRAM)
    issue = given_an_issue(aidana)
    [step] = [one for one in lea.exchange().changes if one.kind == "step"]
    edits = [
        change("issue", issue, district=SAIRAM, base=1, essence=f"{SECRET} elsewhere"),
        change("step", step.record, parent=issue, district=SAIRAM, text=f"{SECRET} elsewhere"),
        change("visit", district=SAIRAM, essence="Басқа"),
    ]
    assert len(zere.exchange(*edits).refused) >= 2
    assert f"{SECRET} elsewhere".encode() in everything(server)

    assert not erase(lea, issue).refused

    assert SECRET.encode() not in everything(server)
    with server.looking() as session:
        kept = session.scalars(select(Entry).where(Entry.district == SAIRAM)).all()
        assert {one.change for one in kept} >= {edits[0].id, edits[1].id}
        assert {tuple(one.fields) for one in kept if one.record != edits[2].record} == {()}
        [visit] = [one for one in kept if one.record == edits[2].record]
        assert visit.fields


def test_whoever_erased_sees_no_other_districts_history_afterwards(server):
    lea = server.laptop("lea", "leader")
    zere = server.laptop("zere", district=SAIRAM)
    visit, other = change("visit", people=3), change("visit", district=SAIRAM, people=4)
    zere.exchange(other)
    lea.exchange(visit)

    reply = lea.exchange(
        change("visit", visit.record, base=1, **{ERASED: "request"}),
        change("visit", other.record, district=SAIRAM, base=1, people=5),
        change("visit", other.record, district=SAIRAM, base=1, **{ERASED: "request"}),
    )

    assert len(reply.refused) == 2
    assert zere.exchange(change("visit", other.record, district=SAIRAM, base=1, people=6)).accepted


def test_its_files_go_unless_another_record_names_them(server):
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    issue, visit = given_an_issue(aidana), change("visit", people=3)
    other = attachment(OTHER, issue)
    aidana.exchange(other, visit, attachment(OTHER, visit.record))
    put(aidana, OTHER)
    assert files(server) == {name_of(PHOTO), name_of(SMALL), name_of(OTHER)}

    erase(lea, issue)

    assert files(server) == {name_of(OTHER)}
    with server.service.store.reading() as session:
        assert [row.sha256 for row in session.query(Blob)] == [name_of(OTHER)]
        assert session.query(Doomed).all() == []
    assert lea.transport.lacking_blobs([name_of(PHOTO)]) == [name_of(PHOTO)]


def test_a_file_that_has_begun_to_arrive_goes_too(server):
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    long = b"x" * (PART + 9)
    issue = whole_issue()
    aidana.exchange(issue, attachment(long, issue.record))
    aidana.transport.put_part(name_of(long), 0, long[:PART], last=False)

    erase(lea, issue.record)

    assert server.service.parts.offset(name_of(long)) == 0


LONG = b"x" * (PART + 9)


def on_its_way(line, begun):
    """An issue with a photo of two parts, of which one has come, or none."""
    issue = whole_issue()
    line.exchange(issue, attachment(LONG, issue.record, SMALL))
    if begun:
        line.transport.put_part(name_of(LONG), 0, LONG[:PART], last=False)
    return issue.record


@pytest.mark.parametrize("begun", [False, True])
def test_a_file_that_is_still_on_its_way_is_not_taken_any_more(server, begun):
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    issue = on_its_way(aidana, begun)

    erase(lea, issue)
    for _ in range(2):
        with pytest.raises(Refused, match="was erased"):
            aidana.transport.put_part(name_of(LONG), 0, LONG[:PART], last=False)
        with pytest.raises(Refused, match="was erased"):
            put(aidana, SMALL)
        doomed.sweep(server.service)  # as at each start

    assert files(server) == set()
    assert server.service.parts.offset(name_of(LONG)) == 0


def test_nor_is_one_that_an_old_program_sends_whole(server):
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    erase(lea, on_its_way(aidana, begun=False))

    answer = aidana.transport._http.put(
        f"http://server.test/v1/blobs/{name_of(LONG)}",
        data=LONG,
        headers={"Authorization": f"Bearer {aidana.transport._token}", "Dala-Protocol": "1"},
    )

    assert answer.status_code == 410
    assert files(server) == set()


def test_it_is_taken_where_another_record_names_it_meanwhile(server):
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    erase(lea, on_its_way(aidana, begun=True))
    visit = change("visit", people=3)
    aidana.exchange(visit, attachment(LONG, visit.record))

    aidana.transport.put_part(name_of(LONG), 0, LONG[:PART], last=False)
    aidana.transport.put_part(name_of(LONG), PART, LONG[PART:], last=True)
    doomed.sweep(server.service)

    assert files(server) == {name_of(LONG)}
    with server.looking() as session:
        assert [row.sha256 for row in session.query(Doomed)] == [name_of(SMALL)]


def test_a_file_whose_record_came_after_the_erasure_of_its_whole_is_not_taken(server):
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    issue = given_an_issue(aidana)
    erase(lea, issue)

    assert aidana.exchange(attachment(OTHER, issue)).refused

    with pytest.raises(Refused, match="was erased"):
        put(aidana, OTHER)


def test_a_small_picture_that_another_record_shows_stays(server):
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    issue, visit = given_an_issue(aidana), change("visit", people=3)
    aidana.exchange(visit, attachment(OTHER, visit.record, SMALL))

    erase(lea, issue)

    assert name_of(SMALL) in files(server)


def test_files_that_could_not_be_deleted_go_with_the_next_erasure(server, monkeypatch):
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    issue, visit = given_an_issue(aidana), change("visit", people=3)
    aidana.exchange(visit)

    def away(*_):
        raise StoreAway("OSError")

    with monkeypatch.context() as broken:
        broken.setattr(BlobFolder, "drop", away)
        assert not erase(lea, issue).refused
    assert name_of(PHOTO) in files(server)

    erase(lea, visit.record, "visit")

    assert files(server) == set()


def test_a_refused_transaction_dooms_nothing(server, monkeypatch):
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    issue = given_an_issue(aidana)

    def fail(*_):
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(erasure, "_standing", fail)
        with pytest.raises(Offline):
            erase(lea, issue)

    doomed.sweep(server.service)
    assert files(server) == {name_of(PHOTO), name_of(SMALL)}
    assert not aidana.exchange(change("issue", issue, base=9, address="5")).refused


def test_numbers_of_revisions_stay_without_gaps_or_doubles(server):
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    issue = given_an_issue(aidana)
    erase(lea, issue)
    aidana.exchange(change("visit", people=3))

    news = server.laptop("eva", "coordinator").exchange().changes

    found = [one.revision for one in news]
    assert found == sorted(set(found))
    assert len(news) == 5
    assert all(one.fields.get(ERASED) for one in news if one.kind != "visit")


def test_every_table_is_looked_through():
    """A new table must be thought of here: does it keep what people write?"""
    looked_at = {
        "record",
        "ledger",
        "doomed_blob",
        "blob",
        "late_edit",
    }  # emptied, or names of files
    nothing_of_records = {
        *("account", "answer", "answer_counts", "carried_letter", "device"),
        *("enrolment_code", "life"),
        *("interviews_done", "signs"),  # numbers of interviews
        *("own_keys", "seal_key", "serial", "sign_in_try", "stream"),
        *("audit_entry", "audit_head", "sealed_letter"),  # ids of records; no word of them
    }

    assert set(ServerBase.metadata.tables) == looked_at | nothing_of_records


def test_an_erased_number_is_not_given_again(server):
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    first = given_an_issue(aidana)
    erase(lea, first)
    second = whole_issue(uuid4())

    reply = aidana.exchange(second)

    (number,) = [one.fields["number"] for one in reply.changes if one.record == second.record]
    assert number.endswith("00002")
