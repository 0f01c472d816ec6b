"""The table that records leave as: its columns, a row for each record, and the cover that says what it lacks."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from desktop.actions.listing import read_rows
from desktop.actions.records import TAG, Row
from desktop.exports.marks import stamped
from desktop.exports.tables import Cell, Column, Table, Written
from desktop.session import Desk
from sync.client.quiet import emptied
from sync.exports import PURPOSES
from sync.language import mark, tr, trn
from sync.person import REGION
from sync.policy import Action, may
from sync.records import KINDS
from sync.records.base import Field, Reviewed, fields
from sync.records.filled_form import FilledForm
from sync.vocabulary import label

PAGE = 500  # records that are read together
DISTRICT, REVIEW, RECORDED, EXPORT = (
    mark("District"),
    mark("Review"),
    mark("Recorded"),
    mark("Export"),
)
NOT_HERE = mark("(on the server)")


@dataclass(frozen=True)
class Asked:
    """What the table has: records of a kind by `ids`, these fields, those of people where asked for."""

    kind: str
    ids: Sequence[str]
    shown: Sequence[Field]
    personal: Sequence[Field]  # none where nobody asked for them
    with_answers: bool  # those of people in a filled-in form
    purpose: str  # a key of PURPOSES
    filter: str  # in words
    id: str  # of the export
    at: datetime


def lay_out(desk: Desk, wanted: Asked) -> Table:
    """The table, whose rows are read when they are written."""
    record, shown, personal = KINDS[wanted.kind], wanted.shown, wanted.personal
    id, at, ids = wanted.id, wanted.at, wanted.ids
    asked = None
    if record is FilledForm:  # here: what reads forms is no small thing
        from desktop.exports.answer_columns import AnswerColumns

        asked = AnswerColumns(desk, ids, personal=wanted.with_answers)
    own = [one for one in personal if one.type is not dict]  # answers have columns of their own
    columns = [Column(one.words(), _width(one)) for one in (*shown, *own)]
    columns += asked.columns() if asked is not None else []
    if not record.regional:
        columns.append(Column(tr(DISTRICT), 20))
    if issubclass(record, Reviewed):
        columns.append(Column(tr(REVIEW), 16))
    columns += [Column(tr(RECORDED), 17), Column(tr(EXPORT), 16)]
    bare: list[str] = []  # ids of records whose words are not here
    gone = emptied(record)
    span: list[datetime] = []  # the first and the last moment that a record was made

    def rows() -> Iterator[list[Cell]]:
        for row in read_allowed(desk, wanted.kind, ids):
            made = row["created"].astimezone().replace(tzinfo=None)
            lacking = [one for one in (*shown, *own) if row["bare"] and one.name in gone]
            bare.extend([row["id"].hex] if lacking else [])
            span[:] = [min([*span[:1], made]), max([*span[1:], made])]
            yield [
                *(tr(NOT_HERE) if one in lacking else _cell(desk, one, row) for one in shown),
                *(_private(desk, one, row, lacking) for one in own),
                *(asked.cells(row, tr(NOT_HERE)) if asked is not None else ()),
                *([] if record.regional else [desk.pack.full_name(row["district"])]),
                *([label("review_state", row["review"])] if issubclass(record, Reviewed) else []),
                stamped(made, id),
                id,
            ]

    def cover(written: Written) -> list[tuple[str, Cell]]:
        return list(_cover(desk, wanted, written, span, len(bare)))

    when = at.astimezone().strftime("%d.%m.%Y %H:%M")
    return Table(
        title=tr(record.label),
        columns=columns,
        rows=rows(),
        count=len(ids),
        footer=f"{desk.person.name} · {when} · {id}",
        mark=id,
        cover=cover,
    )


def read_allowed(desk: Desk, kind: str, ids: Sequence[str]) -> Iterator[Row]:
    """The records in their order, without those that this person may not read."""
    for start in range(0, len(ids), PAGE):
        for row in read_rows(desk, kind, ids[start : start + PAGE]):
            if may(desk.person, Action.READ, row["district"]):
                yield row


def _private(desk: Desk, field: Field, row: Row, lacking: Collection[Field]) -> Cell:
    if not may(desk.person, Action.READ_PRIVATE, row["district"]):
        return None
    if field in lacking:
        return tr(NOT_HERE)
    return _cell(desk, field, row)


def _cell(desk: Desk, field: Field, row: Row) -> Cell:
    """A value in words, or as what a spreadsheet reckons with."""
    value: Any = row[field.name]
    if field.given and not value:
        return f"~{row['id'].hex[-TAG:]}"  # as lists show it until the server gives a number
    if value is None:
        return None
    if isinstance(value, list):
        return ", ".join(str(_words(desk, field, one)) for one in value)
    if isinstance(value, bool):
        return tr("Yes") if value else tr("No")
    if isinstance(value, datetime):
        return value.astimezone().replace(tzinfo=None)
    return value if isinstance(value, int | float | date | time) else _words(desk, field, value)


def _words(desk: Desk, field: Field, value: str) -> str:
    if field.place:
        return desk.pack.full_name(value)
    return label(field.choices, value) if field.choices else value


def _width(field: Field) -> int:
    return 50 if field.long else 30 if field.place else 12 if field.type is date else 20


def _cover(
    desk: Desk,
    wanted: Asked,
    written: Written,
    span: Sequence[datetime],
    bare: int,
) -> Iterator[tuple[str, Cell]]:
    personal = wanted.personal
    yield tr("Records"), tr(KINDS[wanted.kind].label)
    yield tr("Filter"), wanted.filter
    yield tr("Rows"), written.rows
    yield tr("Recorded"), " – ".join(f"{one:%d.%m.%Y}" for one in span) or None
    yield tr("Exported by"), f"{desk.person.name} ({desk.person.id})"
    yield tr("Role"), label("role", desk.person.role)
    if desk.person.district != REGION:
        yield tr("District"), desk.pack.full_name(desk.person.district)
    yield tr("Exported at"), wanted.at.astimezone().replace(tzinfo=None, second=0, microsecond=0)
    yield tr("Export"), wanted.id
    if personal:
        yield tr("Personal data"), ", ".join(one.words() for one in personal)
        yield tr("Taken out for"), label(PURPOSES, wanted.purpose)
    else:
        yield tr("Personal data"), tr("None were asked for. Texts may still name people.")
    out = [one for one in fields(KINDS[wanted.kind]) if one not in (*wanted.shown, *personal)]
    if out:
        yield tr("Left out"), ", ".join(one.words() for one in out)
    if bare:
        names = ", ".join(
            one.words()
            for one in fields(KINDS[wanted.kind])
            if one.name in emptied(KINDS[wanted.kind]) and (one in personal or not one.private)
        )
        words = trn(
            "{n} row lacks words that are on the server alone: {names}. Open the record first.",
            "{n} rows lack words that are on the server alone: {names}. Open the records first.",
            bare,
            names=names,
        )
        yield tr("Not here"), words
    if n := written.cut:
        words = trn("{n} text was too long for a cell and is cut", "{n} texts are cut", n)
        yield tr("Cut"), words
    yield (
        tr("To know"),
        tr(
            "This export is noted under its number. Moments are right to the minute. The file is "
            "not encrypted: keep it where others do not look, and delete it when it has served."
        ),
    )
