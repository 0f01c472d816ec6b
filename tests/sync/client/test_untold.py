"""Of a record that a restored server knows again, nothing is lost that others had written into it."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, select

from sync.client import restored, untold
from sync.client.facts import recall
from sync.person import Person
from sync.records.visit import Visit
from sync.server.tables import Entry, Kept
from tests.erasing import erase
from tests.loopback import AMA, BEN, EVA, SOZAQ, Laptop, raw, region_of
from tests.sync.test_erasure_restored import restore

WHOLE = {"visited_on": "2026-11-05", "village": "615647100", "topic": "survey"}
SEA = Person(id="sea", name="Си", role="activist", district=SOZAQ, language="en")


@pytest.fixture
def region():
    with region_of(AMA, BEN, SEA, EVA) as laptops:
        yield laptops


def everyone(*laptops):
    for laptop in (*laptops, *laptops):
        laptop.sync()


def newcomer(region):
    """What somebody reads who comes after all of it: what the server has."""
    laptop = Laptop(region, EVA)
    laptop.sync()
    records = laptop.records()
    laptop.store.kw["bind"].dispose()
    return records


def lost_with_ben(ama, ben, *others, born_before, **said):
    """Ben writes into Ama's visit, and loses his laptop → (the visit, a backup from before)."""
    before = raw(ama.region.store)
    visit = ama.edit("visit", uuid4(), people=1, topic="survey").record
    everyone(ama, ben)
    backup = raw(ama.region.store) if born_before else before
    ben.edit("visit", visit, **said)
    everyone(ben, ama, *others)
    return visit, backup


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("born_before", [True, False])
def test_what_somebody_had_written_who_is_gone_is_told_by_those_who_have_it(
    region, at_once, born_before
):
    ama, ben, sea, _ = region
    visit, backup = lost_with_ben(ama, ben, sea, born_before=born_before, households=7)
    ama.edit("visit", visit, people=2)
    everyone(ama, sea)

    restore(ama.region, backup, at_once)
    everyone(ama, sea)

    stands = newcomer(ama.region)[visit]
    assert (stands["people"], stands["households"], stands["conflicts"]) == (2, 7, {})
    assert ama.records()[visit] == sea.records()[visit] == stands


@pytest.mark.parametrize("edited", [True, False])
def test_a_record_that_somebody_removed_who_is_gone_stays_removed(region, edited):
    ama, ben, sea, _ = region
    visit, backup = lost_with_ben(ama, ben, sea, born_before=True, removed=True)
    if edited:
        sea.edit("visit", visit, people=2)
        everyone(sea, ama)

    restore(ama.region, backup)
    everyone(ama, sea)

    assert newcomer(ama.region)[visit]["removed"]
    assert ama.records() == sea.records()


def test_a_witness_settles_no_conflict(region):
    ama, ben, sea, _ = region
    visit = ama.edit("visit", uuid4(), people=1).record
    everyone(ama, ben, sea)
    for laptop, people in ((ama, 2), (ben, 3)):
        laptop.edit("visit", visit, people=people)
    everyone(ama, ben, sea)
    backup = raw(ama.region.store)
    for laptop, households in ((ben, 4), (sea, 5)):
        laptop.edit("visit", visit, households=households)
        everyone(laptop, sea, ama)

    restore(ama.region, backup)
    everyone(sea, ama)

    assert list(newcomer(ama.region)[visit]["conflicts"]) == ["people"]


def test_who_bears_witness_to_what_stands_has_not_edited_it(region):
    ama, ben, sea, eva = region
    visit, backup = lost_with_ben(ama, ben, sea, born_before=True, households=7)
    ama.edit("visit", visit, people=2)
    everyone(ama, sea, eva)
    restore(ama.region, backup)

    everyone(ama, sea, eva)

    with ama.region.store() as session:
        editor = session.scalar(select(Kept.by).where(Kept.id == visit))
    assert editor == "ama"  # the first who told what Ben had written


