"""Very many records go bare while somebody works."""

import sqlite3
from uuid import uuid4

import pytest
from sqlalchemy import insert

from sync.client import bare
from sync.client.tables import Draft, Quiet
from tests.bare_laptops import ISSUE, given_laptops, look, row, sync  # noqa: F401
from tests.loopback import NOW


def test_of_very_many_some_go_at_a_time(laptops, monkeypatch):
    ama, issue, other = two_closed(laptops)
    monkeypatch.setattr(bare, "AT_ONCE", 1)
    look(ama, 0)

    assert look(ama, 90) == 2

    assert row(ama, issue).bare
    assert row(ama, other).bare


def type_something(session):
    session.add(Draft(key="visit:new", body=b"{}", edited=NOW))


@pytest.mark.parametrize("after", [0, 1])
def test_where_somebody_works_meanwhile_the_next_exchange_looks_anew(laptops, monkeypatch, after):
    ama, issue, other = two_closed(laptops)
    monkeypatch.setattr(bare, "AT_ONCE", 1)
    look(ama, 0)
    empty, went = bare._empty, []

    def interrupted(session, some):
        empty(session, some)
        went.append(some)
        type_something(session)

    with monkeypatch.context() as meanwhile:
        if after:
            meanwhile.setattr(bare, "_empty", interrupted)
        else:
            meanwhile.setattr(bare, "_since", working_meanwhile(ama, bare._since))
        assert look(ama, 90) == after

    assert [row(ama, one).bare for one in (issue, other)].count(True) == after
    with ama.store.begin() as session:
        session.query(Draft).delete()
    assert look(ama, 90) == 2 - after


def test_what_was_seen_while_somebody_worked_is_not_noted(laptops, monkeypatch):
    ama, _, _ = laptops
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(bare, "_since", working_meanwhile(ama, bare._since))
        look(ama, 0)

    with ama.store() as session:
        assert session.query(Quiet).count() == 0


def working_meanwhile(laptop, since):
    """Somebody types while all is looked at."""

    def looking(session, now):
        found = since(session, now)
        session.rollback()
        with laptop.store.begin() as another:
            type_something(another)
        return found

    return looking


def two_closed(laptops):
    ama, eva, issue = laptops
    other = ama.edit("issue", uuid4(), **ISSUE).record
    ama.edit("issue", other, review="sent")
    sync(ama, eva)
    eva.edit("issue", other, review="approved", state="closed")
    sync(eva, ama, ama)
    return ama, issue, other


def test_very_many_are_forgotten_in_slices(laptops):
    ama, _, _ = laptops
    with ama.store.begin() as session:
        many = [{"record": uuid4(), "stands": 1, "since": NOW} for _ in range(2_000)]
        session.execute(insert(Quiet), many)
        driver = session.connection().connection.driver_connection
    driver.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 999)  # 250,000 of the laptop's file

    look(ama, 0)

    with ama.store() as session:
        assert session.query(Quiet).count() == 1
