"""The n-th statement, commit, fsync, rename or request of an exchange fails, for n = 1, 2, 3, …

Laptop and server are in this process, so that each point of both is met, until a run passes
without the fault. Whatever happened: words and no traceback, and after another exchange the same
end as if nothing had.
"""

import os
import shutil
from contextlib import contextmanager

import pytest
from sqlalchemy import event, select

from desktop.actions import attachments, records
from desktop.actions.exchange import exchange
from desktop.folder import Profile
from desktop.photos import PhotoFolder
from desktop.session import Desk
from desktop.store import check, open_store
from desktop.store_failures import StoreFull
from sync.client import identity
from sync.client.tables import Attention, Blob, Pending
from sync.client.transport import HttpTransport
from sync.errors import Offline, UserError
from sync.language import speak
from sync.records import KINDS
from sync.server import tables
from tests import saving
from tests.exchanging import unguarded
from tests.failpoints import DATABASE, DISK, LINE, Died, cut, dies, failing, full
from tests.photos import document, picture
from tests.servers import AppAdapter, regional

STEP = 1 if os.environ.get("DALA_SOAK") else 29  # points from one run to the next
ISSUE = {"essence": "Су жоқ", "village": "615647100"}
VISIT = {"visited_on": "2026-11-05", "village": "615647100", "topic": "survey", "people": 4}


class Place:
    """A server and a laptop, put back as they were before each run."""

    def __init__(self, folder):
        self.folder, self.template = folder / "now", folder / "before"
        self.folder.mkdir()
        self.profile = Profile(self.folder / "laptop")
        self.profile.folder.mkdir()
        saving.make(self.profile)

    def begin(self, server):
        """A day's work on the laptop, while a colleague sent theirs."""
        self.server = server
        self.line, colleague = server.laptop("ama"), server.laptop("ben")
        other = Place.__new__(Place)
        other.server, other.line = server, colleague
        other.profile = Profile(self.folder / "colleague")
        other.profile.folder.mkdir()
        saving.make(other.profile)
        mine, theirs = self.desk(), other.desk()
        shared = records.save(mine, "visit", VISIT)[0].record
        exchange(mine), exchange(theirs)
        records.save(theirs, "visit", {"people": 5}, id=shared)
        issue = records.save(theirs, "issue", ISSUE)[0].record
        attachments.attach(theirs, issue, document("theirs"))
        exchange(theirs), exchange(theirs)
        records.save(mine, "visit", {"people": 6}, id=shared)
        issue = records.save(mine, "issue", ISSUE)[0].record
        attachments.attach(mine, issue, picture())
        records.save(mine, "step", {"text": "Құбыр", "type": "note"}, parent=issue)
        for desk in (theirs, mine):  # enough that both files must grow
            for _ in range(20):
                records.save(desk, "visit", VISIT | {"outcome": "ұзақ сөз " * 300})
            if desk is theirs:
                exchange(desk)
        for desk in (mine, theirs):
            desk.store.close()
        server.service.store.close()
        shutil.copytree(self.folder, self.template)

    def put_back(self):
        """Everything as it was before."""
        self.server.service.store.close()
        shutil.rmtree(self.folder)
        shutil.copytree(self.template, self.folder)

    def desk(self):
        """As the next start of the program finds it."""
        http = self.server.http()
        http.mount("http://", AppAdapter(self.server.app))
        store = open_store(self.profile.store, saving.KEY, self.profile.copies)
        with store() as session:
            mutual = identity.mutual(session)
        token = self.line.transport._token
        return Desk(
            person=self.line.person,
            store=store,
            photos=PhotoFolder(self.profile.photos, saving.KEY),
            server=HttpTransport(http, "http://server.test", token, mutual=mutual),
            pack=saving.PACK,
        )

    def end(self):
        """Exchange in peace → all that there is then, on both sides."""
        desk = self.desk()
        exchange(desk), exchange(desk)
        with desk.store() as session:
            here = {
                (row.kind, row.id): (row.revision, row.removed, row.conflicts, shown(row))
                for kind in KINDS.values()
                for row in session.scalars(select(kind))
            }
            waits = {row.change: row.revision for row in session.scalars(select(Pending))}
            held = session.scalars(select(Attention.change)).all()
            files = {row.sha256: (row.here, row.there) for row in session.scalars(select(Blob))}
        with self.server.service.store.reading() as session:
            there = {
                row.id: (row.revision, row.fields) for row in session.scalars(select(tables.Kept))
            }
            entries = sorted(map(str, session.scalars(select(tables.Entry.change))))
            blobs = sorted(session.scalars(select(tables.Blob.sha256)))
        assert check(desk.store) == []
        assert all(desk.photos.has(one) for one in files)
        assert all(self.server.service.blobs.size(one) for one in blobs)
        desk.store.close()
        return here, waits, held, files, there, entries, blobs


