"""What is held about one person, as data: records, the lines in them, photos, edits."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from uuid import UUID

from desktop.holdings.whom import Named, Whom
from sync.records.held import Held


@dataclass(frozen=True)
class Line:
    """One value, in words, and why it is kept."""

    label: str
    words: str
    named: Named  # whether it names the person
    held: Held


@dataclass(frozen=True)
class Section:
    """A record, or a part of it."""

    kind: str
    id: UUID
    about: bool  # it is about the person: a private field names them
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Photo:
    """A file of the record."""

    name: str
    caption: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Edit:
    """An edit that is still here: one that waits, or was answered within the last month."""

    at: datetime
    by: str  # a person's name
    lines: tuple[tuple[str, str], ...]  # label and words of what was written


class Stale(Enum):
    """Where a name stands that no record says any more. An erasure of a person reaches none."""

    RIVAL = "rival"  # beside a field that has two values
    REFUSED = "refused"  # an edit under "needs attention"
    EARLIER = "earlier"  # an edit that waits, or is kept for a month


@dataclass(frozen=True)
class Holding:
    """One record with its parts, as far as it concerns the person."""

    kind: str
    id: UUID
    district: str
    removed: bool
    since: datetime  # when it was first written down
    named: Named
    agreeing: int  # of the name and the phone that were asked for, how many stand in it
    consent: tuple[Line, ...]  # how and when it was given; empty where none is recorded
    sections: tuple[Section, ...]
    photos: tuple[Photo, ...]
    history: tuple[Edit, ...]
    goes: tuple[str, ...]  # kinds of all that an erasure takes, one for each record and part
    stale: frozenset[Stale]  # empty where the record itself names them
    ended: bool = False  # whether its consent was withdrawn

    @property
    def about(self) -> bool:
        """Whether the whole record is about the person."""
        return self.sections[0].about

    @property
    def erasable(self) -> tuple[UUID, ...]:
        """What an erasure takes: the record, or those of its parts that are about the person."""
        if self.about:
            return (self.id,)
        return tuple(section.id for section in self.sections if section.about)


@dataclass(frozen=True)
class Loose:
    """What names the person and belongs to no record here."""

    what: str  # marked English
    words: str


@dataclass(frozen=True)
class Findings:
    """All that is held about one person on this laptop. Surest first."""

    whom: Whom
    holdings: tuple[Holding, ...]
    loose: tuple[Loose, ...]
    bare: int = 0  # records of which words are on the server alone: they may be about the person

    def only(self, ids: Collection[UUID]) -> "Findings":
        """Of these records alone, for others of the same name are in the others."""
        return replace(
            self, holdings=tuple(one for one in self.holdings if one.id in ids), loose=()
        )
