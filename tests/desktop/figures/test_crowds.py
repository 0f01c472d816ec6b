"""Of few people in one place no number leaves, nor what it could be reckoned from."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.figures.casework import RECEPTION
from desktop.figures.crowds import LEAST, held_back
from desktop.figures.declared import Shape
from desktop.figures.sums import FEW

COUNTS = [one.name for one in RECEPTION.figures if one.shape is Shape.COUNT]
LINES = st.lists(st.fixed_dictionaries({name: st.integers(0, 20) for name in COUNTS}), max_size=8)


def line(**values):
    return {one.name: values.get(one.name) for one in RECEPTION.figures}


@given(LINES)
def test_no_small_number_is_told_and_none_alone_is_missing(lines):
    told = held_back(RECEPTION, [line(damage=10**6, **one) for one in lines])

    for name in COUNTS:
        numbers = [one[name] for one in told]
        assert not [n for n in numbers if n != FEW and 0 < n < LEAST]
        left = [n for n in numbers if n not in (FEW, 0)]
        assert numbers.count(FEW) != 1 or not left  # alone, the sum of all would tell it
    for one in told:
        if FEW in one.values():
            assert one["damage"] == FEW  # one entrepreneur's own


def test_large_numbers_are_told_as_they_are():
    lines = [line(visitors=40, damage=5), line(visitors=0, damage=None)]

    assert held_back(RECEPTION, lines) == lines
