"""The audit: what is written down, and that no row can be altered, removed or moved unseen."""

import os
import threading
from datetime import date
from random import Random
from uuid import uuid4

import msgspec
import pytest
from sqlalchemy import delete, text, update
from sqlalchemy.orm import Session

from sync.answers import Answer
from sync.change import SyncRequest, now
from sync.errors import UserError
from sync.recovery import Recovery, Way
from sync.reports import BOX, SEAL, MoreSeals, SealedLetter
from sync.server import admin, audit
from sync.server.__main__ import CHANGING, main
from sync.server.audit import FIRST, Act
from sync.server.daily import KEEPER
from sync.server.tables import AuditEntry, AuditHead
from tests.servers import SOZAQ, change, whole_issue

SOAK = bool(os.environ.get("DALA_SOAK"))
ROWS, TRIALS = (10_000, 200) if SOAK else (200, 200)


def told(server):
    with server.looking() as session:
        assert audit.broken(session) is None
        return [
            (row.who, row.act, msgspec.json.decode(row.subject)) for row in audit.rows(session)
        ]


def after(server, number):
    return told(server)[number:]


def test_who_took_reports_and_let_others_open_them_is_written_down_and_who_sent_them_is_not(
    server,
):
    aidana, officer = server.laptop("aidana"), server.laptop("officer", "integrity_officer")
    begun = len(told(server))
    letter = SealedLetter(box=bytes(BOX), seals=[bytes(SEAL)], body=b"?")
    aidana.transport.hand_in(letter)
    aidana.transport.open_box(letter.box)
    officer.transport.take_letters([uuid4()])
    assert after(server, begun) == []

    officer.transport.take_letters([letter.id])
    officer.transport.add_seals(MoreSeals(letter.id, [os.urandom(SEAL)]))

    assert after(server, begun) == [
        ("officer", Act.TOOK_REPORTS, [str(letter.id)]),
        ("officer", Act.ADDED_READERS, str(letter.id)),
    ]


def test_an_erasure_is_written_down_without_a_word_of_what_it_erased(server):
    leader = server.laptop("leader", "leader")
    issue = whole_issue()
    leader.exchange(issue)
    begun = len(told(server))

    leader.exchange(change("issue", issue.record, erased="request"))

    subject = {
        "record": str(issue.record),
        "kind": "issue",
        "district": SOZAQ,
        "reason": "request",
    }
    assert after(server, begun) == [("leader", Act.ERASED, subject)]


def test_a_refused_erasure_leaves_no_row(server):
    aidana = server.laptop("aidana")
    issue = whole_issue()
    aidana.exchange(issue)
    begun = len(told(server))

    assert aidana.exchange(change("issue", issue.record, erased="request")).refused
    assert after(server, begun) == []


def test_laptops_that_are_bound_opened_without_a_password_and_ended_are_written_down(server):
    aidana = server.laptop("aidana")
    assert told(server)[-1] == ("aidana", Act.ENROLLED, {"device": str(aidana.device)})
    recovery = Recovery(at=now(), way=Way.CODE)
    aidana.transport.exchange(SyncRequest(cursors={}, changes=[], recovered=[recovery]))
    aidana.transport.tell_wiped(2)

    recovered, wiped = told(server)[-2:]
    assert recovered[:2] == ("aidana", Act.RECOVERED)
    assert recovered[2]["way"] == "code"
    assert wiped == ("aidana", Act.WIPED, {"device": str(aidana.device), "left": 2})


def test_who_read_the_answers_of_a_wave_is_written_down_and_who_gave_them_is_not(server):
    eset, aidana = server.laptop("eset", "coordinator"), server.laptop("aidana")
    form = uuid4()
    wave = change("wave", district="region", title="Қараша", form=str(form),
                  starts_on="2026-11-01", ends_on="2026-11-30")  # fmt: skip
    eset.exchange(wave)
    begun = len(told(server))
    aidana.transport.send_answers(
        [Answer(wave=wave.record, form=form, district=SOZAQ, okrug="", on=date(2026, 11, 5),
                values={"q": "1"})]
    )  # fmt: skip
    eset.transport.take_answers(wave.record, 0)
    eset.transport.take_answers(wave.record, 1)  # nothing new: nothing is read

    subject = {"wave": str(wave.record), "answers": 1}
    assert after(server, begun) == [("eset", Act.READ_ANSWERS, subject)]


