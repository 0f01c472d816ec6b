"""Runs of the server over all that it has: in batches, killed, doubled, looked at, day by day."""

import asyncio
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from threading import Event
from types import SimpleNamespace
from uuid import uuid4

import msgspec
import pytest
from sqlalchemy import select, update

from sync.erasure import ERASED
from sync.errors import UserError
from sync.person import SERVER
from sync.reports import BOX, SEAL, SealedLetter
from sync.retention import changed, terms
from sync.server import audit, ledger, retention, serve
from sync.server.__main__ import main
from sync.server.accounts import utc_now
from sync.server.audit import Act
from sync.server.retention import TooMany, Turn, run, whose_turn
from sync.server.settings import read_settings
from sync.server.store import Store
from sync.server.tables import Kept, KeptLetter, Stream
from tests.failpoints import DATABASE, DISK, Died, dies, failing
from tests.servers import SOZAQ, change
from tests.sync.server.retention_people import (  # noqa: F401
    MANY,
    SOAK,
    given_clock,
    given_people,
    is_gone,
    issue,
    last_of,
    letters,
    meeting,
    rows,
    state,
    visit,
)
from tests.sync.server.test_erasure import (
    PHOTO,
    SECRET,
    attachment,
    everything,
    files,
    put,
)


def test_looking_only_changes_nothing_and_says_the_same(server, people, clock):
    issue(people), visit(people), meeting(people), issue(people, state="new")
    clock.time = last_of(36) + timedelta(1)
    before, told = state(server), rows(server, Act.TERMS_ENDED)

    looked = run(server.service, dry=True)

    assert state(server) == before
    assert rows(server, Act.TERMS_ENDED) == told == []
    assert looked.told() == run(server.service).told()
    assert looked.told() == {"erased": {"issue": 1, "visit": 1}, "held": {"open": 1}, "struck": {}}


def test_the_audit_has_a_row_for_each_batch_with_counts_and_one_for_the_run(server, people, clock):
    for _ in range(3):
        visit(people)
    clock.time = last_of(36) + timedelta(1)
    with pytest.MonkeyPatch.context() as small:
        small.setattr(retention, "BATCH", 2)
        run(server.service)

    told = [{"district": SOZAQ, "erased": {"visit": number}} for number in (2, 1)]
    assert rows(server, Act.TERM_ENDED) == [(SERVER, one) for one in told]
    assert rows(server, Act.TERMS_ENDED) == [
        (SERVER, {"erased": {"visit": 3}, "held": {}, "struck": {}})
    ]
    assert rows(server, Act.ERASED) == []


def test_what_changed_after_it_was_looked_at_stays(server, people, clock, monkeypatch):
    """Between the look and the lock somebody opens it again."""
    one = issue(people)
    _, _lea = people
    clock.time = last_of(36) + timedelta(1)
    plain = ledger.lock

    def reopened(session, district):
        monkeypatch.setattr(ledger, "lock", plain)
        found = plain(session, district)
        row = session.scalars(select(Kept).where(Kept.id == one)).one()
        row.fields = {**row.fields, "state": "reopened"}
        session.flush()
        return found

    monkeypatch.setattr(ledger, "lock", reopened)
    assert not run(server.service).erased
    assert not is_gone(server, one)


def test_two_runs_at_once_erase_each_record_once(server, people, clock):
    for _ in range(6):
        visit(people)
    clock.time = last_of(36) + timedelta(1)
    with pytest.MonkeyPatch.context() as small, ThreadPoolExecutor(3) as pool:
        small.setattr(retention, "BATCH", 2)
        runs = [pool.submit(run, server.service) for _ in range(3)]
        erased = sum(one.result().erased["visit"] for one in runs)

    assert erased == 6
    with server.looking() as session:
        stones = session.scalars(select(Kept.revision)).all()
        assert len(set(stones)) == 6
        assert max(stones) == session.scalar(
            select(Stream.revision).where(Stream.district == SOZAQ)
        )


