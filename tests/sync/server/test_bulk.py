"""Rows that go in by the drivers' short ways are those that SQLAlchemy would have written."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from sync.person import REGION, Person
from sync.server.bulk import insert_rows
from sync.server.rows import LEDGER, RECORDS
from tests.servers import SOZAQ

COORDINATOR = Person("eset", "Есет", "coordinator", REGION)

words = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=30)
plain = words | st.integers(0, 2**62) | st.none()
documents = st.dictionaries(words, plain, max_size=5)
moments = st.datetimes(timezones=st.just(UTC))


def row(**said):
    return {
        "district": SOZAQ,
        "id": uuid4(),
        "kind": "issue",
        "parent": None,
        "revision": 1,
        "by": "aigul",
        "at": datetime(2026, 11, 25, 10, 0, tzinfo=UTC),
        "fields": {},
        "touched": {},
        "sha256": None,
        "ended": None,
        "struck": None,
        **said,
    }


def raw(session, id):
    """A row as the database keeps it."""
    key = id.hex if session.get_bind().dialect.name == "sqlite" else str(id)
    found = session.execute(text("SELECT * FROM record WHERE id = :id"), {"id": key}).one()
    return {
        name: value for name, value in found._mapping.items() if name not in ("id", "revision")
    }


def test_both_ways_leave_the_same_row(server):
    ids = [UUID(int=1), UUID(int=2)]

    @settings(max_examples=60)
    @given(moments, words, documents)
    def same(at, by, fields):
        rows = [
            row(id=id, revision=n, at=at, by=by, fields=fields, parent=UUID(int=7), sha256=by)
            for n, id in enumerate(ids, 1)
        ]
        with server.service.writing(COORDINATOR) as session:
            insert_rows(session, RECORDS, rows[:1])
            session.execute(insert(RECORDS), rows[1:])

            assert raw(session, ids[0]) == raw(session, ids[1])
            session.rollback()

    same()


def test_a_row_is_read_back_as_it_was_given(server):
    given = row(fields={"essence": "Көпір\t\\N \\. «ұ»\n\r"}, touched={"": [1, "aigul"]})
    with server.service.writing(COORDINATOR) as session:
        insert_rows(session, RECORDS, [given])

        assert dict(session.execute(select(RECORDS)).one()._mapping) == given


def test_nothing_is_inserted_where_there_is_nothing(server):
    with server.service.store.writing() as session:
        insert_rows(session, LEDGER, [])


def test_a_row_that_is_there_already_is_an_error_of_the_database(server):
    twins = [row(id=UUID(int=1)), row(id=UUID(int=2))]
    with pytest.raises(DBAPIError) as raised, server.service.writing(COORDINATOR) as session:
        insert_rows(session, RECORDS, twins)  # PostgreSQL says it when it is asked next

    assert isinstance(raised.value, IntegrityError)
    assert "aigul" not in str(raised.value)  # a log must not hold people's data


def test_rows_that_say_the_same_in_some_columns_are_read_back_as_they_were_given(server):
    at, other = datetime(2026, 11, 25, 10, 0, tzinfo=UTC), datetime(2026, 11, 26, tzinfo=UTC)
    given = [
        row(id=UUID(int=1), revision=1, at=at, sha256="a", fields={"a": None}, ended=7),
        row(id=UUID(int=2), revision=2, at=at, sha256="a", parent=UUID(int=1), touched={"a": [2, ""]}),
        row(id=UUID(int=3), revision=3, at=other, sha256="a", by="", kind="visit"),
    ]  # fmt: skip
    with server.service.writing(COORDINATOR) as session:
        insert_rows(session, RECORDS, given)

        found = session.execute(select(RECORDS).order_by(RECORDS.c.revision)).all()
        assert [dict(one._mapping) for one in found] == given
