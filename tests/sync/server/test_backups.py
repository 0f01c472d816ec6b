"""Backups of the server: whole, of one moment, readable to their owner, and gone after their term."""

import os
import re
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import make_url

from sync.errors import UserError
from sync.server import backing_up, backup_files, blobs, dumps, postgres_programs
from sync.server.audit import Act
from sync.server.backing_up import back_up, back_up_daily
from sync.server.backup_check import check
from sync.server.backups import (
    ABOUT,
    DATABASE,
    FILES,
    STAMP,
    About,
    file_path,
    list_backups,
    thin,
    written,
)
from sync.server.buckets import Bucket
from tests.failpoints import DISK, failing, full
from tests.postgres import find_programs
from tests.servers import change, regional
from tests.sync.server.backups_made import (  # noqa: F401
    bytes_of,
    given_clock,
    given_folder,
    given_one_database_is_enough,
    given_service,
    leftovers,
    names,
    take_turn,
    unpacked,
)
from tests.sync.server.retention_people import rows
from tests.sync.server.test_erasure import (
    OTHER,
    PHOTO,
    SECRET,
    SMALL,
    attachment,
    erase,
    given_an_issue,
    name_of,
    put,
)

SOAK = bool(os.environ.get("DALA_SOAK"))


def only(folder):
    [one] = list_backups(folder)
    return one


def test_a_backup_has_the_database_and_each_file_and_is_its_owners_alone(server, service, folder):
    given_an_issue(server.laptop("aidana"))

    made = back_up(service, folder)

    assert SECRET.encode() in bytes_of(folder)
    assert PHOTO in bytes_of(folder)
    assert (made.about.files, made.new_files, made.about.lost) == (2, 2, 0)
    assert check(only(folder), service.programs, service.now())["files"] == 2
    assert only(folder).checked
    modes = {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()}
    assert modes == {0o600}
    assert {path.stat().st_mode & 0o777 for path in (folder, *folder.glob("*/"))} == {0o700}
    told = {"backup": only(folder).name, "files": 2, "dropped": []}
    assert rows(server, Act.BACKED_UP) == [("server", told)]


@pytest.mark.usefixtures("once")
def test_the_next_one_brings_only_new_files_and_those_that_became_short(server, service, folder):
    aidana = server.laptop("aidana")
    issue = given_an_issue(aidana)
    first = back_up(service, folder)
    aidana.exchange(attachment(OTHER, issue))
    put(aidana, OTHER)
    file_path(folder, name_of(SMALL)).write_bytes(b"")

    second = back_up(service, folder)

    assert second.new_files == 2
    assert second.folder.name != first.folder.name  # also within one second
    for one in list_backups(folder):
        check(one, service.programs, service.now())


@pytest.mark.usefixtures("once")
def test_a_file_that_is_gone_or_damaged_is_counted_and_not_taken(server, service, folder):
    given_an_issue(server.laptop("aidana"))
    service.blobs.path(name_of(PHOTO)).write_bytes(b"x" * len(PHOTO))
    service.blobs.path(name_of(SMALL)).unlink()

    made = back_up(service, folder)

    assert (made.about.files, made.about.lost) == (0, 2)
    assert not list(folder.glob("files/*/*"))
    check(only(folder), service.programs, service.now())


@pytest.mark.usefixtures("once")
def test_files_in_a_bucket_are_the_buckets_business(server, service, folder):
    given_an_issue(server.laptop("aidana"))

    made = back_up(replace(service, blobs=Bucket(None)), folder)

    assert made.told()["files_in_bucket"]
    assert (made.about.files, made.about.lost) == (0, 0)


def test_35_days_after_an_erasure_nothing_of_it_is_in_the_bytes_of_any_backup(
    server, service, folder, clock
):
    """Daily backups; on PostgreSQL, where one takes a while, of the days that matter."""
    aidana, lea = server.laptop("aidana"), server.laptop("lea", "leader")
    issue = given_an_issue(aidana)
    assert take_turn(service, folder)
    erase(lea, issue)
    sqlite = dumps.sort_of(service.store) == "sqlite"
    begun = clock.time
    for day in range(1, 35) if sqlite else (*range(28, 35),):
        clock.time = begun + timedelta(days=day)
        assert take_turn(service, folder)
    assert SECRET.encode() in bytes_of(folder)
    assert PHOTO in bytes_of(folder)

    clock.time = begun + timedelta(days=35)
    assert take_turn(service, folder)

    assert SECRET.encode() not in bytes_of(folder)
    assert PHOTO not in bytes_of(folder)
    assert SMALL not in bytes_of(folder)
    assert len(names(folder)) == (35 if sqlite else 8)


