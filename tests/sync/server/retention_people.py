"""Records that people decided about, and a server whose clock goes on for years."""

import os
from datetime import UTC, datetime, time

import msgspec
import pytest
from sqlalchemy import select

from sync.erasure import ERASED
from sync.retention import last_day
from sync.server import audit
from sync.server.accounts import utc_now
from sync.server.tables import Entry, Kept, KeptLetter, Stream
from tests.servers import SOZAQ, HandClock, change, whole_issue
from tests.sync.server.test_erasure import (
    SECRET,
)

SOAK = bool(os.environ.get("DALA_SOAK"))
MANY = 3_000 if SOAK else 120
CLOSED = {"state": "closed"}


@pytest.fixture(name="clock")
def given_clock():
    """The ledger writes down the true time; the server's clock is moved from there."""
    moved = HandClock()
    moved.time = utc_now()
    return moved


@pytest.fixture(name="people")
def given_people(server):
    """An activist's laptop and their leader's."""
    return server.laptop("aidana"), server.laptop("lea", "leader")


def last_of(months):
    """Noon of the last day on which something is kept that was settled today."""
    day = last_day(utc_now().date(), months)
    return datetime.combine(day, time(12), UTC)


def decided(people, new, review="approved"):
    """Record it, send it, and let the leader decide."""
    aidana, lea = people
    assert not aidana.exchange(new, change(new.kind, new.record, base=-2, review="sent")).refused
    lea.exchange()
    base = lea.cursors[SOZAQ]
    assert not lea.exchange(change(new.kind, new.record, base=base, review=review)).refused
    return new.record


def issue(people, **more):
    return decided(people, whole_issue(**{**CLOSED, "essence": SECRET, **more}))


def visit(people, **more):
    said = {"visited_on": "2026-11-05", "village": "free::Ақкөл", "topic": "other", **more}
    return decided(people, change("visit", outcome=SECRET, **said))


def meeting(people, **more):
    said = {"type": "dialogue", "title": SECRET, "held_on": "2026-11-05", **more}
    return decided(people, change("meeting", village="free::Ақкөл", **said))


def standing(server, record):
    with server.looking() as session:
        return session.scalars(select(Kept).where(Kept.id == record)).one()


def is_gone(server, record):
    return bool(standing(server, record).fields.get(ERASED))


def rows(server, act):
    with server.looking() as session:
        assert audit.broken(session) is None
        found = [one for one in audit.rows(session) if one.act == act]
        return [(one.who, msgspec.json.decode(one.subject)) for one in found]


def letters(server):
    with server.looking() as session:
        return set(session.scalars(select(KeptLetter.id)))


def state(server):
    """All that is in the database's tables of records."""
    with server.looking() as session:
        tables = (Kept.__table__, Entry.__table__, Stream.__table__)
        return [session.execute(select(one).order_by(*one.primary_key)).all() for one in tables]
