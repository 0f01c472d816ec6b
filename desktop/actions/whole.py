"""Bare records: their words are on the server, and come from there when somebody opens one."""

from collections.abc import Collection
from contextlib import suppress
from uuid import UUID

from desktop.actions.progress import Tell, teller, untold
from desktop.actions.restored import require_agreed
from desktop.actions.standing import find
from desktop.session import Desk
from sync.client import engine, opened
from sync.client.blobs import PhotoExchange
from sync.client.quiet import KEPT
from sync.client.small_pictures import take_small
from sync.errors import Offline, Refused, UserError
from sync.language import mark

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
NOT_ALL = mark(
    "Records whose words the server did not give: {n}. They were just changed there, or it was "
    "restored from a backup that is older than they are. What came is here. Sync, then try again."
)
NOT_YET = mark(
    "The record has just been changed on the server, and its words have not come. Nothing is lost: "
    "open it again."
)


def is_bare(desk: Desk, id: UUID) -> bool:
    """Whether words of this record or of its parts are on the server alone."""
    with desk.store() as session:
        return bool(opened.bare_rows(session, id))


def bring(desk: Desk, id: UUID, tell: Tell = untold) -> None:
    """Fetch a record and its parts whole, by an exchange of records. They stay as long again.

    So do its small pictures. `tell` hears what came, also of other records. Raises UserError without a
    line, or where the server has it no more; NotAgreed, SignInAgain.
    """
    bring_all(desk, [id], tell)
    with desk.store() as session:
        rows = opened.bare_rows(session, id)
        if rows:
            raise UserError(NOT_YET if any(row.revision for row in rows) else NOT_THERE)
        find(session, id)  # erased meanwhile, or not this person's any more: says so
    with suppress(Offline, Refused):  # the words are here; these come with the next exchange
        take_small(desk.store, desk.server, desk.photos, PhotoExchange(), id)


def bring_all(desk: Desk, ids: Collection[UUID], tell: Tell = untold) -> None:
    """Ask for all of these until they have come, or no more comes. Raises as `bring`."""
    require_agreed(desk)
    with desk.store.begin() as session:
        opened.want(session, *ids)
    try:
        left = None
        while left is None or 0 < len(_wanted(desk)) < left:
            left = len(_wanted(desk))
            with teller(desk.server, tell, 0) as told:
                engine.sync_once(desk.store, desk.server, told.records)
    except Offline as error:
        raise UserError(OFFLINE, days=DAYS_HERE) from error


def bring_every(desk: Desk, tell: Tell = untold) -> None:
    """Fetch all that is bare. Raises as `bring`, also where the server did not give some of it."""
    ids = bare_ids(desk)
    bring_all(desk, ids, tell)
    if left := set(ids) & set(bare_ids(desk)):
        raise UserError(NOT_ALL, n=len(left))


def _wanted(desk: Desk) -> list[UUID]:
    with desk.store() as session:
        return opened.left(session)


def bare_ids(desk: Desk) -> list[UUID]:
    """All records of which words, or words of a part, are on the server alone."""
    with desk.store() as session:
        return opened.bare_records(session)
