"""A record as the person who decides about it reads it: all of it, in words, at one glance."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

import msgspec

from desktop import people
from desktop.actions import attachments, records
from desktop.actions.records import Row
from desktop.actions.saved_files import is_paper
from desktop.actions.titles import title
from desktop.phones import show_phone
from desktop.session import Desk
from sync.change import Rival
from sync.errors import UserError
from sync.language import tr
from sync.money import in_tenge
from sync.places import Pack
from sync.records import KINDS
from sync.records.base import Field, Part, field_map, fields
from sync.vocabulary import label
from ui.models.answered import read_answered
from ui.models.comments import Said, read_said
from ui.models.facts import Fact, Groups, Other
from ui.models.lines import below
from ui.models.sections import sections

SHOWN_APART = {"comment", "attachment"}


@dataclass(frozen=True)
class Photo:
    """An attached file; `content` is its small picture, then itself, or None before both."""

    caption: str
    media_type: str
    content: bytes | None
    row: Row | None = None  # of the attachment


@dataclass(frozen=True)
class Case:
    """Everything about one record, in the language spoken when it was made."""

    row: Row
    title: str
    below: str
    groups: Groups
    parts: tuple[tuple[str, tuple[tuple[Fact, ...], ...]], ...]  # kind, each part's filled fields
    photos: tuple[Photo, ...]
    said: tuple[Said, ...]  # about the whole

    @property
    def id(self) -> UUID:
        """The record's id."""
        found: UUID = self.row["id"]
        return found

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All fields in their order on the page."""
        return tuple(fact for _, facts in self.groups for fact in facts)


def read_case(desk: Desk, id: UUID) -> Case:
    """Read a record with all that hangs on it. For the store's thread."""
    row = records.show(desk, id)
    comments, names = read_said(desk, row), people.names_of(desk)
    record = KINDS[row["kind"]]
    known = field_map(record)
    return Case(
        row=row,
        title=title(row),
        below=below(row, desk.pack),
        groups=_removal(row, names)
        + tuple(
            (
                tr(heading),
                tuple(_fact(desk, known[n], row, comments, names) for line in lines for n in line),
            )
            for heading, lines in sections(record)
        )
        + _questions(read_answered(desk, row, comments, names).groups),
        parts=tuple(_parts(desk, row)),
        photos=tuple(_photo(desk, each) for each in records.parts(desk, "attachment", id)),
        said=tuple(each for each in comments if not each.about),
    )


def _questions(groups: Groups) -> Groups:
    """The first questions of a form, mostly in no group, are told from the record's own fields."""
    if not groups or groups[0][0]:
        return groups
    return ((tr("Questions"), groups[0][1]), *groups[1:])


def value_words(field: Field, value: Any, pack: Pack) -> str:
    """A value for reading: names instead of keys and codes, dates as people write them."""
    if value in (None, "", []):
        return ""
    if isinstance(value, list) and field.okrugs:
        return ", ".join(map(pack.okrug_name, value))
    if isinstance(value, list):
        return ", ".join(value_words(field, each, pack) for each in value)
    if field.choices:
        return label(field.choices, value)
    if field.place:
        return pack.full_name(value)
    if field.name == "phone":
        return show_phone(value)
    if field.money and isinstance(value, int):
        return in_tenge(value)
    return _plain_words(value)


def _plain_words(value: Any) -> str:
    if isinstance(value, bool):
        return tr("Yes") if value else tr("No")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return value.strftime("%H:%M") if isinstance(value, time) else str(value)


def _removal(row: Row, names: Mapping[str, str]) -> Groups:
    """Somebody works on a record that another person removed: asked as a field of its own."""
    rivals = msgspec.convert(row["conflicts"].get("removed", []), list[Rival])
    if not rivals:
        return ()
    others = tuple(
        Other(one.value, tr("It is still worked on"), names.get(one.by, one.by), one.at)
        for one in rivals
    )
    fact = Fact("removed", tr("Removed or not"), tr("It was removed"), value=True, others=others)
    return (("", (fact,)),)


def _fact(
    desk: Desk, field: Field, row: Row, comments: list[Said], names: Mapping[str, str]
) -> Fact:
    rivals = msgspec.convert(row["conflicts"].get(field.name, []), list[Rival])
    return Fact(
        name=field.name,
        label=field.words(),
        words=_words(desk, field, row[field.name]),
        value=msgspec.to_builtins(row[field.name]),
        said=tuple(each for each in comments if each.about == field.name),
        others=tuple(
            Other(
                value=rival.value,
                words=_words(desk, field, _typed(field, rival.value)),
                by=names.get(rival.by, rival.by),
                at=rival.at,
            )
            for rival in rivals
        ),
    )


def _words(desk: Desk, field: Field, value: Any) -> str:
    if field.link and value:
        try:
            return title(records.show(desk, UUID(value), field.link))
        except (UserError, ValueError):
            return tr("A record that is not on this laptop")
    return value_words(field, value, desk.pack)


def _typed(field: Field, value: Any) -> Any:
    try:
        return msgspec.convert(value, field.wire)
    except msgspec.ValidationError:
        return value  # a newer program wrote it: shown as it is


def _parts(desk: Desk, row: Row) -> list[tuple[str, tuple[tuple[Fact, ...], ...]]]:
    """The parts of each kind that belong to such a record, without those shown apart."""
    found = []
    for kind, record in KINDS.items():
        if (
            not issubclass(record, Part)
            or kind in SHOWN_APART
            or row["kind"] not in record.parents
        ):
            continue
        each = tuple(_filled(desk, part) for part in records.parts(desk, kind, row["id"]))
        if each:
            found.append((kind, each))
    return found


def _filled(desk: Desk, part: Row) -> tuple[Fact, ...]:
    every = (_fact(desk, field, part, [], {}) for field in fields(KINDS[part["kind"]]))
    return tuple(fact for fact in every if fact.words)


def _photo(desk: Desk, row: Row) -> Photo:
    return Photo(
        caption=row["caption"] or row["name"] or "",
        media_type=row["media_type"] or "",
        content=None if is_paper(row["media_type"]) else _picture(desk, row["sha256"]),
        row=row,
    )


def _picture(desk: Desk, sha256: str | None) -> bytes | None:
    return attachments.picture(desk, sha256) if sha256 else None
