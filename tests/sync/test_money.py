from hypothesis import given
from hypothesis import strategies as st

from sync.money import grouped, in_tenge


@given(st.integers(0, 10**15))
def test_a_sum_in_groups_of_three_is_the_same_sum(tenge):
    first, *rest = grouped(tenge).split("\u00a0")

    assert int("".join([first, *rest])) == tenge
    assert 1 <= len(first) <= 3
    assert all(len(group) == 3 for group in rest)


def test_as_people_read_it():
    assert in_tenge(148_600_000) == "148\u00a0600\u00a0000\u00a0₸"
