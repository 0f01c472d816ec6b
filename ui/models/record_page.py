"""Everything that one record's page shows, read at once, off the screen's thread."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from desktop import people
from desktop.actions import attachments, bodies, drafts, last_values, records, terms, whole
from desktop.actions.last_values import Last
from desktop.actions.linked import linked_to, part_kinds
from desktop.actions.records import Row
from desktop.actions.terms import Clocks
from desktop.actions.titles import title
from desktop.session import Desk
from sync.change import Rival
from sync.errors import UserError
from sync.language import tr
from sync.money import in_tenge
from sync.person import REGION, Person
from sync.places import Pack
from sync.policy import Action, may, reach
from sync.records import KINDS
from sync.records.base import Field, Record, Reviewed, field_map, fields
from sync.records.filled_form import FilledForm
from sync.records.issue import Issue
from sync.review import LOCKED
from sync.vocabulary import label
from ui.models.answered import Answered, read_answered
from ui.models.comments import Said, read_said

MOST_LINKS = 1_000  # records that a link may be set to: the newest of them; more would be felt
Links = Mapping[str, list[tuple[str, str]]]  # {field name: [(id, words)]}


@dataclass(frozen=True)
class Page:
    """A record with what hangs on it. `row` is None for one that is not saved yet."""

    id: UUID
    row: Row | None = None
    parts: Mapping[str, list[Row]] = field(default_factory=dict)  # {kind: rows}
    typed_into: Mapping[UUID, Row] = field(default_factory=dict)  # parts removed since then
    said: list[Said] = field(default_factory=list)
    photos: list[Row] = field(default_factory=list)
    removed_photos: int = 0  # kept elsewhere
    links: Links = field(default_factory=dict)
    part_links: Mapping[str, Links] = field(default_factory=dict)  # {kind of parts: theirs}
    names: Mapping[str, str] = field(default_factory=dict)  # {login: name}
    draft: dict[str, Any] | None = None  # what was typed and not saved
    bare: bool = False  # its words, or those of a part, are on the server alone
    answered: Answered = field(default_factory=Answered)  # of a filled-in form
    clocks: Clocks | None = None  # of an issue
    last: Last = field(default_factory=Last)  # pinned fields, and what they begin with
    linked: list[Row] = field(default_factory=list)  # the records that name this one


def read_page(desk: Desk, kind: str, id: UUID) -> Page:
    """The page of a record on this laptop. Raises UserError where it is not here."""
    row = records.show(desk, id, kind)
    draft = drafts.recall(desk, draft_key(kind, id))
    said, names = read_said(desk, row), people.names_of(desk)
    parts = {part: records.parts(desk, part, id) for part in part_kinds(kind)}
    return Page(
        id=id,
        row=row,
        parts=parts,
        typed_into=_typed_into(desk, id, parts, draft),
        said=said,
        photos=attachments.attachments(desk, id),
        removed_photos=len(attachments.removed(desk, id)),
        links=read_links(desk, KINDS[kind], row, draft),
        part_links=_part_links(desk, kind),
        names=names,
        draft=draft,
        bare=whole.is_bare(desk, id),
        answered=read_answered(desk, row, said, names),
        clocks=terms.clocks(desk, [row])[id] if kind == Issue.kind else None,
        linked=linked_to(desk, kind, id),
        last=last_values.recall(desk, kind, _today()),
    )


def blank_page(desk: Desk, kind: str, id: UUID) -> Page:
    """The page of a record that is to be; with what was typed into one and never saved."""
    kept = drafts.recall(desk, draft_key(kind, None))
    links = read_links(desk, KINDS[kind], None, kept)
    last = last_values.recall(desk, kind, _today())
    gone = {
        name for name in links.keys() & last.values.keys() if _is_gone(kind, name, last, links)
    }
    begins = {name: value for name, value in last.values.items() if name not in gone}
    page = UUID(kept["id"]) if kept else id
    return Page(
        page,
        links=links,
        part_links=_part_links(desk, kind),
        draft=kept,
        last=Last(last.pinned, begins),
    )


def _is_gone(kind: str, name: str, last: Last, links: Links) -> bool:
    """Whether a link points to what is offered no more."""
    known = field_map(KINDS[kind])[name]
    return bool(known.link) and last.values[name] not in {id for id, _ in links[name]}


def _today() -> date:
    return datetime.now().astimezone().date()


def read_links(
    desk: Desk, record: type[Record], row: Row | None = None, draft: dict[str, Any] | None = None
) -> Links:
    """The records that the link fields of a kind may point to: the newest, and those it does.

    Of fields that are typed, what the directory offers for them.
    """
    return {
        field.name: _linkable(desk, record, field, _pointed_to(field.name, row, draft))
        for field in fields(record)
        if field.link
    } | {
        field.name: [(name, name) for name in bodies.offered(desk, field.offers)]
        for field in fields(record)
        if field.offers
    }


def _typed_into(
    desk: Desk, whole: UUID, parts: Mapping[str, list[Row]], draft: dict[str, Any] | None
) -> dict[UUID, Row]:
    """Parts that were removed after something was typed into them that is not saved."""
    kept = [one for panel in (draft or {}).get("panels", []) for one in panel]
    there = {str(row["id"]) for rows in parts.values() for row in rows}
    found = dict[UUID, Row]()
    for one in kept:
        if one.get("new") is False and one["id"] not in there:
            with suppress(UserError):  # it was erased: then what was typed goes, too
                row = records.show(desk, UUID(one["id"]))
                found |= {row["id"]: row} if row["parent"] == whole else {}
    return found


def _part_links(desk: Desk, kind: str) -> Mapping[str, Links]:
    """What the directory offers for the fields of parts."""
    return {part: read_links(desk, KINDS[part]) for part in part_kinds(kind)}


def _linkable(
    desk: Desk, record: type[Record], field: Field, named: set[str]
) -> list[tuple[str, str]]:
    if record is FilledForm:  # not forms of surveys
        from desktop.actions import filled_forms  # here: what reads forms is no small thing

        found = [(str(id), name) for id, name in filled_forms.named_forms(desk)]
    else:
        rows = records.list_records(desk, field.link, limit=MOST_LINKS)
        found = [(str(row["id"]), title(row)) for row in rows]
    for id in sorted(named - {id for id, _ in found}):
        with suppress(UserError, ValueError):  # it is not here, or no id
            found.append((id, title(records.show(desk, UUID(id), field.link))))
    return found


def _pointed_to(name: str, row: Row | None, draft: dict[str, Any] | None) -> set[str]:
    """What a link field holds, would hold, or might hold if a conflict ends so."""
    held = [row[name], *(rival.value for rival in rivals(row, name))] if row else []
    typed = (draft or {}).get("values", {})
    return {str(one) for one in (*held, typed.get(name)) if one}


def draft_key(kind: str, id: UUID | None) -> str:
    """Under which name an editor is kept; there is one unsaved new record of a kind."""
    return f"{kind}:{id or 'new'}"


def rivals(row: Row, name: str) -> list[Rival]:
    """The other values that wait at a field."""
    return [msgspec.convert(rival, Rival) for rival in row["conflicts"].get(name, [])]


def editable(person: Person, record: type[Record], row: Row | None, whole: Row | None) -> str:
    """What may be changed: "all", "live" fields, or "none". As sync.rights, asked early.

    `whole` is the record that a part belongs to, or the record itself.
    """
    if row is not None and record.append_only:
        return "none"
    if any(one is not None and one.get("bare") for one in (row, whole)):
        return "none"  # an empty field is not empty: what is typed there would replace the words
    action = Action.RECORD if row is None else Action.EDIT
    home = REGION if record.regional else (row or whole or {}).get("district")
    if not (may(person, action, home) if home else reach(person.role, action)):
        return "none"
    state = whole["review"] if whole and not record.late else None
    if issubclass(record, Reviewed) and row is not None:
        state = row["review"]
    closed = state in LOCKED and not may(person, Action.EDIT_DECIDED, home or "")
    return "live" if closed else "all"


def spell(field: Field, value: Any, pack: Pack, links: Links | None = None) -> str:
    """A field's value in words, for reading."""
    if value in (None, "", []):
        return "—"
    if field.choices:
        keys = value if isinstance(value, list) else [value]
        return ", ".join(label(field.choices, key) for key in keys)
    if field.place:
        return pack.full_name(value)
    if field.okrugs:
        return ", ".join(map(pack.okrug_name, value))
    if field.link:
        return dict((links or {}).get(field.name, [])).get(str(value), str(value))
    if field.type is bool:
        return tr("Yes") if value else tr("No")
    return in_tenge(value) if field.money else _plainly(value)


def _plainly(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone().strftime("%d.%m.%Y %H:%M")
    if hasattr(value, "hour"):
        return str(value.strftime("%H:%M"))
    if hasattr(value, "year"):
        return str(value.strftime("%d.%m.%Y"))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
