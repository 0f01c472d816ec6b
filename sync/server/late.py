"""Late edits wait in a table of their own: nothing of them is in any record until somebody decides."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.change import Change, encode, new_id
from sync.errors import Refused
from sync.language import mark
from sync.late import Late, as_then, decides, mark_of
from sync.person import Person
from sync.server import accounts, ledger
from sync.server.problems import Problem
from sync.server.tables import Account, LateEdit


def keep(session: Session, edits: Iterable[tuple[Change, UUID]]) -> None:
    """Keep edits, each with the device it came from, until somebody decides."""
    session.add_all(
        LateEdit(
            change=change.id,
            district=change.district,
            record=change.record,
            parent=change.parent,
            device=device,
            received=datetime.now(UTC),
            body=encode(change),
        )
        for change, device in edits
    )


def news(session: Session, person: Person, districts: Collection[str], known: str) -> str | None:
    """The mark of those that this person decides about; None if `known` is it."""
    own = _own(person, districts)
    told = select(LateEdit.change).where(LateEdit.district.in_(own))
    now = mark_of(session.scalars(told)) if own else ""
    return None if now == known else now


def held(session: Session, person: Person, districts: Collection[str]) -> list[Late]:
    """Those that this person decides about, the oldest first."""
    own = LateEdit.district.in_(_own(person, districts))
    rows = session.scalars(select(LateEdit).where(own).order_by(LateEdit.received))
    return [Late(_change(row), row.received) for row in rows]


def _own(person: Person, districts: Collection[str]) -> list[str]:
    return [one for one in districts if decides(person, one)]


def decide(
    session: Session, person: Person, id: UUID, districts: tuple[str, ...], *, take: bool
) -> None:
    """Write a late edit into its record as its author's own, or drop it.

    Raises Problem 404 where it is not there (any more) for this person, Refused where the record
    does not take it: then it still waits.
    """
    mine = session.scalar(select(LateEdit.district).where(LateEdit.change == id))
    if mine is not None and decides(person, mine):
        ledger.lock(session, mine)  # first, as everybody who empties or takes one does
    row = session.scalars(select(LateEdit).where(LateEdit.change == id).with_for_update()).first()
    if row is None or not decides(person, row.district):
        raise Problem(404, mark("There is nothing here."))
    if take:
        _take(session, row, person.language, districts)
    session.delete(row)


def _take(session: Session, row: LateEdit, language: str, districts: tuple[str, ...]) -> None:
    held = _change(row)
    author = accounts.person_of(session.get_one(Account, held.by))
    then = as_then(author, held) or author  # perhaps they came back
    then = msgspec.structs.replace(then, language=language)
    change = msgspec.structs.replace(held, id=new_id(), number=0)
    answers = ledger.accept(session, [change], then, row.device, districts)
    if answers.refused:
        raise Refused(answers.refused[0].reason)
    if answers.unknown:
        raise Refused(mark("The record that this belongs to is not there."))


def _change(row: LateEdit) -> Change:
    return msgspec.json.decode(row.body, type=Change)
