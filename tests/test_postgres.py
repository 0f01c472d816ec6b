from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from tests.postgres import Postgres, find_programs, postgres


def ask(url: str, statement: str) -> object:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


@pytest.fixture(scope="module")
def server():
    with postgres() as running:
        yield running


def test_each_database_is_fresh_and_gone_afterwards(server: Postgres):
    with server.database() as first, server.database() as second:
        ask(first, "create table visit (id integer)")

        assert ask(first, "select to_regclass('visit')::text") == "visit"
        assert ask(second, "select to_regclass('visit')::text") is None

    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        ask(first, "select 1")


def test_a_database_can_be_copied_from_one_that_has_tables(server: Postgres):
    with server.database() as filled:
        ask(filled, "create table visit (id integer)")
        with server.database(template=filled.rpartition("/")[2]) as copy:
            assert ask(copy, "select to_regclass('visit')::text") == "visit"


def test_kazakh_letters_are_kept(server: Postgres):
    with server.database() as url:
        assert ask(url, "select lower('ҚҰРМАН') || 'ә₸'").endswith("ә₸")


def test_the_server_is_gone_when_the_block_ends_even_with_a_client_left():
    with postgres() as server:
        client = psycopg.connect(make_conninfo(server.url("postgres").replace("+psycopg", "")))

    with pytest.raises(psycopg.OperationalError):
        client.execute("select 1")
    client.close()
    with pytest.raises(psycopg.OperationalError):
        ask(server.url("postgres"), "select 1")


def test_programs_in_a_folder_closed_to_others_still_start(tmp_path, monkeypatch):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    programs = find_programs()
    (closed / "lib").symlink_to(programs.parents[2])
    monkeypatch.setenv("PG_BIN", str(closed / "lib" / Path(*programs.parts[-3:])))

    with postgres() as server, server.database() as url:
        assert ask(url, "select 1") == 1


def test_a_machine_without_postgresql_is_told_what_to_set(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.postgres._candidates", lambda: [tmp_path])

    with pytest.raises(FileNotFoundError, match="PG_BIN"):
        find_programs()
