"""Numbers of the register, as texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.records import KINDS
from sync.records.numbered import Number, highest, number_field, read_number

NUMBERS = st.builds(
    Number,
    st.from_regex(r"[0-9]{4}", fullmatch=True),
    st.integers(2019, 2100),
    st.sampled_from(["", "K"]),
    st.integers(1, 999_999),
)


@given(NUMBERS)
def test_a_number_is_read_as_it_was_written(number):
    assert read_number(str(number)) == number


@pytest.mark.parametrize(
    "text",
    [
        *("", "6156-2026-1", "6156-2026-0000001", "6156-2026-k00001", "6156-2026-00001\n"),
        *("~0A3F2", "6156-2026-٠٠٠٠١", "regi-2026-00001", "6156-2026-00001-00001"),
    ],
)
def test_what_nobody_would_write_is_no_number(text):
    assert read_number(text) is None


@given(st.lists(NUMBERS), st.lists(st.text()))
def test_of_each_row_the_highest_is_told_and_other_texts_are_left_out(numbers, texts):
    rows = {number[:3] for number in numbers}

    told = [read_number(one) for one in highest([*map(str, numbers), *texts])]

    more = {found for text in texts if (found := read_number(text))}
    assert {one[:3] for one in told} == rows | {one[:3] for one in more}
    for one in told:
        assert one.serial == max(n.serial for n in {*numbers, *more} if n[:3] == one[:3])


def test_issues_and_visits_to_the_reception_are_numbered_each_in_a_row_of_its_own():
    series = {
        kind: found.series for kind, record in KINDS.items() if (found := number_field(record))
    }

    assert series == {"issue": "", "reception": "K"}
    assert len({*series.values()}) == len(series)
