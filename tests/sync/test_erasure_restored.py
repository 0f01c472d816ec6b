"""Backups that know nothing of an erasure: it comes to stay all the same."""

import msgspec
import pytest
from sqlalchemy import select

from sync.client import outbox
from sync.client.tables import Attention
from sync.server import lives
from tests.erasing import LEA, erase, everywhere, holds, issue_with_parts, stone, told
from tests.loopback import AMA, BEN, EVA, SAIRAM, raw, region_of


def put_back(region, backup):
    with region.store() as session:
        session.connection().connection.driver_connection.deserialize(backup)


def restore(region, backup, at_once=True):
    put_back(region, backup)
    with region.store.begin() as session:
        lives.begin(session, at_once=at_once)


def erased_since_a_backup(ben, lea):
    """Lea erases what Ben wrote → (the issue, the server's backup from before)."""
    told(ben, lea)
    issue = issue_with_parts(ben)
    ben.sync()
    lea.sync()
    backup = raw(ben.region.store)
    erase(lea, issue)
    lea.sync()
    return issue, backup


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("teller", [AMA, EVA])
def test_a_server_restored_from_before_it_learns_it_from_whoever_knows(teller, at_once):
    with region_of(BEN, LEA, teller) as (ben, lea, knows):
        told(ben, lea, knows)
        issue = issue_with_parts(ben)
        for laptop in (ben, lea, knows):
            laptop.sync()
        backup = raw(ben.region.store)
        erase(lea, issue)
        lea.sync()
        knows.sync()
        restore(ben.region, backup, at_once)
        assert holds(raw(ben.region.store))

        knows.sync()
        ben.sync()

        assert not any(map(holds, everywhere([ben, knows])))
        assert stone(ben, issue).by == "lea"


def test_the_eraser_tells_it_again_to_a_restored_server():
    with region_of(BEN, LEA) as (ben, lea):
        _, backup = erased_since_a_backup(ben, lea)
        restore(ben.region, backup)

        lea.sync()
        ben.sync()

        assert not any(map(holds, everywhere([ben, lea])))


def test_a_server_that_nobody_knows_to_be_restored_learns_it_when_it_is_compared():
    with region_of(BEN, LEA) as (ben, lea):
        issue, backup = erased_since_a_backup(ben, lea)
        put_back(ben.region, backup)
        for _ in range(5):  # its numbers go on beyond those that the eraser knows
            issue_with_parts(ben)
        ben.sync()
        assert holds(raw(ben.region.store))

        lea.sync()  # her numbers went on, so the next exchange compares
        lea.sync()
        ben.sync()

        assert stone(ben, issue).by == "lea"
        with lea.store() as session:
            assert outbox.count(session) == 0


def test_a_witness_of_old_days_does_not_bring_it_back():
    with region_of(BEN, LEA, AMA) as (ben, lea, ama):
        told(ben, lea, ama)
        empty = raw(ben.region.store)
        issue = issue_with_parts(ben)
        for laptop in (ben, lea, ama):
            laptop.sync()
        erase(lea, issue)
        lea.sync()
        restore(ben.region, empty)

        ben.sync()  # has it still, and tells it
        lea.sync()  # knows better
        for laptop in (ama, ben, lea):
            laptop.sync()

        assert not any(map(holds, everywhere([ben, lea, ama])))


def test_a_restored_laptop_loses_it_again():
    with region_of(AMA, LEA) as (ama, lea):
        issue = issue_with_parts(ama)
        ama.sync()
        lea.sync()
        old = raw(ama.store)
        erase(lea, issue)
        lea.sync()
        ama.sync()
        with ama.store() as session:
            session.connection().connection.driver_connection.deserialize(old)
        assert holds(raw(ama.store))

        ama.sync()

        assert not holds(raw(ama.store))


@pytest.mark.parametrize("first", ["lea", "ama"])
def test_an_erasure_that_a_restored_server_refuses_leaves_what_anybody_else_has(first):
    """The author had it for good, and erased it with what she kept for a restored server."""
    with region_of(AMA, LEA) as (ama, lea):
        told(ama, lea)
        empty = raw(ama.region.store)
        issue = issue_with_parts(lea)
        lea.sync()
        ama.sync()
        before = words(ama)
        assert words(lea) == before
        erased_and_refused(lea, issue, empty)

        for laptop in (lea, ama, lea) if first == "lea" else (ama, lea):
            laptop.sync()

        assert words(lea) == words(ama) == before
        assert stone(lea, issue) is None


def test_what_its_eraser_alone_had_is_gone_though_a_restored_server_refuses_the_erasure():
    """Decision 12: it goes at once, also what was kept for a restored server. That is said."""
    with region_of(LEA) as (lea,):
        told(lea)
        empty = raw(lea.region.store)
        change = erased_and_refused(lea, sent(lea), empty)

        lea.sync()
        lea.sync()

        assert not any(map(holds, everywhere([lea])))
        assert lea.records() == {}
        with lea.store() as session:
            held = session.scalars(select(Attention)).all()
            assert [(row.change, row.reason) for row in held] == [
                (change.id, "Only a leader or a coordinator may erase a record.")
            ]


def sent(laptop):
    issue = issue_with_parts(laptop)
    laptop.sync()
    return issue


def erased_and_refused(leader, issue, backup):
    """Before an exchange a leader erases it, is none any more, and the server is restored."""
    change = erase(leader, issue)
    leader.person = msgspec.structs.replace(leader.person, role="activist")
    restore(leader.region, backup)
    return change


def words(laptop):
    """What a laptop shows but for what a restore changes: who told it and when."""
    return {
        id: {name: said for name, said in seen.items() if name not in ("revision", "author")}
        for id, seen in laptop.records().items()
    }


def test_an_eraser_who_has_left_the_district_tells_it_to_a_server_restored_since():
    with region_of(BEN, LEA) as (ben, lea):
        issue, backup = erased_since_a_backup(ben, lea)
        lea.person = msgspec.structs.replace(lea.person, role="activist", district=SAIRAM)
        lea.sync()
        assert stone(lea, issue) is None  # it left with the district
        restore(ben.region, backup)

        lea.sync()
        ben.sync()

        assert not any(map(holds, everywhere([ben, lea])))
        assert stone(ben, issue).by == "lea"


def test_an_eraser_who_leaves_the_district_as_it_is_restored_tells_it_first():
    with region_of(BEN, LEA) as (ben, lea):
        issue, backup = erased_since_a_backup(ben, lea)
        lea.person = msgspec.structs.replace(lea.person, role="activist", district=SAIRAM)
        restore(ben.region, backup)

        lea.sync()
        ben.sync()

        assert not any(map(holds, everywhere([ben, lea])))
        assert stone(lea, issue) is None
        with lea.store() as session:
            assert (outbox.count(session), session.scalars(select(Attention)).all()) == (0, [])
