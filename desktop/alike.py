"""How likely two records are one and the same matter, by what both say. No session, no screen.

Words are compared folded and by their beginnings, so that endings, a Russian keyboard and the order of
words count for nothing. What each part weighs was fitted to a generated set: docs/duplicates.md.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any, Final

from sync.folding import fold

LIKELY: Final = 0.62  # from here on two are shown together
STEM: Final = 5  # letters of a word that count
SHORTEST: Final = 3  # of a word that counts
NEAR: Final = 120  # days within which two issues may be one
MORE: Final = 0.1  # what person and address add at most to what was said
SAME_NAME: Final = 0.85
KEYS: Final = ("phone", "iin", "contract_number")
WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Told:
    """What of a record is compared."""

    text: frozenset[str] = frozenset()  # beginnings of words of its essence or title
    letters: frozenset[str] = (
        frozenset()
    )  # and three letters of it at a time: mistyped ones are few
    place: str = ""
    address: frozenset[str] = frozenset()
    category: str = ""
    name: tuple[str, ...] = ()  # of the person, in the order of the alphabet
    sure: frozenset[str] = frozenset()  # phone, IIN, number of a contract: each tells by itself
    day: date | None = None


def told(values: Mapping[str, Any]) -> Told:
    """Of a row, or of what is being typed into a form."""
    day = values.get("received_on") or values.get("opened_on") or values.get("starts_on")
    said = WORD.findall(fold(str(values.get("essence") or values.get("title") or "")))
    return Told(
        text=_stems(said),
        letters=_triples(said),
        place=str(values.get("village") or ""),
        address=_stems(WORD.findall(fold(str(values.get("address") or "")))),
        category=str(values.get("category") or values.get("sphere") or ""),
        name=tuple(sorted(WORD.findall(fold(str(values.get("applicant") or ""))))),
        sure=sure(values),
        day=_day(day),
    )


def sure(values: Mapping[str, Any]) -> frozenset[str]:
    """What tells by itself that two are the same: phone, IIN and number of a contract, as compared."""
    return frozenset(
        f"{name}:{digits}"
        for name in KEYS
        if (said := values.get(name)) and (digits := re.sub(r"\W", "", fold(str(said))))
    )


def _day(said: Any) -> date | None:
    with suppress(ValueError):  # half of it is typed
        return date.fromisoformat(said) if isinstance(said, str) else said
    return None


def _stems(words: list[str]) -> frozenset[str]:
    """The beginnings of words."""
    return frozenset(
        word if word.isdecimal() else word[:STEM]
        for word in words
        if len(word) >= SHORTEST or word.isdecimal()
    )


def _triples(words: list[str]) -> frozenset[str]:
    """Three letters at a time of each word, and of where it begins and ends."""
    ends = [f" {word} " for word in words]
    return frozenset(word[at : at + 3] for word in ends for at in range(len(word) - 2))


def likeness(one: Told, other: Told) -> float:
    """0 to 1."""
    person = same_person(one, other)
    said = (_share(one.text, other.text) + _share(one.letters, other.letters)) / 2
    if any(key.startswith("contract") for key in one.sure & other.sure):
        return LIKELY + (1 - LIKELY) * said
    if one.day and other.day and abs((one.day - other.day).days) > NEAR:
        return 0.0
    if one.place != other.place and person < 1:
        return 0.0
    score = said + 0.05 * person  # and an address: MORE in all
    if one.category and other.category and one.category != other.category:
        score -= 0.05
    if one.address and other.address:
        score += 0.05 * (2 * _share(one.address, other.address) - 1)
    return max(0.0, min(1.0, score))


def same_person(one: Told, other: Told) -> float:
    """1 by phone or IIN; by the name alone less, for names repeat; 0 where nothing says so."""
    if one.sure & other.sure:
        return 1.0
    if not one.name or not other.name:
        return 0.0
    alike = SequenceMatcher(None, " ".join(one.name), " ".join(other.name)).ratio()
    return 0.7 * alike if alike >= SAME_NAME else 0.0


def share(common: int, one: int, other: int) -> float:
    """Of the words of the shorter, with some weight of the longer, how many both have."""
    return 0.5 * common / min(one, other) + common / (one + other) if one and other else 0.0


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return share(len(one & other), len(one), len(other))
