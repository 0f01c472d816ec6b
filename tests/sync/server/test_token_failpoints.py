"""The n-th statement, commit or request of a renewal, a sign-in or a new name fails, n = 1, 2, 3, …

On the laptop or on the server, until a run passes without the fault. Whatever happened: the laptop
goes on, without a password where none was asked for before, and what it acknowledged holds.
"""

import os
import shutil
from itertools import count

import pytest
from sqlalchemy import create_engine, func, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import sessionmaker

from desktop import profile
from desktop.actions import records
from desktop.session import Desk
from sync.change import SyncReply, SyncRequest
from sync.client import engine, outbox
from sync.client.facts import recall, remember
from sync.client.tokens import NEXT, TokenKeeper, keep
from sync.client.transport import HttpTransport
from sync.enrolment import Tokens
from sync.errors import SignInAgain, UserError
from sync.person import Person
from sync.places import load_pack
from sync.records.base import Base
from sync.server.tables import Device, Entry
from tests.failpoints import DATABASE, LINE, Died, cut, dies, failing, full
from tests.profiles import VISIT
from tests.servers import AppAdapter, HandClock, regional

PASSWORD = "тоғыз жолдың торабы"
BROKEN = (UserError, Died, SQLAlchemyError)
CLONED = SyncReply(epoch="", cloned=True)
MOST = 200  # points of one of these; there are far fewer
STEP = 1 if "DALA_SOAK" in os.environ else 3  # points from one run to the next


WAYS = [("sqlite", dies), ("sqlite", full), ("sqlite", cut), ("postgresql", dies)]
pytestmark = pytest.mark.slow


@pytest.fixture(params=WAYS, ids=lambda way: f"{way[0]} {way[1].__name__}")
def way(request):
    """(a sort of database, what goes wrong)."""
    return request.param


@pytest.fixture
def server(way, fresh_database, tmp_path):
    with (
        fresh_database(way[0]) as url,
        regional(url, tmp_path, prepared=True, clock=HandClock()) as running,
    ):
        running.account("aidana")
        yield running


@pytest.fixture
def fault(way):
    """A function: `failing` with this fault, at the point of this number."""
    which = LINE if way[1] is cut else DATABASE
    return lambda number: failing(number, way[1], which, AppAdapter)


class Laptop:
    """A file, and what works with it as long as the program runs."""

    def __init__(self, server, file):
        self.server, self.file = server, file
        self.store = sessionmaker(create_engine(f"sqlite:///{file}"), expire_on_commit=False)

    @classmethod
    def enrolled(cls, server, file):
        made = cls(server, file)
        given = server.transport().enrol(server.code("aidana"), PASSWORD, "ноут", renews=True)
        Base.metadata.create_all(made.store.kw["bind"])
        with made.store.begin() as session:
            remember(session, "person", given.person)
            remember(session, "device", "ноут")
            keep(session, Tokens(given.token, given.refresh))
        return made

    def desk(self):
        """The program begins anew: nothing is known but what is in the file."""
        keeper = TokenKeeper(self.store)
        line = HttpTransport(self.server.http(), "http://server.test", keeper.held().token, keeper)
        with self.store() as session:
            person = recall(session, "person", Person)
        return Desk(person, self.store, None, line, load_pack())

    def name(self):
        """By which the server knows it."""
        return TokenKeeper(self.store).held().token.partition(".")[0]

    def sync(self):
        desk = self.desk()
        return engine.sync_once(desk.store, desk.server)


@pytest.fixture
def laptop(server, tmp_path):
    made = Laptop.enrolled(server, tmp_path / "laptop.db")
    made.sync()
    return made


def taken(server):
    with server.looking() as session:
        return session.scalars(select(Entry.change)).all()


def done(act, *more):
    """Whether it came to its end; what went wrong was no question for the password."""
    try:
        act(*more)
    except SignInAgain:
        raise
    except BROKEN:
        return False
    return True


def saved(desk):
    return records.save(desk, "visit", VISIT)[0].id


def test_a_renewal_that_fails_anywhere_asks_for_no_password(server, laptop, fault):
    edits = []
    for number in count(1, STEP):
        server.service.clock.run_out()
        desk = laptop.desk()
        with fault(number) as points:
            done(desk.server.exchange, SyncRequest(cursors={}, changes=[]))

        desk = laptop.desk()
        edits.append(saved(desk))
        assert engine.sync_once(desk.store, desk.server).sent == 1
        with desk.store() as session:
            assert recall(session, NEXT) is None
        if points.hit is None:
            break
        assert number < MOST

    assert number > 5
    assert sorted(taken(server)) == sorted(edits)


def test_a_sign_in_that_fails_anywhere_is_done_again_or_was_done(server, laptop, fault):
    for number in count(1, STEP):
        with server.service.store.writing.begin() as session:
            session.execute(update(Device).values(token=Device.family, refresh=None, family=None))
        desk = laptop.desk()
        edit = saved(desk)
        with fault(number) as points:
            acknowledged = done(profile.sign_in_again, desk, PASSWORD)

        try:
            laptop.sync()
        except SignInAgain:
            assert not acknowledged
            profile.sign_in_again(laptop.desk(), PASSWORD)
            laptop.sync()
        assert taken(server).count(edit) == 1
        server.service.clock.run_out()
        laptop.sync()
        if points.hit is None:
            break
        assert number < MOST

    assert acknowledged
    with server.service.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Device)) == 1


def test_a_new_name_that_is_not_written_down_is_asked_for_again(server, laptop, fault, tmp_path):
    edits = []
    for number in count(1, STEP):
        copied = Laptop(server, tmp_path / f"copy{number}.db")
        shutil.copy(laptop.file, copied.file)  # as it is between two of its sessions
        edits += [saved(laptop.desk()), saved(copied.desk())]
        laptop.sync()
        before = copied.desk()
        with fault(number) as points:
            acknowledged = done(engine._put_right, before.store, before.server, CLONED)

        named = copied.name() != laptop.name()
        with copied.store() as session:
            renumbered = recall(session, outbox.NAMED_AT, int) is not None
        assert named == renumbered
        assert named or not acknowledged
        copied.sync()
        assert copied.name() != laptop.name()
        server.service.clock.run_out()
        laptop.sync()
        copied.sync()
        if points.hit is None:
            break
        assert number < MOST

    assert acknowledged
    assert sorted(taken(server)) == sorted(edits)
