"""One exchange with the server, and what the status line says between exchanges."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.actions import (
    answers,
    former_officer,
    late,
    officer,
    quality,
    reports,
    room,
    signs,
    who_looked,
)
from desktop.actions.progress import Tell, Teller, teller, untold
from desktop.actions.restored import require_agreed
from desktop.session import Desk
from desktop.store_failures import StoreFull
from desktop.tidying import empty_journal, tidy
from sync.change import Change
from sync.client import bare, engine, identity, outbox, removals, small_pictures, striking
from sync.client.ahead import by_thread
from sync.client.away import let_go
from sync.client.blobs import PhotoExchange, count_coming, originals
from sync.client.facts import recall
from sync.client.photos import exchange_photos
from sync.client.tables import Attention, Blob, WaitingAnswer
from sync.errors import Offline, Refused, TooOld, UserError
from sync.language import mark

DAMAGED = mark(
    "A photo or file on this laptop is damaged and was not sent; everything else was. Your records "
    "are safe. “Check and repair” looks for a sound copy of it: in the window among the copies, or "
    "check --repair."
)


class Report(msgspec.Struct):
    """What one exchange did. Counts of records, answers and photos; bytes on the line."""

    sent: int
    taken: int
    conflicts: int
    refused: int
    waiting: int
    answers_sent: int
    photos_sent: int
    photos_taken: int
    photos_waiting: int
    bytes_up: int
    bytes_down: int
    photos_coming: int = 0
    answers_refused: int = 0  # they are kept here and offered again with the next exchange


@dataclass(frozen=True)
class Held:
    """Of a district the news would take away so many of the records here; nothing was taken yet."""

    district: str  # its code
    going: int
    here: int


@dataclass(frozen=True)
class Saved:
    """What is saved here, what waits, and when the last exchange was."""

    waiting: int  # edits, answers and sealed letters
    photos_waiting: int
    attention: int  # refused edits that a person must look at
    exchanged: datetime | None
    photos_coming: int = 0  # that records name and this laptop lacks

    answers_refused: int = 0  # of those that wait, how many the server did not take
    held: tuple[Held, ...] = ()  # districts of which much would go: the person is asked


def exchange(desk: Desk, tell: Tell = untold) -> Report:
    """Send what waits and take what is new: records, then photos, then answers.

    `tell` is told after each page of records, each part of a photo, each piece on the line; it may
    stop the exchange there by raising Stopped. Raises Offline, SignInAgain, TooOld: then what was
    not answered still waits. Raises NotAgreed after a restore; where all else is done, StoreFull if
    photos had no room, UserError if one that waits is damaged here.
    """
    desk.require_server()
    require_agreed(desk)
    with desk.store() as session:
        waiting = outbox.count(session)
    with teller(desk.server, tell, waiting) as told:
        try:
            with by_thread() as ahead:
                records = engine.sync_once(desk.store, desk.server, told.records, ahead)
        except TooOld:  # for what is new; what waits is taken all the same
            exchange_photos(desk.store, desk.server, desk.photos, take=False, tell=told.photos)
            answers.send(desk)
            reports.send(desk)
            raise
        former_officer.let_go(desk, records.now)
        striking.strike(desk.store, records.now)
        tidy(desk)
        identity.introduce(desk.store, desk.server)
        if bare.let_go(desk.store, records.now):
            empty_journal(desk)
        let_go(desk.store, desk.server, desk.photos, records.now)
        small_pictures.let_go(desk.store, desk.server, desk.photos, records.now)
        photos, no_room = _photos(desk, told)
        given = answers.send(desk, records.now)
        answers.let_go(desk, records.now)
        with suppress(Refused):  # a server from before
            signs.send(desk, records.now)
        answers.take(desk, records.answers, records.counted)
        if records.counted:
            tidy(desk)
        reports.send(desk)
        if officer.opens(desk):
            with suppress(Refused):  # a server from before
                officer.take(desk)
        if records.late:
            late.ask(desk)
        with suppress(Refused):  # a server from before
            who_looked.ask_from_time_to_time(desk, records.now)
        with suppress(Refused):  # likewise
            quality.ask_from_time_to_time(desk, records.now)
        with suppress(Offline):  # one's own work has gone; theirs goes with the next exchange
            room.deliver_bag(desk)
    if no_room:
        raise no_room
    if photos.damaged:
        raise UserError(DAMAGED)
    saved = state(desk)
    return Report(
        sent=records.sent,
        taken=records.taken,
        conflicts=records.conflicts,
        refused=records.refused,
        waiting=saved.waiting,
        answers_sent=given.sent,
        photos_sent=photos.sent,
        photos_taken=photos.taken,
        photos_waiting=saved.photos_waiting,
        bytes_up=told.up,
        bytes_down=told.down,
        photos_coming=saved.photos_coming,
        answers_refused=given.refused,
    )


def _photos(desk: Desk, told: Teller) -> tuple[PhotoExchange, StoreFull | None]:
    """That a disk has no room for photos keeps back nothing else: it is said at the end."""
    try:
        return exchange_photos(desk.store, desk.server, desk.photos, tell=told.photos), None
    except StoreFull as full:
        return PhotoExchange(), full


def state(desk: Desk) -> Saved:
    """For the status line."""
    with desk.store() as session:
        unsent_photos = select(func.count()).select_from(Blob).where(~Blob.there, originals())
        return Saved(
            waiting=outbox.count(session)
            + _count(session, WaitingAnswer)
            + reports.count_waiting(session),
            photos_waiting=session.scalar(unsent_photos) or 0,
            photos_coming=count_coming(session),
            attention=_count(session, Attention),
            exchanged=recall(session, "exchanged", datetime),
            answers_refused=answers.count_refused(session),
            held=tuple(
                Held(district, *counts) for district, counts in removals.held(session).items()
            ),
        )


def allow_removals(desk: Desk) -> None:
    """The person knows why so much is removed: the next exchange takes it."""
    with desk.store.begin() as session:
        removals.allow(session)


def waiting(desk: Desk, limit: int | None = None) -> list[Change]:
    """The edits that wait, oldest first; no more of them than one request takes."""
    with desk.store() as session:
        return outbox.waiting(session, limit)


def _count(session: Session, table: type[Attention | WaitingAnswer]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0
