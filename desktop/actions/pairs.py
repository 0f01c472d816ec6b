"""All pairs of a kind that are probably one matter, village by village, the likeliest first.

What is found is told while the rest is still compared, so that nobody waits for the last village of a
region; and only one village's words are in memory at a time. Of all others there are only texts: whatever
holds others is looked through for garbage, and all threads stand still meanwhile.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement

from desktop.actions.duplicates import (
    JOINABLE,
    Alike,
    alike,
    asked,
    columns,
    key_of,
    set_apart_before,
)
from desktop.actions.listing import read_rows
from desktop.actions.records import Row, Tell
from desktop.alike import KEYS, Told, sure, told
from desktop.alike_all import Likely, by_keys, likely
from desktop.session import Desk

MOST: Final = 200  # pairs
FEW: Final = 20  # rows between two words about how far it is
SOME: Final = 500  # records that are compared at once by what they have in common
FIRST, NEXT = 0.3, 2.0  # seconds until what was found is told first, and again


@dataclass(frozen=True)
class Pair:
    """Two records of a kind, the older one first."""

    one: Alike
    other: Alike
    score: float


def pairs(
    desk: Desk,
    kind: str,
    most: int = MOST,
    tell: Tell = lambda *_: None,
    found: Callable[[list[Pair]], None] = lambda _: None,
) -> list[Pair]:
    """The likely pairs of which one may become a duplicate, but for those set apart.

    `tell` is told how many records are compared, of how many, 0 where that is not known yet, and may raise
    Stopped; `found` is given the pairs of those from time to time.
    """
    comparison = _Comparison(desk, kind, most, tell)
    wait = monotonic() + FIRST
    for _ in comparison.steps():
        if comparison.grown and monotonic() >= wait:
            found(comparison.pairs())
            wait = monotonic() + NEXT
    return comparison.pairs()


class _Comparison:
    def __init__(self, desk: Desk, kind: str, most: int, tell: Tell) -> None:
        self._desk, self._kind, self._most, self._tell = desk, kind, most, tell
        self._done = self._of = 0
        self._best: list[tuple[float, UUID, UUID]] = []
        self._rows: dict[UUID, Row] = {}
        self._apart = set_apart_before(desk)
        self.grown = False  # since the pairs were asked for

    def steps(self) -> Iterator[None]:
        """Compare: first those with a phone or a contract in common, then each village by itself."""
        places, apart = self._overview()
        self._tell(0, self._of)
        for some in apart:
            self._tell(0, self._of)
            self._compare(columns(self._kind).id.in_(some), by_keys)
            yield
        for place in places:
            within = columns(self._kind).village == place
            self._compare(within, lambda every: likely(every, self._step))
            yield

    def pairs(self) -> list[Pair]:
        """Those found so far."""
        self.grown = False
        self._best.sort(key=lambda pair: (-pair[0], str(pair[1]), str(pair[2])))
        del self._best[self._most :]
        ids = {id for _, *both in self._best for id in both} - self._rows.keys()
        for row in read_rows(self._desk, self._kind, [id.hex for id in ids]):
            self._rows[row["id"]] = row
        return [
            Pair(alike(self._rows[one], score), alike(self._rows[other], score), score)
            for score, one, other in self._best
            if one in self._rows and other in self._rows  # else it has left meanwhile
        ]

    def _overview(self) -> tuple[list[str], Iterator[set[UUID]]]:
        """The villages in which two are to be compared; and some at a time the records that share a key
        with one of another village, or of none."""
        holders = _Holders()
        counts, decided = Counter[str](), set[str]()
        with self._desk.store() as session:
            rows = session.execute(asked(self._kind, ["village", *KEYS])).mappings()
            for number, row in enumerate(rows):
                if number % FEW == 0:
                    self._tell(0, 0)  # how many are compared is not known yet
                place = row.get("village") or ""
                counts[place] += 1
                if row["review"] in JOINABLE:
                    decided.add(place)
                for key in sure(dict(row)):
                    holders.add(key, row["id"], place)
        places = [place for place in counts if place in decided and place and counts[place] > 1]
        self._of = sum(counts[place] for place in places)
        return places, holders.apart()

    def _compare(
        self, among: ColumnElement[bool], of: Callable[[Sequence[Told]], Iterator[Likely]]
    ) -> None:
        with self._desk.store() as session:
            rows: Sequence[Any] = session.execute(asked(self._kind).where(among)).mappings().all()
        every = list[Told]()
        for number, row in enumerate(rows):
            if number % FEW == 0:
                self._tell(self._done, self._of)
            every.append(told(dict(row)))
        for one, other, score in of(every):
            ids = sorted((rows[one]["id"], rows[other]["id"]))  # ids begin with the time
            if not {rows[one]["review"], rows[other]["review"]} & set(JOINABLE):
                continue
            pair = key_of(*ids)
            if pair not in self._apart:
                self._apart.add(pair)  # it is told once
                self._best.append((score, ids[0], ids[1]))
                self.grown = True

    def _step(self) -> None:
        self._done += 1
        self._tell(self._done, self._of)


class _Holders:
    """Who has which key: the first of each as a text, and all of those that several have."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}
        self._several: dict[str, list[str]] = {}

    def add(self, key: str, id: UUID, place: str) -> None:
        """A record of this place has the key."""
        told = f"{id.hex} {place}"
        first = self._first.setdefault(key, told)
        if first is not told:
            self._several.setdefault(key, [first]).append(told)

    def apart(self) -> Iterator[set[UUID]]:
        """The ids of those that have a key in common beyond one village, SOME at a time; who has the
        same key is told together."""
        ids = set[UUID]()
        for group in self._several.values():
            places = {one.partition(" ")[2] for one in group}
            if len(places) > 1 or "" in places:
                ids.update(UUID(hex=one.partition(" ")[0]) for one in group)
            if len(ids) >= SOME:
                yield ids
                ids = set()
        if ids:
            yield ids
