"""Edits of people who had left the district, told in words."""

from dataclasses import dataclass
from uuid import UUID

from desktop import people
from desktop.actions import late, records
from desktop.actions.titles import title
from desktop.session import Desk
from sync.change import Change
from sync.errors import UserError
from sync.language import tr
from sync.records import KINDS
from sync.records.base import field_map
from ui.models.case import value_words


@dataclass(frozen=True)
class LateLine:
    """One such edit: of which record, whose, and what it says."""

    change: UUID
    title: str
    by: str
    said: str


def read_late(desk: Desk) -> list[LateLine]:
    """What waits for this person, the oldest first."""
    names = people.names_of(desk)
    return [
        LateLine(
            one.change.id,
            _title(desk, one.change),
            names.get(one.change.by, one.change.by),
            "; ".join(_said(desk, one.change)),
        )
        for one in late.held(desk)
    ]


def _title(desk: Desk, change: Change) -> str:
    try:
        return title(records.show(desk, change.parent or change.record))
    except UserError:
        return tr(KINDS[change.kind].label) if change.kind in KINDS else change.kind


def _said(desk: Desk, change: Change) -> list[str]:
    """«Address: 5», as far as this program knows the fields."""
    known = field_map(KINDS[change.kind]) if change.kind in KINDS else {}
    told = [
        f"{known[name].words()}: {value_words(known[name], value, desk.pack)}"
        for name, value in change.fields.items()
        if name in known
    ]
    return told or [tr(KINDS[change.kind].label) if change.kind in KINDS else change.kind]
