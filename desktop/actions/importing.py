"""A table becomes records: looked through first, then written in one go, and taken back as one.

Nothing is written while it is looked through. What comes are drafts of this person, by the rules of any
other record; what is there already does not come again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import msgspec
from sqlalchemy.orm import Session

from desktop.actions.at_once import as_change, write_all
from desktop.actions.edits import Edit
from desktop.actions.records import Tell
from desktop.imports import known
from desktop.imports.headings import (
    PARENT,
    Head,
    Headed,
    find_table,
    said_otherwise,
    targets,
)
from desktop.imports.kinds import IMPORTABLE
from desktop.imports.parents import Parents
from desktop.imports.places import Places
from desktop.imports.rows import RowRead, RowReader
from desktop.imports.sheets import OTHER_SHEET, read_sheets
from desktop.session import Desk
from desktop.surveys.messages import Message
from sync.change import Change, new_id, now
from sync.client.facts import recall, remember
from sync.errors import Refused, UserError
from sync.language import mark
from sync.merge import Standing
from sync.policy import Action, Place, reach
from sync.records import KINDS
from sync.records.base import Part
from sync.records.values import Wrong
from sync.rights import READ_ONLY

FACT, KEPT = "imports", 100  # imports that the laptop remembers, to take one back
STEP = 200  # rows between two words about how far it is

EMPTY = mark(
    "There is no table in “{name}”: a row with the names of the columns, and rows below it."
)
NO_COLUMNS = mark(
    "None of the columns of “{name}” is known. Say which field each one is, or use the empty table that "
    "the program writes."
)
NO_KIND = mark("Records of this kind are not imported.")
NO_TARGET = mark("There is no field “{name}” here. These can be imported: {names}.")
NO_HEADING = mark("There is no column “{name}” in the table. Its columns are: {names}.")
CHANGED = mark(
    "Some of these rows came in meanwhile. Nothing was written. Look the table through once more."
)


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to import. `mapping`: {heading: target, "" to leave the column out}."""

    kind: str
    path: Path
    mapping: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""  # its title; the one in which most columns are known where none is said
    alike: bool = False  # also rows that look like records which are there


@dataclass(frozen=True)
class Planned:
    """One row that comes, as the change it becomes."""

    row: RowRead
    change: Change


