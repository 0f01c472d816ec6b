from uuid import uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as some

from sync.quality import (
    CARD,
    LEVELS,
    MINUTES,
    SIZE,
    Signs,
    Told,
    canonical,
    good_reason,
    number_of,
    written,
)

COUNT = some.integers(0, 9)
SIGNS = some.builds(
    Signs,
    interviews=COUNT,
    minutes=some.tuples(*[COUNT] * len(MINUTES)),
    levels=some.tuples(*[COUNT] * LEVELS),
    night=COUNT,
    answers=COUNT,
)


def told(signs, seals=()):
    return Told(pseudonym=uuid4(), wave=uuid4(), district="615600000", signs=signs, seals=seals)


@given(SIGNS, SIGNS, SIGNS)
def test_it_does_not_matter_in_which_order_interviews_are_added(one, two, three):
    assert one + two == two + one
    assert (one + two) + three == one + (two + three)
    assert one + Signs() == one


@pytest.mark.parametrize("number", [0, 5, 999_999])
def test_whatever_is_told_has_one_length(number):
    signs = Signs(interviews=number, minutes=(number,) * len(MINUTES), answers=number)
    seals = [bytes(CARD)] * 2

    assert len(written(told(signs))) == SIZE
    assert len(written(told(signs, seals))) == len(written(told(Signs(), seals)))


def test_what_is_written_is_read_again():
    one = told(Signs(interviews=5), [b"x" * CARD])

    assert msgspec.json.decode(written(one), type=Told) == one


@pytest.mark.parametrize(
    "wrong",
    [
        {"night": 6},
        {"night": -1},
        {"soon": 6},
        {"flat": 1},
        {"runs": 1},
        {"gridded": 6},
        {"minutes": (6, *[0] * 12)},
        {"minutes": (1, 2)},
        {"levels": (-1, *[0] * 19)},
        {"alike": ()},
        {"hasty": (3, 3, 0, 0, 0, 0)},
        {"dont_know": 1},
        {"answers": 10, "dont_know": 6, "other": 5},
        {"answers": 10**7},
    ],
    ids=str,
)
def test_signs_that_no_interviews_have_are_not_sound(wrong):
    assert Signs(interviews=5).sound
    assert not msgspec.structs.replace(Signs(interviews=5), **wrong).sound


def test_a_number_is_read_however_it_was_typed():
    one = uuid4()

    assert one.hex.startswith(canonical(f" {number_of(one).lower()} "))
    assert len(number_of(one)) == 9
    assert canonical("3F0A-91") == canonical("") == ""


def test_a_reason_is_said_in_words():
    assert good_reason("40 short ones in two days")
    assert not good_reason(" because  ")
    assert not good_reason("x" * 501)
