"""An import is taken back as one: its drafts go, as long as nobody has worked at them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, select

from desktop.actions.at_once import removals, write_all
from desktop.actions.importing import FACT, Imported
from desktop.actions.records import Tell
from desktop.session import Desk
from sync.change import Change, now
from sync.client.facts import recall, remember
from sync.errors import UserError
from sync.language import mark
from sync.records import KINDS
from sync.records.base import Record, Reviewed
from sync.records.states import ReviewState

NO_IMPORT = mark("There was no such import on this laptop. “import log” lists them.")


@dataclass(frozen=True)
class Undone:
    """How many records went, and how many stay because somebody changed or sent them since."""

    import_id: UUID
    removed: int
    stay: int


def undo(desk: Desk, id: UUID, tell: Tell = lambda *_: None) -> tuple[Undone, list[Change]]:
    """Take the records of an import away, all that are still as they came, in one go.

    Raises UserError where there was none; what `tell` raises goes through, and then all stay.
    """
    with desk.store.begin() as session:
        kept = recall(session, FACT, list[Imported]) or []
        noted = next((one for one in kept if one.id == id), None)
        if noted is None:
            raise UserError(NO_IMPORT)
        record = KINDS[noted.kind]
        rows = session.scalars(select(record).where(*_of_import(desk, record, noted.at))).all()
        still = [row for row in rows if _untouched(row)]
        changes = removals(desk, still, now())
        write_all(session, changes, tell)
        told = [msgspec.structs.replace(one, undone=True) if one.id == id else one for one in kept]
        remember(session, FACT, told)
    return Undone(id, len(still), len(rows) - len(still)), changes


def _of_import(desk: Desk, record: type[Record], at: datetime) -> list[ColumnElement[bool]]:
    """All records of an import were made at one moment, by one person."""
    return [record.created == at, record.author == desk.person.id, ~record.removed]


def _untouched(row: Record) -> bool:
    sent = isinstance(row, Reviewed) and row.review != ReviewState.DRAFT
    return row.edited == row.created and not sent and not row.conflicts
