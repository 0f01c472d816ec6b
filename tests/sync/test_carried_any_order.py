"""Letters and replies in any order, doubled, lost, mixed with exchanges over a bad line."""

import os
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sync.client import carried
from sync.errors import Offline
from sync.server.tables import Entry
from tests.loopback import AMA, BEN, EVA, region_of
from tests.sticks import Sticks
from tests.sync.test_convergence import RECORDS, differences, forget_ids

EXAMPLES = 5_000 if os.environ.get("DALA_SOAK") else 30
ACTS = ["edit", "edit", "sync", "before", "after", "twice", "letter", "deliver", "deliver", "take"]
steps = st.lists(
    st.tuples(
        st.integers(0, 2),  # who
        st.sampled_from(ACTS),
        st.sampled_from(RECORDS),
        st.sampled_from(["people", "households"]),
        st.integers(0, 3),  # the value; which letter or reply of those that there are
    ),
    max_size=30,
)


def run(schedule):
    """Play a schedule, deliver and take all once more, sync in peace: what is wrong?"""
    with region_of(AMA, BEN, EVA) as laptops:
        sticks, made, letters, replies, wrong = Sticks(laptops), [], [], [], []
        for who, act, record, name, value in schedule:
            laptop = laptops[who]
            if act == "edit":
                made.append(laptop.edit("visit", record, **{name: value}))
            elif act == "letter":
                letters.append((laptop, sticks.letter(laptop)))
            elif act == "deliver" and letters:
                writer, letter = letters[-1 - value % len(letters)]
                replies.append((writer, sticks.deliver(letter).reply))
            elif act == "take" and replies:
                wrong += take(sticks, *replies[-1 - value % len(replies)])
            elif act in ("sync", "before", "after", "twice"):
                laptop.fault = act if act != "sync" else ""
                with suppress(Offline):
                    laptop.sync()
        for writer, letter in letters:
            wrong += take(sticks, writer, sticks.deliver(letter).reply)
        for writer, reply in replies:
            wrong += take(sticks, writer, reply)
        for laptop in (*laptops, *laptops):
            laptop.sync()
        with laptops[0].region.store() as session:
            kept = session.query(Entry).all()
        return [*wrong, *differences(laptops, made, kept)]


def take(sticks, laptop, reply):
    """Take a reply in; what a person saw newer than it must not become older."""
    before = {id: row["revision"] for id, row in laptop.records().items()}
    sticks.take(laptop, reply)
    after = laptop.records()
    return [f"{id} went back" for id, known in before.items() if after[id]["revision"] < known]


@settings(max_examples=EXAMPLES)
@given(steps)
def test_everyone_ends_alike_by_whatever_way_it_went(schedule):
    assert run(schedule) == []


HARD = [
    (1, "edit", RECORDS[1], "people", 1),
    (1, "sync", RECORDS[1], "people", 0),
    (0, "edit", RECORDS[0], "people", 1),
    (0, "letter", RECORDS[0], "people", 0),
    (0, "deliver", RECORDS[0], "people", 0),
    (1, "sync", RECORDS[0], "people", 0),
    (1, "edit", RECORDS[0], "people", 2),
    (1, "edit", RECORDS[1], "households", 2),
    (1, "sync", RECORDS[0], "people", 0),
    (0, "sync", RECORDS[0], "people", 0),
    (0, "edit", RECORDS[0], "households", 3),
    (0, "take", RECORDS[0], "people", 0),
    (0, "letter", RECORDS[0], "people", 0),
    (2, "sync", RECORDS[0], "people", 0),
    (0, "deliver", RECORDS[0], "people", 0),
    (0, "deliver", RECORDS[0], "people", 1),
    (0, "take", RECORDS[0], "people", 1),
]


def take_late_replies(monkeypatch):
    """A laptop that takes every reply as it is."""
    monkeypatch.setattr(carried, "is_late", lambda *_: False)


def test_the_hard_schedule_passes_with_all_guards():
    assert run(HARD) == []


@pytest.mark.parametrize("mutant", [take_late_replies, forget_ids])
def test_each_guard_removed_is_caught(mutant, monkeypatch):
    mutant(monkeypatch)

    try:
        wrong = run(HARD)
    except Exception as error:  # noqa: BLE001  # a mutant may break anything
        wrong = [repr(error)]

    assert wrong
