"""The words by which a record is found, each after one letter that says what it is.

A word that folding leaves as it is stands once; any other stands twice, as written and folded. So
what was typed with exactly these letters can come first, and a search folds nothing but its own words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

from sync.folding import fold
from sync.places import TYPED
from sync.records.base import Field, Record, fields

VERSION: Final = 2  # of what is said below: another one makes the index anew
TAG: Final = 5  # last digits of an id, by which a record is called until it has a number, and found afterwards, too
PIECE = re.compile(r"[^\W_]+")
PHONE = re.compile(r"\+\d{8,15}")
NATIONAL: Final = 10  # digits of a phone without 8 or +7
ENDS: Final = (7, 4)  # digits of a phone that people remember
LONGEST: Final = 60  # letters of a word: what is longer is no word

# of a short field: as it is, as written, folded; the same of a long text
SHORT: Final = "abc"
LONG: Final = "def"
KIND, DISTRICT, REVIEW, CHOICE, PLACE, TAGGED = "k", "o", "s", "v", "p", "t"
ANYWHERE: Final = f"{PLACE}all"  # of each record with a village of the list


def said_by(record: type[Record], row: Mapping[str, Any]) -> str:
    """All words of a row, with spaces between. `row` has the columns as they are read."""
    short: dict[str, None] = {}
    long: dict[str, None] = {}
    keys = [KIND + record.kind, DISTRICT + row["district"], TAGGED + row["id"].hex[-TAG:]]
    if row.get("review"):
        keys.append(REVIEW + row["review"])
    for field in fields(record):
        value = row.get(field.name)
        if value in (None, "", [], {}) or field.link:
            continue
        into = long if field.long and field.name != record.named_by else short
        if field.choices or field.okrugs:
            keys += _chosen(field, value)
        elif field.place and str(value).isdecimal():
            keys += [PLACE + str(value), ANYWHERE]
        else:
            into |= dict.fromkeys(_pieces(field, value))
    marked = [each for word in short for each in _marked(word, SHORT)]
    marked += [each for word in long if word not in short for each in _marked(word, LONG)]
    return " ".join([*dict.fromkeys(keys), *marked])


def pieces(text: str) -> list[str]:
    """The words of a text as they stand in the index, not folded yet."""
    return [one[:LONGEST] for one in PIECE.findall(text.lower())]


def choice_key(vocabulary: str, key: str) -> str:
    """By which those are found that chose this of a list."""
    return f"{CHOICE}{vocabulary}.{key}"


def day_word(day: date) -> str:
    """A day as people write it."""
    return f"{day:%d.%m.%Y}"


def _chosen(field: Field, value: Any) -> Iterable[str]:
    chosen = value if isinstance(value, list) else [value]
    if field.okrugs:
        return [PLACE + str(one) for one in chosen]
    return [choice_key(field.choices, str(one)) for one in chosen]


def _pieces(field: Field, value: Any) -> Iterator[str]:
    if field.place:
        typed = str(value)
        yield from pieces(typed.split(":", 2)[-1] if typed.startswith(TYPED) else typed)
    elif isinstance(value, str):
        yield from _of_text(field, value)
    elif isinstance(value, dict):
        for one in value.values():
            yield from pieces(str(one))
    elif field.type is date:
        yield day_word(value)
        yield f"{value:%m.%Y}"
    elif field.money:
        yield str(value)


def _of_text(field: Field, value: str) -> Iterator[str]:
    if PHONE.fullmatch(value):
        digits = value[1:]
        yield digits
        yield from (digits[-size:] for size in (NATIONAL, *ENDS))
        return
    found = pieces(value)
    yield from found
    if field.given:  # 000123 of a number is also its 123
        yield from (one.lstrip("0") for one in found if one.isdecimal() and one.strip("0"))


@lru_cache(50_000)
def folded_word(word: str) -> str:
    """`fold` of one word: the same ones come again and again."""
    return fold(word)


@lru_cache(50_000)
def _marked(word: str, letters: str) -> tuple[str, ...]:
    folded = folded_word(word)
    if folded == word:
        return (letters[0] + word,)
    return letters[1] + word, letters[2] + folded
