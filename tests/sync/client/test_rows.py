"""The laptop's tables take one's own edits and the server's news the same way."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from sync.change import Change
from sync.client.outbox import decode
from sync.client.rows import write
from sync.client.tables import Foreign
from sync.records.base import Base
from sync.records.visit import Visit

SOZAQ = "615600000"


def visit(record, fields, **more):
    return Change(kind="visit", record=record, district=SOZAQ, fields=fields, by="ama", **more)


@pytest.fixture(scope="module")
def store():
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    yield sessionmaker(engine)
    engine.dispose()


def test_a_new_record_gets_its_author_and_moment(store):
    change = visit(uuid4(), {"visited_on": "2026-11-05", "people": 4})

    with store() as session:
        write(session, [change])
        row = session.get_one(Visit, change.record)

        assert (row.visited_on, row.people) == (date(2026, 11, 5), 4)
        assert (row.author, row.created, row.review) == ("ama", change.at, "draft")


def test_an_edit_touches_only_its_fields(store):
    first = visit(uuid4(), {"author": "ama", "visited_on": "2026-11-05", "people": 4}, revision=3)
    second = visit(first.record, {"people": 5})

    with store() as session:
        write(session, [first])
        write(session, [second])
        row = session.get_one(Visit, first.record)

        assert (row.visited_on, row.people, row.revision) == (date(2026, 11, 5), 5, 3)
        assert row.created == first.at


def test_what_this_program_does_not_know_is_kept_and_grows(store):
    record = uuid4()

    with store() as session:
        write(session, [visit(record, {"people": 4, "drone": "x1", "people_seen": [1]})])
        write(session, [visit(record, {"drone": "x2"})])
        row = session.get_one(Visit, record)

        assert row.unknown == {"drone": "x2", "people_seen": [1]}


def test_a_value_of_an_unknown_shape_does_not_stop_the_others(store):
    record = uuid4()

    with store() as session:
        write(session, [visit(record, {"people": {"adults": 3}, "households": 2})])
        row = session.get_one(Visit, record)

        assert (row.people, row.households) == (None, 2)
        assert row.unknown == {"people": {"adults": 3}}


def test_odd_system_values_of_a_newer_server_do_not_stop_the_rest(store):
    record = uuid4()
    odd = {"created": "yesterday", "removed": "no", "author": 7, "conflicts": [], "people": 4}

    with store() as session:
        write(session, [visit(record, {"people": 3}), visit(record, odd)])
        row = session.get_one(Visit, record)

        assert (row.people, row.author, row.removed, row.conflicts) == (4, "ama", False, {})
        assert row.unknown == {name: odd[name] for name in odd if name != "people"}


def test_a_record_of_an_unknown_kind_is_kept_whole(store):
    change = Change(kind="drone", record=uuid4(), district=SOZAQ, fields={"a": 1}, revision=9)

    with store() as session:
        write(session, [change])

        assert decode(session.get_one(Foreign, change.record).body) == change


def test_news_about_a_record_of_an_unknown_kind_add_to_what_is_kept(store):
    record = uuid4()
    first = Change(kind="poem", record=record, district=SOZAQ, fields={"text": "a", "mood": "b"})
    later = Change(kind="poem", record=record, district=SOZAQ, fields={"mood": "c"})

    with store() as session:
        write(session, [first])
        write(session, [later])

        kept = decode(session.get_one(Foreign, record).body)
    assert kept.fields == {"text": "a", "mood": "c"}


fields = st.dictionaries(st.sampled_from(["people", "households"]), st.integers(0, 99))


@given(st.lists(st.tuples(st.integers(0, 2), fields), max_size=12))
def test_many_at_once_are_the_same_as_one_after_another(store, edits):
    ids = {who: [uuid4(), uuid4()] for who in range(3)}
    at = datetime(2026, 11, 5, tzinfo=UTC)

    def changes(which):
        return [visit(ids[who][which], values, at=at) for who, values in edits]

    with store() as session:
        write(session, changes(0))
        for change in changes(1):
            write(session, [change])

        for together, apart in ids.values():
            rows = session.get(Visit, together), session.get(Visit, apart)
            seen = [row and (row.people, row.households) for row in rows]
            assert seen[0] == seen[1]
        session.rollback()


def test_what_changed_of_a_record_that_is_not_here_is_not_written_alone(store):
    lost = visit(uuid4(), {"people": 5}, revision=9)
    whole = visit(uuid4(), {"author": "ama", "people": 4}, revision=10)

    with store() as session:
        write(session, [lost, whole])

        assert session.get(Visit, lost.record) is None
        assert session.get_one(Visit, whole.record).people == 4
