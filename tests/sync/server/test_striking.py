"""Names whose consent has ended leave a real server's history after thirty days, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from datetime import timedelta
from itertools import count
from threading import Event
from uuid import uuid4

import pytest
from alembic import command
from sqlalchemy import Column, MetaData, Table, insert, select, update

from sync.audit import Act
from sync.person import SERVER
from sync.records.consented import consented_part
from sync.retention import terms
from sync.server import ledger, retention, striking, walls
from sync.server.accounts import utc_now
from sync.server.breach.holding import Window, stock
from sync.server.retention import TooMany, run
from sync.server.store import Store, _alembic
from sync.server.tables import Account, Entry, Kept, LateEdit
from tests.failpoints import DATABASE, DISK, Died, dies, failing
from tests.guards import rewritten
from tests.servers import SAIRAM, SOZAQ, change, whole_issue
from tests.sync.server.retention_people import SOAK, given_clock, given_people, rows  # noqa: F401
from tests.sync.server.test_consent import ENDS, GIVEN
from tests.sync.server.test_erasure import everything

NAME, PHONE, WITNESS = "Гүлсім Ахметова", "+77011234567", "Зере Оспанова"
WORDS = (NAME, PHONE, WITNESS)
SAID = {"applicant": NAME, "phone": PHONE, "consent_witness": WITNESS}


def left(server):
    """Those of the words that anything still says."""
    content = everything(server)
    return [word for word in WORDS if word.encode() in content]


def named(line, **more):
    """An issue with a name, and some more edits of it → (id, its revision)."""
    issue = whole_issue(**GIVEN, **SAID, **more)
    reply = line.exchange(issue, change("issue", issue.record, base=-2, applicant=f"{NAME} 2"))
    assert reply.refused == []
    return issue.record, max(reply.accepted.values())


def withdraw(line, record, base):
    ended = change("issue", record, base=base, **ENDS)
    reply = line.exchange(ended)
    assert reply.refused == []
    return reply.accepted[ended.id]


def ended(line, **more):
    record, base = named(line, **more)
    withdraw(line, record, base)
    return record


def entries(server, record):
    with server.looking() as session:
        return session.scalars(select(Entry).where(Entry.record == record)).all()


def test_after_thirty_days_no_row_of_the_database_says_the_name(server, people, clock):
    record = ended(people[0])
    before = entries(server, record)
    clock.go(days=30)
    assert run(server.service).struck == {}
    assert left(server) == list(WORDS)

    clock.go(days=1)
    assert run(server.service).struck == {"issue": 1}

    assert left(server) == []
    after = entries(server, record)
    assert [one.change for one in after] == [one.change for one in before]
    assert [(one.by, one.revision, one.received) for one in after] == [
        (one.by, one.revision, one.received) for one in before
    ]
    kept = {name for one in after for name in one.fields}
    assert {"essence", "consent_way", "consent_ended"} <= kept
    assert not kept & SAID.keys()


def test_the_day_counts_on_which_the_server_heard_of_it_and_not_what_a_laptop_says(
    server, people, clock
):
    record, base = named(people[0])
    early = change("issue", record, base=base, **{**ENDS, "consent_ended": "2020-01-01"})
    people[0].exchange(early)

    clock.go(days=30)

    assert run(server.service).struck == {}


def test_an_end_that_is_taken_back_in_time_strikes_nothing(server, people, clock):
    aidana, _ = people
    record, base = named(aidana)
    base = withdraw(aidana, record, base)
    back = change("issue", record, base=base, consent_ended=None, **SAID)
    assert aidana.exchange(back).refused == []
    clock.go(days=31)

    assert run(server.service).struck == {}
    assert left(server) == list(WORDS)
    # and ended once more, it is counted from then
    withdraw(aidana, record, aidana.cursors[SOZAQ])
    assert run(server.service).struck == {"issue": 1}


def test_nothing_is_struck_twice_and_what_comes_later_changes_nothing(server, people, clock):
    aidana, lea = people
    record = ended(aidana)
    clock.go(days=31)
    run(server.service)
    lea.exchange()
    assert not lea.exchange(change("issue", record, base=lea.cursors[SOZAQ], address="5")).refused

    assert run(server.service).struck == {}
    with server.looking() as session:
        row = session.scalars(select(Kept).where(Kept.id == record)).one()
        assert row.struck == row.ended is not None


def test_it_becomes_no_revision_and_no_news(server, people, clock):
    aidana, lea = people
    ended(aidana)
    aidana.exchange(), lea.exchange()
    clock.go(days=31)
    before = dict(lea.cursors)

    run(server.service)

    with server.looking() as session:
        assert session.scalars(select(Kept.revision)).one() == before[SOZAQ]
    assert lea.exchange().changes == []


def test_what_was_refused_is_struck_in_whichever_stream_and_as_whatever_kind(
    server, people, clock
):
    aidana, _ = people
    zere = server.laptop("zere", district=SAIRAM)
    record, base = named(aidana)
    for line, wrong in (
        (aidana, change("issue", record, base=base, category="nothing", applicant=NAME)),
        (aidana, change("visit", record, base=base, applicant=NAME)),
        (zere, change("issue", record, base=base, district=SAIRAM, applicant=NAME)),
    ):
        assert line.exchange(wrong).refused
    withdraw(aidana, record, base)
    clock.go(days=31)

    run(server.service)

    assert left(server) == []


@pytest.mark.parametrize("kind", ["issue", "visit"])
def test_nothing_comes_into_a_history_that_was_struck(server, people, clock, kind):
    """Who says that the consent stands, and has not seen its end, is refused: without the name."""
    aidana, _ = people
    record, base = named(aidana)
    withdraw(aidana, record, base)
    clock.go(days=31)
    run(server.service)

    unseen = change(kind, record, base=base, consent_ended=None, applicant=NAME)
    assert server.laptop("dana").exchange(unseen).refused

    assert left(server) == []


def moved(server, line, district):
    with server.service.store.writing.begin() as session:
        session.execute(
            update(Account).where(Account.id == line.person.id).values(district=district)
        )


def waiting(server):
    with server.looking() as session:
        return session.scalars(select(LateEdit)).all()


def test_a_late_edit_loses_the_name_and_goes_where_nothing_else_is_in_it(server, people, clock):
    aidana, lea = people
    record, base = named(aidana)
    moved(server, aidana, SAIRAM)
    both = change("issue", record, base=base, applicant=NAME, address="5")
    aidana.exchange(both, change("issue", record, base=base, applicant=NAME))
    assert len(waiting(server)) == 2
    lea.exchange()
    withdraw(lea, record, lea.cursors[SOZAQ])
    clock.go(days=31)

    run(server.service)

    assert left(server) == []
    [one] = waiting(server)
    assert one.change == both.id
    lea = server.laptop("dana", "leader")
    [held] = lea.transport.late_edits()
    assert held.change.fields == {"address": "5"}
    lea.transport.decide_late(both.id, take=True)


def test_a_late_edit_that_gives_a_consent_anew_keeps_its_name(server, people, clock):
    """Its author has seen the end; whoever decides says whether it counts."""
    aidana, _ = people
    record, base = named(aidana)
    base = withdraw(aidana, record, base)
    moved(server, aidana, SAIRAM)
    aidana.exchange(change("issue", record, base=base, consent_ended=None, applicant=NAME))
    assert len(waiting(server)) == 1
    clock.go(days=31)

    run(server.service)

    assert NAME in waiting(server)[0].body.decode()


def test_a_late_edit_that_has_not_seen_the_end_does_not_wait(server, people, clock):
    aidana, lea = people
    record, base = named(aidana)
    moved(server, aidana, SAIRAM)
    lea.exchange()
    withdraw(lea, record, lea.cursors[SOZAQ])

    aidana.exchange(change("issue", record, base=base, consent_ended=None, applicant=NAME))

    assert waiting(server) == []


def test_the_audit_has_districts_and_counts_and_no_ids(server, people, clock):
    for _ in range(3):
        ended(people[0])
    clock.go(days=31)
    with pytest.MonkeyPatch.context() as small:
        small.setattr(striking, "BATCH", 2)
        looked = run(server.service, dry=True)
        assert rows(server, Act.STRUCK) == []
        assert left(server) == list(WORDS)
        done = run(server.service)

    assert looked.told() == done.told() == {"erased": {}, "held": {}, "struck": {"issue": 3}}
    told = [{"district": SOZAQ, "struck": {"issue": number}} for number in (2, 1)]
    assert rows(server, Act.STRUCK) == [(SERVER, one) for one in told]
    assert rows(server, Act.TERMS_ENDED) == [(SERVER, done.told())]


@pytest.mark.parametrize(("days", "may"), [(29, True), (32, False)])
def test_a_lost_laptop_that_may_still_hold_struck_names_is_told_of(
    server, people, clock, days, may
):
    """In contact for the last time so many days after the end: by then it may have struck them, too."""
    record = ended(people[0])
    clock.go(days=40)
    run(server.service)
    with server.looking() as session:
        until = {"until": clock.time, "last": clock.time}
        district = {"since": utc_now() - timedelta(1), **until, "late": False}
        surely = utc_now() + timedelta(days)
        window = Window(**district, surely=surely, private=True, devices=frozenset())
        told = stock(session, SOZAQ, window, terms())

    assert told.struck == ({"issue": 1} if may else {})
    assert [one.people for one in told.found if one.record == record] in ([], [[]])


def test_many_at_once_wait_for_an_administrator(server, people, clock, monkeypatch):
    monkeypatch.setattr(retention, "FEW", 2)
    for _ in range(3):
        ended(people[0])
    clock.go(days=31)

    with pytest.raises(TooMany, match="3 of 3 records of the kind “issue” would be struck"):
        run(server.service)
    assert left(server) == list(WORDS)

    run(server.service, everything=True)
    assert left(server) == []


def test_few_of_many_go_unasked(server, people, clock, monkeypatch):
    monkeypatch.setattr(retention, "FEW", 1)
    for _ in range(2):
        ended(people[0])
    for _ in range(8):
        people[0].exchange(whole_issue())
    clock.go(days=31)

    assert run(server.service).struck == {"issue": 2}


def test_killed_at_any_moment_the_next_run_goes_on(server, people, clock, monkeypatch):
    monkeypatch.setattr(striking, "BATCH", 1)
    for _ in range(2):
        ended(people[0])
    clock.go(days=31)
    for number in count(3, 1 if SOAK else 29):
        with failing(number, dies, DATABASE + DISK) as points, suppress(Died):
            run(server.service)
        if points.hit is None:
            break

    run(server.service)

    assert left(server) == []
    assert sum(told["struck"]["issue"] for _, told in rows(server, Act.STRUCK)) == 2


def test_two_runs_at_once_strike_each_record_once(server, people, clock):
    for _ in range(4):
        ended(people[0])
    clock.go(days=31)
    with pytest.MonkeyPatch.context() as small, ThreadPoolExecutor(2) as pool:
        small.setattr(striking, "BATCH", 1)
        runs = [pool.submit(run, server.service) for _ in range(2)]
        assert sum(one.result().struck["issue"] for one in runs) == 4

    assert left(server) == []


def test_a_consent_that_is_given_anew_between_the_look_and_the_lock_strikes_nothing(
    server, people, clock, monkeypatch
):
    aidana, _ = people
    record, base = named(aidana)
    base = withdraw(aidana, record, base)
    clock.go(days=31)
    plain = ledger.lock

    def given_anew(session, district):
        found = plain(session, district)
        here = update(Kept).where(Kept.id == record)
        session.execute(here.values(ended=None))
        return found

    monkeypatch.setattr(ledger, "lock", given_anew)
    assert run(server.service).struck == {}


def test_a_run_that_is_told_to_stop_stops_between_two_batches(server, people, clock, monkeypatch):
    monkeypatch.setattr(striking, "BATCH", 1)
    for _ in range(3):
        ended(people[0])
    clock.go(days=31)

    class OneOnly(Event):
        def wait(self, timeout=None):
            self.set()
            return True

    assert run(server.service, stop=OneOnly()).struck == {"issue": 1}
    assert rows(server, Act.TERMS_ENDED) == []
    assert run(server.service).struck == {"issue": 2}


def test_a_page_is_not_all_there_is(server, people, clock, monkeypatch):
    monkeypatch.setattr(striking, "PAGE", 2)
    for _ in range(3):
        ended(people[0])
    clock.go(days=31)

    assert run(server.service).struck == {"issue": 3}


def missed(server, people, clock, function, words, others="None", days=31):
    """What is left where this guard is gone: of a name that waits in a late edit, too."""
    aidana, lea = people
    record, base = named(aidana)
    moved(server, aidana, SAIRAM)
    aidana.exchange(change("issue", record, base=base, phone="5-12-12"))
    withdraw(lea, record, base)
    clock.go(days=days)
    with rewritten(function, words, others).removed():
        run(server.service)
    waits = any(b"5-12-12" in one.body for one in waiting(server))
    return [*left(server), *(["late"] if waits else [])]


def test_a_ledger_that_keeps_it_is_found_out(server, people, clock):
    gone = "_strike_ledger(session, streams, row)"
    assert missed(server, people, clock, striking._strike_some, gone) == list(WORDS)


def test_a_late_edit_that_keeps_it_is_found_out(server, people, clock):
    gone = "_strike_late(session, streams, row)"
    assert missed(server, people, clock, striking._strike_some, gone) == ["late"]


def test_a_run_that_does_not_wait_is_found_out(server, people, clock):
    words = "today - known[row.ended] > AFTER"
    assert missed(server, people, clock, striking._due, words, "True", days=1) == []


def test_a_history_that_takes_it_afterwards_is_found_out(server, people, clock):
    """The one guard that a struck record has left: of what is refused, no name is kept."""
    aidana, _ = people
    record, base = named(aidana)
    withdraw(aidana, record, base)
    clock.go(days=31)
    run(server.service)
    words = "not standing.get(ENDED) and not unconsented"
    with rewritten(consented_part, words, "not unconsented").removed():
        unseen = change("issue", record, base=base, consent_ended=None, applicant=NAME)
        server.laptop("dana").exchange(unseen)
    assert left(server) == [NAME]


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_consents_that_ended_before_the_update_are_found_by_it(request, tmp_path, dialect):
    """From the documents: by the revision of that edit, or of the record where it came with it."""
    with ExitStack() as stack:
        if dialect == "sqlite":
            url = f"sqlite:///{tmp_path}/old.db"
        else:
            url = stack.enter_context(request.getfixturevalue("running_postgres").database())
        store = Store(url)
        stack.callback(store.close)
        with store.owner.begin() as connection:
            walls.make_role(connection)
            command.upgrade(_alembic(connection), "0018")
            for place, (fields, touched) in enumerate(OLD):
                columns = dict.fromkeys(("parent", "sha256"))
                row = {"district": SOZAQ, "id": uuid4(), "kind": "issue", "revision": 9 - place}
                row |= {"by": "ama", "at": utc_now(), "fields": fields, "touched": touched}
                connection.execute(insert(BEFORE).values(columns | row))
            command.upgrade(_alembic(connection), "head")
            found = connection.execute(
                select(Kept.__table__.c.ended).order_by(Kept.__table__.c.revision.desc())
            )
            assert found.scalars().all() == [7, 2, None, None]


OLD = (
    ({"consent_ended": "2026-11-20"}, {"": [2, "ama"], "consent_ended": [7, "eva"]}),
    ({"consent_ended": "2026-11-20"}, {"": [2, "ama"]}),
    ({"consent_ended": None}, {"": [2, "ama"], "consent_ended": [7, "eva"]}),
    ({"essence": "consent_ended"}, {"": [2, "ama"]}),
)
BEFORE = Table(
    "record",
    MetaData(),
    *(
        Column(one.name, one.type)
        for one in Kept.__table__.columns
        if one.name not in ("ended", "struck")
    ),
)
