"""A request carries more while the line holds, and half as much when it breaks."""

import pytest

from sync.client import pace
from sync.records.base import Base
from tests.loopback import memory


@pytest.fixture
def store():
    made = memory(Base)
    yield made
    made.kw["bind"].dispose()


def batch(store):
    with store() as session:
        return pace.batch(session)


def largest(store):
    return pace.largest(batch(store))


def answered(store, carried, seconds=1.0):
    with store.begin() as session:
        pace.keep(session, pace.after(pace.batch(session), carried, seconds))


def test_full_requests_that_are_answered_grow_up_to_a_limit(store):
    sizes = []
    for _ in range(4):
        sizes.append(batch(store))
        answered(store, sizes[-1])

    assert sizes == [250, 500, 1_000, 1_000]


def test_where_the_line_is_hardly_felt_requests_grow_at_once_and_further(store):
    sizes = []
    for _ in range(4):
        sizes.append(batch(store))
        answered(store, sizes[-1], seconds=pace.UNFELT)

    assert sizes == [250, 1_000, 2_000, 2_000]
    assert largest(store) == pace.LARGEST_AT_ONCE > 2 * pace.LARGEST
    answered(store, sizes[-1])
    assert (batch(store), largest(store)) == (1_000, pace.LARGEST)


def test_where_the_line_is_not_felt_the_second_request_carries_all_it_may(store):
    answered(store, pace.FIRST, seconds=pace.UNFELT * 0.9)

    assert batch(store) == pace.MOST_AT_ONCE


def test_half_of_what_it_might_carry_is_all_where_records_are_large(store):
    answered(store, pace.FIRST // 2 + 1, seconds=pace.AT_ONCE / 2)
    assert batch(store) == 1_000

    answered(store, 700)
    assert batch(store) == 1_000  # by a line that is felt only a full one counts


def test_a_request_that_was_not_full_says_nothing_about_the_line(store):
    answered(store, 3)

    assert batch(store) == pace.FIRST


def test_before_it_is_known_how_quick_the_line_is_as_much_is_made_ready_as_might_go():
    assert pace.hoped(pace.FIRST, 0.0) == pace.MOST_AT_ONCE
    assert pace.hoped(pace.FIRST, pace.UNFELT / 2) == pace.MOST_AT_ONCE
    assert pace.hoped(pace.FIRST, pace.UNFELT) == pace.FIRST


def test_a_large_answer_may_take_longer_before_the_line_is_felt():
    assert pace.is_quick(False, pace.UNFELT / 2)
    assert not pace.is_quick(False, pace.UNFELT)
    assert pace.is_quick(True, pace.UNFELT)
    assert not pace.is_quick(True, pace.AT_ONCE)


def test_a_request_that_took_long_carries_enough(store):
    answered(store, pace.FIRST, seconds=pace.QUICK)
    assert batch(store) == pace.FIRST

    answered(store, pace.FIRST, seconds=pace.QUICK - 1)
    assert batch(store) == 2 * pace.FIRST


def test_the_time_of_an_answer_is_that_of_the_line_alone(monkeypatch):
    clock = iter([10.0, 14.5])
    monkeypatch.setattr(pace, "monotonic", lambda: next(clock))
    ask = pace.Watched(lambda request: f"reply to {request}")

    assert ask("this") == "reply to this"
    assert ask.seconds == 4.5


def test_a_broken_line_halves_what_it_carried_down_to_a_limit(store):
    sizes = [pace.slow_down(store, batch(store)) or batch(store) for _ in range(6)]

    assert sizes == [125, 62, 31, 15, 10, 10]


def test_a_line_that_breaks_with_little_on_it_is_no_slower(store):
    pace.slow_down(store, 3)

    assert batch(store) == pace.FIRST
