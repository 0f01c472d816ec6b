"""What the database adds up for a report, by the keys of its lines: one question for each source."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlalchemy.orm import Session

from desktop.figures.declared import (
    DISTRICT,
    FIRST,
    JANUARY,
    LAST,
    MEMBER,
    OKRUG,
    TIME,
    VILLAGE,
    Grouping,
    Source,
    When,
)
from desktop.figures.periods import Period, Unit
from desktop.figures.sums import Sums
from sync.places import TYPED, Pack
from sync.records.base import Reviewed
from sync.records.states import ReviewState

FEW = 20  # rows
NOT_COUNTED = (ReviewState.DUPLICATE.value, ReviewState.REJECTED.value)
Read = tuple[dict[str, Sums], Sums]  # by the keys of lines; and what no line of the grouping has


@dataclass(frozen=True)
class Asked:
    """What all sources are asked: by what, over which days, where ("" is everywhere), as of when."""

    by: Grouping
    period: Period
    unit: Unit
    place: str
    today: date
    pack: Pack

    @property
    def values(self) -> dict[str, Any]:
        """What the declarations leave open."""
        last = self.period.last
        return {
            "first": self.period.first,
            "last": last,
            "today": self.today,
            "year": last.year,
            "january": last.replace(month=1, day=1),
        }

    @cached_property
    def steps(self) -> dict[str, str]:
        """The steps of the period in time as the database writes them: {step: key of its line}."""
        spelled = "%Y-%m" if self.unit is Unit.MONTH else "%Y-%m-%d"
        steps = self.period.steps(self.unit)
        return {step.strftime(spelled): str(at) for at, step in enumerate(steps)}


def add_up(
    session: Session,
    sources: Sequence[Source],
    asked: Asked,
    between: Callable[[], object] = lambda: None,
) -> Read:
    """The sums of all sources. `between` is called before each source, and after each FEW rows."""
    lines: dict[str, Sums] = defaultdict(Sums)
    rest = Sums()
    for source in sources:
        between()
        narrowed = _narrowed(source, asked)
        if narrowed is None:
            continue
        column = key_column(source, asked)
        read = _read(session, source, asked, column, narrowed)
        for number, (key, found) in enumerate(read, 1):
            if number % FEW == 0:
                between()
            (rest if column is None else lines[line_key(asked, key)]).add(found)
    return lines, rest


def silent(sources: Sequence[Source], asked: Asked, *, whole: bool) -> set[str]:
    """The figures that no source tells there: of a line, or of all lines together."""
    told, untold = set[str](), set[str]()
    for source in sources:
        names = {*source.sums, *source.days, *source.places, *filter(None, [source.latest])}
        tells = _narrowed(source, asked) is not None
        if not whole and key_column(source, asked) is None:
            tells = False
        (told if tells else untold).update(names)
    return untold - told


def not_counted(session: Session, source: Source, asked: Asked) -> int:
    """How many rows are left out: duplicates, and what was rejected."""
    narrowed = _narrowed(source, asked)
    if narrowed is None or not issubclass(source.root, Reviewed):
        return 0
    query = _from(select(func.count()), source)
    query = query.where(*narrowed, source.root.review.in_(NOT_COUNTED))
    return session.scalar(query, asked.values) or 0


def behind(source: Source, asked: Asked, key: str) -> Select[Any] | None:
    """The ids of the records that a line counts, the latest first; None where it has none of its own."""
    narrowed, column = _narrowed(source, asked), key_column(source, asked)
    where: ColumnElement[bool]
    if narrowed is None or column is None:
        return None
    if asked.by is OKRUG:
        known = [one.code for one in asked.pack.villages.values() if one.okrug]
        nowhere = func.coalesce(column, "").not_in(known)
        where = column.in_(villages_of(asked.pack, key)) if key else nowhere
    elif asked.by is TIME:
        where = column == list(asked.steps)[int(key)]
    else:
        where = column == key if key else func.coalesce(column, "") == ""
    newest = getattr(source.root, source.root.dated_by)
    query = _from(select(source.root.id), source).where(*narrowed, *_counted(source), where)
    return query.group_by(source.root.id).order_by(newest.desc(), source.root.id)


def by_village(
    session: Session, source: Source, asked: Asked, what: Any
) -> Iterator[tuple[str, str, Any]]:
    """(district, village or "", what was asked of it) of all villages that a source has rows of."""
    narrowed = _narrowed(source, asked)
    if narrowed is not None:
        found = _ask(
            session, source, asked, source.of_district, narrowed, what, by=source.of_village
        )
        for district, village, number in found:
            yield district, village or "", number


def key_column(source: Source, asked: Asked) -> Any:
    """What a source is grouped by; None where it has nothing of the kind."""
    by = asked.by
    if by is DISTRICT:
        return source.of_district
    if by in (OKRUG, VILLAGE):
        return source.of_village
    if by is MEMBER:
        return source.of_member
    if by is not TIME:
        return by.column(source)
    if source.when is not When.WITHIN:
        return None
    if asked.unit is Unit.MONTH:
        return func.strftime("%Y-%m", source.day)
    if asked.unit is Unit.WEEK:
        return func.date(source.day, "weekday 0", "-6 days")
    return func.date(source.day)


def line_key(asked: Asked, key: Any) -> str:
    """The key of the line that a row of the database belongs to; "" where it is not told."""
    if key is None or key == "":
        return ""
    if asked.by is OKRUG:
        return asked.pack.okrug_of(key)
    if asked.by is TIME:
        return asked.steps.get(key, "")
    return str(key)


def villages_of(pack: Pack, place: str) -> list[str]:
    """The codes of the villages of a district or an okrug; "" is everywhere; a village is itself."""
    if place in pack.villages:
        return [place]
    return [one.code for one in pack.villages.values() if place in ("", one.district, one.okrug)]


def _read(
    session: Session,
    source: Source,
    asked: Asked,
    column: ColumnElement[Any] | None,
    narrowed: Sequence[ColumnElement[bool]],
) -> Iterator[tuple[Any, Sums]]:
    """(key of a row, what it adds), as many rows as the database made."""
    ask = partial(_ask, session, source, asked, column, narrowed)
    if source.sums:
        for key, _, *found in ask(*source.sums.values()):
            named = zip(source.sums, found, strict=True)
            yield key, Sums(Counter({name: int(number or 0) for name, number in named}))
    for name, days in source.days.items():
        for key, value, n in ask(func.count(), by=days, where=[days >= 0]):
            yield key, Sums(days=defaultdict(Counter, {name: Counter({int(value): n})}))
    for name in source.places:
        for key, village, _ in ask(func.count(), by=source.of_village):
            yield key, Sums(places=defaultdict(set, {name: {village}}))
    if source.latest:
        for key, _, day in ask(func.max(source.day), where=[source.day.is_not(None)]):
            yield key, Sums(latest={source.latest: day} if day else {})


def _ask(
    session: Session,
    source: Source,
    asked: Asked,
    column: ColumnElement[Any] | None,
    narrowed: Sequence[ColumnElement[bool]],
    *what: Any,
    by: Any = None,
    where: Sequence[ColumnElement[bool]] = (),
) -> Iterator[Sequence[Any]]:
    """Rows of the line's key, what it is grouped by besides, if anything, and what was asked."""
    none = literal(None)
    key, besides = (none if one is None else one for one in (column, by))
    grouped = [one for one in (column, by) if one is not None]
    query = _from(select(key, besides, *what), source).where(*narrowed, *_counted(source), *where)
    yield from session.execute(query.group_by(*grouped), asked.values)


