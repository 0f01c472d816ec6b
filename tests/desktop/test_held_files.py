"""A virus scanner holds one file in five for a moment: nothing is lost, and nobody waits long.

As on Windows, whoever opens, renames or deletes a held file is told that access is denied. The
calls are refused below Python; the waiting is counted and not done.
"""

import errno
import os
from contextlib import contextmanager
from ctypes import set_errno
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from desktop import files
from desktop.bag import Bag
from desktop.files import PAUSES, patiently, write_whole
from desktop.key_file import read_key_file
from desktop.keys import change_password, unwrap, wrap_new
from desktop.photos import PhotoFolder
from desktop.settings import load_settings, save_setting
from sync.errors import UserError
from tests.interposed import POSSIBLE, interposed
from tests.profiles import CHEAP, MemoryKeyring, keystore

SEED, OPERATIONS = 20261128, 10_000
KEY = bytes(range(32))

on_linux = pytest.mark.skipif(not POSSIBLE, reason="system calls can be met on Linux only")


class Scanner:
    """Takes hold of one file in five, for one to six tries of whoever wants it."""

    def __init__(self, folder, seed=SEED):
        self.folder, self.chance = os.fsencode(folder), Random(seed)
        self.held = {}  # {path: tries that it will still be held for}
        self.refused = 0

    def holds(self, path):
        if not path.startswith(self.folder) or Path(os.fsdecode(path)).is_dir():
            return False
        if path not in self.held:
            self.held[path] = self.chance.randint(1, 6) if self.chance.random() < 0.2 else 0
        if self.held[path]:
            self.held[path] -= 1
            self.refused += 1
            return True
        del self.held[path]
        return False

    def call(self, real, path, *rest):
        if self.holds(path):
            set_errno(errno.EACCES)
            return -1
        return real(path, *rest)

    @contextmanager
    def at_work(self):
        calls = dict.fromkeys(("open", "rename", "unlink"), self.call)
        with interposed({**calls, "fsync": lambda real, handle: 0}):
            yield


@pytest.fixture
def waited(monkeypatch):
    """The pauses that would have been made."""
    made = []
    monkeypatch.setattr(files, "wait", made.append)
    return made


@on_linux
def test_ten_thousand_operations_lose_nothing_and_99_of_100_wait_less_than_2_seconds(
    tmp_path, waited
):
    scanner, chance, each = Scanner(tmp_path), Random(SEED), []
    with keystore(MemoryKeyring()):
        work = Work(tmp_path, chance)
        with scanner.at_work():
            for _ in range(OPERATIONS):
                before = len(waited)
                work.something()
                each.append(sum(waited[before:]))
        assert work.lost() == []

    assert scanner.refused > OPERATIONS // 5
    assert sorted(each)[OPERATIONS * 99 // 100] <= 2.0


class Work:
    """What the program does with files, and what must be in them afterwards."""

    def __init__(self, folder, chance):
        self.folder, self.chance = folder, chance
        self.settings, self.keys = folder / "settings.json", folder / "keys.json"
        self.photos, self.bag = PhotoFolder(folder / "photos", KEY), Bag(folder / "bag")
        self.kept, self.written = {}, {}
        self.password = "password 0"
        wrap_new(self.keys, KEY, self.password, cost=CHEAP, use_keystore=False)

    def go_on(self):
        for _ in range(OPERATIONS):
            self.something()

    def something(self):
        self.chance.choice((self.set, self.write, self.keep, self.read, self.drop, self.rewrap))()

    def set(self):
        self.minutes = self.chance.randint(1, 120)
        save_setting(self.settings, "lock_after", self.minutes)
        assert load_settings(self.settings)["lock_after"] == self.minutes

    def write(self):
        name = f"file {self.chance.randrange(20)}"
        self.written[name] = self.chance.randbytes(50)
        write_whole(self.folder / name, self.written[name])

    def keep(self):
        content = self.chance.randbytes(100)
        sum = sha256(content).hexdigest()
        self.photos.keep(sum, content)
        self.kept[sum] = content

    def read(self):
        if self.kept:
            sum = self.chance.choice(list(self.kept))
            assert self.photos.read(sum) == self.kept[sum]

    def drop(self):
        if len(self.kept) > 20:
            sum = self.chance.choice(list(self.kept))
            assert self.photos.drop(sum)
            del self.kept[sum]

    def rewrap(self):
        new = f"password {self.chance.randrange(1000)}"
        change_password(self.keys, self.password, new, cost=CHEAP)
        self.password = new

    def lost(self):
        found = [f"a photo: {one}" for one in self.kept if self.photos.read(one) != self.kept[one]]
        found += [
            f"a file: {name}"
            for name, content in self.written.items()
            if (self.folder / name).read_bytes() != content
        ]
        left = list(self.folder.rglob("*.tmp"))
        assert unwrap(self.keys, self.password) == KEY
        assert read_key_file(self.keys)
        return found + [f"left behind: {one.name}" for one in left]


@on_linux
def test_who_does_not_ask_again_is_told_no_or_loses(tmp_path, monkeypatch, waited):
    """The guard of the test above."""
    monkeypatch.setattr(files, "PAUSES", ())

    with keystore(MemoryKeyring()):
        work = Work(tmp_path, Random(SEED))
        with Scanner(tmp_path).at_work(), pytest.raises((UserError, AssertionError)):
            work.go_on()


def test_a_file_that_stays_held_is_said_in_words_and_the_old_one_stands(
    tmp_path, monkeypatch, waited
):
    path = tmp_path / "settings.json"
    write_whole(path, b"old")

    def denied(self, target):
        raise PermissionError(errno.EACCES, "held")

    monkeypatch.setattr(Path, "replace", denied)
    with pytest.raises(UserError):
        write_whole(path, b"new")

    assert path.read_bytes() == b"old"
    assert waited == list(PAUSES)
    assert sum(PAUSES) <= 2.0


def test_what_else_goes_wrong_is_not_tried_again(waited):
    with pytest.raises(FileNotFoundError):
        patiently(Path("none").read_bytes)

    assert waited == []
