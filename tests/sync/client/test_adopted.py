"""What an older program kept without knowing it, after the upgrade."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from sync.change import Change, encode
from sync.client import adopted
from sync.client.adopted import adopt
from sync.client.erasure import erased_as
from sync.client.rows import write
from sync.client.tables import Erased, Foreign
from sync.erasure import ERASED, Stone, as_fields
from sync.records.base import Base
from sync.records.issue import Step
from sync.records.visit import Visit
from tests.loopback import SOZAQ, memory

STONE = Stone(reason="request", by="lea", at=datetime(2026, 11, 5, tzinfo=UTC), seal="5ea1" * 16)


@pytest.fixture
def store():
    made = memory(Base)
    yield made
    made.kw["bind"].dispose()


def kept(session, **unknown):
    change = Change(
        kind="visit",
        record=uuid4(),
        district=SOZAQ,
        by="ama",
        fields={"author": "ama", "people": 3},
        revision=4,
    )
    write(session, [change])
    session.get_one(Visit, change.record).unknown = unknown
    session.flush()
    return change.record


def test_a_field_that_is_declared_now_gets_its_value(store):
    with store.begin() as session:
        record = kept(session, households=2, visited_on="2026-11-05", drone="x1")

        assert adopt(session) == 1
        session.expire_all()
        row = session.get_one(Visit, record)

        assert (row.households, str(row.visited_on)) == (2, "2026-11-05")
        assert row.unknown == {"drone": "x1"}
        assert row.revision == 4


def test_a_value_that_does_not_fit_stays_aside_and_one_that_stands_is_not_overwritten(store):
    with store.begin() as session:
        record = kept(session, people=99, households={"all": 2})

        assert adopt(session) == 0
        row = session.get_one(Visit, record)

        assert (row.people, row.households) == (3, None)
        assert row.unknown == {"people": 99, "households": {"all": 2}}


def test_records_of_a_kind_that_is_known_now_go_into_its_table(store, monkeypatch):
    monkeypatch.setattr(adopted, "PAGE", 2)
    steps = [
        Change(
            kind="step",
            record=uuid4(),
            parent=uuid4(),
            district=SOZAQ,
            by="ama",
            fields={"author": "ama", "text": f"{number}"},
            revision=7,
        )
        for number in range(5)
    ]
    with store.begin() as session:
        for change in [*steps, Change(kind="well", record=uuid4(), district=SOZAQ, fields={})]:
            said = {"record": change.record, "district": SOZAQ, "kind": change.kind}
            session.add(Foreign(**said, body=encode(change)))
        session.flush()

        assert adopt(session) == 5

        assert set(session.scalars(select(Step.text))) == set("01234")
        assert set(session.scalars(select(Step.parent))) == {one.parent for one in steps}
        assert session.scalars(select(Foreign.kind)).all() == ["well"]
        assert session.scalar(select(func.count()).select_from(Step)) == 5


def test_an_erasure_that_was_taken_for_a_field_empties_the_record(store):
    with store.begin() as session:
        record = kept(session, **as_fields(STONE), drone="x1")
        step = Change(
            kind="step", record=uuid4(), parent=record, district=SOZAQ, fields={"text": "Келді"}
        )
        write(session, [step])

        assert adopt(session) == 1

        assert erased_as(session, record) == STONE
        assert session.get_one(Erased, record).revision == 4
        assert session.scalar(select(func.count()).select_from(Visit)) == 0
        assert session.scalar(select(func.count()).select_from(Step)) == 0
        assert adopt(session) == 0


def test_an_erasure_of_a_kind_that_is_known_now_is_one(store):
    stone = Change(
        kind="step", record=uuid4(), parent=uuid4(), district=SOZAQ, fields=as_fields(STONE),
        revision=7,
    )  # fmt: skip
    with store.begin() as session:
        said = {"record": stone.record, "district": SOZAQ, "kind": "step"}
        session.add(Foreign(**said, body=encode(stone)))
        session.flush()

        assert adopt(session) == 1

        assert erased_as(session, stone.record) == STONE
        assert session.scalars(select(Foreign.kind)).all() == []


@pytest.mark.parametrize("said", [{"reason": 5}, None, ""])
def test_what_is_no_erasure_even_now_stays_aside(store, said):
    with store.begin() as session:
        record = kept(session, **{ERASED: said})

        assert adopt(session) == 0

        assert session.get_one(Visit, record).unknown == {ERASED: said}
        assert erased_as(session, record) is None