def test_commands_at_the_server_are_written_down_without_their_codes(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("DALA_DATA", str(tmp_path))
    main(["prepare"])
    main(["admin", "add-account", "a", "--role", "leader", "--district", SOZAQ])
    main(["admin", "enrol-code", "a"])
    code = capsys.readouterr().out.rpartition("code=")[2].strip()
    main(["admin", "list-accounts"])
    main(["admin", "revoke", "a"])
    assert main(["admin", "revoke", "nobody"]) == 1
    capsys.readouterr()

    assert main(["admin", "audit", "--json"]) == 0
    rows = msgspec.json.decode(capsys.readouterr().out)

    assert [row["subject"]["action"] for row in rows] == ["add-account", "enrol-code", "revoke"]
    assert {row["who"] for row in rows} == {"server"}
    assert all(len(code) == 11 and code not in str(row) for row in rows)
    assert "revoke" in CHANGING
    assert main(["admin", "audit", "--head", rows[1]["hash"]]) == 0
    assert main(["admin", "audit", "--head", "0123"]) == 1
    assert "not whole" in capsys.readouterr().err


@pytest.fixture
def chain(server):
    """A chain of many rows; a function that gives a session on it, undone afterwards."""
    with server.service.store.writing.begin() as session:
        before = session.get_one(AuditHead, 1).number
        for number in range(ROWS - before):
            audit.note(session, "aidana", Act.TOOK_REPORTS, [number, str(uuid4())], now())
    owner = server.service.store.owner  # the server's own role may alter nothing of it
    return lambda: Session(owner, expire_on_commit=False)


def damaged(session, chance):
    """One row altered, removed, or two exchanged → what was done."""
    number = chance.randint(1, ROWS)
    row = AuditEntry.number == number
    name = chance.choice(["who", "act", "subject", "at", "hash", "removed", "exchanged"])
    if name == "removed":
        session.execute(delete(AuditEntry).where(row))
    elif name == "exchanged":
        other = number % ROWS + 1
        one, two = (session.get_one(AuditEntry, each) for each in (number, other))
        one.subject, two.subject = two.subject, one.subject
        one.hash, two.hash = two.hash, one.hash
        session.flush()
    else:
        kept = getattr(session.get_one(AuditEntry, number), name)
        other = now() if name == "at" else _flipped(kept, chance)
        session.execute(update(AuditEntry).where(row).values({name: other}))
    session.expire_all()
    return name, number


def _flipped(kept, chance):
    at = chance.randrange(len(kept))
    return kept[:at] + chr(ord(kept[at]) ^ 1) + kept[at + 1 :]


def test_any_row_altered_removed_or_moved_is_found(chain):
    chance, missed = Random(20261128), []
    for _ in range(TRIALS):
        with chain() as session:
            session.execute(text("SELECT 1"))
            done = damaged(session, chance)
            if audit.broken(session) is None:
                missed.append(done)
            session.rollback()

    assert missed == []


def test_rows_cut_off_at_the_end_are_found_and_by_a_noted_hash_also_with_their_head(chain):
    with chain() as session:
        noted = session.get_one(AuditHead, 1).hash
        session.execute(delete(AuditEntry).where(AuditEntry.number > ROWS - 2))
        session.expire_all()
        assert audit.broken(session) == ROWS - 1
        head, last = session.get_one(AuditHead, 1), session.get_one(AuditEntry, ROWS - 2)
        head.number, head.hash = last.number, last.hash
        session.flush()

        assert audit.broken(session) is None
        assert audit.broken(session, noted) == ROWS - 1
        session.rollback()


def test_an_empty_chain_is_whole(server):
    with server.service.reading(KEEPER) as session:
        assert audit.broken(session) is None
        assert audit.broken(session, FIRST) is None
        assert admin.audit_of(session) == []
        with pytest.raises(UserError):
            admin.audit_of(session, "ab" * 32)


def test_many_who_write_at_once_make_one_chain(server):
    def write(who):
        for number in range(10):
            with server.service.store.writing.begin() as session:
                audit.note(session, who, Act.TOOK_REPORTS, number, now())

    threads = [threading.Thread(target=write, args=(f"u{each}",)) for each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    rows = told(server)
    assert len(rows) == 40
    for who in ("u0", "u1", "u2", "u3"):
        assert [subject for by, _, subject in rows if by == who] == list(range(10))
