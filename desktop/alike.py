"""How likely two records are one and the same matter, by what both say. No session, no screen.

Words are compared folded and by their beginnings, so that endings, a Russian keyboard and the order of
words count for nothing. What each part weighs was fitted to a generated set: docs/duplicates.md.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
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
SAME_NAME: Final = 0.85
COMMON: Final = (
    0.2  # of the records of a village: words that more of them have bring none together
)
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
    sure = {
        f"{name}:{digits}"
        for name in ("phone", "iin", "contract_number")
        if (digits := re.sub(r"\W", "", fold(str(values.get(name) or ""))))
    }
    return Told(
        text=stems(said := str(values.get("essence") or values.get("title") or "")),
        letters=triples(said),
        place=str(values.get("village") or ""),
        address=stems(str(values.get("address") or "")),
        category=str(values.get("category") or values.get("sphere") or ""),
        name=tuple(sorted(WORD.findall(fold(str(values.get("applicant") or ""))))),
        sure=frozenset(sure),
        day=_day(day),
    )


def _day(said: Any) -> date | None:
    with suppress(ValueError):  # half of it is typed
        return date.fromisoformat(said) if isinstance(said, str) else said
    return None


def stems(text: str) -> frozenset[str]:
    """The beginnings of its words."""
    words = WORD.findall(fold(text))
    return frozenset(
        word if word.isdecimal() else word[:STEM]
        for word in words
        if len(word) >= SHORTEST or word.isdecimal()
    )


def triples(text: str) -> frozenset[str]:
    """Three letters at a time of each word, and of where it begins and ends."""
    words = (f" {word} " for word in WORD.findall(fold(text)))
    return frozenset(word[at : at + 3] for word in words for at in range(len(word) - 2))


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
    score = said + 0.05 * person
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


def candidates(every: Sequence[Told]) -> Iterator[tuple[int, int]]:
    """Places of two that are worth comparing: with a key in common, or words in one village."""
    by_key: dict[str, list[int]] = defaultdict(list)
    by_place: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(every):
        for key in one.sure:
            by_key[key].append(number)
        by_place[one.place].append(number)
    seen: set[tuple[int, int]] = set()
    for group in by_key.values():
        seen.update(_pairs(group))
    for place, group in by_place.items():
        if place:
            seen.update(_with_words_in_common(every, group))
    return iter(sorted(seen))


def _with_words_in_common(
    every: Sequence[Told], group: Collection[int]
) -> Iterator[tuple[int, int]]:
    by_word: dict[str, list[int]] = defaultdict(list)
    for number in group:
        for word in every[number].text:
            by_word[word].append(number)
    most = max(20, COMMON * len(group))
    for holders in by_word.values():
        if len(holders) <= most:
            yield from _pairs(holders)


def _pairs(group: Sequence[int]) -> Iterator[tuple[int, int]]:
    for place, one in enumerate(group):
        for other in group[place + 1 :]:
            yield one, other


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    """Of the words of the shorter, with some weight of the longer, how many both have."""
    if not one or not other:
        return 0.0
    common = len(one & other)
    return 0.5 * common / min(len(one), len(other)) + common / (len(one) + len(other))
