"""Rows with one of many ids."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import bindparam, select

from sync import among
from sync.change import Change
from sync.client import outbox
from sync.client.tables import Base
from tests.loopback import AMA, memory

ROW = outbox.ROW
EDITS = select(ROW.change, ROW.number, outbox.BODY).order_by(ROW.number)
OF_DISTRICT = EDITS.where(ROW.district == bindparam("district"))


@pytest.fixture
def session():
    with memory(Base).begin() as session:
        yield session


def put(session, count):
    """So many edits that wait → the ids of their records."""
    edits = [
        Change(kind="visit", record=uuid4(), district=AMA.district, fields={}, by=AMA.id)
        for _ in range(count)
    ]
    outbox.put_many(session, edits)
    return [edit.record for edit in edits]


def numbers(session, ids, query=EDITS, *more):
    return [number for _, number, _ in among.among(session, query, ROW.record, ids, *more)]


@pytest.mark.parametrize("count", [1, 3, 4, 5])
def test_all_are_found_where_they_are_asked_for_in_several_pieces(session, monkeypatch, count):
    monkeypatch.setattr(among, "MOST", 2)
    records = put(session, count)

    assert sorted(numbers(session, records)) == list(range(1, count + 1))


def test_nothing_but_what_was_asked_for_is_found(session):
    first, _, third = put(session, 3)

    assert numbers(session, [third, uuid4(), first]) == [1, 3]
    assert numbers(session, []) == []


def test_ids_are_ids_and_all_else_is_as_the_driver_gives_it(session):
    (record,) = put(session, 1)

    ((change, number, body),) = among.among(session, EDITS, ROW.record, [record])

    assert isinstance(change, UUID)
    assert (number, outbox.decode(body).id) == (1, change)


def test_the_querys_own_parameter_comes_before_the_ids(session):
    records = put(session, 2)

    assert numbers(session, records, OF_DISTRICT, AMA.district) == [1, 2]
    assert numbers(session, records, OF_DISTRICT, "elsewhere") == []


def test_what_the_session_holds_unwritten_is_found_as_by_any_question_of_its_own(session):
    (record,) = put(session, 1)
    row = session.scalars(select(outbox.Pending)).one()
    row.body = b"{}"

    ((_, _, body),) = among.among(session, EDITS, ROW.record, [record])

    assert body == b"{}"


def test_of_many_ids_it_is_asked_first_whether_there_is_anything(session):
    many = [uuid4() for _ in range(among.MANY + 1)]
    assert among.nothing_among(session, many, outbox.ANY)
    assert not among.nothing_among(session, many[1:], outbox.ANY)  # few are looked up at once

    (record,) = put(session, 1)

    assert not among.nothing_among(session, many, outbox.ANY)
    assert [one.record for one in outbox.waiting_of(session, [*many, record])] == [record]
