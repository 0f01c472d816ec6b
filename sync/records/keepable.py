"""What any database of either end can keep: asked before anything else is asked of a value."""

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
        return all(keepable(part, deepest - 1) for pair in value.items() for part in pair)
    if isinstance(value, list):
        return all(keepable(part, deepest - 1) for part in value)
    return True
