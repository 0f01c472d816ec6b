"""Copies go to a stick, too, when it is in; what was erased leaves it; it is enough to begin anew."""

import errno
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from desktop import backups, files, keys, second_place
from desktop.actions import attachments, erasure, records
from desktop.actions.exchange import exchange
from desktop.backups import list_backups, make_backup
from desktop.folder import choose_profile
from desktop.health import examine
from desktop.keys import unwrap
from desktop.profile import close_desk, open_desk
from desktop.restoring import prepare
from desktop.second_place import (
    PlaceFailed,
    choose_place,
    copy_to_place,
    find_backups,
    forget_place,
    is_overdue,
    place_is_due,
)
from desktop.second_place import second_place as chosen
from desktop.store import open_store
from sync.client.facts import recall
from sync.errors import Stopped, UserError
from sync.language import speak
from sync.records.visit import Visit
from tests.profiles import (
    CHEAP,
    ISSUE,
    PASSWORD,
    VISIT,
    MemoryKeyring,
    keystore,
    line,
    new_profile,
)

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def english():
    speak("en")


@pytest.fixture
def profile(own_server, tmp_path):
    with keystore(MemoryKeyring()):
        yield new_profile(tmp_path / "profile", own_server, role="leader")


@pytest.fixture
def desk(profile, own_server):
    opened = open_desk(profile, PASSWORD, http=line(own_server))
    yield opened
    close_desk(opened)


@pytest.fixture
def stick(tmp_path):
    made = tmp_path / "stick"
    made.mkdir()
    return made


def pull_out(stick):
    """The mount point stays, as it does on many systems."""
    away = stick.with_name("away")
    stick.rename(away)
    stick.mkdir()
    return away


def put_in(stick, away):
    stick.rmdir()
    away.rename(stick)


def a_photo(desk, tmp_path, text="Су"):
    issue = records.save(desk, "issue", ISSUE)[0].record
    file = tmp_path / f"{text}.txt"
    file.write_text(text, encoding="utf-8")
    return issue, attachments.attach(desk, issue, file)[0].fields["sha256"]


def test_a_copy_on_the_stick_holds_the_work_and_its_photos(profile, desk, stick, tmp_path):
    records.save(desk, "visit", VISIT)
    _, sha256 = a_photo(desk, tmp_path)
    place = choose_place(profile, stick)
    made = make_backup(profile, desk, NOW)

    assert copy_to_place(profile, desk)

    [copy] = find_backups(stick)
    assert (copy.made, copy.about) == (made.made, made.about)
    assert (place.photos / desk.photos.name(sha256)).exists()
    store = open_store(copy.store, unwrap(copy.keys, PASSWORD), tmp_path)
    with store() as session:
        assert session.query(Visit).one().people == 4
    store.close()
    assert chosen(profile).holds == NOW
    assert not is_overdue(profile, NOW + timedelta(days=30))  # nothing was done since


def test_a_photo_goes_to_the_stick_once(profile, desk, stick, tmp_path, monkeypatch):
    place = choose_place(profile, stick)
    a_photo(desk, tmp_path)
    make_backup(profile, desk, NOW)
    copy_to_place(profile, desk)
    first = {one.name: one.stat().st_ino for one in place.photos.iterdir()}
    a_photo(desk, tmp_path, "Жол")
    make_backup(profile, desk, NOW + DAY)

    copy_to_place(profile, desk)

    after = {one.name: one.stat().st_ino for one in place.photos.iterdir()}
    assert first.items() < after.items()
    assert len(after) == 2


def test_a_stick_that_is_not_in_is_no_error_and_an_empty_mount_point_is_not_taken_for_it(
    profile, desk, stick
):
    choose_place(profile, stick)
    make_backup(profile, desk, NOW)
    pull_out(stick)

    assert not place_is_due(profile, desk, NOW)
    assert not copy_to_place(profile, desk)
    assert list(stick.iterdir()) == []


def test_who_did_not_put_the_stick_in_for_a_week_is_reminded(profile, desk, stick):
    assert not is_overdue(profile, NOW)  # no place was chosen: nothing is asked for
    choose_place(profile, stick)
    make_backup(profile, desk, NOW)
    copy_to_place(profile, desk)
    away = pull_out(stick)
    records.save(desk, "visit", VISIT)
    make_backup(profile, desk, NOW + HOUR)

    assert not is_overdue(profile, NOW + 6 * DAY)
    assert is_overdue(profile, NOW + 7 * DAY)
    put_in(stick, away)
    assert place_is_due(profile, desk, NOW + 7 * DAY)
    copy_to_place(profile, desk)
    assert not is_overdue(profile, NOW + 7 * DAY)