@dataclass
class Checked:
    """A table that was looked through."""

    wanted: Wanted
    headed: Headed
    sheets: tuple[str, ...]
    new: list[Planned] = field(default_factory=list)
    there: list[RowRead] = field(default_factory=list)  # imported before, or twice in the table
    alike: list[RowRead] = field(default_factory=list)  # another record is nearly the same
    wrong: list[RowRead] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many rows the table has."""
        return len(self.new) + len(self.there) + len(self.alike) + len(self.wrong)

    def messages(self, most: int) -> list[Message]:
        """What is said of the rows: what stops one first, `most` of all."""
        told = [one for row in self.wrong for one in row.messages]
        told += (one for planned in self.new for one in planned.row.messages)
        return sorted(told, key=lambda one: not one.stops)[:most]


class Imported(msgspec.Struct, frozen=True, kw_only=True):
    """An import as the laptop remembers it: no word of the file but its name."""

    id: UUID
    at: datetime  # the moment of all its records
    kind: str
    file: str
    rows: int
    undone: bool = False


def check_kind(desk: Desk, kind: str) -> None:
    """Raise Refused, in words, where this person imports no records of the kind."""
    if kind not in IMPORTABLE:
        raise Refused(NO_KIND)
    places = {Place.REGION} if KINDS[kind].regional else {Place.OWN, Place.OTHER}
    if not reach(desk.person.role, Action.RECORD) & places:
        raise Refused(READ_ONLY)


def read_table(desk: Desk, wanted: Wanted) -> tuple[Headed, tuple[str, ...]]:
    """The table of a file with what its columns are taken for, and the titles of all its sheets.

    Raises UserError where there is no table, or what is wanted of it is not there.
    """
    check_kind(desk, wanted.kind)
    record, name = KINDS[wanted.kind], wanted.path.name
    sheets = read_sheets(wanted.path)
    titles = tuple(sheet.title for sheet in sheets)
    if wanted.sheet:
        sheets = [sheet for sheet in sheets if sheet.title == wanted.sheet]
        if not sheets:
            raise UserError(OTHER_SHEET, sheet=wanted.sheet, name=name, sheets=", ".join(titles))
    tables = [table for sheet in sheets if (table := find_table(sheet, record)) is not None]
    if not tables:
        raise UserError(EMPTY, name=name)
    table = max(tables, key=lambda one: sum(bool(head.target) for head in one.heads))
    headed = said_otherwise(table, wanted.mapping)
    _check_mapping(headed, wanted)
    if not any(True for _ in headed.below()):
        raise UserError(EMPTY, name=name)
    return headed, titles


def check(desk: Desk, wanted: Wanted, tell: Tell = lambda *_: None) -> Checked:
    """Look the table through: what each row would become. What `tell` raises goes through."""
    headed, titles = read_table(desk, wanted)
    if not any(head.target for head in headed.heads):
        raise UserError(NO_COLUMNS, name=wanted.path.name)
    record, found = KINDS[wanted.kind], Checked(wanted, headed, titles)
    reader = RowReader(record, headed, Places(desk.pack, desk.person.district))
    rows = list(headed.below())
    good: list[RowRead] = []
    for number, (at, cells) in enumerate(rows):
        if number % STEP == 0:
            tell(number, len(rows))
        row = reader.read(at, cells)
        (found.wrong if row.wrong else good).append(row)
    with desk.store() as session:
        _plan(desk, session, found, good)
    return found


def run(desk: Desk, found: Checked, tell: Tell = lambda *_: None) -> tuple[Imported, list[Change]]:
    """Write the rows that come, all or none; what is remembered of it, and the changes.

    What `tell` raises goes through, and then nothing was written.
    """
    changes = [one.change for one in found.new]
    record = KINDS[found.wanted.kind]
    noted = Imported(
        id=new_id(),
        at=changes[0].at if changes else now(),
        kind=found.wanted.kind,
        file=found.wanted.path.name,
        rows=len(changes),
    )
    with desk.store.begin() as session:
        if known.standing(session, record, [one.record for one in changes]):
            raise UserError(CHANGED)
        write_all(session, changes, tell)
        if changes:
            remember(session, FACT, [*_kept(session), noted][-KEPT:])
    return noted, changes


def imports(desk: Desk) -> list[Imported]:
    """What was imported on this laptop, the newest first."""
    with desk.store() as session:
        return _kept(session)[::-1]


def _kept(session: Session) -> list[Imported]:
    return recall(session, FACT, list[Imported]) or []


def _check_mapping(headed: Headed, wanted: Wanted) -> None:
    can = targets(KINDS[wanted.kind])
    heads = {head.said for head in headed.heads}
    for name, target in wanted.mapping.items():
        if target and target not in can:
            raise UserError(NO_TARGET, name=target, names=", ".join(can))
        if name not in heads:
            raise UserError(NO_HEADING, name=name, names=", ".join(sorted(heads)))


def _plan(desk: Desk, session: Session, found: Checked, rows: Sequence[RowRead]) -> None:
    """Part the rows into those that come, that are there, that look alike, and that are forbidden."""
    kind, at = found.wanted.kind, now()
    record = KINDS[kind]
    parents = Parents(desk, session, record) if issubclass(record, Part) else None
    standings: dict[UUID, Standing | None] = {}
    changes: list[Planned] = []
    for row in rows:
        try:
            parent = parents.find(row.parent) if parents is not None else None
            edit = Edit(kind, row.values, parent=parent, at=at)
            changes.append(Planned(row, as_change(desk, session, edit, standings)))
        except UserError as problem:
            for name, words in _problems(problem):
                head = _head(found, PARENT if row.parent and not name else name)
                row.messages.append(Message(words, found.headed.sheet.title, row.at, head))
            found.wrong.append(row)
    found.wrong.sort(key=lambda row: row.at)
    _part(desk, session, found, changes)


def _part(desk: Desk, session: Session, found: Checked, planned: Sequence[Planned]) -> None:
    record = KINDS[found.wanted.kind]
    keys = [known.natural_key(record, one.change.fields, one.change.parent) for one in planned]
    days = [day for one in planned if (day := _day(one.change.fields.get(record.dated_by)))]
    near = set() if found.wanted.alike else known.alike(session, record, filter(None, keys), days)
    ids = _ids(desk, session, found, planned)
    seen: set[UUID] = set()
    for one, key, id in zip(planned, keys, ids, strict=True):
        if id is None or id in seen:
            found.there.append(one.row)
        elif key in near:
            found.alike.append(one.row)
        else:
            seen.add(id)
            found.new.append(Planned(one.row, msgspec.structs.replace(one.change, record=id)))


def _ids(
    desk: Desk, session: Session, found: Checked, planned: Sequence[Planned]
) -> list[UUID | None]:
    """The id that each row becomes; None where that is there. One that was taken back comes anew."""
    kind, record = found.wanted.kind, KINDS[found.wanted.kind]
    ids: dict[int, UUID | None] = dict.fromkeys(range(len(planned)))
    asked = list(range(len(planned)))
    for times in range(known.AGAIN):
        wanted = {
            at: known.row_id(
                desk.person.id, kind, planned[at].change.parent, planned[at].row.values, times
            )
            for at in asked
        }
        here = known.standing(session, record, list(wanted.values()))
        asked = [at for at, id in wanted.items() if here.get(id)]
        ids |= {at: id for at, id in wanted.items() if id not in here}
        if not asked:
            break
    return list(ids.values())


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def _problems(problem: UserError) -> list[tuple[str, UserError]]:
    return list(problem.problems.items()) if isinstance(problem, Wrong) else [("", problem)]


def _head(found: Checked, target: str) -> str | None:
    heads: dict[str, Head] = {head.target: head for head in found.headed.heads}
    return heads[target].said if target and target in heads else None
