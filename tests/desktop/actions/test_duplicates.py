"""Records that were told twice: hints, pairs, joined under one and parted again."""

import pytest

from desktop.actions import records, review
from desktop.actions.duplicates import hints, join, part, set_apart
from desktop.actions.pairs import pairs
from sync.errors import Refused, UserError
from tests.ui.desks import VILLAGE, close, make_desk, record, seen_by

WATER = {
    "essence": "Көктөбе көшесінде екі аптадан бері ауыз су жоқ",
    "village": VILLAGE,
    "category": "drinking_water",
    "received_on": "2026-11-03",
}
AGAIN = WATER | {"essence": "ауыз су жок екы аптадан беры коктобе кошесынде"}
ROAD = WATER | {"essence": "Мектепке апаратын жол бұзылған", "category": "roads"}


@pytest.fixture
def desk(tmp_path):
    made = make_desk(tmp_path)
    yield made
    close(made)


def send(desk, *ids):
    for id in ids:
        review.decide(desk, id, review.Decision.SEND)


def test_while_a_matter_is_typed_what_was_told_before_is_shown(desk):
    before, _ = record(desk, "issue", WATER), record(desk, "issue", ROAD)

    assert [one.id for one in hints(desk, "issue", AGAIN)] == [before]
    assert hints(desk, "issue", AGAIN, before) == []
    assert hints(desk, "issue", {"essence": AGAIN["essence"]}) == []
    assert hints(desk, "visit", AGAIN) == []


def test_of_all_records_the_likely_pairs_are_listed(desk):
    one, _, other = (record(desk, "issue", values) for values in (WATER, ROAD, AGAIN))
    assert pairs(desk, "issue") == []  # of two drafts nobody decides

    send(desk, other)
    [pair] = pairs(desk, "issue")

    assert (pair.one.id, pair.other.id) == (one, other)
    assert (pair.one.joinable, pair.other.joinable) == (False, True)


def test_a_pair_that_is_none_is_not_told_again_unless_it_is_asked_back(desk):
    one, other = record(desk, "issue", WATER), record(desk, "issue", AGAIN)
    send(desk, one, other)

    set_apart(desk, other, one)
    assert pairs(desk, "issue") == []

    third = record(desk, "issue", AGAIN)
    assert {pair.other.id for pair in pairs(desk, "issue")} == {third}

    set_apart(desk, one, other, again=True)
    assert len(pairs(desk, "issue")) == 3


def test_what_was_approved_is_joined_too_and_waits_again_when_it_is_parted(desk):
    one, other = record(desk, "issue", WATER), record(desk, "issue", AGAIN)
    send(desk, one, other)
    coordinator = seen_by(desk, "coordinator")
    for id in (one, other):
        review.decide(coordinator, id, review.Decision.APPROVE)

    join(coordinator, other, one)
    assert [records.show(desk, id)["review"] for id in (one, other)] == ["approved", "duplicate"]

    part(coordinator, other)
    assert records.show(desk, other)["review"] == "sent"


def test_joined_both_say_of_which_and_a_joining_is_taken_back(desk):
    one, other = record(desk, "issue", WATER), record(desk, "issue", AGAIN)
    review.decide(desk, other, review.Decision.SEND)
    coordinator = seen_by(desk, "coordinator")

    join(coordinator, other, one)

    assert records.show(desk, other)["review"] == "duplicate"
    assert records.show(desk, one)["review"] == "draft"
    assert [len(review.comments(desk, id)) for id in (one, other)] == [1, 1]
    assert WATER["essence"] in review.comments(desk, other)[0]["text"]
    assert pairs(desk, "issue") == hints(desk, "issue", AGAIN, one) == []
    with pytest.raises(Refused):
        join(coordinator, one, other)

    part(coordinator, other)

    assert records.show(desk, other)["review"] == "sent"
    assert len(pairs(desk, "issue")) == 1


def test_only_two_of_one_kind_are_joined(desk):
    one, other = record(desk, "issue", WATER), record(desk, "visit", {"village": VILLAGE})

    for id, under in ((one, one), (one, other)):
        with pytest.raises(UserError):
            join(desk, id, under)
