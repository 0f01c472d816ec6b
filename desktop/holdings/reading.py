"""One record that names somebody, read as it concerns them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.actions.filled_forms import answer_lines
from desktop.actions.records import Row, as_rows
from desktop.holdings.findings import Edit, Holding, Line, Photo, Section, Stale
from desktop.holdings.looking import parts, says, text_of
from desktop.holdings.whom import Named, Whom
from sync.change import Change
from sync.client import striking
from sync.elements import field_of
from sync.erasure import erases
from sync.inventory import held_of
from sync.language import counted, tr
from sync.places import Pack
from sync.records import KINDS
from sync.records.base import LONG, Field, Part, Record, field_map, fields
from sync.records.consented import ENDED, TEXT, tells_of_person
from sync.records.notes import Attachment
from sync.vocabulary import label

PHOTO = Attachment.kind
BY_ITSELF = "Dala"  # in the place of a person's name: the program did it


class Reading:
    """Reads the records of one search."""

    def __init__(
        self,
        session: Session,
        person: Whom,
        pack: Pack,
        names: Any,
        edits: Collection[Change],
        refused: Collection[Change],
    ) -> None:
        self._session, self._person, self._pack = session, person, pack
        self._names, self._edits, self._refused = names, edits, refused

    def holding(self, whole: Record) -> Holding:
        """One record with its parts."""
        found = [whole, *parts(self._session, [whole.id])]
        rows = as_rows(self._session, found)
        own = self._about(rows[0])
        sections = [
            self._section(row, whole=place == 0, own=own) for place, row in enumerate(rows)
        ]
        told = [one for one in sections if one.lines and not (own and one.kind == PHOTO)]
        theirs = {row["id"] for row in rows if own or self._about(row)}
        lines = [line for one in sections for line in one.lines]
        history = tuple(self._history({row["id"]: row for row in rows}, theirs))
        said = [line.words for line in lines]
        said += [words for edit in history for _, words in edit.lines]
        return Holding(
            kind=rows[0]["kind"],
            id=whole.id,
            district=whole.district,
            removed=whole.removed,
            since=rows[0]["created"],
            named=max((line.named for line in lines), default=Named.NOT),
            agreeing=self._person.known_by(said),
            consent=self._consent(rows[0]) if own else (),
            sections=(sections[0], *(one for one in told if one is not sections[0])),
            photos=tuple(_photos(rows, own)),
            history=(*history, *self._struck(whole)),
            goes=tuple(self._goes(found, rows, own=own)),
            stale=frozenset() if any(map(self._says, rows)) else frozenset(self._stale(rows)),
            ended=bool(rows[0].get(ENDED)),
        )

    def _struck(self, whole: Record) -> Iterator[Edit]:
        """That values were struck from the edits above."""
        if (at := striking.struck_on(self._session, whole.id)) is not None:
            words = tr("name, phone and witness: consent was withdrawn")
            yield Edit(at, BY_ITSELF, ((tr("Struck"), words),))

    def _goes(self, found: list[Record], rows: list[Row], *, own: bool) -> Iterator[str]:
        """The record or its parts that are about the person, with all parts of these."""
        going = set[UUID]()
        for one, row in zip(found, rows, strict=True):  # a whole comes before its parts
            above = one.parent if isinstance(one, Part) else None
            if own or self._about(row) or above in going:
                going.add(one.id)
                yield row["kind"]

    def _says(self, row: Row) -> bool:
        """Whether it names them as it stands."""
        known = fields(KINDS[row["kind"]])
        return any(self._person.named_in(text_of(row[field.name])) for field in known)

    def _stale(self, rows: list[Row]) -> Iterator[Stale]:
        if any(self._person.named_in(text_of(value)) for row in rows for _, value in _rivals(row)):
            yield Stale.RIVAL
        ids = {row["id"] for row in rows}
        for edits, where in ((self._refused, Stale.REFUSED), (self._edits, Stale.EARLIER)):
            if any(one.record in ids and says(one, self._person) for one in edits):
                yield where

    def _about(self, row: Row) -> bool:
        return any(
            tells_of_person(field) and self._person.named_in(text_of(row[field.name]))
            for field in fields(KINDS[row["kind"]])
        )

    def _section(self, row: Row, *, whole: bool, own: bool) -> Section:
        about = own or self._about(row)
        lines = []
        for field in fields(KINDS[row["kind"]]):
            line = self._line(row["kind"], field, row[field.name], row)
            if line is None:
                continue
            if about or (whole and field.required and not field.long):
                lines.append(line)
            elif line.named:
                lines.append(line if is_document(field) else self._only(line))
        for field, value in _rivals(row):
            line = self._line(row["kind"], field, value, row)
            if line is not None and (line.named or (about and not field.private)):
                lines.append(line)  # a private one that names nobody here is another's
        return Section(row["kind"], row["id"], about, tuple(lines))

    def _only(self, line: Line) -> Line:
        """Of a text about many, the lines that name the person."""
        return Line(line.label, self._person.lines_of(line.words), line.named, line.held)

    def _line(
        self, kind: str, field: Field, value: Any, row: Mapping[str, Any] | None = None
    ) -> Line | None:
        """`row`: the record, where its form says what answers mean."""
        if value in (None, "", [], {}) or field.link:
            return None
        words = (
            self._answers(value, row) if field.type is dict else _words(field, value, self._pack)
        )
        named = self._person.named_in(text_of(value))
        return Line(field.words(), words, named, held_of(KINDS[kind], field.name))

    def _answers(self, value: Any, row: Mapping[str, Any] | None) -> str:
        """Of a question at which two people differ, the other value alone."""
        if row is None or not isinstance(value, dict):
            return text_of(value)
        return "\n".join(answer_lines(self._session, row, value))

    def _consent(self, row: Row) -> tuple[Line, ...]:
        record = KINDS[row["kind"]]
        wanted = [
            field
            for field in fields(record)
            if held_of(record, field.name).purpose == "consent_proof"
        ]
        lines = [self._line(row["kind"], field, row[field.name]) for field in wanted]
        known = [line for line in lines if line is not None]
        if known and not row[TEXT]:  # from before texts had versions
            words = field_map(record)[TEXT].words()
            known.append(Line(words, tr("not recorded"), Named.NOT, held_of(record, TEXT)))
        return tuple(known)

    def _history(self, rows: Mapping[UUID, Row], theirs: Collection[UUID]) -> Iterator[Edit]:
        """Of what is theirs all edits; elsewhere what names them in the edits that do."""
        for change in sorted([*self._edits, *self._refused], key=lambda one: one.at):
            if change.record in rows and change.kind in KINDS and not erases(change):
                row = rows[change.record]
                own = change.record in theirs
                if lines := tuple(self._written(change, row, own=own)):
                    yield Edit(change.at, self._names.get(change.by, change.by), lines)

    def _written(self, change: Change, row: Row, *, own: bool) -> Iterator[tuple[str, str]]:
        """`row`: the record as it stands; `own`: it is theirs. It may have been another's before:
        private values are told where the edit names the person among them, or where they still stand.
        """
        known = field_map(KINDS[change.kind])
        said = {known[name]: value for name, value in change.fields.items() if name in known}
        naming = any(one.private and self._person.named_in(text_of(said[one])) for one in said)
        for field, value in said.items():
            line = self._line(change.kind, field, value, row)
            if line is None:
                continue
            if not own or (field.private and not naming and str(row[field.name]) != str(value)):
                line = self._only(line)
            if line.words:
                yield line.label, line.words


def _rivals(row: Row) -> Iterator[tuple[Field, Any]]:
    known = field_map(KINDS[row["kind"]])
    for name, others in row["conflicts"].items():
        if field := known.get(field_of(name)):
            for other in others:
                yield field, other["value"]


def _photos(rows: Iterable[Row], own: bool) -> Iterator[Photo]:
    for row in rows:
        if own and row["kind"] == PHOTO and row["sha256"]:
            yield Photo(row["name"] or "", row["caption"] or "", row["sha256"], row["size"] or 0)


def is_document(field: Field) -> bool:
    """Whether it holds what programs read: a form, a census."""
    return field.long and field.most > LONG


def _words(field: Field, value: Any, pack: Pack) -> str:
    """A value for a person to read."""
    if field.choices:
        return label(field.choices, str(value))
    if field.place:
        return pack.full_name(str(value))
    if isinstance(value, bool):
        return tr("Yes") if value else tr("No")
    if isinstance(value, list):
        return "\n".join(map(str, value))
    if is_document(field):
        return tr("Characters: {n}; not shown here.", n=counted(len(value)))
    return value.strftime("%d.%m.%Y") if isinstance(value, date) else str(value)