def _from(query: Select[Any], source: Source) -> Select[Any]:
    query = query.select_from(source.record)
    if source.parent is not None:
        query = query.join(source.parent, source.parent.id == source.record.parent)  # type: ignore[attr-defined]  # a part has it
    return query


def _narrowed(source: Source, asked: Asked) -> list[ColumnElement[bool]] | None:
    """By days and place, without what was removed; None where it has nothing to do with the place."""
    where = [~source.record.removed, *source.where]
    if source.parent is not None:
        where.append(~source.parent.removed)
    if source.when is When.WITHIN:
        where += [source.day >= FIRST, source.day <= LAST]
    elif source.when is When.UNTIL:
        where.append(source.day <= LAST)
    elif source.when is When.THIS_YEAR:
        where += [source.day >= JANUARY, source.day <= LAST]
    if not asked.place:
        return where
    if asked.place in asked.pack.districts:
        column = source.of_district
        return None if column is None else [*where, column == asked.place]
    column = source.of_village
    if column is None:
        return None
    if asked.place.startswith(TYPED):
        return [*where, column == asked.place]
    return [*where, column.in_(villages_of(asked.pack, asked.place))]


def _counted(source: Source) -> list[ColumnElement[bool]]:
    if not issubclass(source.root, Reviewed):
        return []
    return [source.root.review.not_in(NOT_COUNTED)]
