"""Words about a person's political views, in three languages: party, vote, loyalty, attitude to power.

What is kept about a person must not say them, so a form that names who answers must not ask. The
rules are rows of resources/political: stems that must all be there, and stems that excuse them.
Both sides are folded as search folds them, so that letters that look alike do not matter.
"""

import re
from dataclasses import dataclass
from functools import cache

import resources
from sync.folding import fold

VIEWS, NAMING = "views", "naming"  # files of resources/political
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Rule:
    """A text is meant if each of `needs` is in it, and not `unless`. All search folded words,
    one space before each."""

    needs: tuple[re.Pattern[str], ...]
    unless: re.Pattern[str] | None

    def places(self, text: str) -> list[int]:
        """Which of its words were meant; empty where the text is not."""
        found = [need.search(text) for need in self.needs]
        if None in found or (self.unless and self.unless.search(text)):
            return []
        return sorted({text.count(" ", 0, one.start()) for one in found if one})


def political(text: str) -> tuple[str, ...]:
    """The words by which a text asks or tells of political views, as they stand in it."""
    return _meant(text, VIEWS)


def naming(text: str) -> tuple[str, ...]:
    """The words by which a text asks who somebody is: name, phone, number, address."""
    return _meant(text, NAMING)


def _meant(text: str, rules: str) -> tuple[str, ...]:
    words = _WORD.findall(text)
    folded = "".join(f" {fold(word)}" for word in words)
    for rule in _rules(rules):
        if places := rule.places(folded):
            return tuple(dict.fromkeys(words[place] for place in places))
    return ()


@cache
def _rules(name: str) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            needs=tuple(map(_pattern, row["needs"].split("&"))),
            unless=_pattern(row["unless"]) if row["unless"] else None,
        )
        for row in resources.table("political", f"{name}.csv")
    )


def _pattern(stems: str) -> re.Pattern[str]:
    """`a|b+c|d$`: a word that begins with a, or b and the next word with c, or the word d."""
    return re.compile("|".join(map(_stem, stems.split("|"))))


def _stem(stems: str) -> str:
    return r"\w*".join(
        f" {re.escape(fold(stem.removesuffix('$')))}" + (r"\b" if stem.endswith("$") else "")
        for stem in stems.strip().split("+")
    )
