"""The journal of the outbox, kept in step with the file. Not SQLite's own journal, dala.db-wal.

A transaction that puts edits into the outbox first sees to room in the journal, then commits, then
writes its entry; then the person is told. So there is no entry of what was not committed, and none
is missing of what the person saw as saved. The file says in each such transaction how far it is
(the fact `journal`): a copy of it, or a file that lost its last commits, tells what it lacks.

Begun anew, the journal holds what waits and nothing else: what was answered the server has, and
what was erased is gone. Why so: docs/decisions/0026-journal.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock

from sqlalchemy.orm import Session, sessionmaker

from desktop.journal_file import JournalFile, Place, Told
from desktop.store_failures import DENIED, full, shut
from sync.client import outbox
from sync.client.facts import recall, remember
from sync.errors import UserError

PLACE = "journal"  # the fact: a Place
LARGE = 2**20  # bytes, beyond which it is begun anew when the program starts


def place_of(session: Session) -> Place | None:
    """How far this file is in its journal; None where an older program wrote it."""
    found: Place | None = recall(session, PLACE, Place)
    return found


class Journal:
    """Of one open file. `store` reads that file, which is at `place`."""

    def __init__(self, path: Path, key: bytes, store: sessionmaker[Session], place: Place) -> None:
        self._store, self._place = store, place
        self._folder = path.parent
        self._file = JournalFile(path, key)
        self._in_step = False  # else it is begun anew before the next edit is saved
        self._lock = Lock()

    def go_on(self, told: Told | None) -> None:
        """Add to the journal that tells this, if it is in step with the file; else begin anew.

        What the disk does not take now it must take before the next edit is saved.
        """
        with self._lock, suppress(OSError):
            if told and told.clean and told.place == self._place and told.end < LARGE:
                self._file.go_on(told)
                self._in_step = True
            else:
                self._begin()

    def begin_anew(self) -> None:
        """From now on it holds what waits, and nothing that was answered or erased.

        Raises StoreFull, StoreShut.
        """
        with self._lock, self._words():
            self._begin()

    @contextmanager
    def following(self, session: Session) -> Iterator[None]:
        """To be held around the commit of a session: its edits are in the journal afterwards.

        Raises StoreFull, StoreShut before the commit, where there is no room for them.
        """
        edits = outbox.just_put(session)
        if not edits:
            yield
            return
        with self._lock:
            with self._words():
                if not self._in_step:
                    self._begin()
                self._file.make_room(edits)
            place = self._place.next()
            remember(session, PLACE, place)
            yield
            self._place = place
            try:
                self._file.add(edits)
            except OSError:  # they are saved: the next edit is not before they are here, too
                self._in_step = False

    def close(self) -> None:
        """Nothing more is added."""
        with self._lock, suppress(OSError, UserError):
            if not self._in_step:
                self._begin()

    def _begin(self) -> None:
        self._in_step = False
        with self._store() as session:
            place = place_of(session) or self._place
            waiting = outbox.bodies(session)
        self._file.begin(place, waiting)
        self._place, self._in_step = place, True

    @contextmanager
    def _words(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            words = shut if error.errno in DENIED else full
            raise words(self._folder) from error
