"""Values that go to SQLite by columns are what SQLAlchemy makes of them, one by one."""

from datetime import UTC
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Integer,
    MetaData,
    String,
    Table,
    Time,
    Uuid,
    bindparam,
    create_engine,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.orm import Session

from sync.bulk import conversion, execute_many
from sync.records.base import Moment, as_text

SQLITE = dialect(json_serializer=as_text)
VALUES = {
    Uuid(): st.uuids(),
    Moment(): st.datetimes(timezones=st.just(UTC)),
    Date(): st.dates(),
    Time(): st.times(),
    Boolean(): st.booleans(),
    Integer(): st.integers(-(2**63), 2**63 - 1),
    String(): st.text(),
    JSON(): st.lists(st.text(), max_size=3)
    | st.dictionaries(st.text(), st.integers(), max_size=3),
}
PAIRS = st.sampled_from(list(VALUES)).flatmap(
    lambda kind: st.tuples(st.just(kind), VALUES[kind] | st.none())
)


def made(convert, value):
    return value if convert is None else convert(value)


@given(PAIRS)
def test_a_value_of_any_type_is_made_what_sqlalchemy_makes_it(pair):
    kind, value = pair
    own = kind.dialect_impl(SQLITE).bind_processor(SQLITE)

    assert made(conversion(kind, SQLITE), value) == made(own, value)


@pytest.fixture
def session():
    engine = create_engine("sqlite://")
    with Session(engine) as session, session.begin():
        yield session
    engine.dispose()


def test_many_rows_are_inserted_and_then_updated(session):
    table = Table("one", MetaData(), Column("id", Uuid(), primary_key=True), Column("n", Integer))
    table.create(session.connection())
    ids = [UUID(int=n) for n in range(3)]

    execute_many(session, insert(table), [{"n": 1, "id": id} for id in ids])
    more = update(table).where(table.c.id == bindparam("of")).values(n=bindparam("now"))
    execute_many(session, more, [{"of": ids[0], "now": 5}, {"of": ids[2], "now": 7}])

    found = session.execute(select(table).order_by(table.c.id))
    assert [tuple(row) for row in found] == [(ids[0], 5), (ids[1], 1), (ids[2], 7)]


def test_no_rows_are_no_statement(session):
    execute_many(session, insert(Table("nowhere", MetaData(), Column("n", Integer))), [])
