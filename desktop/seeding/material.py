"""Words to make records of, from resources/seed; its README says where they are from."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from random import Random

import resources
from sync.check_digits import check_digit

LONG_USE, SHORT_USE, PERSON = "note", "phrase", "person"
CODE = "+7799"  # of no operator in Kazakhstan
SURNAME, HE, SHE = "surname", "he", "she"

Line = Mapping[str, str]  # {kk, ru: sentence}


def use_of(kind: str, field: str) -> str:
    """What a field of a kind is filled with; "" where nobody said."""
    return _fields().get((kind, field), "")


def lines(use: str, topic: str) -> Sequence[Line]:
    """The sentences for a topic; where there are none, those for any; then all of them."""
    by_topic = _texts()[use]
    return by_topic.get(topic) or by_topic.get("") or _all(use)


def person(chance: Random) -> str:
    """A given name and a surname."""
    names = _names()
    sex = chance.choice((HE, SHE))
    given, surname = chance.choice(names[sex]), chance.choice(names[SURNAME])
    return f"{given} {surname}{'а' if sex == SHE else ''}"


def phone(chance: Random) -> str:
    """A number that no operator has."""
    return f"{CODE}{chance.randrange(10**7):07d}"


def number(check: str, chance: Random) -> str:
    """Twelve digits as of a person (`iin`) or an entity (`bin`) whose last one does not fit."""
    month, year = chance.randrange(1, 13), chance.randrange(0, 26)
    day = chance.randrange(1, 29)
    middle = f"{day:02d}{chance.choice('34')}" if check == "iin" else f"4{chance.randrange(4)}0"
    first = f"{year:02d}{month:02d}{middle}{chance.randrange(10**4):04d}"
    right = check_digit(first)
    return f"{first}{((4 if right is None else right) + 1) % 10}"


@cache
def _texts() -> dict[str, dict[str, list[Line]]]:
    found: dict[str, dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for row in resources.table("seed", "texts.csv"):
        found[row["use"]][row["topic"]].append({"kk": row["kk"], "ru": row["ru"]})
    return found


@cache
def _all(use: str) -> Sequence[Line]:
    return [line for some in _texts()[use].values() for line in some]


@cache
def _fields() -> dict[tuple[str, str], str]:
    return {
        (row["kind"], row["field"]): row["use"] for row in resources.table("seed", "fields.csv")
    }


@cache
def _names() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in resources.table("seed", "names.csv"):
        found[row["sort"]].append(row["name"])
    return found
