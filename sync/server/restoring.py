"""A backup takes the place of what a stopped server has; laptops then tell what came after it.

At every moment there is a whole database: the one before, or the one that was put back. Why so:
docs/decisions/0041-server-backups.md; what laptops do then: docs/decisions/0010-sync-rules.md.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from sync.errors import UserError
from sync.language import mark
from sync.person import SERVER
from sync.places import load_pack
from sync.retention import first_letters
from sync.server import (
    arrivals,
    audit,
    blobs,
    carried_numbers,
    connected,
    counting,
    dumps,
    lives,
    postgres_programs,
    sqlite_place,
)
from sync.server.accounts import Clock, utc_now
from sync.server.alone import alone
from sync.server.audit import Act
from sync.server.backing_up import back_up
from sync.server.backup_check import require_readable
from sync.server.backup_files import Files, bring_back
from sync.server.backups import Backup, damaged, read_backup
from sync.server.blobs import BlobFolder, StoreAway
from sync.server.buckets import open_blobs, parts_folder
from sync.server.carried_numbers import Known
from sync.server.parts import PartFolder
from sync.server.service import Service, assembled, require_folder
from sync.server.settings import Settings
from sync.server.store import NEWER, Store, is_known, prepare, reach
from sync.server.tables import Account, Blob, Code, Device

IN_USE = mark(
    "The server, or one of its commands, is running on this data or database. Nothing was changed. "
    "Stop it, then restore."
)
CONNECTED = mark(
    "Somebody is connected to the database: {who}. Nothing was changed. Stop the server; a pool or a "
    "monitor that stays connected, end by its own means or by “SELECT pg_terminate_backend(process)”. "
    "Then restore."
)
OTHER_SORT = mark(
    "The backup {name} is of another sort of database than DALA_DATABASE names. Nothing was "
    "changed. SQLite's go back to SQLite, PostgreSQL's to PostgreSQL."
)
NO_BACKUP = mark(
    "There is no backup in the folder {folder}. “admin backups” lists those there are."
)
NOT_KEPT = mark(
    "What stands there now could not be backed up first: {said} Nothing was changed. If it is to be "
    "given up, restore with “--give-up”."
)
FAILED = mark(
    "The backup could not be put back: {said}. What stood there stands there still. Make room or "
    "access, and see that nobody has the database open, then restore again."
)
UNPREPARED = mark(
    "The backup stands in its place, but could not be prepared: {said}. What an administrator closed "
    "since is open in it. Do not start the server: restore it once more."
)
LINGERING = 2.0  # seconds that PostgreSQL may take to notice that a client has gone


@dataclass(frozen=True)
class Restored:
    """What was put back: which backup, as which life; where what stood there is now."""

    backup: str
    epoch: str
    files: Files
    kept: str | None  # the backup of what stood there; None: nothing did, or it was given up

    def told(self) -> dict[str, object]:
        """As JSON."""
        return {
            "restored": self.backup,
            "epoch": self.epoch,
            "files": self.files.brought,
            "lost_files": self.files.lost,
            "kept": self.kept,
        }


@dataclass(frozen=True)
class Closed:
    """What an administrator had closed in the database that goes: accounts, and laptops' orders."""

    accounts: tuple[str, ...] = ()
    laptops: tuple[Any, ...] = ()  # rows of ORDERS
    numbers: Known | None = None  # of the register; None: unknown


ORDERS = (Device.id, Device.revoked, Device.wipe, Device.wiped)


def restore(
    settings: Settings, source: Path, *, give_up: bool = False, clock: Clock = utc_now
) -> Restored:
    """Put the backup in the folder `source` in the place of all that the server has.

    What stands there is backed up first, beside `source`; `give_up`: not, it cannot be read. Raises
    UserError where somebody uses it, and what else is told in words; then the database is as it was.
    """
    require_folder(settings.data)
    with alone(settings.data, UserError(IN_USE)):
        backup = read_backup(source.absolute())
        if backup is None or not source.is_dir():
            raise UserError(NO_BACKUP, folder=source)
        _require_fitting(backup, settings)
        _require_nobody(settings)
        kept = None if give_up else _keep(settings, source.absolute().parent)
        closed = _closed(settings) if kept else Closed()
        with _said_in_words(FAILED):
            files = _bring_files(backup, settings)
        epoch = _put_back(backup, settings, clock, closed, give_up=give_up)
    return Restored(backup.name, epoch, files, kept)


def _require_fitting(backup: Backup, settings: Settings) -> None:
    about = backup.about
    if about is None:
        raise damaged(backup.folder)
    if not settings.database.startswith(about.sort):
        raise UserError(OTHER_SORT, name=backup.name)
    if not is_known(about.head):
        raise UserError(NEWER)
    if about.sort == "postgresql":
        postgres_programs.require_all(settings.programs)
    require_readable(backup, settings.programs)


def _keep(settings: Settings, folder: Path) -> str | None:
    """The backup of what stands there now; None where there is nothing yet."""
    try:
        with assembled(settings) as service:
            if dumps.is_empty(service.store):
                return None
            return back_up(service, folder, enough=None).folder.name
    except (UserError, DBAPIError) as error:
        said = error.orig if isinstance(error, DBAPIError) else error
        raise UserError(NOT_KEPT, said=str(said).splitlines()[0]) from error


