"""A server whose backup is put back: its database, its data, its commands, and what stands there."""

import json
import shutil
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, select

from sync.server.__main__ import main
from sync.server.backing_up import back_up
from sync.server.postgres_programs import DROP_ALL
from sync.server.settings import read_settings
from sync.server.store import Store
from sync.server.tables import Account
from tests.postgres import find_programs
from tests.servers import regional


@pytest.fixture(name="url", params=["sqlite", "postgresql"])
def given_url(request, fresh_database):
    with fresh_database(request.param) as address:
        yield address


@pytest.fixture(name="folder")
def given_folder(tmp_path):
    return tmp_path / "backups"


@pytest.fixture(name="data")
def given_data(tmp_path):
    return tmp_path / "data"


def settings_of(url, data):
    return replace(
        read_settings({"DALA_DATA": str(data), "DALA_DATABASE": url}), programs=find_programs()
    )


@contextmanager
def running(url, data):
    """A server in this process, on the files of `data`."""
    with regional(url, data, prepared=True) as server:
        yield replace(server, service=replace(server.service, programs=find_programs()))


def backed_up(url, data, folder):
    with running(url, data) as server:
        return back_up(server.service, folder).folder


def lose(url, data):
    """The disk of the server breaks."""
    shutil.rmtree(data, ignore_errors=True)
    if url.startswith("sqlite"):
        for left in Path(make_url(url).database).parent.glob("server.db*"):
            left.unlink()
        return
    with closing(psycopg.connect(url.replace("+psycopg", ""), autocommit=True)) as there:
        there.execute(DROP_ALL + b"COMMIT;")


def command(monkeypatch, capsys, url, data, *words):
    told = {"DALA_DATA": data, "DALA_DATABASE": url, "DALA_PG_BIN": find_programs()}
    for name, value in told.items():
        monkeypatch.setenv(name, str(value))
    capsys.readouterr()
    code = main(["admin", *words, "--json"])
    said = capsys.readouterr()
    return json.loads(said.out) if code == 0 else said.err


def accounts(url):
    store = Store(url)
    with store.reading() as session:
        found = set(session.scalars(select(Account.id)))
    store.close()
    return found


def state(url):
    """All that PostgreSQL gives out, or SQLite's file."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(Path(make_url(url).database))) as file:
            return list(file.iterdump())
    with closing(psycopg.connect(url.replace("+psycopg", ""))) as there:
        tables = there.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return {
            name: there.execute(f'SELECT t::text FROM "{name}" t ORDER BY 1').fetchall()
            for (name,) in tables.fetchall()
        }
