"""The map, counted: what stands at each village, in each district, and the records behind a number.

What is counted is what is on this laptop: of the own district, or of all for a coordinator.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.actions import figure_queries
from desktop.actions.figure_queries import Asked, villages_of
from desktop.actions.figures import MOST, check_may_read
from desktop.actions.records import Row, as_rows
from desktop.figures.crowds import held_back
from desktop.figures.declared import DISTRICT, VILLAGE, Figure, Grouping, Report, Source
from desktop.figures.periods import Period
from desktop.figures.sums import FEW, Sums, Value
from desktop.maps.layers import (
    Layer,
    Measure,
    Sort,
    dated_and_not,
    layer_of,
    measure_of,
    of_all_days,
)
from desktop.session import Desk
from sync.person import REGION

ALWAYS = Period(date.min, date.max)
_ONE = Report("map", "", "", (Figure("n", ""),), (), ())


@dataclass(frozen=True)
class Wish:
    """What the map is to show: which records, of which days (None: all), and what districts are shaded
    by ("" is nothing)."""

    layer: str
    sort: str = ""
    period: Period | None = None
    measure: str = ""

    @property
    def what(self) -> tuple[Layer, Sort]:
        """Which records that is. Raises UserError for a layer that there is not."""
        layer = layer_of(self.layer)
        return layer, layer.sort(self.sort)


@dataclass(frozen=True)
class Counted:
    """What was counted. `villages`: by district and village; "" is where none is told.
    `last`: the last visit, where villages are looked for that nobody visits. `hidden`: villages whose
    number stays inside."""

    wish: Wish
    today: date
    districts: Mapping[str, int] = field(default_factory=dict)
    villages: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    last: Mapping[str, date] = field(default_factory=dict)
    measured: Mapping[str, float] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()

    def at(self, district: str = "") -> Mapping[str, int]:
        """By village: of a district, or of all."""
        if district:
            return self.villages.get(district, {})
        found: Counter[str] = Counter()
        for counted in self.villages.values():
            found.update(counted)
        return found

    def days_since(self, village: str) -> int | None:
        """Since its last visit; None where nobody was there."""
        last = self.last.get(village)
        return None if last is None else (self.today - last).days


def districts_seen(desk: Desk) -> list[str]:
    """Those whose records are on this laptop."""
    own = desk.person.district
    return list(desk.pack.districts) if own == REGION else [own]


def read_map(desk: Desk, wish: Wish, today: date) -> Counted:
    """Count. Raises Refused for who reads no records, UserError for a wish that there is not."""
    check_may_read(desk)
    _, sort = wish.what
    measure = measure_of(wish.measure)
    own = "" if desk.person.district == REGION else desk.person.district
    asked = Asked(DISTRICT, wish.period or ALWAYS, ALWAYS.unit, own, today, desk.pack)
    with desk.store() as session:
        if sort.days:
            counted = _unvisited(session, desk, wish, asked)
        else:
            counted = _numbers(session, wish, asked)
        measured = _measured(session, desk, measure, asked, wish) if measure else {}
    return replace(counted, measured=measured)


def records_at(
    desk: Desk, wish: Wish, today: date, district: str, village: str | None, most: int = MOST
) -> list[Row]:
    """The records that a number counts, the latest first, at most so many: of a village in a district
    ("" is in any), or of the whole district where `village` is None."""
    check_may_read(desk)
    own = desk.person.district
    place = district if own == REGION else own
    by, key = (DISTRICT, place) if village is None else (VILLAGE, village)
    _, sort = wish.what
    source, asked = sort.source, _asked(desk, wish, by, place, today)
    source = of_all_days(source) if wish.period is None else source
    record: Any = source.root
    query = figure_queries.behind(source, asked, key)
    if query is None:
        return []
    with desk.store() as session:
        ids = list(session.scalars(query.limit(most), asked.values))
        found = session.scalars(select(record).where(record.id.in_(ids))).all()
        rows = {row["id"]: row for row in as_rows(session, found)}
    return [rows[id] for id in ids]


def for_outside(counted: Counted) -> Counted:
    """What may leave the program: without numbers of a few people in one village."""
    layer, _ = counted.wish.what
    if not layer.people:
        return counted
    hidden: set[str] = set()
    for villages in counted.villages.values():
        told = held_back(_ONE, [{"n": number} for number in villages.values()])
        hidden |= {key for key, line in zip(villages, told, strict=True) if line["n"] == FEW}
    kept = {
        district: {key: 1 if key in hidden else number for key, number in villages.items()}
        for district, villages in counted.villages.items()
    }
    return replace(counted, villages=kept, hidden=frozenset(hidden))


def _asked(desk: Desk, wish: Wish, by: Grouping, place: str, today: date) -> Asked:
    period = wish.period or ALWAYS
    return Asked(by, period, period.unit, place, today, desk.pack)


def _sources(wish: Wish, *sources: Source) -> list[Source]:
    if wish.period is not None:
        return list(sources)
    return [part for source in sources for part in dated_and_not(source)]


def _numbers(session: Session, wish: Wish, asked: Asked) -> Counted:
    _, sort = wish.what
    villages: dict[str, dict[str, int]] = defaultdict(dict)
    for source in _sources(wish, sort.source):
        found = figure_queries.by_village(session, source, asked, func.count())
        for district, village, number in found:
            known = villages[district]
            known[village] = known.get(village, 0) + number
    districts = {district: sum(found.values()) for district, found in villages.items()}
    return Counted(wish, asked.today, districts, dict(villages))


def _unvisited(session: Session, desk: Desk, wish: Wish, asked: Asked) -> Counted:
    """Each village counts once where nobody was for so many days."""
    _, sort = wish.what
    until = replace(asked, period=Period(ALWAYS.first, asked.today))
    last: dict[str, date] = {}
    visits = figure_queries.by_village(session, sort.source, until, func.max(sort.source.day))
    for _, village, day in visits:
        if day is not None:
            last[village] = max(day, last.get(village, day))
    villages: dict[str, dict[str, int]] = {}
    for district in districts_seen(desk):
        villages[district] = {
            code: 1
            for code in villages_of(desk.pack, district)
            if code not in last or (asked.today - last[code]).days >= sort.days
        }
    districts = {district: len(found) for district, found in villages.items()}
    return Counted(wish, asked.today, districts, villages, last)


def _measured(
    session: Session, desk: Desk, measure: Measure, asked: Asked, wish: Wish
) -> dict[str, float]:
    """By district; nothing of those where it cannot be told."""
    report = measure.report
    lines, _ = figure_queries.add_up(session, _sources(wish, *report.sources), asked)
    found: dict[str, float] = {}
    for district in districts_seen(desk):
        sums = lines.get(district, Sums())
        if report.villages:
            sums.numbers[report.villages] = len(villages_of(desk.pack, district))
        values = sums.values(report)
        value = _difference(values[measure.figure], values[measure.less] if measure.less else 0)
        if value is not None:
            found[district] = value
    return found


def _difference(value: Value, less: Value) -> float | None:
    if not isinstance(value, int | float) or not isinstance(less, int | float):
        return None
    return value - less