def test_once_a_day_is_enough_and_a_clock_that_was_set_back_does_not_put_it_off(
    profile, desk, stick
):
    choose_place(profile, stick)
    make_backup(profile, desk, NOW)
    copy_to_place(profile, desk)
    make_backup(profile, desk, NOW + HOUR)

    assert not place_is_due(profile, desk, NOW + HOUR)
    assert place_is_due(profile, desk, NOW + DAY)
    assert place_is_due(profile, desk, NOW - 2 * DAY)


def test_the_place_is_not_where_the_work_lies(profile, desk):
    with pytest.raises(UserError, match="where your work lies"):
        choose_place(profile, profile.folder / "copies")

    assert chosen(profile) is None


def test_a_place_that_was_given_up_keeps_what_it_has(profile, desk, stick):
    choose_place(profile, stick)
    make_backup(profile, desk, NOW)
    copy_to_place(profile, desk)

    forget_place(profile)

    assert chosen(profile) is None
    assert len(find_backups(stick)) == 1
    assert choose_place(profile, stick).holds == NOW


def test_two_laptops_share_a_stick_and_neither_touches_the_others_copies(
    profile, desk, own_server, stick, tmp_path
):
    other = new_profile(tmp_path / "other", own_server, "other")
    theirs = open_desk(other, PASSWORD, http=line(own_server))
    for owner, its in ((profile, desk), (other, theirs)):
        choose_place(owner, stick)
        make_backup(owner, its, NOW)
        copy_to_place(owner, its)
    close_desk(theirs)

    for day in range(1, 60):
        shutil.copytree(
            list_backups(profile.copies)[0].folder,
            chosen(profile).own / f"auto-{(NOW - day * DAY).strftime(backups.STAMP)}",
        )
    make_backup(profile, desk, NOW + DAY)
    copy_to_place(profile, desk)

    assert len(list_backups(chosen(other).own)) == 1
    assert 5 < len(list_backups(chosen(profile).own)) < 20
    assert find_backups(list_backups(chosen(other).own)[0].folder) == list_backups(
        chosen(other).own
    )


def test_what_was_erased_leaves_the_stick_with_the_next_copy(profile, desk, stick, tmp_path):
    place = choose_place(profile, stick)
    issue, sha256 = a_photo(desk, tmp_path)
    _, kept = a_photo(desk, tmp_path, "Жол")
    exchange(desk)
    make_backup(profile, desk, NOW)
    copy_to_place(profile, desk)
    away = pull_out(stick)

    erasure.erase(desk, issue, "request")
    exchange(desk)
    later = datetime.now(UTC) + HOUR
    assert list_backups(profile.copies) == []
    make_backup(profile, desk, later)
    assert not place_is_due(profile, desk, later)
    put_in(stick, away)
    assert place_is_due(profile, desk, later)
    copy_to_place(profile, desk)

    assert [one.made for one in list_backups(place.own)] == [later.replace(microsecond=0)]
    assert not (place.photos / desk.photos.name(sha256)).exists()
    assert (place.photos / desk.photos.name(kept)).exists()
    assert not place_is_due(profile, desk, later)


def test_a_restored_copy_that_owed_the_stick_takes_no_later_copy_from_it(
    profile, desk, stick, own_server
):
    place = choose_place(profile, stick)
    issue = records.save(desk, "issue", ISSUE)[0].record
    erasure.erase(desk, issue, "request")
    exchange(desk)
    later = datetime.now(UTC) + HOUR
    owing = make_backup(profile, desk, later)
    copy_to_place(profile, desk)
    make_backup(profile, desk, later + DAY)
    copy_to_place(profile, desk)
    close_desk(desk)
    with desk.store() as session:
        assert recall(session, second_place.OWED) is None

    prepare(profile, owing, PASSWORD)
    again = open_desk(profile, PASSWORD, http=line(own_server))
    make_backup(profile, again, later + 2 * DAY)
    copy_to_place(profile, again)
    close_desk(again)

    assert len(list_backups(place.own)) == 3