def _closed(settings: Settings) -> Closed:
    """A laptop that was stolen since the backup stays closed. Nothing where other tables stand there."""
    with (
        closing(Store(settings.database)) as store,
        suppress(DBAPIError),
        Session(store.owner) as was,
    ):
        accounts = was.scalars(select(Account.id).where(~Account.active)).all()
        given = Device.revoked.is_not(None) | Device.wipe.is_not(None)
        orders = tuple(was.execute(select(*ORDERS).where(given)).all())
        return Closed(tuple(accounts), orders, _numbers(was))
    return Closed()


def _numbers(was: Session) -> Known | None:
    """What it knows of numbers; None where an older program's tables stand there."""
    try:
        return carried_numbers.read(was)
    except DBAPIError:
        return None


def _close_again(session: Session, closed: Closed, now: datetime) -> None:
    # one that was used since would open a laptop a second time: whoever has a code needs a new one
    session.execute(update(Code).where(Code.used.is_(None)).values(expires=now))
    session.execute(update(Account).where(Account.id.in_(closed.accounts)).values(active=False))
    for row in closed.laptops:
        values = {"revoked": row.revoked, "wipe": row.wipe, "wiped": row.wiped}
        session.execute(update(Device).where(Device.id == row.id).values(values))


def _bring_files(backup: Backup, settings: Settings) -> Files:
    """First: a file that no record names does no harm."""
    parts = PartFolder(parts_folder(settings))
    return bring_back(backup.folder.parent, backup.sums(), open_blobs(settings), parts)


def _put_back(
    backup: Backup, settings: Settings, clock: Clock, closed: Closed, *, give_up: bool
) -> str:
    """The database → the name of its new life."""
    if settings.database.startswith("sqlite"):
        place = sqlite_place.coming(settings.database, backup.database, give_up=give_up)
        with _said_in_words(FAILED), place as url:
            return _begin(Store(url), settings, backup, clock, closed)
    store = Store(settings.database)
    postgres_programs.put_back(backup.database, store.owner.url, settings.programs)
    with _said_in_words(UNPREPARED):
        return _begin(store, settings, backup, clock, closed)


@contextmanager
def _said_in_words(words: str) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.DatabaseError, DBAPIError, StoreAway) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        said = getattr(cause, "strerror", None) or getattr(cause, "sort", None) or cause
        raise UserError(words, said=said) from error


def _begin(store: Store, settings: Settings, backup: Backup, clock: Clock, closed: Closed) -> str:
    """The tables of this program, a new life, and a row in the audit → the life's name."""
    try:
        prepare(store, load_pack(settings.region).districts)
        _bring_arrivals(store, settings, clock, backup.folder.parent)
        with Session(store.owner) as session, session.begin():  # of all districts
            known = closed.numbers or Known()
            carried_numbers.go_on(session, known)
            given = carried_numbers.of_lost(session, known)
            doubt = closed.numbers is None or carried_numbers.is_in_doubt(session, known)
        with store.writing.begin() as session:
            epoch = lives.begin(session, at_once=True, doubt=doubt, given=given)
            # who renewed since is asked for the password, and not taken for a copied laptop
            session.execute(update(Device).values(family=None))
            _close_again(session, closed, clock())
            _note_files(session, settings)
            told = {"backup": backup.name, "epoch": epoch}
            audit.note(session, SERVER, Act.RESTORED, told, clock())
        return epoch
    finally:
        store.close()


def bring_arrivals(service: Service, settings: Settings) -> None:
    """After `prepare`: a backup may have been put back by other means, or a restore cut short."""
    _bring_arrivals(service.store, settings, service.clock)


def _bring_arrivals(store: Store, settings: Settings, clock: Clock, *beside: Path) -> None:
    """From beside the backup, and from where the server writes them: it may be another folder."""
    here = [settings.backups.absolute()] if settings.backups else []
    first = first_letters(settings.terms, clock().date())
    with Session(store.owner) as session, session.begin():  # of everybody, and of nobody
        counted = counting.done(session, clock().date())
        arrivals.bring_back(session, [*beside, *here], first, counted)


def _note_files(session: Session, settings: Settings) -> None:
    """Files that came after the backup: the records that name them will be told again."""
    store = open_blobs(settings)
    if not isinstance(store, BlobFolder):
        return
    for sha256 in sorted(store.sums() - set(session.scalars(select(Blob.sha256)))):
        if store.is_sound(sha256):
            blobs.note(session, sha256, store.size(sha256) or 0)


def _require_nobody(settings: Settings) -> None:
    """Raise UserError where somebody is connected to PostgreSQL's database: a server on another
    machine, whose lock is not seen here. SQLite's file says so itself."""
    if settings.database.startswith("sqlite"):
        return
    store = Store(settings.database)
    try:
        reach(store)
        until = time.monotonic() + LINGERING
        with store.owner.connect() as connection:
            connection = connection.execution_options(isolation_level="AUTOCOMMIT")
            while some := connected.others(connection):
                if time.monotonic() > until:
                    raise UserError(CONNECTED, who=connected.named(some))
                time.sleep(0.05)
    finally:
        store.close()
