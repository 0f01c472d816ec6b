"""No reader ever steps over a revision that commits later: sync.md, "Order without gaps".

Writers and readers run at once. Each reader pages by cursor, as a laptop does; in the end it must
have seen every record. The mutants show that the test can fail.
"""

import random
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from sync.person import REGION, Person
from sync.server import ledger, news, walls
from tests.servers import SAIRAM, SOZAQ, change, regional

DISTRICTS = (SOZAQ, SAIRAM, "614000000")
WRITERS, READERS, ROUNDS = 12, 4, 12
COORDINATOR = Person(id="eset", name="Есет", role="coordinator", district=REGION, language="en")


def run(store, seed=1):
    """Let them all loose → (what was written, what each reader saw, errors of writers)."""
    start, done = Barrier(WRITERS + READERS), Event()
    with ThreadPoolExecutor(WRITERS + READERS) as pool:
        readers = [pool.submit(read, store, start, done) for _ in range(READERS)]
        writers = [pool.submit(write, store, start, seed + n) for n in range(WRITERS)]
        for writer in writers:
            writer.exception()
        done.set()
    errors = [writer.exception() for writer in writers if writer.exception()]
    written = {one for writer in writers if not writer.exception() for one in writer.result()}
    return written, [reader.result() for reader in readers], errors


def write(store, start, seed):
    chance, written = random.Random(seed), set()
    device = uuid4()
    start.wait()
    for _ in range(ROUNDS):
        changes = [
            change("visit", district=district, people=chance.randrange(100))
            for district in chance.sample(DISTRICTS, chance.randint(1, 2))
            for _ in range(chance.randint(1, 3))
        ]
        with store.writing.begin() as session:
            walls.enter(session, COORDINATOR, DISTRICTS)
            answers = ledger.accept(session, changes, COORDINATOR, device, DISTRICTS)
        assert len(answers.accepted) == len(changes)
        written |= {one.record for one in changes}
    return written


def read(store, start, done):
    cursors, seen = dict.fromkeys(DISTRICTS, 0), set()
    start.wait()
    while True:
        last = done.is_set()
        with store.reading.begin() as session:
            walls.enter(session, COORDINATOR, DISTRICTS)
            found, reached, more = news.since(session, cursors, {}, page=7)
        seen |= {one.record for one in found}
        cursors |= reached
        if last and not more:
            return seen


@pytest.mark.slow
def test_no_record_is_ever_stepped_over(server):
    written, seen, errors = run(server.service.store)

    assert errors == []
    assert len(written) >= WRITERS * ROUNDS
    assert [written - each for each in seen] == [set()] * READERS


@pytest.fixture
def on_postgresql(fresh_database, tmp_path):
    with (
        fresh_database("postgresql") as url,
        regional(url, tmp_path, prepared=True) as running,
    ):
        yield running.service.store


@pytest.mark.slow
def test_a_counter_that_is_only_read_is_caught(on_postgresql, monkeypatch):
    monkeypatch.setattr(
        ledger,
        "lock",
        lambda session, district: session.scalar(
            text("SELECT revision FROM stream WHERE district = :one"), {"one": district}
        ),
    )

    _, _, errors = run(on_postgresql)

    assert errors
    assert all(isinstance(error, DBAPIError) for error in errors)  # doubles, or a deadlock


@pytest.mark.slow
def test_a_counter_outside_the_transaction_is_caught(on_postgresql, monkeypatch):
    """The popular bare sequence: its numbers are handed out in one order, committed in another."""
    count_by_a_bare_sequence(on_postgresql, monkeypatch)

    written, seen, errors = run(on_postgresql)

    assert errors == []
    assert any(written - each for each in seen), "nothing was stepped over"


@pytest.mark.slow
def test_a_sequence_that_waits_for_older_transactions_is_caught(on_postgresql, monkeypatch):
    """The popular cure: only rows of transactions older than all that run, by the sequence still.

    Transactions do not begin in the order of their numbers: it hides a fifth, like the bare one.
    """
    count_by_a_bare_sequence(on_postgresql, monkeypatch)
    with on_postgresql.owner.begin() as connection:
        connection.execute(
            text("ALTER TABLE record ADD COLUMN made_by xid8 DEFAULT pg_current_xact_id()")
        )
    settled = text("made_by < pg_snapshot_xmin(pg_current_snapshot())")
    query = news._query
    monkeypatch.setattr(news, "_query", lambda *asked: query(*asked).where(settled))

    written, seen, errors = run(on_postgresql)

    assert errors == []
    assert written <= everything(on_postgresql)  # who reads from the start sees all
    assert any(written - each for each in seen), "nothing was stepped over"


def everything(store):
    """What somebody sees who begins to read when all is written."""
    with Session(store.owner) as session:
        found, _, _ = news.since(session, dict.fromkeys(DISTRICTS, 0), {}, page=10_000, most=2**30)
    return {one.record for one in found}


def count_by_a_bare_sequence(store, monkeypatch):
    apart = sessionmaker(store.owner)
    with apart.begin() as session:
        session.execute(text("CREATE SEQUENCE bare INCREMENT 100"))

    def next_number(_session, _district):
        with apart.begin() as session:
            return session.scalar(text("SELECT nextval('bare')"))

    monkeypatch.setattr(ledger, "lock", next_number)
