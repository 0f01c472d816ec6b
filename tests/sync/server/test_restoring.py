"""A backup is put back under laptops that went on working: nothing is lost, and nobody is in doubt."""

import os
import shutil
import sqlite3
from contextlib import ExitStack, closing
from itertools import count
from pathlib import Path
from random import Random
from types import SimpleNamespace
from uuid import uuid4

import psycopg
import pytest
from alembic import command as alembic
from sqlalchemy import make_url, select
from sqlalchemy.orm import Session

from sync.client import engine
from sync.client.line import open_http
from sync.client.tokens import TokenKeeper
from sync.client.transport import HttpTransport
from sync.enrolment import SIGN_IN_AGAIN
from sync.errors import SignInAgain, UserError
from sync.language import tr
from sync.server import restoring, serve, walls
from sync.server.__main__ import main
from sync.server.audit import Act
from sync.server.backing_up import back_up
from sync.server.backups import ABOUT
from sync.server.blobs import BlobFolder
from sync.server.restoring import restore
from sync.server.store import Store, _alembic, prepare, require_head
from sync.server.tables import Device, Entry, Kept
from tests.failpoints import DATABASE, DISK, failing, full
from tests.processes import serving
from tests.servers import change
from tests.sync.server.backups_made import names
from tests.sync.server.put_back import (  # noqa: F401
    accounts,
    backed_up,
    command,
    given_data,
    given_folder,
    given_url,
    lose,
    running,
    settings_of,
    state,
)
from tests.sync.server.retention_people import rows
from tests.sync.server.test_erasure import OTHER, PHOTO, attachment, name_of, put
from tests.sync.server.test_kill_exchange import enrolled, unkept
from tests.terms import end_terms

SOAK = bool(os.environ.get("DALA_SOAK"))


def work_and_send(laptops, address, seed):
    """Everybody records and sends, and hears of the others."""
    chance = Random(seed)
    for laptop in laptops:
        laptop.work(chance, laptops[0].visit)
        assert laptop.send(address)


def lost(url, laptops, known):
    """What is wrong when everybody has synced with a restored server."""
    store = Store(url)
    with Session(store.owner) as session:
        taken = set(session.scalars(select(Entry.change).where(Entry.revision.is_not(None))))
        kept = set(session.scalars(select(Kept.id)))
    store.close()
    shown = [laptop.records() for laptop in laptops]
    told = [laptop.told() for laptop in laptops]
    return [
        *(f"waits: {id}" for one in told for id, became in one.items() if became is None),
        *(f"lost: {id}" for one in told for id in one if id not in taken),
        *(f"not on the server: {id}" for one in shown for id in one if id not in kept),
        *(f"not alike: {one}" for one in shown if one != shown[0]),
        *(f"gone: {id}" for id in known if id not in shown[0]),
    ]


@pytest.mark.slow
@pytest.mark.parametrize("everything_is_lost", [True, False])
def test_laptops_lose_nothing_where_a_backup_of_before_is_put_back(
    url, data, folder, monkeypatch, capsys, everything_is_lost
):
    """A real server, which is backed up while it serves, works on, and is stopped."""
    if everything_is_lost != url.startswith("sqlite") and not SOAK:
        pytest.skip("the other way round in soak")
    data.mkdir()
    said = (monkeypatch, capsys, url, data)
    laptops = enrolled(url, data)
    laptops[0].visit = uuid4()
    with serving(data, DALA_DATABASE=url) as (_, address):
        work_and_send(laptops, address, 1)
        made = command(*said, "backup", "--to", str(folder))
        work_and_send(laptops, address, 2)
        refused = command(*said, "restore", str(folder / made["backup"]))
        assert "is running" in refused
    if everything_is_lost:
        lose(url, data)

    told = command(*said, "restore", str(folder / made["backup"]))
    assert told["restored"] == made["backup"]
    assert (told["kept"] is None) == everything_is_lost
    assert unkept(url, laptops)  # the server has lost what came after
    known = {record for laptop in laptops for record in laptop.records()}

    with serving(data, DALA_DATABASE=url) as (_, address):
        work_and_send(laptops, address, 4)
        for laptop in laptops * 2:
            assert laptop.send(address)
    assert lost(url, laptops, known) == []
    for laptop in laptops:
        laptop.store.kw["bind"].dispose()


