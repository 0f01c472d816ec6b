"""The history of a record in words, for the store's thread."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from desktop import people
from desktop.actions import records
from desktop.actions.history import Changed, Event, read_history
from desktop.actions.records import Row
from desktop.actions.titles import tag, title
from desktop.session import Desk
from sync import elements
from sync.errors import UserError
from sync.language import tr
from sync.records import KINDS
from sync.records.base import field_map
from sync.records.values import split
from sync.vocabulary import label
from ui.models.record_page import editable, read_links, spell

PART = 120  # letters of a part that are told


@dataclass(frozen=True)
class Line:
    """One field of an event. `back`: what may be put back there, None where nothing can."""

    label: str
    before: str
    after: str
    back: Changed | None = None


@dataclass(frozen=True)
class Told:
    """One event: who did what and when, and its fields."""

    kind: str
    record: UUID
    who: str
    at: datetime
    what: str
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class ToldHistory:
    """The newest first. `tag`: kind and number of the record, for a heading without names."""

    tag: str
    events: tuple[Told, ...]
    since: datetime | None
    others: bool  # whether other people's changes are among them


def told_history(desk: Desk, kind: str, id: UUID) -> ToldHistory:
    """The history of a record on this laptop. Raises UserError where it is not here."""
    row = records.show(desk, id, kind)
    history = read_history(desk, id)
    names = people.names_of(desk)
    told = tuple(_told(desk, row, event, names) for event in history.events)
    others = any(event.fields and event.by != desk.person.id for event in history.events)
    return ToldHistory(f"{tr(KINDS[kind].label)} {tag(row)}", told, history.since, others)


def _told(desk: Desk, row: Row, event: Event, names: Mapping[str, str]) -> Told:
    what = _part(desk, event) if event.part else ""
    if not event.fields:
        what = tr("Added: {part}", part=what) if event.part else tr("Recorded")
    elif event.part:
        what = tr("Changed: {part}", part=what)
    else:
        what = tr("Changed")
    lines = tuple(_line(desk, row, event, changed) for changed in event.fields)
    who = names.get(event.by, event.by) or tr("Somebody else")
    return Told(event.kind, event.record, who, event.at, what, lines)


def _part(desk: Desk, event: Event) -> str:
    """«Decision «Lay the pipe»»: what it says now; only its kind where it says nothing."""
    kind = tr(KINDS[event.kind].label)
    said = title(records.show(desk, event.record, event.kind))
    if said in (kind, tr(KINDS[event.kind].untitled)):
        return kind
    said = said if len(said) <= PART else f"{said[: PART - 1].rstrip()}…"
    return tr("{part} “{words}”", part=kind, words=said)


def _line(desk: Desk, row: Row, event: Event, changed: Changed) -> Line:
    before, after = (_words(desk, row, event, changed.name, v) for v in _sides(changed))
    if changed.name == "review":
        return Line(tr("Review"), before, after)
    if changed.name == "removed":
        return Line(tr("Removed or not"), before, after)
    field = field_map(KINDS[event.kind])[changed.name]
    may = editable(desk.person, KINDS[event.kind], row if not event.part else None, row)
    can = may == "all" or (may == "live" and field.live)
    back = changed if can and not (changed.stands or field.given) else None
    return Line(field.words(), before, after, back)


def _sides(changed: Changed) -> tuple[Any, Any]:
    return changed.before, changed.after


def _words(desk: Desk, row: Row, event: Event, name: str, value: Any) -> str:
    record = KINDS[event.kind]
    if name == "review":
        return label("review_state", value)
    if name == "removed":
        return tr("Removed") if value else tr("Not removed")
    if name in elements.holders(event.kind):
        return _answers(desk, row, value)
    typed, _ = split(record, {name: value})
    field = field_map(record)[name]
    links = read_links(desk, record, row) if field.link and not event.part else None
    return spell(field, typed.get(name), desk.pack, links)


def _answers(desk: Desk, row: Row, value: dict[str, Any]) -> str:
    from desktop.actions import filled_forms  # here: what reads forms is no small thing

    if not value:
        return "—"
    try:
        with desk.store() as session:
            return "\n".join(filled_forms.answer_lines(session, row, value))
    except UserError:
        return "\n".join(map(str, value.values()))
