"""What one running server is made of: the only place that assembles it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryFile

from sync.enrolment import Enrolled, Tokens
from sync.errors import UserError
from sync.language import mark, named
from sync.person import Person
from sync.places import Pack, load_pack
from sync.records.base import REGION
from sync.rights import streams
from sync.server.accounts import Clock, utc_now
from sync.server.blobs import BlobStore
from sync.server.buckets import open_blobs, parts_folder
from sync.server.parts import PartFolder
from sync.server.passwords import Passwords
from sync.server.settings import Settings
from sync.server.store import Store, reach


@dataclass(frozen=True)
class Service:
    """Database, files, those still arriving, region, and how passwords are checked."""

    store: Store
    blobs: BlobStore
    parts: PartFolder
    pack: Pack
    passwords: Passwords = field(default_factory=Passwords)
    clock: Clock = utc_now

    @property
    def districts(self) -> tuple[str, ...]:
        """The codes of the region's districts."""
        return tuple(self.pack.districts)

    def readable(self, person: Person) -> tuple[str, ...]:
        """The streams that this person may read."""
        return streams(person, self.districts)

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
        )


@contextmanager
def open_service(settings: Settings) -> Iterator[Service]:
    """The server that these settings describe. Its connections are given back afterwards.

    Raises UserError where the region, the folder or the database is not there.
    """
    try:
        pack = load_pack(settings.region)
    except FileNotFoundError as error:
        raise UserError(mark("There is no region “{name}”."), name=settings.region) from error
    _require_folder(settings.data)
    store = Store(settings.database)
    try:
        reach(store)
        yield Service(store, open_blobs(settings), PartFolder(parts_folder(settings)), pack)
    finally:
        store.close()


def _require_folder(data: Path) -> None:
    """Make the data folder where it is missing. Raises UserError where it cannot be used."""
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        with TemporaryFile(dir=data):  # whether one may write there is known only by trying
            return
    except OSError as error:
        raise UserError(
            mark("The data folder {folder} cannot be used: {said}. See the setting DALA_DATA."),
            folder=str(data),
            said=error.strerror or str(error),
        ) from error
