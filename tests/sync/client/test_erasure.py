"""A stone that comes to a laptop: what waited goes, its person is told, and the seal stays."""

from datetime import UTC, datetime
from uuid import uuid4

import msgspec
import pytest
from sqlalchemy import select

from sync.change import Change
from sync.client import outbox
from sync.client.erasure import erased_as
from sync.client.facts import remember
from sync.client.rows import write
from sync.client.tables import Attention
from sync.erasure import GONE, Stone, as_fields
from sync.language import tr
from sync.records.base import Base
from tests.loopback import AMA, SOZAQ, memory

SEALED = Stone(reason="request", by="lea", at=datetime(2026, 11, 5, tzinfo=UTC), seal="5ea1" * 16)


@pytest.fixture
def store():
    made = memory(Base)
    with made.begin() as session:
        remember(session, "person", msgspec.structs.replace(AMA, language="kk"))
    yield made
    made.kw["bind"].dispose()


def edit(store, record, **more):
    said = {"kind": "visit", "district": SOZAQ, "by": "ama", "fields": {"people": 3}}
    with store.begin() as session:
        return outbox.put(session, Change(record=record, **{**said, **more}))


def stone_comes(store, record, stone=SEALED):
    news = {"kind": "visit", "district": SOZAQ, "by": "lea", "revision": 9}
    with store.begin() as session:
        write(session, [Change(record=record, fields=as_fields(stone), **news)])


def noted(store):
    with store() as session:
        rows = session.scalars(select(Attention)).all()
        return [(row.change, row.reason, outbox.decode(row.body).fields) for row in rows]


def waiting(store):
    with store() as session:
        return outbox.count(session)


def test_an_edit_that_waits_goes_and_its_person_is_told_in_their_language(store):
    record = uuid4()
    waited = edit(store, record)

    stone_comes(store, record)

    assert waiting(store) == 0
    assert noted(store) == [(waited.id, tr(GONE, "kk"), {})]


def test_what_was_told_again_for_others_goes_without_a_word(store):
    record = uuid4()
    edit(store, record, witness=True, base=-1)

    stone_comes(store, record)

    assert (waiting(store), noted(store)) == (0, [])


def test_who_erases_is_not_told_of_the_own_edits_that_went(store):
    record = uuid4()
    edit(store, record)

    own = edit(store, record, fields={"erased": "by_mistake"})

    assert noted(store) == []
    with store() as session:
        assert [one.id for one in outbox.waiting(session)] == [own.id]


def test_an_own_erasure_on_top_does_not_take_the_seal_away(store):
    record = uuid4()
    edit(store, record)
    own = edit(store, record, fields={"erased": "by_mistake"})
    stone_comes(store, record)

    with store.begin() as session:  # as an exchange puts what still waits on top of the news
        write(session, [own])

        assert erased_as(session, record) == SEALED