def test_killed_at_any_moment_the_next_run_goes_on(server, people, clock, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 1)
    for number in range(2):
        one = visit(people)
        people[0].exchange(attachment(PHOTO + bytes([number]), one))
        put(people[0], PHOTO + bytes([number]))
    clock.time = last_of(36) + timedelta(1)
    for number in count(3, 1 if SOAK else 17):
        with failing(number, dies, DATABASE + DISK) as points, suppress(Died):
            run(server.service)
        with server.looking() as session:
            kept = session.scalars(select(Kept).where(Kept.kind == "visit")).all()
            assert all(one.fields.get(ERASED) or one.fields.get("outcome") for one in kept)
        if points.hit is None:
            break

    run(server.service)
    assert SECRET.encode() not in everything(server)
    assert files(server) == set()
    assert all(is_gone(server, one.id) for one in kept)


def test_while_many_go_others_are_let_in_between(server, people, clock, monkeypatch):
    aidana, _lea = people
    new = [change("visit", visited_on="2026-11-05", village="free::Ақкөл", topic="other")
           for _ in range(MANY)]  # fmt: skip
    for first in range(0, MANY, 500):
        aidana.exchange(*new[first : first + 500])
    with server.looking() as session, session.begin():
        for row in session.scalars(select(Kept)):
            row.fields = {**row.fields, "review": "approved"}
    clock.time = last_of(36) + timedelta(1)
    monkeypatch.setattr(retention, "BATCH", 10)
    let_in = []

    class Pause(Event):
        def wait(self, timeout=None):
            let_in.append(aidana.exchange(change("visit", people=3)).accepted)
            assert timeout > 0
            return False

    done = run(server.service, everything=True, stop=Pause())

    assert done.erased == {"visit": MANY}
    assert len(let_in) == MANY // 10
    assert all(let_in)


def test_a_run_that_is_told_to_stop_stops_between_two_batches(server, people, clock, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 1)
    for _ in range(3):
        visit(people)
    clock.time = last_of(36) + timedelta(1)

    class OneOnly(Event):
        def wait(self, timeout=None):
            self.set()
            return True

    assert run(server.service, stop=OneOnly()).erased == {"visit": 1}
    assert rows(server, Act.TERMS_ENDED) == []  # not looked through: it is still this day's turn
    assert run(server.service).erased == {"visit": 2}


def test_once_a_day_and_not_at_all_by_a_clock_that_leapt(server, clock):
    assert whose_turn(server.service) is Turn.DOUBTED  # the first run is an administrator's
    run(server.service)
    assert whose_turn(server.service) is Turn.LATER
    clock.go(hours=20)
    assert whose_turn(server.service) is Turn.NOW
    clock.go(days=30)
    assert whose_turn(server.service) is Turn.NOW
    clock.go(days=1)
    assert whose_turn(server.service) is Turn.DOUBTED
    clock.go(days=-60)
    assert whose_turn(server.service) is Turn.DOUBTED
    clock.go(days=60)
    run(server.service)  # an administrator has looked at the clock
    assert whose_turn(server.service) is Turn.LATER


COPIED = ("district", "kind", "parent", "by", "at", "touched", "sha256")


def many(people, total):
    return [visit(people) for _ in range(total)]


@pytest.mark.parametrize(
    ("old", "new", "stops"), [(11, 0, True), (11, 43, True), (11, 44, False), (10, 0, False)]
)
def test_more_than_ten_and_a_fifth_of_a_kind_do_not_go_unasked(
    server, people, clock, old, new, stops
):
    """Older stones do not count as what is there, nor do records of another kind."""
    gone, old_ones = visit(people), many(people, old)
    retention._end(server.service, SOZAQ, [gone], retention.Run())
    with server.looking() as session, session.begin():
        row = session.scalars(select(Kept).where(Kept.id == gone)).one()
        row.fields = {ERASED: "term_ended"}
    clock.time = last_of(36) + timedelta(1)
    young = {"visited_on": (utc_now() + timedelta(300)).date().isoformat()}
    with server.looking() as session, session.begin():
        some = session.scalars(select(Kept).where(Kept.id == old_ones[0])).one()
        copied = {name: getattr(some, name) for name in COPIED}
        for number in range(new):
            fresh = {**some.fields, **young}
            session.add(Kept(**copied, id=uuid4(), revision=10_000 + number, fields=fresh))
        for number in range(100):
            other = {**copied, "kind": "meeting", "fields": {}}
            session.add(Kept(**other, id=uuid4(), revision=20_000 + number))

    if stops:
        with pytest.raises(TooMany, match=f"11 of {old + new} records of the kind “visit”"):
            run(server.service)
        assert not any(is_gone(server, one) for one in old_ones)
        assert rows(server, Act.TERMS_ENDED) == []
        assert whose_turn(server.service) is Turn.DOUBTED
        run(server.service, everything=True)
    else:
        run(server.service)
    assert all(is_gone(server, one) for one in old_ones)


