"""Progress is told now and then, and what came is announced in time."""

from types import SimpleNamespace

import pytest

from sync.change import Change
from sync.errors import Stopped
from ui.watch import ANY, MANY, Watch


class Told:
    """What a watch passed on; its clock is turned by hand."""

    def __init__(self) -> None:
        self.now = 100.0
        self.steps, self.announced = [], []
        self.watch = Watch(self.steps.append, self.announced.append, lambda: self.now)

    def step(self, seconds, *records):
        self.now += seconds
        step = SimpleNamespace(changes=[change(one) for one in records])
        self.watch.tell(step)
        return step

    def rest(self):
        return [one.fields or one.record for one in self.watch.rest()]


def change(record):
    return Change(kind="visit", record=record, district="x", fields={"people": 1})


def test_a_quick_exchange_says_nothing_before_its_end():
    told = Told()

    told.step(0.05, "one")
    told.step(0.05, "two")

    assert (told.steps, told.announced) == ([], [])
    assert told.rest() == ["one", "two"]


def test_of_many_steps_some_are_told():
    told = Told()

    steps = [told.step(0.125) for _ in range(10)]

    assert told.steps == steps[1::2]


def test_what_came_is_announced_once_and_not_too_often():
    told = Told()

    for number in range(30):
        told.step(0.125, number)

    assert [[one.record for one in some] for some in told.announced] == [list(range(16))]
    assert told.rest() == list(range(16, 30))
    assert told.rest() == []


def test_a_step_with_which_nothing_came_is_not_announced():
    told = Told()

    told.step(5)

    assert told.announced == []


def test_who_stops_loses_nothing_of_the_step_that_is_told():
    told = Told()
    told.watch.stop()

    with pytest.raises(Stopped):
        told.step(0.1, "came")

    assert told.rest() == ["came"]


def test_small_pages_are_announced_as_they_come():
    told = Told()

    for number in range(10):
        told.step(1, *range(number * 100, number * 100 + 100))

    assert [len(some) for some in told.announced] == [200] * 5


def test_of_many_records_one_of_each_kind_is_announced_and_seldom():
    told = Told()

    for _ in range(5):
        told.step(5, *range(MANY + 1))

    assert [[one.record for one in some] for some in told.announced] == [[ANY]] * 2
    assert told.rest() == [ANY]


def test_an_erasure_among_many_is_announced_as_what_it_is():
    told = Told()
    erased = Change(kind="visit", record="gone", district="x", fields={"erased": "consent"})

    told.step(1, *range(MANY + 1))
    told.watch.tell(SimpleNamespace(changes=[erased]))

    assert told.watch.rest()[0] is erased


def test_what_came_is_announced_without_what_it_holds():
    told = Told()

    told.step(1, "one")

    assert [one.fields for one in told.watch.rest()] == [{}]
