"""Whatever is dropped or doubled on the way, everyone ends alike and nothing is lost."""

import os
from contextlib import suppress
from uuid import UUID, uuid4

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from sync.client import engine, outbox, tables
from sync.errors import Offline
from sync.server import ledger, rows
from sync.server.tables import Entry
from tests.loopback import AMA, BEN, EVA, region_of

EXAMPLES = 10_000 if os.environ.get("DALA_SOAK") else 30
RECORDS = [UUID(int=number) for number in (1, 2, 3)]
steps = st.lists(
    st.tuples(
        st.integers(0, 2),  # who
        st.sampled_from(["edit", "edit", "edit", "sync", "before", "after", "twice"]),
        st.sampled_from(RECORDS),
        st.sampled_from(["people", "households"]),
        st.integers(0, 3),
    ),
    max_size=30,
)


def run(schedule):
    """Play a schedule, let everyone sync in peace, and tell what is wrong: nothing, one hopes."""
    with region_of(AMA, BEN, EVA) as laptops:
        made = []
        for who, act, record, name, value in schedule:
            laptop = laptops[who]
            if act == "edit":
                made.append(laptop.edit("visit", record, **{name: value}))
            else:
                laptop.fault = act if act != "sync" else ""
                with suppress(Offline):
                    laptop.sync()
        for laptop in (*laptops, *laptops):
            laptop.sync()
        with laptops[0].region.store() as session:
            kept = session.query(Entry).all()
        return differences(laptops, made, kept)


def differences(laptops, made, kept):
    seen = [laptop.records() for laptop in laptops]
    counts = {change.id: 0 for change in made}
    for entry in kept:
        counts[entry.change] += 1
    return [
        *(["laptops differ"] if any(one != seen[0] for one in seen) else []),
        *(f"change {id} is in the ledger {n} times" for id, n in counts.items() if n != 1),
        *lost_values(made, seen[0], {entry.change: entry.revision for entry in kept}),
    ]


def lost_values(made, records, revisions):
    """Each person's last word on a field stands, waits as a rival, or was overridden knowingly."""
    last = {(c.by, c.record, name): (c, v) for c in made for name, v in c.fields.items()}
    for (by, record, name), (change, value) in last.items():
        row = records[record]
        rivals = [(rival["by"], rival["value"]) for rival in row["conflicts"].get(name, [])]
        others = [c for c in made if c.by != by and c.record == record and name in c.fields]
        said = revisions.get(change.id) or 0
        # who repeats what they have seen says nothing new: whoever had seen it too may overrule it
        alike = [c for c in made if c.record == record and c.fields.get(name, ...) == value]
        known = [revisions.get(c.id) or 0 for c in alike]
        overridden = any(
            other.base >= said or (other.base >= min(known) and revisions[other.id] > said)
            for other in others
        )
        if row[name] != value and (by, value) not in rivals and not overridden:
            yield f"{by}'s {name}={value} of {change.id} is nowhere"


@settings(max_examples=EXAMPLES)
@given(steps)
@example(  # two say the same; one of them, who does not know, then says something else
    [
        (1, "edit", RECORDS[0], "people", 3),
        (2, "edit", RECORDS[0], "people", 3),
        (1, "after", RECORDS[2], "people", 0),
        (2, "sync", RECORDS[0], "people", 0),
        (1, "edit", RECORDS[0], "people", 0),
    ]
)
@example(  # two say the same; whoever changes it then has seen both
    [
        (0, "edit", RECORDS[2], "households", 1),
        (2, "edit", RECORDS[2], "households", 1),
        (0, "sync", RECORDS[1], "people", 0),
        (2, "sync", RECORDS[0], "people", 0),
        (0, "edit", RECORDS[2], "households", 0),
    ]
)
def test_everyone_ends_alike_whatever_the_line_does(schedule):
    assert run(schedule) == []


