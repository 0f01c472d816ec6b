"""Edits that wait or were refused, told in words: one line for each record, oldest first."""

from dataclasses import dataclass
from uuid import UUID

from desktop.actions import attention, exchange, records
from desktop.actions.attention import Held
from desktop.actions.records import Row
from desktop.actions.titles import title
from desktop.session import Desk
from sync.change import Change
from sync.erasure import erases
from sync.errors import UserError
from sync.language import mark, tr, trn
from sync.records import KINDS
from sync.records.base import field_map
from sync.vocabulary import label
from ui.dates import plain_day
from ui.models.lines import short_place

NEW = {
    "comment": mark("a comment"),
    "attachment": mark("a photo or file"),
    "step": mark("a step"),
    "question": mark("a question"),
    "decision": mark("a decision"),
}


MOST = 50  # edits that are told; the count tells the rest


@dataclass(frozen=True)
class Edited:
    """One record with edits that wait."""

    record: UUID  # the whole that is opened by a click, not its part
    kind: str
    title: str
    what: str
    edits: int


@dataclass(frozen=True)
class Trouble:
    """A refused edit, why it was refused, and the record that it belongs to."""

    held: Held
    record: UUID
    kind: str
    title: str
    what: str


def waiting_edits(desk: Desk, most: int = MOST) -> list[Edited]:
    """The first of what waits in the outbox, gathered by record. For the store's thread."""
    gathered: dict[UUID, list[Change]] = {}
    for change in exchange.waiting(desk, most):
        gathered.setdefault(change.parent or change.record, []).append(change)
    told = []
    for whole, changes in gathered.items():
        kind, named = _named(desk, whole, changes)
        words = dict.fromkeys(word for each in changes for word in _what(each))  # each once
        told.append(Edited(whole, kind, named, ", ".join(words), len(changes)))
    return told


def troubles(desk: Desk) -> list[Trouble]:
    """Refused edits that a person has not dealt with. For the store's thread."""
    told = []
    for held in attention.held(desk):
        change = held.change
        whole = change.parent or change.record
        kind, named = _named(desk, whole, [change])
        told.append(Trouble(held, whole, kind, named, ", ".join(_what(change))))
    return told


def exchange_words(report: exchange.Report) -> str:
    """The result of one exchange in sentences, shortest where nothing happened."""
    said = [
        trn("{n} edit was sent.", "{n} edits were sent.", report.sent) if report.sent else "",
        trn("{n} record is new or changed.", "{n} records are new or changed.", report.taken)
        if report.taken
        else "",
        trn("{n} answer was sent.", "{n} answers were sent.", report.answers_sent)
        if report.answers_sent
        else "",
        _photos(report),
        trn("{n} field has two values.", "{n} fields have two values.", report.conflicts)
        if report.conflicts
        else "",
        trn("{n} edit was refused.", "{n} edits were refused.", report.refused)
        if report.refused
        else "",
    ]
    told = " ".join(part for part in said if part)
    return told or tr("Nothing was waiting, and there is nothing new.")


def _photos(report: exchange.Report) -> str:
    up, down = report.photos_sent, report.photos_taken
    sent = trn("{n} photo was sent.", "{n} photos were sent.", up) if up else ""
    taken = trn("{n} photo has come.", "{n} photos have come.", down) if down else ""
    return " ".join(part for part in (sent, taken) if part)


def _named(desk: Desk, whole: UUID, changes: list[Change]) -> tuple[str, str]:
    """The kind and the name of the whole; of the edit's own kind where the record is not here."""
    try:
        row = records.show(desk, whole)
    except UserError:
        kind = changes[0].kind
        return kind, tr(KINDS[kind].label) if kind in KINDS else kind
    return row["kind"], _title(desk, row)


def _title(desk: Desk, row: Row) -> str:
    """The record's title; where it is chosen, many have the same: place and day tell them apart."""
    record = KINDS[row["kind"]]
    name = field_map(record).get(record.named_by)
    if name is None or not name.choices:
        return title(row)
    where = short_place(desk.pack, row["village"]) if row.get("village") else ""
    day = plain_day(row[record.dated_by]) if row.get(record.dated_by) else ""
    return ", ".join(part for part in (title(row), where, day) if part)


def _what(change: Change) -> list[str]:
    """What an edit is about: names of fields, or the part that was added."""
    if erases(change):
        return [tr("erased")]
    if change.kind in NEW and change.base == 0:
        return [tr(NEW[change.kind])]
    if change.fields.get("removed"):
        return [tr("removed")]
    if review := change.fields.get("review"):
        return [label("review_state", review).lower()]  # inside a line of other words
    if change.base == 0 and len(change.fields) > 1:
        return [tr("new")]
    known = field_map(KINDS[change.kind]) if change.kind in KINDS else {}
    return [known[name].words() if name in known else name for name in change.fields]
