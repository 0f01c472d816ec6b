"""What both ends agree that a database can keep."""

import pytest

from sync.records.keepable import DEEPEST, keepable


def nested(depth):
    value = "x"
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize(
    "value", [None, True, 0.5, 2**63 - 1, -(2**63), "Ә", ["a", {"b": 1}], nested(DEEPEST)]
)
def test_usual_values_can_be_kept(value):
    assert keepable(value)


@pytest.mark.parametrize(
    "value", ["a\0", 2**63, -(2**63) - 1, ["\0"], {"\0": 1}, {"a": 2**64}, nested(DEEPEST + 1)]
)
def test_what_a_database_refuses_cannot(value):
    assert not keepable(value)