def test_files_come_back_and_those_that_came_later_are_kept_or_asked_for(url, data, folder):
    later, gone = b"came later", b"came later, and the disk lost it"
    with running(url, data) as server:
        aidana = server.laptop("aidana")
        visit = change("visit", people=3)
        aidana.exchange(visit, *(attachment(one, visit.record) for one in (PHOTO, OTHER)))
        put(aidana, PHOTO), put(aidana, OTHER)
        made = back_up(server.service, folder).folder
        aidana.exchange(*(attachment(one, visit.record) for one in (later, gone)))
        put(aidana, later), put(aidana, gone)
    files = BlobFolder(data / "blobs")
    files.drop(name_of(PHOTO))
    files.path(name_of(OTHER)).write_bytes(b"x" * len(OTHER))
    files.drop(name_of(gone))
    files.path("0" * 64).parent.mkdir(exist_ok=True)
    files.path("0" * 64).write_bytes(b"what its name does not say")

    told = restore(settings_of(url, data), made)

    assert (told.files.brought, told.files.lost) == (2, 0)
    with running(url, data) as server:
        lacking = [name_of(one) for one in (PHOTO, OTHER, later, gone)]
        aidana.transport = server.transport(aidana.transport._token)
        assert aidana.transport.lacking_blobs([*lacking, "0" * 64]) == [name_of(gone), "0" * 64]
        sizes = [server.service.blobs.size(name_of(one)) for one in (PHOTO, OTHER, later)]
        assert sizes == [len(PHOTO), len(OTHER), len(later)]


def test_a_file_that_the_backup_lost_does_not_keep_the_rest_from_coming_back(url, data, folder):
    with running(url, data) as server:
        aidana = server.laptop("aidana")
        visit = change("visit", people=3)
        aidana.exchange(visit, attachment(PHOTO, visit.record))
        put(aidana, PHOTO)
        made = back_up(server.service, folder).folder
    for one in folder.glob("files/*/*"):
        one.write_bytes(b"damaged")
    shutil.rmtree(data / "blobs")

    told = restore(settings_of(url, data), made)

    assert (told.files.brought, told.files.lost) == (0, 1)
    assert not [one for one in (data / "blobs").rglob("*") if one.is_file()]


def test_what_stood_there_is_kept_as_a_backup_of_its_own(url, data, folder):
    with running(url, data) as server:
        server.account("before")
        made = back_up(server.service, folder).folder
        server.account("after")

    told = restore(settings_of(url, data), made)
    assert accounts(url) == {"before"}

    restore(settings_of(url, data), folder / told.kept)
    assert accounts(url) == {"before", "after"}


def test_the_backup_that_is_put_back_does_not_go_meanwhile_however_old(url, data, folder):
    with running(url, data) as server:
        made = back_up(server.service, folder).folder
    old = made.replace(folder / "20200101T000000Z")

    told = restore(settings_of(url, data), old)

    assert names(folder) == [told.kept, old.name]


def test_it_is_a_new_life_and_stands_in_the_audit(url, data, folder):
    with running(url, data) as server:
        made = back_up(server.service, folder).folder
        before = server.laptop("aidana").exchange().epoch

    told = restore(settings_of(url, data), made)

    assert told.epoch != before
    with running(url, data) as server:
        [(who, subject)] = rows(server, Act.RESTORED)
        assert (who, subject) == ("server", {"backup": made.name, "epoch": told.epoch})