def test_a_put_right_laptop_still_tells_what_the_server_does_not_know(region):
    ama, ben, sea, _ = region
    visit, backup = lost_with_ben(ama, ben, born_before=True, households=7)
    restore(ama.region, backup)
    sea.sync()
    for laptop, people in ((sea, 8), (ama, 9)):  # a conflict: Ama is told how the record stands
        laptop.edit("visit", visit, people=people)
        laptop.sync()
    everyone(ama, sea)

    assert newcomer(ama.region)[visit]["households"] == 7
    assert ama.records() == sea.records()


def test_what_was_refused_is_not_told_behind_the_servers_back(region):
    ama, _, sea, eva = region
    visit = ama.edit("visit", uuid4(), **WHOLE).record
    ama.edit("visit", visit, review="sent")
    everyone(ama, sea, eva)
    backup = raw(ama.region.store)
    sea.edit("visit", visit, households=7)
    sea.sync()
    restore(ama.region, backup)
    eva.edit("visit", visit, review="approved")
    eva.sync()

    everyone(sea)  # who is told that the record is closed

    with ama.region.store() as session:
        refused = select(Entry.fields).where(Entry.revision.is_(None))
        assert session.scalars(refused).all() == [{"households": 7}]
    assert sea.records()[visit]["households"] is None


def test_a_removed_record_is_not_claimed_back_by_a_witness(region):
    ama, ben, sea, _ = region
    visit, backup = lost_with_ben(ama, ben, sea, born_before=True, households=7)
    ama.edit("visit", visit, removed=True)
    everyone(ama, sea)

    restore(ama.region, backup)
    everyone(ama, sea)

    stands = newcomer(ama.region)[visit]
    assert (stands["removed"], stands["households"], stands["conflicts"]) == (True, 7, {})


def test_a_server_that_is_restored_again_and_again_hears_all_of_it(region, monkeypatch):
    ama, ben, sea, _ = region
    visit, backup = lost_with_ben(ama, ben, born_before=True, households=7)
    ama.edit("visit", visit, people=2)
    ama.sync()
    ama.edit("visit", visit, people=9)
    for people in (3, 8, 4):
        restore(ama.region, backup)
        sea.sync()
        sea.edit("visit", visit, people=people)  # so that Ama is told how the record stands
        sea.sync()
        with monkeypatch.context() as cut:  # before Ama's laptop comes to bear witness
            cut.setattr(restored, "bear_witness", lambda _: 0)
            ama.sync()
    ama.sync()

    assert newcomer(ama.region)[visit]["households"] == 7


def test_what_is_typed_meanwhile_goes_before_what_is_only_repeated(keeps):
    sea, visit = keeps
    sea.edit("visit", visit, households=9)

    with sea.store.begin() as session:
        restored.bear_witness(session)
    everyone(sea)

    assert newcomer(sea.region)[visit]["households"] == 9
    assert sea.records()[visit]["households"] == 9


def in_mind(laptop):
    with laptop.store() as session:
        return recall(session, untold.UNTOLD, dict[UUID, untold.Untold]) or {}


@pytest.fixture
def keeps(region, monkeypatch):
    """A laptop that has something in mind: the line was cut before it bore witness."""
    ama, ben, sea, _ = region
    visit, backup = lost_with_ben(ama, ben, sea, born_before=True, households=7)
    ama.edit("visit", visit, people=2)
    ama.sync()
    restore(ama.region, backup)
    with monkeypatch.context() as cut:
        cut.setattr(restored, "bear_witness", lambda _: 0)
        everyone(ama, sea)
    assert in_mind(sea)[visit].fields == {"households": 7, "topic": "survey"}
    return sea, visit


def test_what_is_erased_is_out_of_mind(keeps):
    sea, visit = keeps

    erase(sea, visit, "visit")

    assert in_mind(sea) == {}


def test_what_has_left_the_laptop_is_not_told(keeps):
    sea, _ = keeps
    with sea.store.begin() as session:
        session.execute(delete(Visit))

        assert list(untold.witnesses(session, "sea")) == []

    assert in_mind(sea) == {}
