"""kill -9 of the real server while laptops send records: nothing lost, nothing doubled, all alike.

Each of its lives begins with renewals: every token has run out. Nobody may be locked out.

The server dies by the count of what it does (tests.dying), never by a time. Several laptops send
at once, until the server is gone; then another one starts on the same database.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import Random
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.client import engine
from sync.client.line import open_http
from sync.client.tables import Pending
from sync.client.tokens import TokenKeeper, keep
from sync.client.transport import HttpTransport
from sync.enrolment import Tokens
from sync.errors import Offline, SignInAgain
from sync.records.base import Base
from sync.server.store import Store
from sync.server.tables import Entry, Kept, Stream
from tests.dying import ANYWHERE, NEVER
from tests.loopback import Laptop, memory
from tests.processes import serving
from tests.servers import SOZAQ, regional
from tests.terms import end_terms

SEED = 20261125
SOAK = bool(os.environ.get("DALA_SOAK"))
SEEDS = range(SEED, SEED + (5 if SOAK else 1))  # each begins with an empty database
KILLS = 50 if SOAK else 6  # of each seed and kind of database
LATEST = 150  # things that a server does before it dies at the latest
ROUNDS = 12  # of work and exchange that a laptop does in one life of the server, at most

ROLES = {"ama": "activist", "ben": "activist", "dan": "leader", "eva": "coordinator"}

ANSWERS_FIRST = """
from typing import Annotated
from fastapi import Depends
from sync.server import deps
deps.Database = Annotated[deps.Session, Depends(deps._session, scope="request")]
"""
FORGETS_ITS_ANSWERS = """
from sync.server import rows
rows.first_answers = lambda *_: {}
"""
FORGETS_WHAT_RENEWED = """
from sync.server import tokens
def take(laptop, *more, _plain=tokens._take):
    laptop.spent = None
    return _plain(laptop, *more)