@pytest.mark.parametrize("which", ["dala.db", "photo", "rename"])
def test_a_stick_that_is_pulled_out_or_lies_costs_no_copy(
    profile, desk, stick, tmp_path, monkeypatch, which
):
    place = choose_place(profile, stick)
    make_backup(profile, desk, NOW)
    copy_to_place(profile, desk)
    _, sha256 = a_photo(desk, tmp_path)
    make_backup(profile, desk, NOW + DAY)
    real = files.copy_bytes

    def copy(source, target):
        if which == "photo" and source.parent == profile.photos:
            raise OSError(errno.EIO, "gone")
        real(source, target)
        if which == source.name:
            with Path(target).open("r+b") as file:
                file.write(b"lies")

    def rename(*_):
        raise OSError(errno.EIO, "gone")

    with monkeypatch.context() as cut:
        cut.setattr(second_place, "copy_bytes", copy)
        if which == "rename":
            cut.setattr(second_place, "put_in_place", rename)
        with pytest.raises(PlaceFailed, match=r"stick did not take the whole copy"):
            copy_to_place(profile, desk)

    assert NOW in [one.made for one in list_backups(place.own)]
    assert chosen(profile).holds == NOW
    copy_to_place(profile, desk)
    assert chosen(profile).holds == NOW + DAY
    assert (place.photos / desk.photos.name(sha256)).exists()
    assert list(place.own.glob(f"*{files.UNFINISHED}")) == []


def test_a_full_stick_is_said_and_keeps_what_it_has(profile, desk, stick, monkeypatch):
    place = choose_place(profile, stick)
    make_backup(profile, desk, NOW)
    copy_to_place(profile, desk)
    make_backup(profile, desk, NOW + DAY)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=backups.RESERVE))

    with pytest.raises(PlaceFailed, match="it is full"):
        copy_to_place(profile, desk)

    assert [one.made for one in list_backups(place.own)] == [NOW]


def test_who_stops_it_goes_on_from_there_the_next_time(profile, desk, stick, tmp_path):
    place = choose_place(profile, stick)
    for text in ("Су", "Жол", "Мектеп"):
        a_photo(desk, tmp_path, text)
    make_backup(profile, desk, NOW)
    told = []

    def tell(done, of):
        told.append((done, of))
        if done == 2:
            raise Stopped

    with pytest.raises(Stopped):
        copy_to_place(profile, desk, tell)

    assert told == [(0, 3), (1, 3), (2, 3)]
    told.clear()
    assert copy_to_place(profile, desk, lambda *how_far: told.append(how_far))
    assert told == [(0, 1)]
    assert len(list(place.photos.iterdir())) == 3


def test_a_file_system_without_rights_and_without_order_is_good_enough(
    profile, desk, stick, monkeypatch
):
    def lacks(*_, **__):
        raise OSError(errno.ENOTSUP, "not here")

    real = os.fsync

    def fsync(handle):
        if os.path.isdir(f"/proc/self/fd/{handle}"):  # noqa: PTH112
            raise OSError(errno.EINVAL, "not a file")
        real(handle)

    make_backup(profile, desk, NOW)
    with monkeypatch.context() as fat:
        fat.setattr(Path, "chmod", lacks)
        fat.setattr(os, "fsync", fsync)
        choose_place(profile, stick)
        assert copy_to_place(profile, desk)

    assert len(find_backups(stick)) == 1


def test_a_new_laptop_begins_from_the_stick_of_the_broken_one(
    profile, own_server, desk, stick, tmp_path, monkeypatch
):
    monkeypatch.setitem(keys.recover.__kwdefaults__, "cost", CHEAP)
    code = keys.make_recovery_code(profile.keys, PASSWORD, cost=CHEAP)
    records.save(desk, "visit", VISIT)
    a_photo(desk, tmp_path)
    choose_place(profile, stick)
    make_backup(profile, desk, NOW)
    copy_to_place(profile, desk)
    close_desk(desk)
    new = choose_profile(tmp_path / "new")

    with keystore(MemoryKeyring()):
        prepare(new, find_backups(stick)[0], "жаңа құпия сөз", code)
        opened = open_desk(new, "жаңа құпия сөз", http=line(own_server))

    assert examine(opened).photos == 1
    assert examine(opened).sound
    close_desk(opened)


def test_what_the_stick_owes_grows_and_never_ends_at_an_earlier_moment(desk):
    with desk.store.begin() as session:
        second_place.owe(session, ["b"], NOW)
        second_place.owe(
            session, ["a"], NOW - timedelta(hours=1)
        )  # by a clock, or a copy's moment

        owed = second_place.recall(session, second_place.OWED, second_place.Owed)
    assert owed == second_place.Owed(NOW, ["a", "b"])
