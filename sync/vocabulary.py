"""Closed lists that people choose from: categories, states, roles, in three languages.

Each is resources/vocabularies/<name>.csv with the columns key, kk, ru, en; the order of the rows is
the order on screen. Only keys are stored and sent.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import resources
from sync.language import LANGUAGES, named


@dataclass(frozen=True)
class Choice:
    """One entry of a list: its key, and {kk, ru, en: name}."""

    key: str
    names: Mapping[str, str] = field(hash=False)

    def words(self, language: str | None = None) -> str:
        """The choice's name for a person."""
        return named(self.names, language)


@cache
def choices(name: str) -> tuple[Choice, ...]:
    """The entries of one vocabulary, in order. Raises FileNotFoundError for an unknown one."""
    return tuple(
        Choice(row["key"], {code: row[code] for code in LANGUAGES})
        for row in resources.table("vocabularies", f"{name}.csv")
    )


def label(name: str, key: str, language: str | None = None) -> str:
    """The name of one key. A key that a newer program has added is shown as it is."""
    found = _by_key(name).get(key)
    return found.words(language) if found else key


@cache
def _by_key(name: str) -> dict[str, Choice]:
    return {choice.key: choice for choice in choices(name)}


@dataclass(frozen=True)
class Term:
    """A key that is named in the language of the sentence it stands in."""

    vocabulary: str
    key: str

    def words(self, language: str | None = None) -> str:
        """The key's name for a person."""
        return label(self.vocabulary, self.key, language)
