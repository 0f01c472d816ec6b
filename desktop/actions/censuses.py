"""Population counts: read from a file, kept as a record of the region, and what of them a wave is fitted to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any
from uuid import UUID

from desktop.actions import records
from desktop.files import writing
from desktop.session import Desk
from desktop.surveys.bundled import rating_xform
from desktop.surveys.census import grid, kept, table
from desktop.surveys.census.called import Called, called
from desktop.surveys.census.matching import Matched, match
from desktop.surveys.crowds import GROUPS
from desktop.surveys.form import Form, load_form
from desktop.surveys.messages import Message
from desktop.surveys.questions import questions
from desktop.surveys.ratings.population import Population
from desktop.surveys.waves.passport import Counted
from sync.change import Change
from sync.csv_file import csv_rows
from sync.errors import UserError
from sync.language import mark, tr
from sync.records.base import Values
from sync.records.census import LONGEST_COUNTS, Census
from sync.records.values import Wrong, missing

TOO_LONG = mark(
    "The table has more counts than can be kept. Keep only the groups that surveys are fitted to."
)
NOT_HERE = mark("The numbers of people are not on this laptop yet. Sync first.")
NOT_ASKED = mark(
    "The form asks none of what “{title}” counts by ({questions}), so the answers are not fitted."
)


@dataclass(frozen=True)
class Entry:
    """Counts in the list."""

    id: UUID
    title: str
    source: str
    counted_on: date | None
    questions: tuple[str, ...]
    asked: str  # the same as people call them
    districts: int  # 0: of the whole region
    people: int
    waves: tuple[str, ...]  # titles of those that are fitted to it


@dataclass(frozen=True)
class Reading:
    """A file that was read, whatever came of it."""

    file: str
    population: Population | None
    messages: tuple[Message, ...]
    asked: Called | None = None  # what it counts by, as people call that

    @property
    def people(self) -> int:
        """How many there are in all."""
        return people(self.population) if self.population else 0


@dataclass(frozen=True)
class WaveCensus:
    """What a wave is fitted to; `lacks` says why it is not, then the answers stay as they are."""

    counted: Counted
    matched: Matched | None
    lacks: UserError | None = None


def read_file(desk: Desk, path: Path) -> Reading:
    """Read a table in Excel or CSV and check it. What is wrong with it is told, not raised."""
    try:
        found = table.check(grid.read_grid(path), desk.pack, partial(_called, desk))
    except UserError as wrong:
        return Reading(path.name, None, (Message(wrong),))
    asked = _called(desk, found.population.questions) if found.population else None
    return Reading(path.name, found.population, found.messages, asked)


def write_table(desk: Desk, path: Path) -> None:
    """A table to be filled in, as CSV: all districts by the groups of the program's own rating."""
    form = load_form(rating_xform())
    groups = [one for one in questions(form) if one.node.name in GROUPS]
    names = [one.node.name for one in groups]
    with writing(path) as file, csv_rows(file) as put:
        put([tr(table.HEADS[one]) for one in (table.DISTRICT[0], *names, table.COUNT[0])])
        for district in desk.pack.districts:
            for choices in product(*(one.choices for one in groups)):
                words = [label.words() for _, label in choices]
                put((desk.pack.full_name(district), *words, None))


def save(desk: Desk, population: Population, values: Values) -> list[Change]:
    """Keep counts; `values` are title, source and the day as JSON. They go to all who rate.

    Raises Wrong where one of these is missing, Refused where the person may not, UserError where the
    table is too long to be kept.
    """
    counts = kept.written(population)
    if len(counts) > LONGEST_COUNTS:
        raise UserError(TOO_LONG)
    whole = {**values, "counts": counts}
    if lacking := missing(Census, whole):
        raise Wrong(lacking)
    return records.save(desk, "census", whole)


def fit(desk: Desk, wave: UUID, census: UUID | None) -> list[Change]:
    """Fit a wave to these counts, or to none. Raises UserError where either is not on this laptop."""
    if census is not None:
        records.show(desk, census, "census")
    return records.save(desk, "wave", {"census": str(census) if census else None}, wave)


def take_away(desk: Desk, census: UUID) -> list[Change]:
    """Counts that no wave is fitted to. Raises Refused for others."""
    return records.remove(desk, "census", census)


def bring_back(desk: Desk, census: UUID) -> list[Change]:
    """Counts that were taken away."""
    return records.save(desk, "census", {"removed": False}, census)


def list_censuses(desk: Desk) -> list[Entry]:
    """The newest first."""
    waves = records.list_records(desk, "wave")
    found = []
    for row in records.list_records(desk, "census"):
        counts = kept.read(row["counts"] or "")
        districts = {district for district, _ in counts.counts if district}
        fitted = (wave["title"] or "" for wave in waves if wave["census"] == str(row["id"]))
        found.append(
            Entry(
                id=row["id"],
                title=row["title"] or "",
                source=row["source"] or "",
                counted_on=row["counted_on"],
                questions=counts.questions,
                asked=_called(desk, counts.questions).words() if counts.questions else "",
                districts=len(districts),
                people=people(counts),
                waves=tuple(fitted),
            )
        )
    return sorted(found, key=lambda one: (one.counted_on or date.min, one.title), reverse=True)


def of_wave(desk: Desk, wave: Mapping[str, Any], form: Form) -> WaveCensus | None:
    """What a wave is fitted to, by its fields; None where nobody chose anything."""
    if not wave.get("census"):
        return None
    try:
        row = records.show(desk, UUID(wave["census"]), "census")
    except (UserError, ValueError):
        return WaveCensus(Counted("", "", None), None, UserError(NOT_HERE))
    counted = Counted(row["title"] or "", row["source"] or "", row["counted_on"])
    population = kept.read(row["counts"] or "")
    matched = match(population, form)
    if not matched.fits:
        asked = _called(desk, population.questions)
        lacks = UserError(NOT_ASKED, title=counted.title, questions=asked)
        return WaveCensus(counted, None, lacks)
    return WaveCensus(counted, matched)


def _called(desk: Desk, names: tuple[str, ...]) -> Called:
    """As the program's own rating asks it, else the newest of the forms here that does."""
    return called(names, _xforms(desk))


def _xforms(desk: Desk) -> Iterator[str]:
    yield rating_xform()
    yield from (row["xform"] or "" for row in records.list_records(desk, "form"))


def people(population: Population) -> int:
    """How many there are in all, as far as districts have sizes."""
    districts = {district for district, _ in population.counts}
    return round(sum(population.total(district) for district in districts))
