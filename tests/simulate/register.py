"""Numbers of the register: told to somebody, they stay their record's, and no other one's."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.client.tables import Pending
from sync.records.issue import Issue

NUMBERS = select(Issue.id, Issue.number).where(Issue.number.is_not(None))
UNNUMBERED = (  # also of those whose row was lost, and which are told from the edits that are kept
    select(Issue.id).where(Issue.number.is_(None)),
    select(Pending.record).where(Pending.record.not_in(select(Issue.id))),
)


@dataclass
class Register:
    """What was told, and what may have another number since.

    Where nobody told of a restore, a lost record has another number if whoever tells it first knows
    none (docs/decisions/0064-numbers.md); what the server itself, or its teller, knew is kept.
    """

    told: dict[UUID, str] = field(default_factory=dict)  # that any laptop ever showed
    lost: set[UUID] = field(default_factory=set)  # had numbers, when nobody told of a restore
    in_letters: set[UUID] = field(default_factory=set)  # told without their numbers
    excused: set[UUID] = field(default_factory=set)

    def lose(self, records: set[UUID]) -> None:
        """Nobody told of a restore, and the server forgot the numbers of these."""
        self.lost |= records
        self.excused |= self.lost & self.in_letters

    def hear(self, laptop: Session, *, letter: bool = False) -> None:
        """A laptop is about to tell of its records; of some it does not know the number."""
        without = {id for asked in UNNUMBERED for id in laptop.scalars(asked)}
        self.excused |= self.lost & without
        if letter:
            self.in_letters |= without

    def read(self, laptop: Session, person: str) -> list[str]:
        """Numbers that are others than before, on the laptop of this person."""
        wrong = []
        for id, number in laptop.execute(NUMBERS).all():
            before = self.told.get(id, number)
            self.told[id] = number
            if before != number and id not in self.excused:
                wrong.append(f"{id} was {before} and is {number} on {person}'s laptop")
        return wrong
