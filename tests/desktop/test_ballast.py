"""A disk fills up: copies stop, then photos, and what people write goes on while room was put aside."""

import errno
import os
import shutil
from collections import namedtuple
from contextlib import contextmanager, suppress
from ctypes import set_errno
from datetime import UTC, datetime
from itertools import count

import pytest
import requests
from sqlalchemy import func, select

from desktop import ballast
from desktop.actions import attachments, records
from desktop.backups import make_backup
from desktop.ballast import Ballast
from desktop.profile import close_desk, open_desk
from desktop.store_failures import StoreFull
from sync.parts import PART
from sync.records.visit import Visit
from tests import saving
from tests.interposed import POSSIBLE, interposed
from tests.profiles import PASSWORD, cheaply, new_profile
from tests.servers import regional
from ui import copying

MB = 2**20
WORDS = {"people": 1, "outcome": "Ауыл тұрғындарымен кездесу өтті. " * 12}
Usage = namedtuple("Usage", "total used free")  # as shutil has it

pytestmark = pytest.mark.skipif(not POSSIBLE, reason="a disk can be made small on Linux only")


class SmallDisk:
    """A folder on a disk with so many bytes left: what grows takes of them, what goes gives back."""

    def __init__(self, folder, left):
        self.folder, self.left = os.fsencode(folder), left
        self.open = {}  # {handle: where the next write goes}

    def opened(self, real, path, flags, mode):
        before = self.size(path) if flags & os.O_TRUNC else 0
        handle = real(path, flags, mode)
        if handle >= 0 and path.startswith(self.folder) and flags & (os.O_WRONLY | os.O_RDWR):
            self.open[handle] = 0
            self.left += before
        return handle

    def close(self, real, handle):
        self.open.pop(handle, None)
        return real(handle)

    def write(self, real, handle, content, size, *offset):
        if handle not in self.open:
            return real(handle, content, size, *offset)
        at = offset[0] if offset else os.lseek(handle, 0, os.SEEK_CUR)
        grows = max(0, at + size - os.fstat(handle).st_size)
        if grows > self.left:
            set_errno(errno.ENOSPC)
            return -1
        self.left -= grows
        return real(handle, content, size, *offset)

    def length(self, real, handle, length):
        if handle in self.open:
            grows = length - os.fstat(handle).st_size
            if grows > self.left:
                set_errno(errno.ENOSPC)
                return -1
            self.left -= grows
        return real(handle, length)

    def rename(self, real, old, new):
        self.left += self.size(new)
        return real(old, new)

    def unlink(self, real, path):
        self.left += self.size(path)
        return real(path)

    def size(self, path):
        with suppress(OSError):
            return os.stat(path).st_size if path.startswith(self.folder) else 0  # noqa: PTH116
        return 0

    @contextmanager
    def there(self, patch):
        patch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, self.left))
        calls = {"open": self.opened, "close": self.close, "write": self.write}
        calls |= {"pwrite": self.write, "ftruncate": self.length}
        with interposed({**calls, "rename": self.rename, "unlink": self.unlink}):
            yield self


@pytest.fixture(scope="module", autouse=True)
def cheap():
    with cheaply(saving.PACK):
        yield


@pytest.fixture
def profile(tmp_path):
    with regional(f"sqlite:///{tmp_path}/server.db", tmp_path) as server:
        return new_profile(tmp_path / "profile", server)


@contextmanager
def at_work(profile):
    desk = open_desk(profile, PASSWORD, http=requests.Session())
    yield desk
    close_desk(desk)


def told(desk):
    with desk.store() as session:
        return session.scalar(select(func.count()).select_from(Visit))


def save_for_ever(desk, saved):
    for _ in saved:
        records.save(desk, "visit", WORDS)


def test_room_is_put_aside_where_there_is_plenty_and_only_there(profile, monkeypatch):
    disk = SmallDisk(profile.folder, ballast.SIZE + ballast.AMPLE - 1)
    with disk.there(monkeypatch), at_work(profile) as desk:
        copying.copy_if_due(profile, desk, lambda *_: None)
        assert not profile.ballast.exists()

        disk.left = 400 * MB
        copying.copy_if_due(profile, desk, lambda *_: None)
        assert profile.ballast.stat().st_size == ballast.SIZE
        assert disk.left <= 380 * MB

        half = profile.folder / "ballast.0badc0de.tmp"
        half.write_bytes(b"killed while it was laid")
        laid = profile.ballast.stat()
        copying.copy_if_due(profile, desk, lambda *_: None)
        assert profile.ballast.stat() == laid
        assert not half.exists()


def test_on_a_full_disk_photos_are_refused_in_words_and_records_go_on(profile, monkeypatch):
    disk = SmallDisk(profile.folder, 400 * MB)
    with disk.there(monkeypatch), at_work(profile) as desk:
        Ballast(profile.ballast).lay()
        first = records.save(desk, "visit", WORDS)[0].record

        disk.left = ballast.FOR_RECORDS  # another program takes the rest
        with pytest.raises(StoreFull, match="фотолар"):
            attachments.attach(desk, first, saving.picture(1))
        with pytest.raises(StoreFull, match="фотолар"):  # nor others' photos that are coming
            desk.photos.add_part("ab" * 32, 0, bytes(PART))
        assert profile.ballast.exists()

        disk.left = 0
        for _ in range(50):
            records.save(desk, "visit", WORDS)
        assert not profile.ballast.exists()
        assert told(desk) == 51
        with pytest.raises(StoreFull):
            make_backup(profile, desk, datetime.now(UTC))


def test_when_that_is_used_up_too_it_is_said_and_nothing_is_lost(profile, monkeypatch):
    monkeypatch.setattr(ballast, "SIZE", 2 * MB)
    disk = SmallDisk(profile.folder, 400 * MB)
    with disk.there(monkeypatch), at_work(profile) as desk:
        Ballast(profile.ballast).lay()
        disk.left = 0
        saved = count()
        with pytest.raises(StoreFull, match="орын"):
            save_for_ever(desk, saved)
        assert told(desk) == next(saved) - 1 > 30

        disk.left = 400 * MB
        records.save(desk, "visit", WORDS)
        assert told(desk) > 31


def test_a_disk_that_takes_nothing_though_it_has_room_gets_it_after_the_first_refusal(
    profile, monkeypatch
):
    """A quota, of which the disk's free room tells nothing."""
    disk = SmallDisk(profile.folder, 400 * MB)
    with disk.there(monkeypatch), at_work(profile) as desk:
        Ballast(profile.ballast).lay()
        disk.left = 0
        monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(0, 0, 400 * MB))
        with pytest.raises(StoreFull):
            records.save(desk, "visit", WORDS)

        records.save(desk, "visit", WORDS)

        assert told(desk) == 1
