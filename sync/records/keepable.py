"""What any database of either end can keep: asked before anything else is asked of a value."""

from collections.abc import Iterable
from typing import Any

DEEPEST = 7  # lists in lists, in one value
LARGEST = 2**63  # a whole number that SQLite and PostgreSQL can hold is smaller


def keepable(value: Any, deepest: int = DEEPEST) -> bool:
    """Whether a JSON value can be kept: PostgreSQL takes no NUL in a text, and no depth is endless."""
    if isinstance(value, str):
        return "\0" not in value
    if isinstance(value, int):
        return -LARGEST <= value < LARGEST
    if isinstance(value, dict | list) and deepest == 0:
        return False
    if isinstance(value, dict):
        return all_keepable(value, deepest) and all_keepable(value.values(), deepest)
    return not isinstance(value, list) or all_keepable(value, deepest)


def all_keepable(parts: Iterable[Any], deepest: int = DEEPEST + 1) -> bool:
    """Whether each of them can be. A loop, for it is asked of every value that travels; most are
    texts."""
    for part in parts:
        if isinstance(part, str):
            if "\0" in part:
                return False
        elif part is not None and not keepable(part, deepest - 1):
            return False
    return True
