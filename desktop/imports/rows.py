"""A row of a table → the values of a record; or what is wrong in which of its cells, and what to do.

People's data come only with the consent they were given by, in columns of the same row: a table of
names alone says nothing of consent, and would put them into a record that may not keep them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop import forms
from desktop.imports.headings import DISTRICT, OKRUG, PARENT, Head, Headed
from desktop.imports.places import Places
from desktop.imports.readers import read_cell
from desktop.imports.sheets import Cell
from desktop.surveys.messages import Message
from sync.check_digits import doubt
from sync.consents import read_on
from sync.errors import UserError
from sync.language import mark
from sync.records.base import Field, Record, Values, field_map
from sync.records.consented import WITNESS, WITNESSED, kept_by_consent
from sync.records.values import missing

SHORT_CELL = 60  # characters of what may come again
CONSENT_DAY, CONSENT_LANGUAGE = "consent_on", "consent_language"
NO_CONSENT = mark(
    "This is a person's data, and the row does not say by which consent it is kept. Add columns for "
    "the consent and its day, or choose “Leave out” for this column."
)
CONSENT_LACKS = mark(
    "Where data of a person are kept, this column is to be filled in: consent needs proof. Or choose "
    "“Leave out” for the columns with names and phones."
)
ENDED_CONSENT = mark("The consent was withdrawn, so the row may not bring the person's data.")
LACKING = mark("Empty: it must be filled in before the record can be sent for review.")
NOTHING = mark("Nothing in this row is known as a field. Choose what its columns are.")


@dataclass
class RowRead:
    """What became of one row. `values` as JSON; a message that stops keeps the row out."""

    at: int
    cells: Sequence[Cell]
    values: Values = field(default_factory=dict)
    parent: str = ""  # what names the record that a part belongs to
    messages: list[Message] = field(default_factory=list)

    @property
    def wrong(self) -> bool:
        """Whether the row cannot come as it is."""
        return any(one.stops for one in self.messages)


class RowReader:
    """Reads the rows of one table, each by itself."""

    def __init__(self, record: type[Record], headed: Headed, places: Places) -> None:
        self._record, self._places, self._sheet = record, places, headed.sheet.title
        declared = field_map(record)
        self._columns = [
            (head, declared[head.target]) for head in headed.heads if head.target in declared
        ]
        self._beside = {head.target: head.at for head in headed.heads if head.target in (OKRUG, DISTRICT)}  # fmt: skip
        self._parent = next((head.at for head in headed.heads if head.target == PARENT), None)
        self._read: dict[tuple[str, str, tuple[str, str]], Any] = {}  # cells repeat
        self._heads = {head.target: head for head in headed.heads if head.target}

    def read(self, at: int, cells: Sequence[Cell]) -> RowRead:
        """One row."""
        row = RowRead(at, cells)
        beside = self._words(cells, OKRUG), self._words(cells, DISTRICT)
        for head, one in self._columns:
            cell = cells[head.at] if head.at < len(cells) else None
            if cell is None:
                continue
            try:
                row.values[one.name] = self._value(one, cell, beside)
            except UserError as problem:
                self._say(row, head, problem)
        if self._parent is not None and self._parent < len(cells):
            row.parent = str(cells[self._parent] or "")
        if not row.values and not row.messages:
            row.messages.append(Message(UserError(NOTHING), self._sheet, at))
            return row
        for name, value in self._record.begins.items():
            if value is not None and name not in self._heads:
                row.values.setdefault(name, value)
        self._check(row)
        return row

    def _value(self, one: Field, cell: Cell, beside: tuple[str, str]) -> Any:
        if not isinstance(cell, str) or len(cell) > SHORT_CELL:
            return read_cell(one, cell, self._places, beside)
        key = one.name, cell, beside
        if key not in self._read:
            self._read[key] = read_cell(one, cell, self._places, beside)
        return self._read[key]

    def _check(self, row: RowRead) -> None:
        """What belongs together, and what a field says of itself: a doubt, an empty one."""
        said = {one.column for one in row.messages}
        for name, problem in self._unproven(row.values):
            self._say(row, self._heads.get(name), problem)
        for name, problem in forms.check(self._record, row.values).items():
            if name != self._record.consent_field:  # said above, where it is to be mended
                self._say(row, self._heads.get(name), problem)
        for head, one in self._columns:
            if (found := self._doubted(one, row.values)) is not None:
                self._say(row, head, found, stops=False)
        for name in missing(self._record, row.values):
            above = self._heads.get(name)
            if above is not None and above.said not in said and name in field_map(self._record):
                self._say(row, above, UserError(LACKING), stops=False)

    def _doubted(self, one: Field, values: Values) -> UserError | None:
        value: Any = values.get(one.name)
        if one.place:
            return self._places.doubt(value) if value else None
        return doubt(one.check, value) if one.check and value else None

    def _unproven(self, values: Values) -> list[tuple[str, UserError]]:
        """What a row with people's data lacks of their consent."""
        record = self._record
        way = record.consent_field
        personal = [name for name in kept_by_consent(record) - {WITNESS} if values.get(name)]
        if not way or not personal:
            return []
        if not values.get(way):
            return [(name, UserError(NO_CONSENT)) for name in sorted(personal)]
        if values.get("consent_ended"):
            return [("consent_ended", UserError(ENDED_CONSENT))]
        wanted = [CONSENT_DAY]
        if values[way] == WITNESSED:
            wanted.append(WITNESS)
        if read_on(record.consent_texts, values.get(CONSENT_DAY)) is not None:
            wanted.append(CONSENT_LANGUAGE)  # a text was read, and nobody else knows in which one
        return [(name, UserError(CONSENT_LACKS)) for name in wanted if not values.get(name)]

    def _words(self, cells: Sequence[Cell], target: str) -> str:
        at = self._beside.get(target)
        return str(cells[at] or "") if at is not None and at < len(cells) else ""

    def _say(
        self, row: RowRead, head: Head | None, problem: UserError, *, stops: bool = True
    ) -> None:
        column = head.said if head is not None else None
        row.messages.append(Message(problem, self._sheet, row.at, column, stops=stops))
