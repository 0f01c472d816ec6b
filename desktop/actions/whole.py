"""Bare records: their words are on the server, and come from there when somebody opens one."""

from collections.abc import Collection
from uuid import UUID

from desktop.actions.restored import require_agreed
from desktop.session import Desk
from sync.change import Change
from sync.client import engine, opened
from sync.client.bare import KEPT
from sync.errors import Offline, UserError
from sync.language import mark
from sync.records import KINDS

DAYS_HERE = KEPT.days  # that words stay after their record was closed and left alone
ON_THE_SERVER = mark("The words are on the server; open to fetch")
OFFLINE = mark(
    "The words of this record are on the server: it was closed more than {days} days ago. Nothing "
    "is lost, and what is still here is shown. Open it again where there is a connection."
)
NOT_THERE = mark(
    "The server has no words of this record. It was restored from a backup that is older than the "
    "record: ask the other laptops of the group to sync. What is still here is shown."
)
NOT_YET = mark(
    "The record has just been changed on the server, and its words have not come. Nothing is lost: "
    "open it again."
)


def is_bare(desk: Desk, id: UUID) -> bool:
    """Whether words of this record or of its parts are on the server alone."""
    with desk.store() as session:
        return bool(opened.bare_rows(session, id))


def bring(desk: Desk, id: UUID) -> list[Change]:
    """Fetch a record and its parts whole, by an exchange of records → what came. It stays as long again.

    Raises UserError without a line, or where the server has it no more; NotAgreed, SignInAgain.
    """
    bring_all(desk, [id])
    with desk.store() as session:
        rows = opened.bare_rows(session, id)
        if rows:
            raise UserError(NOT_YET if any(row.revision for row in rows) else NOT_THERE)
        row = next(row for kind in KINDS.values() if (row := session.get(kind, id)) is not None)
        change = Change(kind=row.kind, record=id, district=row.district, fields={})
    return [change]


def bring_all(desk: Desk, ids: Collection[UUID]) -> None:
    """Ask for all of these until they have come, or no more comes. Raises as `bring`."""
    require_agreed(desk)
    with desk.store.begin() as session:
        for id in ids:
            opened.want(session, id)
    try:
        left = None
        while left is None or 0 < len(_wanted(desk)) < left:
            left = len(_wanted(desk))
            engine.sync_once(desk.store, desk.server)
    except Offline as error:
        raise UserError(OFFLINE, days=DAYS_HERE) from error


def _wanted(desk: Desk) -> list[UUID]:
    with desk.store() as session:
        return opened.left(session)


def bare_ids(desk: Desk) -> list[UUID]:
    """All records of which words, or words of a part, are on the server alone."""
    with desk.store() as session:
        return opened.bare_records(session)
