"""What waits: nothing leaves it unanswered, nothing is told twice in different words."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import event, func, select

from sync.change import FOLLOWS, UNSURE, Change, read
from sync.client import outbox
from sync.client.tables import Pending, PendingBody
from sync.records.base import Base
from tests.loopback import AMA, memory, region_of

SOZAQ = "615600000"
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture
def session():
    store = memory(Base)
    with store.begin() as opened:
        yield opened
    store.kw["bind"].dispose()


def edit(record, base=0, witness=False, **fields):
    said = {"fields": fields, "base": base, "by": "ama", "witness": witness}
    return Change(kind="visit", record=record, district=SOZAQ, **said)


def numbers(session):
    return [change.number for change in outbox.waiting(session)]


def test_edits_of_one_record_that_have_not_left_travel_as_one(session):
    record = uuid4()
    first = outbox.put(session, edit(record, people=1, outcome="a"))
    second = outbox.put(session, edit(record, base=FOLLOWS, people=2))

    (waits,) = outbox.waiting(session)

    assert first.id == second.id == waits.id
    assert (waits.fields, waits.base) == ({"people": 2, "outcome": "a"}, 0)


def test_an_edit_that_may_have_left_stays_as_it_is(session):
    record = uuid4()
    outbox.put(session, edit(record, people=1))
    outbox.offer(session, outbox.waiting(session)[-1].number)
    outbox.put(session, edit(record, base=FOLLOWS, people=2))

    assert [change.fields for change in outbox.waiting(session)] == [{"people": 1}, {"people": 2}]


def test_what_a_session_has_put_in_and_what_waits_can_be_kept_elsewhere(session):
    """But not what this laptop only bears witness to: whoever knows it may tell it again."""
    record = uuid4()
    outbox.put(session, edit(record, people=1))
    outbox.put(session, edit(record, base=FOLLOWS, people=2))
    outbox.put(session, edit(uuid4(), witness=True, people=3))
    outbox.put(session, edit(uuid4(), people=4))

    for kept in (outbox.just_put(session), outbox.bodies(session)):
        assert [outbox.decode(body).fields["people"] for body in kept] == [2, 4]


def test_what_is_told_for_somebody_else_is_never_one_with_the_persons_own_edit(session):
    record = uuid4()
    outbox.put(session, edit(record, people=1))
    outbox.put(session, edit(record, witness=True, households=2))
    outbox.put(session, edit(record, people=3))

    assert [(one.fields, one.witness) for one in outbox.waiting(session)] == [
        ({"people": 1}, False),
        ({"households": 2}, True),
        ({"people": 3}, False),
    ]


def test_a_step_of_review_keeps_its_place_among_the_edits(session):
    record = uuid4()
    for fields in ({"people": 1}, {"review": "sent"}, {"people": 2}):
        outbox.put(session, edit(record, **fields))

    assert [set(change.fields) for change in outbox.waiting(session)] == [
        {"people"},
        {"review"},
        {"people"},
    ]


def test_a_text_keeps_what_stood_there_when_its_editing_began(session):
    record = uuid4()
    first = edit(record, base=4, outcome="b")
    outbox.put(session, Change(**fields_of(first), was={"outcome": "a"}))
    outbox.put(
        session, Change(**fields_of(edit(record, base=4, outcome="c")), was={"outcome": "b"})
    )

    (waits,) = outbox.waiting(session)

    assert (waits.fields["outcome"], waits.was) == ("c", {"outcome": "a"})


def fields_of(change):
    names = ("kind", "record", "district", "fields", "base", "by")
    return {name: getattr(change, name) for name in names}


def test_a_number_is_never_given_twice(session):
    outbox.put(session, edit(uuid4(), people=1))
    (first,) = outbox.waiting(session)
    outbox.hold(session, first, "no")
    outbox.put(session, edit(uuid4(), people=2))

    assert numbers(session) == [first.number + 1]


def test_an_answered_edit_waits_no_more_and_stays_a_month(session):
    outbox.put(session, edit(uuid4(), people=1))

    outbox.settle(session, {1: 7}, NOW)
    outbox.settle(session, {}, NOW + timedelta(days=29))
    assert (outbox.count(session), outbox.answered(session)) == (0, 1)
    assert session.scalar(select(func.count()).select_from(Pending)) == 1

    outbox.settle(session, {}, NOW + timedelta(days=31))
    assert session.scalar(select(func.count()).select_from(Pending)) == 0


def test_what_a_restored_server_lost_waits_again_and_nothing_else(session):
    lost = edit(uuid4(), base=9, people=2)
    for change in (edit(uuid4(), people=1), lost):
        outbox.put(session, change)
    outbox.settle(session, {1: 5, 2: 12}, NOW)

    assert outbox.wait_again(session, {SOZAQ: 6}) == 1
    (waits,) = outbox.waiting(session)
    assert (waits.id, waits.base) == (lost.id, 6)


def test_a_base_that_nobody_knows_is_no_revision(session):
    outbox.put(session, edit(uuid4(), base=9, people=2))
    outbox.settle(session, {1: 12}, NOW)

    outbox.wait_again(session, {})

    assert outbox.waiting(session)[0].base == UNSURE


def test_a_refused_edit_is_kept_unless_it_was_only_witnessed(session):
    own = outbox.put(session, edit(uuid4(), people=1))
    seen = Change(**fields_of(edit(uuid4(), people=2)), witness=True)
    outbox.put(session, seen)
    for change in (own, seen):
        outbox.hold(session, change, "no")

    held = session.scalars(select(outbox.Attention.change)).all()
    assert (held, outbox.count(session)) == ([own.id], 0)


def test_a_laptop_by_another_name_says_nothing_of_what_its_old_name_was_answered(session):
    outbox.put(session, edit(uuid4(), people=1))
    outbox.settle(session, {1: 5}, NOW)

    outbox.rename(session)

    assert outbox.answered(session) == 0


def test_edits_are_read_and_noted_as_leaving_in_one_transaction(monkeypatch):
    """One that was typed between the two would be put into one that is on its way, and be lost."""
    read, noted = [], []
    leaving, offer = outbox.leaving, outbox.offer

    def note_read(session, *more, **named):
        read.append(session)
        return leaving(session, *more, **named)

    def note_offer(session, number):
        noted.append(session)
        offer(session, number)

    monkeypatch.setattr(outbox, "leaving", note_read)
    monkeypatch.setattr(outbox, "offer", note_offer)
    with region_of(AMA) as (ama,):
        ama.edit("visit", uuid4(), people=1)
        ama.sync()

    assert len(noted) == 1
    assert noted[0] in read


def test_what_leaves_is_what_waits_with_its_fields_as_the_json_that_was_kept(session):
    outbox.put(session, edit(uuid4(), people=1, outcome="a"))
    outbox.put(session, edit(uuid4(), people=2))

    leaving = outbox.leaving(session, 10, outbox.LARGEST, 0)

    assert [bytes(one.fields) for one in leaving] == [
        b'{"people":1,"outcome":"a"}',
        b'{"people":2}',
    ]
    assert [(read(one), one.number) for one in leaving] == [
        (one, one.number) for one in outbox.waiting(session)
    ]
    assert outbox.leaving(session, 10, outbox.LARGEST, leaving[0].number) == leaving[1:]


def test_whether_anything_waits_is_known_by_its_number(session):
    outbox.put(session, edit(uuid4(), people=1))

    assert (outbox.waits(session), outbox.waits(session, 1)) == (True, False)


def rows_and_bodies(session):
    tables = (Pending, PendingBody)
    return tuple(session.scalar(select(func.count()).select_from(table)) for table in tables)


def test_what_an_edit_says_is_not_written_again_with_its_answer(session):
    outbox.put_many(session, [edit(uuid4(), people=1), edit(uuid4(), people=2)])
    written = []

    def note(*told):
        written.append(told[2])

    bind = session.get_bind()
    event.listen(bind, "before_cursor_execute", note)
    outbox.settle(session, {1: 7, 2: 8}, NOW)
    event.remove(bind, "before_cursor_execute", note)

    assert any(one.startswith("UPDATE outbox ") for one in written)
    assert not any("outbox_body" in one for one in written)


@pytest.mark.parametrize("gone", ["refused", "a month old"])
def test_with_an_edit_goes_what_it_said(session, gone):
    outbox.put_many(session, [edit(uuid4(), people=1), edit(uuid4(), people=2)])
    assert rows_and_bodies(session) == (2, 2)

    if gone == "refused":
        outbox.hold(session, outbox.waiting(session)[0], "no")
    else:
        outbox.settle(session, {1: 7}, NOW)
        outbox.settle(session, {}, NOW + timedelta(days=31))

    assert rows_and_bodies(session) == (1, 1)
    assert [change.fields for change in outbox.waiting(session)] == [{"people": 2}]


def test_those_that_wait_are_found_by_their_index_however_many_were_answered(session):
    asked = outbox.OLDEST.compile(session.get_bind())
    plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", (0, 10, 0))

    assert any("ix_outbox_waiting" in step[3] for step in plan)
