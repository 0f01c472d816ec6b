"""The disk is full at the n-th thing that is written, for n = 1, 2, 3, …; or it may only be read.

Whatever it was: words and no traceback, what was acknowledged is there, the file is sound, and
after room was made the work goes on.
"""

import errno
import os
import shutil
from contextlib import contextmanager
from ctypes import set_errno

import pytest
import requests
from sqlalchemy import select

from desktop.actions import attachments, records
from desktop.folder import Profile
from desktop.journal import place_of
from desktop.journal_file import read_journal
from desktop.keys import change_password, unwrap
from desktop.profile import close_desk, open_desk
from desktop.settings import SETTINGS, load_settings, save_setting
from desktop.store import check
from desktop.store_failures import StoreDamaged, StoreShut
from sync.client.tables import Pending
from sync.errors import UserError
from sync.records.visit import Visit
from tests import saving
from tests.interposed import POSSIBLE, interposed
from tests.profiles import CHEAP, PASSWORD, VISIT, cheaply, new_profile
from tests.servers import regional

AT_FIRST = next(one.default for one in SETTINGS if one.name == "lock_after")
STEP = 1 if os.environ.get("DALA_SOAK") else 29  # points from one run to the next
NOWHERE = requests.Session()
ALWAYS, ONCE, PARTLY = "from then on", "once", "in the middle of a write"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(600),
    pytest.mark.skipif(not POSSIBLE, reason="system calls can be made to fail on Linux only"),
]


