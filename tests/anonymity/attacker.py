"""Whoever has everything but the laptops, and links each answer to a house as well as can be done.

Known: every interview with its hour, house and person; every upload with its hour, account and order; the
server's disk; the code. A link is possible where nothing that the answer says speaks against it, and
where the upload came later. All ways of giving each answer an interview of its own are equally likely
until something tells an order: they are counted by a random walk over them, and each answer
goes to the house that most of them have. For every order in which answers lie anywhere there is
another attacker, who believes that it is the order of the visits.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from desktop.surveys.crowds import what_neighbours_know
from sync.answers import FEWEST, Answer
from sync.quotas import Design, holds
from tests.anonymity.field import MIDNIGHT, STARTS, Seen
from tests.anonymity.people import Interview

ROUNDS = 120  # of the walk, in each of which every answer may go elsewhere once
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


@dataclass(frozen=True)
class Guess:
    """Of one answer: the attacker who guessed, whether it was right, and what is promised."""

    attacker: str
    right: bool
    promised: float  # how often such a guess may be right
    crowd: tuple[int, str]  # upload and what its answers have in common


@dataclass
class _Sent:
    """An answer as it was first sent."""

    id: str
    upload: int
    account: str
    minute: int
    said: dict[str, Any]
    shown: str  # what it says of all that neighbours know
    possible: list[int]  # interviews of this account that it may be


def guesses(seen: Seen, chance: Random) -> Iterator[Guess]:
    """All guesses of all attackers."""
    sent = _sent(seen, seen.plan.design)
    people = {
        name: [one for one in seen.plan.interviews if one.interviewer == name]
        for name in seen.plan.interviewers
    }
    crowds = defaultdict[tuple[int, str], list[_Sent]](list)
    for one in sent:
        one.possible = [
            place
            for place, asked in enumerate(people[one.account])
            if asked.minute < one.minute and _may_be(one.said, asked)
        ]
        crowds[one.upload, one.shown].append(one)
    likely: dict[str, Counter[int]] = {}
    for name in people:
        own = [one for one in sent if one.account == name]
        likely |= _walked(own, len(people[name]), chance)

    def told(attacker: str, one: _Sent, place: int | None) -> Guess:
        there = one.upload, one.shown
        right = place is not None and people[one.account][place] == seen.truth[one.id]
        return Guess(attacker, right, 1 / max(FEWEST, len(crowds[there])), there)

    for one in sent:
        yield told("all ways", one, _best(likely[one.id], chance))
    orders = {"upload": [one.id for one in sent], **seen.orders}
    for name, order in orders.items():
        places = {id: place for place, id in enumerate(order)}
        for backwards in (False, True):
            attacker = f"{name} backwards" if backwards else name
            for crowd in crowds.values():
                lying = sorted(
                    (one for one in crowd if one.id in places),
                    key=lambda one: places[one.id],  # used at once
                    reverse=backwards,
                )
                pool = sorted(set().union(*(likely[one.id] for one in lying)))
                for number, one in enumerate(lying):
                    at = int((number + 0.5) * len(pool) / len(lying)) if pool else None
                    yield told(attacker, one, None if at is None else pool[at])


def _sent(seen: Seen, design: Design) -> list[_Sent]:
    """Each answer by its first upload: what came again tells nothing new."""
    found: dict[str, _Sent] = {}
    for number, upload in enumerate(seen.uploads):
        for said in upload.said:
            if said["id"] not in found:
                shown = repr(sorted(what_neighbours_know(_answer(said), design).items()))
                found[said["id"]] = _Sent(
                    said["id"], number, upload.account, upload.minute, said, shown, []
                )
    return list(found.values())


def _answer(said: dict[str, Any]) -> Answer:
    values = {path: value for path, value in said["values"].items() if not _tells_more(path)}
    more = {name: said[name] for name in ("wave", "form", "district", "okrug")}
    return Answer(**more, on=STARTS, values=values)


def _tells_more(path: str) -> bool:
    """What only a mutant says: the promise is about what answers say without it."""
    return path.startswith("/data/noted")


def _may_be(said: dict[str, Any], asked: Interview) -> bool:
    """Whether nothing in the answer speaks against this interview."""
    on = date.fromisoformat(said["on"])
    if on != STARTS and on != STARTS + timedelta(days=asked.day):
        return False
    if said["okrug"] not in ("", asked.okrug, asked.village):
        return False
    for path, value in said["values"].items():
        known = KNOWN.get(path.rpartition("/")[2])
        if known is not None and not holds(value, known(asked)):
            return False
        if MOMENT.match(str(value)) and _minute(value) != asked.minute:
            return False
    return True


KNOWN: dict[str, Callable[[Interview], str]] = {
    "sex": lambda asked: asked.sex,
    "age_group": lambda asked: asked.age_group,
    "age": lambda asked: str(asked.age),
    "household": lambda asked: str(asked.members),
}


def _minute(value: str) -> int:
    moment = datetime.fromisoformat(value).astimezone(UTC)
    return int((moment - MIDNIGHT).total_seconds() // 60)


def _walked(sent: Sequence[_Sent], people: int, chance: Random) -> dict[str, Counter[int]]:
    """{answer: how often it had which interview} of a walk over all ways that are possible."""
    chosen = _one_way(sent, chance)
    holder: dict[int, int] = {place: one for one, place in chosen.items()}
    found = [Counter[int]() for _ in sent]
    for _ in range(ROUNDS):
        for number, one in enumerate(sent):
            if not one.possible:
                continue
            place = chance.choice(one.possible)
            other, own = holder.get(place), chosen[number]
            if other is None:
                holder[place], chosen[number] = number, place
                del holder[own]
            elif own in sent[other].possible:
                holder[place], holder[own] = number, other
                chosen[number], chosen[other] = place, own
        for number, place in chosen.items():
            found[number][place] += 1
    return {one.id: found[number] for number, one in enumerate(sent)}


def _one_way(sent: Sequence[_Sent], chance: Random) -> dict[int, int]:
    """{answer: interview}, some way in which each has its own; by augmenting paths."""
    holder: dict[int, int] = {}

    def place(number: int, tried: set[int]) -> bool:
        wanted = list(sent[number].possible)
        chance.shuffle(wanted)
        for one in wanted:
            if one in tried:
                continue
            tried.add(one)
            if one not in holder or place(holder[one], tried):
                holder[one] = number
                return True
        return False

    for number in chance.sample(range(len(sent)), len(sent)):
        place(number, set())
    return {number: one for one, number in holder.items()}


def _best(counted: Counter[int], chance: Random) -> int | None:
    if not counted:
        return None
    most = max(counted.values())
    return chance.choice([place for place, number in counted.items() if number == most])


def crowds_of(found: Iterable[Guess]) -> dict[tuple[int, str], list[Guess]]:
    """Guesses about the same crowd: they are right or wrong together."""
    grouped = defaultdict[tuple[int, str], list[Guess]](list)
    for one in found:
        grouped[one.crowd].append(one)
    return dict(grouped)