@pytest.mark.usefixtures("once")
def test_one_a_day_whatever_the_clock_and_however_many_processes(service, folder, clock):
    begun = clock.time
    with ThreadPoolExecutor(4) as pool:
        for turn in [pool.submit(take_turn, service, folder) for _ in range(4)]:
            turn.result()
    assert len(names(folder)) == 1
    clock.go(hours=19)
    assert not take_turn(service, folder)
    clock.go(hours=1)
    assert take_turn(service, folder)
    clock.time = begun - timedelta(days=400)  # it was set back
    assert take_turn(service, folder)
    assert not take_turn(service, folder)


@pytest.mark.usefixtures("once")
def test_by_a_clock_that_leapt_the_server_itself_ends_nothing_and_an_administrator_does(
    service, folder, clock
):
    for _ in range(3):
        assert take_turn(service, folder)
        clock.go(days=1)
    clock.go(days=400)
    assert take_turn(service, folder)
    assert len(names(folder)) == 4

    assert (
        back_up(service, folder).dropped == []
    )  # a day's backups alone may be of an empty server
    clock.go(days=1)
    assert len(back_up(service, folder).dropped) == 3


@pytest.mark.usefixtures("once")
def test_a_broken_one_does_not_count_as_todays(service, folder):
    back_up(service, folder).folder.joinpath(ABOUT).write_bytes(b"{}")
    assert take_turn(service, folder)


def days(folder, now, *ages):
    """Backups of these ages in days; nothing is in them."""
    folder.mkdir(exist_ok=True)
    for age in ages:
        one = folder / (now - timedelta(days=age)).strftime(STAMP)
        one.mkdir()
        (one / ABOUT).write_bytes(written(About(**ABOUT_OF_NOTHING)))
        (one / FILES).write_bytes(b"")


ABOUT_OF_NOTHING = {
    "program": "1",
    "sort": "sqlite",
    "head": "",
    "sha256": "",
    "size": 0,
    "files": 0,
    "files_sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "files_size": 0,
    "lost": 0,
}
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ages", "enough", "gone"),
    [
        (range(41), 7, 6),  # day by day: those of 35 days and more
        ((0, 400, 401, 402), 7, 0),  # the clock leapt, or nobody was there for a year
        ((0, 1, 2, 3, 4, 5, 400), 7, 0),
        ((0, 1, 2, 3, 4, 5, 6, 400), 7, 1),  # but after a week the old ones go
        ((0, 0.1, 0.2, 0.3, 0.01, 0.02, 0.03, 400), 7, 0),  # a week, and not seven in an hour
        ((0, 400), 1, 1),  # an administrator asked for this one
        ((400,), 1, 0),  # the only one stays, however old
        ((-300, 0, 1, 2, 3, 4, 5), 7, 0),
        ((-300, 0, 1, 2, 3, 4, 5, 6), 7, 1),  # from a time to come, when the clock is right again
        ((-0.9, 34.99), 1, 0),
        ((0, 35), 1, 1),
    ],
    ids=str,
)
def test_which_go(tmp_path, ages, enough, gone):
    days(tmp_path, NOON, *ages)
    young = [one.name for one in list_backups(tmp_path) if abs(NOON - one.made).days < 35]

    assert len(thin(tmp_path, NOON, enough)) == gone

    assert len(names(tmp_path)) == len(ages) - gone
    assert [one for one in young if one not in names(tmp_path)] == []


def test_one_that_cannot_be_read_goes_too_but_does_not_stand_for_a_day(tmp_path):
    days(tmp_path, NOON, 0, 40)
    for one in list_backups(tmp_path):
        (one.folder / ABOUT).write_bytes(b"?")
    assert not thin(tmp_path, NOON, 1)
    days(tmp_path, NOON, 1)
    assert len(thin(tmp_path, NOON, 1)) == 1


@pytest.mark.usefixtures("once")
def test_files_stay_where_nobody_can_tell_any_more_which_are_named(server, service, folder):
    given_an_issue(server.laptop("aidana"))
    back_up(service, folder)
    file_path(folder, "f" * 64).parent.mkdir()
    file_path(folder, "f" * 64).write_bytes(b"of a backup that went")
    (only(folder).folder / FILES).write_bytes(b"")
    thin(folder, service.now(), 1)
    assert len(list(folder.glob("files/*/*"))) == 3


