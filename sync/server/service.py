"""What one running server is made of: the only place that assembles it."""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile

from sqlalchemy.orm import Session

from sync.enrolment import Enrolled, Tokens
from sync.errors import UserError
from sync.join import certificates
from sync.language import mark, named
from sync.officers import Officers, read_list, vouched
from sync.person import REGION, Person
from sync.places import NoPack, Pack, load_pack
from sync.region_key import RegionKey, fingerprint, read_row
from sync.retention import Term, terms
from sync.rights import streams
from sync.server import walls
from sync.server.accounts import Clock, utc_now
from sync.server.alone import beside_others
from sync.server.blobs import BlobStore
from sync.server.buckets import open_blobs, parts_folder
from sync.server.parts import PartFolder
from sync.server.passwords import Passwords
from sync.server.settings import Settings
from sync.server.store import Store, reach

RESTORING = mark(
    "A backup is being put back, and nothing else is done meanwhile. Try again when it is done."
)


OF_ANOTHER = mark(
    "The data folder {folder} belongs to the user {user}, and what root makes there the server could "
    "not use. Nothing was changed. Run this as {user}: “sudo -u {user} …”, with the same settings."
)


@dataclass(frozen=True)
class Service:
    """Database, files, those still arriving, region, and how passwords are checked."""

    store: Store
    blobs: BlobStore
    parts: PartFolder
    pack: Pack
    passwords: Passwords = field(default_factory=Passwords)
    clock: Clock = utc_now
    region_keys: tuple[
        RegionKey, ...
    ] = ()  # the first one first; none: no laptop is sealed to one
    officers: Officers | None = None  # whom sealed reports are for
    terms: tuple[Term, ...] = field(default_factory=terms)  # how long records are kept
    address: str = ""  # by which laptops reach it
    authority: str = (
        ""  # the only certificates that laptops trust for it, PEM; "": the public ones
    )
    backups: Path | None = None  # where what laptops do not keep lies twice: sync.server.arrivals
    programs: Path | None = None  # where PostgreSQL's own are; None: on the PATH

    @property
    def districts(self) -> tuple[str, ...]:
        """The codes of the region's districts."""
        return tuple(self.pack.districts)

    def readable(self, person: Person) -> tuple[str, ...]:
        """The streams that this person may read."""
        return streams(person, self.districts)

    @contextmanager
    def writing(self, person: Person) -> Iterator[Session]:
        """A transaction of this person's: the database itself takes and shows only what is theirs."""
        with self.store.writing.begin() as session:
            walls.enter(session, person, self.districts)
            yield session

    @contextmanager
    def reading(self, person: Person) -> Iterator[Session]:
        """The same, to read."""
        with self.store.reading.begin() as session:
            walls.enter(session, person, self.districts)
            yield session

    def now(self) -> datetime:
        """The server's time, UTC."""
        return self.clock()

    def enrolled(self, tokens: Tokens, person: Person) -> Enrolled:
        """What a laptop is told when it was taken in."""
        return Enrolled(
            token=tokens.token,
            refresh=tokens.refresh,
            person=person,
            districts={
                code: self.pack.districts[code].words(person.language)
                for code in self.readable(person)
                if code != REGION
            },
            region=self.pack.id,
            server=named(self.pack.names, person.language),
            region_keys=list(self.region_keys),
        )

    def newer_keys(self, known: str) -> list[RegionKey] | None:
        """For a laptop that trusts the region's key of this fingerprint; None where it holds still."""
        if not self.region_keys or fingerprint(self.region_keys[-1].keys) == known:
            return None
        return list(self.region_keys)

    def newer_officers(self, known: int) -> Officers | None:
        """For a laptop that trusts the list of this serial; None where there is no newer one."""
        return self.officers if self.officers and self.officers.serial > known else None


@contextmanager
def open_service(settings: Settings) -> Iterator[Service]:
    """The server that these settings describe. Its connections are given back afterwards.

    Raises UserError where the region, the folder or the database is not there, or while a backup
    is put back.
    """
    require_folder(settings.data)
    with ExitStack() as held:
        with in_the_folder(settings.data):
            held.enter_context(beside_others(settings.data, UserError(RESTORING)))
        yield held.enter_context(assembled(settings))


@contextmanager
def assembled(settings: Settings) -> Iterator[Service]:
    """The same, for who has the data folder already."""
    try:
        pack = load_pack(settings.region)
    except NoPack as error:
        raise UserError(mark("There is no region “{name}”."), name=settings.region) from error
    keys = _region_keys(settings.region_key)
    officers = _officers(settings.officers, keys)
    authority = _authority(settings.authority)
    store = Store(settings.database)
    try:
        reach(store)
        yield Service(
            store,
            open_blobs(settings),
            PartFolder(parts_folder(settings)),
            pack,
            region_keys=keys,
            officers=officers,
            terms=settings.terms,
            address=settings.address,
            authority=authority,
            backups=settings.backups,
            programs=settings.programs,
        )
    finally:
        store.close()


def _region_keys(path: Path | None) -> tuple[RegionKey, ...]:
    """The public keys that the setting names. Raises UserError where the file is none of these."""
    if path is None:
        return ()
    try:
        return tuple(read_row(path.read_text(encoding="ascii")))
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            mark("The setting {name} is not right. See the README."), name="DALA_REGION_KEY"
        ) from error


def _authority(path: Path | None) -> str:
    """The certificates in the file that the setting names, without a key that may lie beside them.

    Raises UserError where there is none.
    """
    try:
        return certificates(path.read_bytes()) if path else ""
    except (OSError, ValueError) as error:
        raise UserError(
            mark("The setting {name} is not right. See the README."), name="DALA_AUTHORITY"
        ) from error


def _officers(path: Path | None, region: tuple[RegionKey, ...]) -> Officers | None:
    """The list that the setting names. Raises UserError where no laptop would trust it."""
    if path is None:
        return None
    wrong = UserError(
        mark("The setting {name} is not right. See the README."), name="DALA_OFFICERS"
    )
    try:
        officers = read_list(path.read_text(encoding="ascii"))
    except (OSError, UnicodeDecodeError, UserError) as error:
        raise wrong from error
    if not region or not vouched(officers, region[-1].keys):
        raise wrong
    return officers


def require_folder(data: Path) -> None:
    """Make the data folder where it is missing. Raises UserError where it cannot be used."""
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        if sys.platform != "win32" and os.geteuid() == 0 != data.stat().st_uid:
            raise UserError(OF_ANOTHER, folder=data, user=data.owner())
        with TemporaryFile(dir=data):  # whether one may write there is known only by trying
            return
    except OSError as error:
        raise _unusable(data, error) from error


@contextmanager
def in_the_folder(data: Path) -> Iterator[None]:
    """What the disk says in the block, also of locks that it does not have, is said in words."""
    try:
        yield
    except OSError as error:
        raise _unusable(data, error) from error


def _unusable(data: Path, error: OSError) -> UserError:
    return UserError(
        mark("The data folder {folder} cannot be used: {said}. See the setting DALA_DATA."),
        folder=str(data),
        said=error.strerror or str(error),
    )
