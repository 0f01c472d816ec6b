"""Copies make themselves when something was written, are whole, and leave room on the disk."""

import os
import shutil
from collections import namedtuple
from datetime import UTC, datetime, timedelta

import pytest

from desktop import backups
from desktop.actions import erasure, records
from desktop.backups import is_due, list_backups, make_backup, thin
from desktop.keys import unwrap
from desktop.profile import close_desk, open_desk
from desktop.store import Store, open_store
from desktop.store_failures import StoreDamaged, StoreFull
from sync.records.visit import Visit
from tests.profiles import ISSUE, PASSWORD, VISIT, MemoryKeyring, keystore, line, new_profile

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def profile(own_server, tmp_path):
    with keystore(MemoryKeyring()):
        yield new_profile(tmp_path / "profile", own_server, role="leader")


@pytest.fixture
def desk(profile, own_server):
    opened = open_desk(profile, PASSWORD, http=line(own_server))
    yield opened
    close_desk(opened)


def free(monkeypatch, bytes_):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 0, bytes_))


def test_a_copy_holds_what_was_saved_and_opens_by_the_same_password(profile, desk):
    visit = records.save(desk, "visit", VISIT)[0].record

    made = make_backup(profile, desk, NOW)

    assert (made.made, made.about.records, made.about.waiting) == (NOW, 1, 1)
    store = open_store(made.store, unwrap(made.keys, PASSWORD), profile.copies)
    with store() as session:
        assert session.get_one(Visit, visit).people == 4
    store.close()
    assert list_backups(profile.copies) == [made]


def test_it_is_time_for_a_copy_when_the_last_is_an_hour_old_and_something_was_written(
    profile, desk
):
    assert is_due(profile, NOW)
    make_backup(profile, desk, NOW)
    assert not is_due(profile, NOW + 2 * HOUR)

    records.save(desk, "visit", VISIT)

    assert not is_due(profile, NOW + HOUR / 2)
    assert is_due(profile, NOW + HOUR)
    assert is_due(profile, NOW - HOUR)  # the clock was set back


def test_a_copy_of_a_damaged_file_is_no_copy(profile, desk):
    for _ in range(50):
        records.save(desk, "visit", VISIT)
    desk.store.close()
    with profile.store.open("r+b") as file:
        file.seek(-2000, os.SEEK_END)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 1]))

    with pytest.raises(StoreDamaged):
        make_backup(profile, desk, NOW)

    assert list(profile.copies.iterdir()) == []


def test_a_copy_never_takes_the_last_room_of_the_disk(profile, desk, monkeypatch):
    free(monkeypatch, backups.RESERVE)

    with pytest.raises(StoreFull):
        make_backup(profile, desk, NOW)

    assert list_backups(profile.copies) == []


def test_a_copy_that_was_cut_leaves_nothing_that_looks_like_one(profile, desk, monkeypatch):
    def cut(*_):
        raise OSError("the disk is gone")

    with monkeypatch.context() as disk:
        disk.setattr(backups, "write_whole", cut)
        with pytest.raises(StoreFull):
            make_backup(profile, desk, NOW)
    half = profile.copies / f"auto-20261126T083000Z{backups.UNFINISHED}"
    half.mkdir()  # as a kill leaves it
    (half / "dala.db").write_bytes(b"half")

    assert list_backups(profile.copies) == []
    make_backup(profile, desk, NOW)
    assert not half.exists()


def copies_of(profile, desk, days):
    first = make_backup(profile, desk, NOW - days * timedelta(days=1))
    for back in range(days):
        moment = NOW - back * timedelta(days=1)
        shutil.copytree(first.folder, profile.copies / f"auto-{moment.strftime(backups.STAMP)}")
    return first


def test_copies_are_thinned_and_those_that_somebody_asked_for_stay(profile, desk):
    copies_of(profile, desk, 60)
    own = make_backup(profile, desk, NOW - timedelta(days=90), name=backups.OWN)

    thin(profile.copies)

    left = list_backups(profile.copies)
    assert own in left
    assert 7 < len(left) < 20
    assert left[0].made == NOW


def test_on_a_full_disk_the_two_newest_stay(profile, desk, monkeypatch):
    copies_of(profile, desk, 10)
    free(monkeypatch, 0)

    thin(profile.copies)

    assert [one.made for one in list_backups(profile.copies)] == [NOW, NOW - timedelta(days=1)]


def test_an_erasure_reaches_all_copies(profile, desk):
    issue = records.save(desk, "issue", ISSUE)[0].record
    make_backup(profile, desk, NOW)
    make_backup(profile, desk, NOW, name=backups.OWN)
    erasure.erase(desk, issue, "request")
    close_desk(desk)

    opened = open_desk(profile, PASSWORD)

    close_desk(opened)
    assert list_backups(profile.copies) == []


def test_two_copies_of_one_second_are_two(profile, desk):
    assert isinstance(desk.store, Store)
    first, second = make_backup(profile, desk, NOW), make_backup(profile, desk, NOW)

    assert first.folder != second.folder
    assert len(list_backups(profile.copies)) == 2