def test_by_itself_it_says_so_once_a_day_and_erases_nothing(server, monkeypatch, caplog):
    def blown(*_, **__):
        raise TooMany("eleven of twelve")

    monkeypatch.setattr(retention, "whose_turn", lambda _: Turn.NOW)
    monkeypatch.setattr(retention, "run", blown)
    waits = []
    monkeypatch.setattr(retention, "daily", lambda _name, work, *_: waits.append(work(Event())))
    retention.run_daily(server.service)
    assert waits == [retention.DAY.total_seconds()]
    assert "eleven of twelve" in caplog.text


def test_the_serving_process_does_it_by_itself(server, people, clock, monkeypatch):
    one = visit(people)
    clock.time = last_of(36) - timedelta(days=7)
    run(server.service)
    clock.go(days=8)
    done = Event()
    plain = audit.note

    def noted(session, who, act, *more):
        plain(session, who, act, *more)
        if act is Act.TERMS_ENDED:
            done.set()

    monkeypatch.setattr(audit, "note", noted)
    with retention.run_daily(server.service, look=0.01):
        assert done.wait(20)
    assert is_gone(server, one)


def test_a_run_that_fails_is_logged_and_tried_again(server, monkeypatch, caplog):
    done, tries = Event(), []
    monkeypatch.setattr(retention, "whose_turn", lambda _: Turn.NOW)

    def fails_first(service, **_):
        tries.append(service)
        if len(tries) == 1:
            raise ZeroDivisionError
        done.set()

    monkeypatch.setattr(retention, "run", fails_first)
    with retention.run_daily(server.service, look=0.01):
        assert done.wait(20)
    assert "they are tried again" in caplog.text


def test_by_a_doubtful_clock_the_process_says_so_and_erases_nothing(server, monkeypatch, caplog):
    said = Event()
    monkeypatch.setattr(retention, "whose_turn", lambda _: Turn.DOUBTED)
    monkeypatch.setattr(retention, "run", lambda *_, **__: pytest.fail("it ran"))
    monkeypatch.setattr(retention.log, "warning", lambda _: said.set())
    with retention.run_daily(server.service, look=0.01):
        assert said.wait(20)


def test_sealed_letters_go_with_their_box_when_its_last_word_is_three_whole_years_old(
    server, people, clock
):
    aidana = people[0]
    old, spoken = os.urandom(BOX), os.urandom(BOX)
    year = clock.time.year

    def hand_in(box):
        letter = SealedLetter(box=box, seals=[os.urandom(SEAL)], body=SECRET.encode() + box)
        aidana.transport.hand_in(letter)
        return letter

    def at(*day):
        clock.time = datetime(*day, 12, tzinfo=UTC)

    first, early = hand_in(old), hand_in(spoken)
    with server.looking() as session, session.begin():  # tokens run out: the years are set by hand
        session.execute(update(KeptLetter).where(KeptLetter.id == early.id).values(year=year - 9))
    late = hand_in(spoken)
    with server.looking() as session, session.begin():
        session.execute(update(KeptLetter).where(KeptLetter.id == late.id).values(year=year + 1))
    at(year + 3, 12, 31)
    assert not run(server.service).erased
    at(year + 4, 1, 1)
    assert run(server.service, dry=True).erased == {"report": 1}
    assert len(letters(server)) == 3

    assert run(server.service).erased == {"report": 1}

    assert letters(server) == {early.id, late.id}
    assert first.body not in everything(server)
    told = {"district": "region", "erased": {"report": 1}}
    assert rows(server, Act.TERM_ENDED) == [(SERVER, told)]


