"""Edits that the server refused: each is kept with the reason until a person deals with it."""

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from desktop.actions.edits import Edit
from desktop.actions.records import put, show
from desktop.session import Desk
from desktop.steps import Own, note_own
from sync.change import Change
from sync.client import outbox
from sync.client.tables import Attention
from sync.errors import UserError
from sync.language import mark

LET_GO = mark("discarded a refused edit")


@dataclass(frozen=True)
class Held:
    """An edit that was refused, and why."""

    change: Change
    reason: str


def held(desk: Desk) -> list[Held]:
    """Refused edits, the oldest first."""
    with desk.store() as session:
        rows = session.scalars(select(Attention).order_by(Attention.since))
        return [Held(outbox.decode(row.body), row.reason) for row in rows]


def find(desk: Desk, id: UUID) -> Held:
    """The refused edit with this id. Raises UserError where there is none."""
    with desk.store() as session:
        row = session.get(Attention, id)
        if row is None:
            raise UserError(mark("No refused edit with this id is kept on this laptop."))
        return Held(outbox.decode(row.body), row.reason)


def retry(desk: Desk, held: Held) -> list[Change]:
    """Make the edit anew upon the record as it stands here now; it waits to be sent again.

    Raises Wrong, Refused, or UserError where the record is not on this laptop: then it is still
    kept.
    """
    change = held.change
    show(desk, change.record, change.kind)
    # also the values that already stand here: the server does not have them
    edit = Edit(change.kind, change.fields, change.record, change.parent, settles=True)
    with desk.store.begin() as session:
        made = put(desk, session, edit)
        _forget(session, held)
    return [made] if made is not None else []


def let_go(desk: Desk, held: Held) -> list[Change]:
    """Discard a refused edit; `put_back` takes that back."""
    with desk.store.begin() as session:
        _forget(session, held)
    note_own(Own(LET_GO, partial(put_back, desk, held), about=_about(held)))
    return [held.change]


def put_back(desk: Desk, held: Held) -> list[Change]:
    """Keep a refused edit again that was discarded."""
    with desk.store.begin() as session:
        outbox.hold(session, held.change, held.reason)
    note_own(Own(LET_GO, partial(let_go, desk, held), about=_about(held)))
    return [held.change]


def _forget(session: Session, held: Held) -> None:
    session.execute(delete(Attention).where(Attention.change == held.change.id))


def _about(held: Held) -> frozenset[UUID]:
    """The record, and the one that it is a part of: with either of them it goes."""
    return frozenset(filter(None, (held.change.record, held.change.parent)))
