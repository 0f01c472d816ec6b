"""All pairs of a kind that are probably one matter, village by village, the likeliest first.

What is found is told while the rest is still compared, so that nobody waits for the last village of a
region; and only one village's words are in memory at a time.
"""

from collections import Counter, defaultdict
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

    `tell` is told how many records are compared, of how many, and may raise Stopped; `found` is given
    the pairs of those from time to time.
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
        if apart:
            self._compare(columns(self._kind).id.in_(apart), by_keys)
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

    def _overview(self) -> tuple[list[str], set[UUID]]:
        """The villages in which two are to be compared; and the records that share a key with one of
        another village, or of none."""
        by_key: dict[str, list[tuple[UUID, str]]] = defaultdict(list)
        counts, decided = Counter[str](), set[str]()
        with self._desk.store() as session:
            for row in session.execute(asked(self._kind, ["village", *KEYS])).mappings():
                place = row.get("village") or ""
                counts[place] += 1
                if row["review"] in JOINABLE:
                    decided.add(place)
                for key in sure(dict(row)):
                    by_key[key].append((row["id"], place))
        places = [place for place in counts if place in decided and place and counts[place] > 1]
        self._of = sum(counts[place] for place in places)
        ids = {
            id
            for group in by_key.values()
            if len(group) > 1 and (len({place for _, place in group}) > 1 or not group[0][1])
            for id, _ in group
        }
        return places, ids

    def _compare(
        self, among: ColumnElement[bool], of: Callable[[Sequence[Told]], Iterator[Likely]]
    ) -> None:
        with self._desk.store() as session:
            rows: Sequence[Any] = session.execute(asked(self._kind).where(among)).mappings().all()
        for one, other, score in of([told(dict(row)) for row in rows]):
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