def test_who_renewed_since_is_asked_for_the_password_and_not_taken_for_a_copy(url, data, folder):
    if not (url.startswith("sqlite") or SOAK):
        pytest.skip("the same statement; in soak")
    data.mkdir()
    aidana, *others = enrolled(url, data)
    end_terms(url)
    with serving(data, DALA_DATABASE=url) as (_, address):
        for laptop in (aidana, *others):
            assert laptop.send(address)  # each has renewed once
        made = backed_up(url, data, folder)
        end_terms(url)
        assert aidana.send(address)
    restore(settings_of(url, data), made)
    end_terms(url)

    store = Store(url)
    with store.reading() as session:
        assert set(session.scalars(select(Device.family))) == {None}
    store.close()
    with serving(data, DALA_DATABASE=url) as (_, address):
        with pytest.raises(SignInAgain) as refused:
            renew(aidana, address)
        assert str(refused.value) == tr(SIGN_IN_AGAIN)
        for laptop in others:
            assert laptop.send(address)  # they had not renewed since
    for laptop in (aidana, *others):
        laptop.store.kw["bind"].dispose()


def renew(laptop, address):
    keeper = TokenKeeper(laptop.store)
    with open_http() as http:
        engine.sync_once(laptop.store, HttpTransport(http, address, keeper.held().token, keeper))


def spoil_database(url):
    if url.startswith("sqlite"):
        path = Path(make_url(url).database)
        path.write_bytes(os.urandom(path.stat().st_size))
        return
    with closing(psycopg.connect(url.replace("+psycopg", ""), autocommit=True)) as there:
        there.execute("DROP TABLE blob")


def test_a_damaged_database_is_given_up_only_when_that_is_said(url, data, folder):
    with running(url, data) as server:
        server.account("before")
        made = back_up(server.service, folder).folder
    spoil_database(url)
    with pytest.raises(UserError, match="could not be backed up first"):
        restore(settings_of(url, data), made)

    told = restore(settings_of(url, data), made, give_up=True)

    assert told.kept is None
    assert accounts(url) == {"before"}
    if url.startswith("sqlite"):
        path = Path(make_url(url).database)
        aside = path.with_name(f"{path.name}.given-up-1")
        assert aside.stat().st_size  # whoever wants to look into it may
        restore(settings_of(url, data), made, give_up=True)
        assert path.with_name(f"{path.name}.given-up-2").exists()


def test_a_journal_of_before_is_not_read_into_what_was_put_back(url, data, folder):
    """A server that was killed leaves one."""
    if not url.startswith("sqlite"):
        pytest.skip("only SQLite's lies beside its file")
    data.mkdir()
    laptops = enrolled(url, data)
    laptops[0].visit = uuid4()
    made = backed_up(url, data, folder)
    with serving(data, DALA_DATABASE=url) as (process, address):
        work_and_send(laptops, address, 1)
        process.kill()
    path = Path(make_url(url).database)
    assert path.with_name(f"{path.name}-wal").stat().st_size
    for give_up in (True, False):
        restore(settings_of(url, data), made, give_up=give_up)
        with closing(sqlite3.connect(path)) as file:
            assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert unkept(url, laptops)
    for laptop in laptops:
        laptop.store.kw["bind"].dispose()


def test_the_commands_say_what_is_there_and_what_is_wrong(url, data, folder, monkeypatch, capsys):
    said = (monkeypatch, capsys, url, data)
    monkeypatch.delenv("DALA_BACKUPS", raising=False)
    assert "DALA_BACKUPS" in command(*said, "backup")
    assert "DALA_BACKUPS" in command(*said, "backups")
    monkeypatch.setenv("DALA_BACKUPS", str(folder))
    assert command(*said, "backups") == []

    made = command(*said, "backup")
    [listed] = command(*said, "backups")
    assert listed["backup"] == made["backup"]
    assert listed["checked"] is None
    assert command(*said, "backups", "--check", made["backup"])["checked"]
    assert command(*said, "backups")[0]["checked"]
    assert "There is no backup" in command(*said, "backups", "--check", "none")
    (folder / made["backup"] / ABOUT).write_bytes(b"?")
    assert command(*said, "backups")[0]["damaged"] is True
    assert "damaged" in command(*said, "backups", "--check", made["backup"])


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_a_backup_of_before_an_update_is_brought_up_to_date(
    request, tmp_path, data, folder, dialect
):
    """Its tables are those of an older program; the ones that stand there now have more."""
    with ExitStack() as stack:
        empty = f"sqlite:///{tmp_path / 'older.db'}"
        if dialect == "postgresql":
            running_server = request.getfixturevalue("running_postgres")
            empty = stack.enter_context(running_server.database())
        store = Store(empty)
        with store.owner.begin() as connection:
            walls.make_role(connection)
            alembic.upgrade(_alembic(connection), "0016")
        store.close()
        with running(empty, data) as server:
            made = back_up(server.service, folder, enough=None).folder
            prepare(server.service.store, server.service.districts)

        restore(settings_of(empty, data), made)

        store = Store(empty)
        require_head(store)
        store.close()