HARD = [
    (0, "edit", RECORDS[0], "people", 1),
    (0, "after", RECORDS[0], "people", 0),
    (0, "edit", RECORDS[1], "people", 1),
    (0, "sync", RECORDS[0], "people", 0),
    (1, "sync", RECORDS[0], "people", 0),
    (0, "edit", RECORDS[0], "people", 2),
    (1, "edit", RECORDS[0], "people", 3),
    (1, "before", RECORDS[0], "people", 0),
    (0, "sync", RECORDS[0], "people", 0),
    (1, "sync", RECORDS[0], "people", 0),
    (2, "edit", RECORDS[2], "people", 1),
    (2, "twice", RECORDS[0], "people", 0),
]


def forget_ids(monkeypatch):
    """A server that does not look whether it knows a change."""
    monkeypatch.setattr(rows, "first_answers", lambda *_: {})


def ignore_the_base(monkeypatch):
    """A server that takes the later arrival."""
    plain = ledger.merge
    monkeypatch.setattr(
        ledger, "merge", lambda s, c, r: plain(s, ledger.msgspec.structs.replace(c, base=r), r)
    )


def drop_before_the_answer(monkeypatch):
    """A laptop that empties its outbox when it sends."""
    plain = outbox.leaving

    def leaving(session, *more, **named):
        changes = plain(session, *more, **named)
        numbers = [change.number for change in changes]
        session.execute(delete(outbox.Pending).where(outbox.Pending.number.in_(numbers)))
        return changes

    monkeypatch.setattr(engine.outbox, "leaving", leaving)


def test_the_hard_schedule_passes_with_all_guards():
    assert run(HARD) == []


@pytest.mark.parametrize("mutant", [forget_ids, ignore_the_base, drop_before_the_answer])
def test_each_guard_removed_is_caught(mutant, monkeypatch):
    mutant(monkeypatch)

    try:
        wrong = run(HARD)
    except Exception as error:  # noqa: BLE001  # a mutant may break anything
        wrong = [repr(error)]

    assert wrong


def test_a_refused_edit_is_put_right_and_kept_with_its_reason():
    with region_of(AMA, EVA) as (ama, eva):
        visit = {"visited_on": "2026-11-05", "village": "615647100", "topic": "other"}
        record = ama.edit("visit", uuid4(), **visit, review="sent").record
        ama.sync(), eva.sync()
        eva.edit("visit", record, review="approved")
        eva.sync()

        ama.edit("visit", record, people=9)
        done = ama.sync()

        assert done.refused == 1
        assert ama.records() == eva.records()
        with ama.store() as session:
            held = session.query(tables.Attention).one()
        assert "coordinator" in held.reason


def test_an_edit_typed_during_the_exchange_stays_on_top(monkeypatch):
    with region_of(AMA, BEN) as (ama, ben):
        record = ama.edit("visit", uuid4(), people=1).record
        ama.sync(), ben.sync()
        ben.edit("visit", record, people=5)
        ben.sync()
        plain = ama.exchange

        def slow(request):
            if request.changes:
                raise Offline("cut")
            ama.edit("visit", record, people=7)
            return plain(request)

        monkeypatch.setattr(ama, "exchange", slow)
        with pytest.raises(Offline):
            ama.sync()
        assert ama.records()[record]["people"] == 7

        monkeypatch.setattr(ama, "exchange", plain)
        ama.sync()
        seen = ama.records()[record]
        assert (seen["people"], seen["conflicts"]["people"][0]["value"]) == (5, 7)


def test_a_conflict_is_seen_by_both_and_ends_when_one_settles_it():
    with region_of(AMA, BEN) as (ama, ben):
        record = ama.edit("visit", uuid4(), people=1).record
        ama.sync(), ben.sync()
        ama.edit("visit", record, people=2)
        ben.edit("visit", record, people=3)
        ama.sync(), ben.sync(), ama.sync()

        seen = ama.records()[record]
        assert seen == ben.records()[record]
        assert (seen["people"], seen["conflicts"]["people"][0]["value"]) == (2, 3)

        ama.edit("visit", record, people=3)
        ama.sync(), ben.sync()
        assert ben.records()[record]["people"] == 3
        assert ben.records() == ama.records()
        assert ama.records()[record]["conflicts"] == {}