@pytest.mark.usefixtures("once")
def test_files_that_no_backup_names_go(server, service, folder):
    given_an_issue(server.laptop("aidana"))
    back_up(service, folder)
    file_path(folder, "f" * 64).parent.mkdir()
    file_path(folder, "f" * 64).write_bytes(b"of a backup that went")
    thin(folder, service.now(), 1)
    assert {path.name for path in folder.glob("files/*/*")} == {name_of(PHOTO), name_of(SMALL)}


@pytest.mark.parametrize("what", [DATABASE, FILES, ABOUT, "photo", "photo is gone"])
def test_no_damage_is_called_whole(request, server, service, folder, what):
    if what != DATABASE:
        request.getfixturevalue("once")
    given_an_issue(server.laptop("aidana"))
    back_up(service, folder)
    one = only(folder)
    path = file_path(folder, name_of(PHOTO)) if "photo" in what else one.folder / what
    content = path.read_bytes()
    for at in range(0, len(content), 1 + len(content) // 9):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        if what == "photo is gone":
            path.unlink()
        with pytest.raises(UserError, match="damaged"):
            check(list_backups(folder)[0], service.programs, service.now())
    assert only(folder).checked is None


@pytest.mark.usefixtures("once")
def test_the_list_of_files_is_of_no_other_backup(server, service, folder):
    given_an_issue(server.laptop("aidana"))
    one = back_up(service, folder).folder
    (one / FILES).write_bytes((one / FILES).read_bytes()[:65])
    with pytest.raises(UserError, match="damaged"):
        check(only(folder), service.programs, service.now())


@pytest.mark.usefixtures("once")
def test_a_full_disk_is_told_and_leaves_nothing_half(server, service, folder, clock):
    given_an_issue(server.laptop("aidana"))
    back_up(service, folder)
    clock.go(days=1)
    for number in count(1, 1 if SOAK else 3):
        with failing(number, full, DISK) as points, suppress(UserError):
            back_up(service, folder / "other" if number % 2 else folder)
        if points.hit is None:
            break
        assert leftovers(folder) == []
        for one in list_backups(folder):
            check(one, service.programs, service.now())
    assert number > 6


@pytest.mark.usefixtures("once")
@pytest.mark.parametrize("room", [(0,), (2**60, 0)], ids=["for the database", "for files"])
def test_room_is_looked_for_before_each_is_written(server, service, folder, monkeypatch, room):
    given_an_issue(server.laptop("aidana"))
    free = iter(room)
    monkeypatch.setattr(
        backup_files.shutil, "disk_usage", lambda _: SimpleNamespace(free=next(free))
    )
    with pytest.raises(UserError, match="No space left"):
        back_up(service, folder)
    assert next(free, None) is None


@pytest.mark.usefixtures("once")
def test_a_folder_that_cannot_be_written_to_is_said(service, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UserError, match="could not be written"):
        back_up(service, tmp_path / "file" / "below")


@pytest.mark.usefixtures("once")
def test_a_second_one_at_the_same_time_is_refused_and_by_itself_it_waits(service, folder):
    folder.mkdir()
    with backing_up._one_at_a_time(folder):
        with pytest.raises(UserError, match="Another process"):
            back_up(service, folder)
        assert take_turn(service, folder) is None


def damaged(path):
    with path.open("r+b") as file:
        file.seek(16_384 * 3)
        file.write(os.urandom(16_384 * 2))


def test_of_a_damaged_database_there_is_no_backup(server, service, folder):
    if dumps.sort_of(service.store) != "sqlite":
        pytest.skip("PostgreSQL looks itself")
    service.store.close()
    damaged(Path(service.store.owner.url.database))
    with pytest.raises(UserError, match="damaged"):
        back_up(service, folder)
    assert names(folder) == leftovers(folder) == []


def test_a_backup_is_of_one_moment_while_others_write(server, service, folder):
    """What a district's counter says is what its ledger has."""
    aidana, stop = server.laptop("aidana"), threading.Event()

    def write():
        while not stop.is_set():
            aidana.exchange(*(change("visit", people=n) for n in range(20)))

    writing = threading.Thread(target=write)
    writing.start()
    try:
        made = [back_up(service, folder).folder for _ in range(3)]
    finally:
        stop.set()
        writing.join()
    for one in made:
        assert counted(one / DATABASE)


def counted(dump):
    if dump.read_bytes().startswith(b"PGDMP"):
        told = unpacked(dump).decode()
        streams = told.split("COPY public.stream ")[1].partition("\\.")[0]
        ledger = told.split("COPY public.ledger ")[1].partition("\\.")[0]
        counter = int(re.search(r"^615600000\t(\d+)$", streams, re.MULTILINE)[1])
        return ledger.count("\n615600000\t") == counter
    with closing(sqlite3.connect(f"{dump.as_uri()}?immutable=1", uri=True)) as file:
        entries = file.execute("SELECT count(*), max(revision) FROM ledger").fetchone()
        counter = file.execute(
            "SELECT revision FROM stream WHERE district = '615600000'"
        ).fetchone()
    return entries == (*counter, *counter) or entries == (0, None)


@pytest.mark.usefixtures("once")
def test_the_serving_process_does_it_by_itself_and_again_where_it_failed(
    service, folder, monkeypatch, caplog
):
    done, plain = threading.Event(), backing_up._take_turn
    tries = []

    def fails_first(*given):
        tries.append(given)
        if len(tries) < 3:
            raise (UserError("full"), ZeroDivisionError())[len(tries) - 1]
        plain(*given)
        done.set()

    folder.mkdir()
    monkeypatch.setattr(backing_up, "_take_turn", fails_first)
    with back_up_daily(service, folder, look=0.01):
        assert done.wait(30)
    assert len(names(folder)) == 1
    assert caplog.text.count("it is tried again") == 2
    assert caplog.text.count("Traceback") == 1  # what is said in words needs none


@pytest.mark.usefixtures("once")
def test_by_itself_no_folder_is_made_for_its_disk_may_not_be_mounted(service, folder):
    with pytest.raises(UserError, match="not there"):
        backing_up._take_turn(service, folder)
    assert not folder.exists()


@pytest.mark.usefixtures("once")
def test_without_a_folder_nothing_is_made(service, monkeypatch):
    looked = threading.Event()
    monkeypatch.setattr(backing_up, "_take_turn", lambda *_: looked.set())
    with back_up_daily(service, None, look=0.001):
        assert not looked.wait(0.1)


def program(folder, name, script):
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="ascii")
    path.chmod(0o700)


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (None, "pg_dump is not found"),
        ('echo "pg_dump (PostgreSQL) 9.6"', "is of version 9"),
        ("echo nothing", "is of version ?"),
        (
            '[ "$1" = --version ] && exec REAL "$@"; echo "pg_dump: it broke" >&2; exit 1',
            "it broke",
        ),
    ],
    ids=["missing", "older", "another program", "failing"],
)
def test_what_is_wrong_with_postgresqls_programs_is_said(
    fresh_database, tmp_path, folder, script, said
):
    with fresh_database("postgresql") as url, regional(url, tmp_path, prepared=True) as server:
        programs = tmp_path / "bin"
        programs.mkdir()
        if script:
            program(programs, "pg_dump", script.replace("REAL", str(find_programs() / "pg_dump")))
        with pytest.raises(UserError, match=re.escape(said)):
            back_up(replace(server.service, programs=programs), folder)
    assert names(folder) == leftovers(folder) == []


def test_no_password_is_in_the_words_that_start_a_program():
    url = make_url("postgresql+psycopg://dala:s3cret@db/dala?sslmode=require")
    for one in (url, url.set(password="").update_query_dict({"password": "s3cret"})):
        assert "s3cret" not in " ".join(postgres_programs._reaching(one))
        assert postgres_programs._environment(one)["PGPASSWORD"] == "s3cret"
    assert "sslmode=require" in " ".join(postgres_programs._reaching(url))
    assert "PGPASSWORD" not in postgres_programs._environment(None)


def test_the_list_of_files_is_of_the_moment_of_the_dump(server, service, folder, monkeypatch):
    if dumps.sort_of(service.store) == "sqlite":
        pytest.skip("there it is read from the copy")
    plain = postgres_programs.dump

    def after_another_file(*given):
        with server.looking() as session, session.begin():
            blobs.note(session, "a" * 64, 1)
        plain(*given)

    monkeypatch.setattr(postgres_programs, "dump", after_another_file)
    back_up(service, folder)
    assert b"a" * 64 not in bytes_of(folder)
