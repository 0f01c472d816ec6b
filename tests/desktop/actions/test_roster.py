import pytest

from desktop.actions import records
from desktop.actions.roster import read_roster
from tests.ui.desks import SOZAQ, close, make_desk


@pytest.fixture
def desk(tmp_path):
    made = make_desk(tmp_path)
    yield made
    close(made)


def member(desk, **said):
    return records.save(desk, "member", {"name": "А", "role": "member", "state": "active", **said})


def test_who_has_left_is_counted_no_more_and_covers_nothing(desk):
    okrugs = [code for code, _ in desk.pack.okrugs_of(SOZAQ)]
    member(desk, role="leader", okrugs=okrugs[:2])
    member(desk, okrugs=okrugs[2:4], state=None)
    member(desk, role="leader", okrugs=okrugs[4:6], state="left")

    roster = read_roster(desk, SOZAQ)

    assert (roster.people, roster.leaders, roster.too_many) == (2, 1, 0)
    assert set(roster.uncovered) == set(okrugs[4:])


def test_of_twelve_two_are_too_many(desk):
    for _ in range(12):
        member(desk)

    roster = read_roster(desk, SOZAQ)

    assert (roster.people, roster.too_many, roster.leaders) == (12, 2, 0)


def test_another_districts_group_is_another_one(desk):
    member(desk)

    assert read_roster(desk, "615200000").people == 0
