"""One field of a record as it is read: its words, what was said about it, what competes with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ui.models.comments import Said


@dataclass(frozen=True)
class Other:
    """A value that another person gave to the same field at the same time."""

    value: Any  # as it travels, for taking it
    words: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Fact:
    """One field. `words` is empty where nothing was filled in."""

    name: str
    label: str
    words: str
    value: Any
    said: tuple[Said, ...] = ()
    others: tuple[Other, ...] = ()
    stands: str = (
        ""  # the words of what the others compete with, where that is more than this field
    )


Groups = tuple[tuple[str, tuple[Fact, ...]], ...]  # heading, its fields
