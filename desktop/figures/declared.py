"""What a report is: figures, where they come from, and by what they are listed.

A source counts rows of one kind over the days of a period. All that it adds up may be added further: okrugs
to districts, lines to the whole. Shares, medians and numbers of places are made of such sums at the
end, so that no mean of means is ever told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Date, bindparam, func

from sync.language import mark
from sync.records.base import Record, field_map

FIRST = bindparam("first", type_=Date, unique=False)  # the period's days
LAST = bindparam("last", type_=Date, unique=False)
TODAY = bindparam("today", type_=Date, unique=False)
YEAR: BindParameter[int] = bindparam("year", unique=False)  # of its last day
JANUARY = bindparam("january", type_=Date, unique=False)  # the first of it

TINY = 10  # a percent of less would make one village, or one visitor, look like a movement


class Shape(StrEnum):
    """How a figure is written, and how two of them are compared."""

    COUNT = "count"
    MONEY = "money"
    SHARE = "share"  # percent
    DAYS = "days"  # a median
    DATE = "date"  # the latest


@dataclass(frozen=True)
class Figure:
    """A column. `share`: percent that one figure is of another. `now`: as it stands today, whatever
    the period, so it is not compared. `least`: what a percent or a median must be of to be told."""

    name: str
    label: str  # marked, as all words here
    shape: Shape = Shape.COUNT
    share: tuple[str, str] | None = None
    now: bool = False
    least: int = TINY

    @property
    def compared(self) -> bool:
        """Whether other periods stand beside it."""
        return not self.now and self.shape is not Shape.DATE


class When(Enum):
    """Which days of a source belong to a period."""

    WITHIN = "its own"
    UNTIL = "all until its end"
    THIS_YEAR = "those from the first of January to its end"
    ANY = "whatever the source itself says"


@dataclass(frozen=True)
class Source:
    """Rows of a kind, and what is added up of them, by the names of figures.

    `days`: numbers of days whose median is told. `places`: villages, each counted once. `latest`: the
    last day. `parent`: of a part, the record that says where and by whom. A `district` or `village`
    of None has no such thing.
    """

    record: type[Record]
    day: Any = None
    sums: Mapping[str, ColumnElement[Any]] = field(default_factory=dict)
    days: Mapping[str, ColumnElement[Any]] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    latest: str = ""
    where: tuple[ColumnElement[bool], ...] = ()
    parent: Any = None
    when: When = When.WITHIN
    district: Any = ...
    village: Any = ...

    @property
    def root(self) -> Any:
        """The record that says where it was and who wrote it down."""
        return self.parent or self.record

    @property
    def of_district(self) -> Any:
        """The column with the district's code, or None."""
        return self.root.district if self.district is ... else self.district

    @property
    def of_village(self) -> Any:
        """The column with the village, or None."""
        return getattr(self.root, "village", None) if self.village is ... else self.village

    @property
    def of_member(self) -> Any:
        """The column with the login of who wrote it down; None for what the region shares."""
        return None if self.record.regional else self.root.author


@dataclass(frozen=True)
class Grouping:
    """By what lines are listed. `columns` are of the kinds that have it; the five of WHERE and WHEN
    have none, for they are read of every kind.

    `words` name what is no vocabulary. `ordered`: as its vocabulary has it, not by size.
    """

    name: str
    label: str
    columns: Mapping[Any, Any] = field(default_factory=dict)
    vocabulary: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    ordered: bool = False

    def column(self, source: Source) -> Any:
        """What a source is grouped by; None where it has nothing of the kind."""
        return self.columns.get(source.record, self.columns.get(source.root))


DISTRICT = Grouping("district", mark("District"))
OKRUG = Grouping("okrug", mark("Okrug"))
VILLAGE = Grouping("village", mark("Village"))
MEMBER = Grouping("member", mark("Who wrote it down"))
TIME = Grouping("time", mark("Over time"))
PLACES = (DISTRICT, OKRUG, VILLAGE)
EVERYWHERE = (*PLACES, MEMBER, TIME)


@dataclass(frozen=True)
class Report:
    """`about` says in a sentence what it tells. The first figure orders the lines and is drawn first;
    the first source is what a line opens. `people`: its rows are about single persons."""

    name: str
    label: str
    about: str
    figures: tuple[Figure, ...]
    sources: tuple[Source, ...]
    by: tuple[Grouping, ...] = EVERYWHERE
    people: bool = False
    villages: str = ""  # the figure that counts the villages there are, visited or not
    oldest: str = ""  # the figure of a day by which villages are ordered, the oldest first
    notes: tuple[str, ...] = ()

    def figure(self, name: str) -> Figure:
        """By its name."""
        return next(one for one in self.figures if one.name == name)

    def grouping(self, name: str) -> Grouping:
        """By its name."""
        return next(one for one in self.by if one.name == name)


def by_field(name: str, *kinds: Any, label: str = "", ordered: bool = False) -> Grouping:
    """A grouping by a declared field, with the label and the vocabulary of the first kind."""
    declared = field_map(kinds[0])[name]
    columns = {kind: getattr(kind, name) for kind in kinds}
    return Grouping(name, label or declared.label, columns, declared.choices, ordered=ordered)


def count(*which: ColumnElement[bool]) -> ColumnElement[Any]:
    """How many rows, of those that are like this."""
    return func.count().filter(*which) if which else func.count()


def total(what: Any, *which: ColumnElement[bool]) -> ColumnElement[Any]:
    """The sum over rows."""
    summed = func.sum(what)
    return summed.filter(*which) if which else summed


def days_between(first: Any, last: Any) -> ColumnElement[Any]:
    """Whole days from one to the other; NULL where either is not told."""
    return func.julianday(last) - func.julianday(first)