def shown(row):
    return {name: getattr(row, name, None) for name in ("people", "essence", "text", "sha256")}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    folder = tmp_path_factory.mktemp("failing")
    made = Place(folder)
    url = f"sqlite:///{made.folder}/server.db"
    with regional(url, made.folder) as server:
        made.begin(server)
        made.put_back()
        made.expected = made.end()
        yield made


@pytest.fixture(autouse=True)
def english():
    speak("en")


def play(place, number, fail, which):
    """One run with the fault, and another exchange → (where it was, what was said)."""
    place.put_back()
    desk, said = place.desk(), None
    with failing(number, fail, which, AppAdapter) as points:
        try:
            exchange(desk)
        except (UserError, Died) as error:
            said = error
    desk.store.close()
    assert place.end() == place.expected, f"after {points.hit}, number {number}"
    return points.hit, said


def everywhere(place, fail, which, step):
    """Runs until one passes without the fault → [(where, what was said)]."""
    found, number = [], 1
    while True:
        hit, said = play(place, number, fail, which)
        if hit is None:
            assert said is None
            return found
        found.append((hit, said))
        number += step


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_disk_that_is_full_anywhere_is_told_in_words_and_costs_nothing(place):
    found = everywhere(place, full, ("statement", "commit"), STEP)
    found += everywhere(place, full, ("fsync",), min(STEP, 3))
    found += everywhere(place, full, ("rename",), 1)

    assert {hit for hit, _ in found} >= {"statement", "fsync", "rename"}
    assert all(isinstance(said, UserError | None) for _, said in found)
    assert {type(said) for _, said in found} >= {StoreFull, Offline}
    assert all("safe" in str(said) for _, said in found if said)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_whoever_dies_anywhere_loses_nothing(place):
    found = everywhere(place, dies, DATABASE + DISK, STEP)

    assert len(found) * STEP > 80
    assert any(isinstance(said, Died) for _, said in found)  # the laptop
    assert any(isinstance(said, Offline) for _, said in found)  # the server


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_line_that_is_cut_anywhere_costs_nothing(place):
    found = everywhere(place, cut, LINE, min(STEP, 3))

    assert {hit for hit, _ in found} == {"send", "sent"}
    assert all(isinstance(said, Offline) for _, said in found)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("whose", "sort", "words"),
    [("laptop", StoreFull, "Make room"), ("server", Offline, "difficulty of its own")],
)
def test_a_file_that_may_not_grow_is_told_in_words_and_costs_nothing(place, whose, sort, words):
    """SQLite's own limit, in the place of a disk that is full: some pages more each time."""
    said = []
    for room in (0, 3, 9, 20, 200):
        place.put_back()
        desk = place.desk()
        engine = desk.store.engine if whose == "laptop" else place.server.service.store.engine
        with limited(engine, room):
            try:
                exchange(desk)
            except UserError as error:
                said.append(error)
        place.server.service.store.close()
        desk.store.close()
        assert place.end() == place.expected, f"with {room} pages of room"

    assert 2 <= len(said) <= 4  # the first find no room, the last one does
    assert all(isinstance(one, sort) and words in str(one) for one in said)


@contextmanager
def limited(engine, room):
    """New connections let the file grow by so many pages only."""

    def limit(connection, _record):
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages + room}")

    engine.dispose()
    event.listen(engine, "connect", limit)
    yield
    event.remove(engine, "connect", limit)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("mutant", "fail", "which"),
    [
        ("outbox_emptied_before_the_answer", cut, LINE),
        ("cursor_before_the_page", dies, ("statement", "committed")),
    ],
)
def test_a_program_without_its_guard_is_caught(place, mutant, fail, which):
    with unguarded(mutant), pytest.raises(AssertionError, match=r"after \w+, number"):
        everywhere(place, fail, which, min(STEP, 5))