def test_killed_between_dump_and_grants_the_database_is_not_served_but_prepared_anew(
    fresh_database, data
):
    with fresh_database("postgresql") as url:
        with closing(psycopg.connect(url.replace("+psycopg", ""), autocommit=True)) as there:
            there.execute("REVOKE ALL ON alembic_version FROM dala_serving")
        with running(url, data) as server:
            store = server.service.store
            with pytest.raises(UserError, match="not prepared"):
                require_head(store)
            prepare(store, server.service.districts)
            require_head(store)


def test_a_start_drops_the_half_of_it_that_a_kill_left(sqlite_template, data, monkeypatch):
    data.mkdir()
    shutil.copy(sqlite_template, data / "server.db")
    for name in ("server.db.coming", "server.db.coming-wal"):
        (data / name).write_bytes(b"half of all that is known")
    monkeypatch.setenv("DALA_DATA", str(data))
    monkeypatch.delenv("DALA_DATABASE", raising=False)
    monkeypatch.setattr(serve, "gc", SimpleNamespace(freeze=int, set_threshold=print))
    monkeypatch.setattr(serve._Announced, "run", lambda _: None)

    assert main(["serve"]) == 0

    assert not list(data.glob("*.coming*"))


def test_a_disk_that_is_full_meanwhile_is_told_and_leaves_what_stood_there(url, data, folder):
    """At any moment; on PostgreSQL what is written is its own business."""
    if not url.startswith("sqlite"):
        pytest.skip("its transaction")
    with running(url, data) as server:
        aidana, visit = server.laptop("aidana"), change("visit", people=3)
        aidana.exchange(visit, attachment(PHOTO, visit.record))
        put(aidana, PHOTO)
        made = back_up(server.service, folder).folder
        server.account("after")
    told = 0
    for number in count(1, 1 if SOAK else 23):
        shutil.rmtree(data / "blobs", ignore_errors=True)
        with failing(number, full, DATABASE + DISK) as points:
            try:
                restore(settings_of(url, data), made)
            except UserError:
                told += 1
                assert accounts(url) == {"aidana", "after"} or points.hit == "renamed"
        if points.hit is None:
            break
        assert not list(data.parent.glob("server.db.coming*"))
    assert told


def test_words_that_are_in_the_journal_of_what_comes_are_not_left_there(
    url, data, folder, monkeypatch
):
    """Whoever has it open keeps SQLite from bringing them into the file."""
    if not url.startswith("sqlite"):
        pytest.skip("only SQLite's lies beside its file")
    with running(url, data) as server:
        made = back_up(server.service, folder).folder
        server.account("after")
    plain, held = restoring._begin, []

    def begin(store, *given):
        begun = plain(store, *given)
        held.append(sqlite3.connect(store.owner.url.database))
        held[0].execute("SELECT count(*) FROM account").fetchall()
        return begun

    monkeypatch.setattr(restoring, "_begin", begin)
    with pytest.raises(UserError, match="locked"):
        restore(settings_of(url, data), made)
    held[0].close()
    assert accounts(url) == {"after"}