def test_a_letter_of_which_no_year_is_known_keeps_its_box(server, people, clock):
    letter = SealedLetter(box=os.urandom(BOX), seals=[os.urandom(SEAL)], body=b"?")
    people[0].transport.hand_in(letter)
    with server.looking() as session, session.begin():
        session.execute(update(KeptLetter).values(year=None))
        box = {"box": letter.box, "seals": b"", "body": b"", "year": 2000}
        session.add(KeptLetter(id=uuid4(), **box))

    assert not run(server.service).erased
    assert len(letters(server)) == 2


def test_a_region_may_keep_letters_for_ever(server, people, clock):
    letter = SealedLetter(box=os.urandom(BOX), seals=[os.urandom(SEAL)], body=b"?")
    people[0].transport.hand_in(letter)
    clock.go(days=9_000)
    assert not run(replace(server.service, terms=changed("report=never"))).erased
    assert run(server.service).erased == {"report": 1}


def test_nobody_may_have_the_servers_name(server):
    with pytest.raises(UserError):
        server.account(SERVER)


def test_the_command_erases_looks_and_tells(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DALA_DATA", str(tmp_path))
    monkeypatch.delenv("DALA_DATABASE", raising=False)
    main(["prepare"])
    capsys.readouterr()

    assert main(["admin", "retain", "--dry-run", "--json"]) == 0
    looked = msgspec.json.decode(capsys.readouterr().out)
    assert main(["admin", "retain", "--all", "--json"]) == 0
    done = msgspec.json.decode(capsys.readouterr().out)

    assert looked == {"dry_run": True, "erased": {}, "held": {}, "struck": {}}
    assert done == {"dry_run": False, "erased": {}, "held": {}, "struck": {}}
    store = Store(f"sqlite:///{tmp_path / 'server.db'}")
    with store.reading() as session:
        acts = [one.act for one in audit.rows(session)]
    store.close()
    assert acts == [Act.TERMS_ENDED]


def test_an_erasure_that_the_rules_refuse_ends_the_run_and_is_no_silence(
    server, people, clock, monkeypatch
):
    one = visit(people)
    clock.time = last_of(36) + timedelta(1)
    monkeypatch.setattr(retention, "TERM_ENDED", "of no vocabulary")

    with pytest.raises(LookupError):
        run(server.service)

    assert not is_gone(server, one)
    assert rows(server, Act.TERMS_ENDED) == []


def test_the_process_that_serves_looks_each_day(tmp_path, monkeypatch):
    """In its place while it listens: a thread of its own."""
    running = []
    monkeypatch.setenv("DALA_DATA", str(tmp_path))
    monkeypatch.delenv("DALA_DATABASE", raising=False)
    monkeypatch.setattr(serve, "gc", SimpleNamespace(freeze=int, set_threshold=print))

    def listen(server):
        app = server.config.app
        asyncio.run(while_it_answers(app.router.lifespan_context(app)))

    async def while_it_answers(lifespan):
        async with lifespan:
            running.extend(thread.name for thread in threading.enumerate())

    monkeypatch.setattr(serve._Announced, "run", listen)

    assert main(["serve", "--prepare"]) == 0

    assert {"retention", "backups"} <= set(running)
    assert "retention" not in [thread.name for thread in threading.enumerate()]


def test_a_setting_fixes_the_terms_or_is_refused_by_its_name(tmp_path):
    told = {"DALA_DATA": str(tmp_path)}
    assert read_settings(told).terms == terms()
    assert read_settings({**told, "DALA_TERMS": "visit=24"}).terms[3].months == 24
    with pytest.raises(UserError, match="DALA_TERMS"):
        read_settings({**told, "DALA_TERMS": "visit=soon"})
