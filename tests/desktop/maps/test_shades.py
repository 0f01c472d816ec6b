"""Shades of districts: each value has one, none is empty, and a higher value is never paler."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop.maps.shades import MOST, Shade, shade_of, shades

VALUES = st.lists(st.integers(0, 300), max_size=40)


@given(VALUES)
def test_every_value_lies_in_its_shade_and_no_shade_is_empty(values):
    made = shades(values, whole=True)

    assert len(made) == min(MOST, len(set(values)))
    used = set()
    for value in values:
        number = shade_of(value, made)
        assert made[number].first <= value <= made[number].last
        used.add(number)
    assert used == set(range(len(made)))


@given(VALUES)
def test_shades_follow_each_other_without_touching(values):
    made = shades([value / 10 for value in values], whole=False)

    for one, next in pairwise(made):
        assert one.first <= one.last < next.first


@given(VALUES, st.integers(0, 300), st.integers(0, 300))
def test_a_higher_value_is_never_paler(values, one, other):
    made = shades([*values, one, other], whole=True)

    assert (shade_of(one, made) <= shade_of(other, made)) or one > other


def test_counted_values_go_on_one_higher():
    assert shades([0, 0, 3, 9, 9, 12], whole=True) == [
        Shade(0, 0), Shade(1, 3), Shade(4, 9), Shade(10, 12)
    ]  # fmt: skip


def test_of_nothing_there_are_none_and_of_one_value_one():
    assert shades([], whole=True) == []
    assert shades([7, 7, 7], whole=True) == [Shade(7, 7)]