@pytest.fixture(scope="module", autouse=True)
def cheap():
    with cheaply(saving.PACK):
        yield


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A profile with a little work in it."""
    folder = tmp_path_factory.mktemp("full")
    with regional(f"sqlite:///{folder}/server.db", folder) as server:
        profile = new_profile(folder / "template", server)
    desk = open_desk(profile, PASSWORD)
    records.save(desk, "visit", VISIT)
    close_desk(desk)
    return profile


class FullDisk:
    """What writes to this folder is counted; the n-th finds no room."""

    def __init__(self, folder, number, how):
        self.folder, self.number, self.how = os.fsencode(folder), number, how
        self.passed = 0
        self.open = set()

    def fails(self):
        self.passed += 1
        late = self.passed > self.number and self.how == ALWAYS
        return self.passed == self.number or late

    def refuse(self):
        set_errno(errno.ENOSPC)
        return -1

    def open_(self, real, path, flags, mode):
        if not path.startswith(self.folder):
            return real(path, flags, mode)
        if flags & os.O_CREAT and not os.path.exists(path) and self.fails():  # noqa: PTH110  # bytes
            return self.refuse()
        handle = real(path, flags, mode)
        if handle >= 0 and flags & (os.O_WRONLY | os.O_RDWR):
            self.open.add(handle)
        return handle

    def close(self, real, handle):
        self.open.discard(handle)
        return real(handle)

    def write(self, real, handle, content, size, *offset):
        if handle in self.open and self.fails():
            if self.how == PARTLY and size > 1:
                return real(handle, content, size // 2, *offset)
            return self.refuse()
        return real(handle, content, size, *offset)

    def sync(self, real, handle):
        return self.refuse() if handle in self.open and self.fails() else 0

    def rename(self, real, old, new):
        return self.refuse() if new.startswith(self.folder) and self.fails() else real(old, new)

    def mkdir(self, real, path, mode):
        return self.refuse() if path.startswith(self.folder) and self.fails() else real(path, mode)

    @contextmanager
    def there(self):
        calls = {"open": self.open_, "close": self.close, "write": self.write}
        calls |= {"pwrite": self.write, "ftruncate": self.write_length, "fsync": self.sync}
        with interposed({**calls, "rename": self.rename, "mkdir": self.mkdir}):
            yield self

    def write_length(self, real, handle, length):
        return self.refuse() if handle in self.open and self.fails() else real(handle, length)


class Person:
    """Works in a profile, and remembers what the program said is safe."""

    def __init__(self, profile, number):
        self.profile, self.number = profile, number
        self.saved, self.minutes, self.passwords, self.said = [], [AT_FIRST], [PASSWORD], []

    def work(self):
        """A little of everything; what cannot be done is said, and the next thing is tried."""
        desk = self.tried(open_desk, self.profile, PASSWORD, http=NOWHERE)
        if desk is None:
            return
        visit = self.tried(records.save, desk, "visit", {"people": 1, "outcome": "сөз " * 900})
        self.saved += [one.record for one in visit or []]
        if visit:
            self.tried(attachments.attach, desk, visit[0].record, saving.picture(self.number))
        if self.tried(save_setting, self.profile.settings, "lock_after", 25):
            self.minutes.append(25)
        self.tried(desk.store.copy, self.profile.folder / "copy.db")
        self.tried(desk.store.forget, rewrite=True)
        more = self.tried(records.save, desk, "visit", {"people": 2})
        self.saved += [one.record for one in more or []]
        if self.tried(change_password, self.profile.keys, PASSWORD, "басқа сөз 2", cost=CHEAP):
            self.passwords.append("басқа сөз 2")
        close_desk(desk)

    def tried(self, work, *told, **more):
        try:
            return work(*told, **more)
        except UserError as error:
            self.said.append(error)
            return None

    def losses(self):
        """What is not there, now that there is room; the work goes on."""
        found = (
            [] if load_settings(self.profile.settings)["lock_after"] in self.minutes else ["set"]
        )
        assert unwrap(self.profile.keys, self.passwords[-1])
        desk = open_desk(self.profile, self.passwords[-1], http=NOWHERE)
        self.saved += [one.record for one in records.save(desk, "visit", {"people": 3})]
        found += check(desk.store)
        with desk.store() as session:
            here = set(session.scalars(select(Visit.id)))
            waits = set(session.scalars(select(Pending.record)))
            place = place_of(session)
        told = read_journal(self.profile.journal, desk.store._key)
        there = {edit.record for _, edits in told.entries for edit in edits}
        close_desk(desk)
        found += [] if told.place == place else ["the journal is not in step"]
        return found + [f"lost: {one}" for one in self.saved if one not in here & waits & there]


def play(template, folder, number, how):
    """One run → (whether the disk was full at all, what was said, what was lost)."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template.folder, folder)
    person = Person(Profile(folder), number)
    with FullDisk(folder, number, how).there() as disk:
        person.work()
    return disk.passed >= number, person.said, person.losses()


@pytest.mark.parametrize("how", [ALWAYS, ONCE, PARTLY])
def test_a_disk_that_is_full_at_any_write_costs_nothing(template, tmp_path, how):
    number, points = 1, 0
    while True:
        full, said, lost = play(template, tmp_path / "profile", number, how)
        assert lost == [], f"write {number}"
        damaged = [one for one in said if isinstance(one, StoreDamaged)]
        assert damaged == [], f"write {number}"
        if not full:
            break
        points += 1
        number += STEP

    assert points * STEP >= 100  # in each of three ways


def test_a_disk_that_may_only_be_read_costs_nothing(template, tmp_path):
    folder = tmp_path / "profile"
    shutil.copytree(template.folder, folder)
    person = Person(Profile(folder), 1)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    disk = FullDisk(folder, 1, ALWAYS)
    with read_only(disk):
        person.work()

    assert any(isinstance(one, StoreShut) for one in person.said)
    assert {path: path.read_bytes() for path in before} == before
    assert person.losses() == []


@contextmanager
def read_only(disk):
    def refuse():
        set_errno(errno.EROFS)
        return -1

    def opened(real, path, flags, mode):
        writes = flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        return refuse() if path.startswith(disk.folder) and writes else real(path, flags, mode)

    disk.refuse = refuse
    with interposed({"open": opened, "rename": disk.rename, "mkdir": disk.mkdir}):
        yield