tokens._take = take
"""


class Sender(Laptop):
    """A laptop with the real engine and the real line."""

    def __init__(self, person, token):
        self.person, self.shut_out = person, False
        self.store = memory(Base)
        with self.store.begin() as session:
            keep(session, Tokens(token))

    def work(self, chance, shared):
        """Record something, edit some of it, and edit what others edit too."""
        for _ in range(chance.randint(1, 4)):
            record = uuid4()
            self.edit("issue", record, essence="су " * chance.randint(1, 40))
            if chance.random() < 0.5:
                self.edit("step", uuid4(), record, text="тексерілді", type="note")
            if chance.random() < 0.5:
                self.edit("issue", record, address=str(chance.random()))
        self.edit("visit", shared, people=chance.randrange(100))

    def send(self, url):
        """One exchange; whether it came to its end."""
        keeper = TokenKeeper(self.store)
        with open_http() as http:
            try:
                line = HttpTransport(http, url, keeper.held().token, keeper)
                engine.sync_once(self.store, line)
            except Offline:
                return False
            except SignInAgain:
                self.shut_out = True
                return False
        return True

    def work_on(self, url, chance, shared):
        """Record and send until the server is gone; whether it went."""
        for _ in range(ROUNDS):
            self.work(chance, shared)
            if not self.send(url):
                return True
        return False

    def told(self):
        """{change: the revision that it was answered, None while it waits}."""
        with self.store() as session:
            rows = session.execute(select(Pending.change, Pending.revision))
            return {row.change: row.revision for row in rows}


@contextmanager
def running(folder, url, number, which=ANYWHERE, mutant=""):
    """A server that dies at its n-th point; its address. Killed, if it still lives, at the end."""
    with serving(folder, mutant, number, which, DALA_DATABASE=url) as (_, address):
        yield address


def enrolled(url, folder):
    """Laptops of several people, known to the server."""
    with regional(url, folder, prepared=True) as server:
        laptops = []
        for login, role in ROLES.items():
            line = server.laptop(login, role, SOZAQ)
            laptops.append(Sender(line.person, line.transport._token))
        return laptops


def lives(url, folder, kills, *, seed=SEED, latest=LATEST, at=ANYWHERE, mutant="", renew=True):
    """Let laptops work with a server that is killed again and again → what is wrong."""
    chance, laptops, shared, wrong = Random(seed), enrolled(url, folder), uuid4(), []
    for life in range(kills):
        number, seeds = chance.randint(1, latest), [chance.random() for _ in laptops]
        if renew:
            end_terms(url)
        with (
            running(folder, url, number, at, mutant) as here,
            ThreadPoolExecutor(len(laptops)) as pool,
        ):
            working = [
                pool.submit(laptop.work_on, here, Random(seed), shared)
                for laptop, seed in zip(laptops, seeds, strict=True)
            ]
            gone = [work.result() for work in working]
            if not all(gone):
                wrong.append(f"life {life}: the server did not die")
        wrong += [f"shut out: {one.person.id}" for one in laptops if one.shut_out]
        wrong += [f"seed {seed}, life {life}: {one}" for one in unkept(url, laptops)]
        if wrong and mutant:
            break
    with running(folder, url, NEVER, mutant=mutant) as here:
        for laptop in laptops + laptops:
            if not laptop.send(here):
                wrong.append("a server that is not killed did not answer")
    wrong += unkept(url, laptops) + verdict(url, laptops)
    for laptop in laptops:
        laptop.store.kw["bind"].dispose()
    return wrong


def unkept(url, laptops):
    """Answers that laptops have, and that the server does not stand by."""
    store = Store(url)
    with Session(store.owner) as session:
        rows = session.execute(select(Entry.change, Entry.revision))
        kept = {row.change: row.revision for row in rows}
    store.close()
    return [
        f"{laptop.person.id} was answered {revision}, and {kept.get(change)} is kept"
        for laptop in laptops
        for change, revision in laptop.told().items()
        if revision is not None and kept.get(change) != revision
    ]


def verdict(url, laptops):
    """What is wrong when everyone has synced in peace."""
    store = Store(url)
    with Session(store.owner) as session:
        entries = list(session.execute(select(Entry.change, Entry.record, Entry.revision)))
        kept = {row.id: row.fields for row in session.scalars(select(Kept))}
        counter = session.scalars(select(Stream.revision).where(Stream.district == SOZAQ)).one()
    store.close()
    made = {change for laptop in laptops for change in laptop.told()}
    waits = [id for laptop in laptops for id, became in laptop.told().items() if became is None]
    changes = [entry.change for entry in entries]
    serials = sorted(one["number"][-5:] for one in kept.values() if one.get("number"))
    shown = [laptop.records() for laptop in laptops]
    return [
        *(f"waits: {id}" for id in waits),
        *(f"lost: {id}" for id in made - set(changes)),
        *(f"made of nothing: {id}" for id in set(changes) - made),
        *(f"twice: {id}" for id in set(changes) if changes.count(id) > 1),
        *(
            ["the counter is behind"]
            if counter < max((entry.revision for entry in entries), default=0)
            else []
        ),
        *(
            ["numbers have gaps or doubles"]
            if serials != [f"{n:05d}" for n in range(1, len(serials) + 1)]
            else []
        ),
        *(f"not alike: {one.person.id}" for one in laptops if one.records() != shown[0]),
        *(f"not here: {id}" for id in kept.keys() - shown[0].keys()),
    ]


@pytest.mark.slow
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_nothing_is_lost_or_doubled_by_a_server_that_is_killed(
    fresh_database, tmp_path, dialect, seed
):
    with fresh_database(dialect) as url:
        assert lives(url, tmp_path, KILLS, seed=seed) == []


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("mutant", "at", "symptom", "renew"),
    [
        (ANSWERS_FIRST, ("answered",), "is kept", False),
        (FORGETS_ITS_ANSWERS, ("committed",), "did not answer", False),
        (FORGETS_WHAT_RENEWED, ("committed",), "shut out", True),
    ],
    ids=["answers first", "forgets its answers", "forgets what renewed"],
)
def test_a_server_without_its_guard_is_caught(
    fresh_database, tmp_path, mutant, at, symptom, renew
):
    with fresh_database("sqlite") as url:
        wrong = lives(url, tmp_path, 6, latest=8, at=at, mutant=mutant, renew=renew)

    assert any(symptom in one for one in wrong), wrong
