"""What is no whole backup of this server, or comes while somebody works, takes no database's place."""

import re
import shutil
from contextlib import ExitStack, closing
from dataclasses import replace
from hashlib import sha256

import psycopg
import pytest

from sync.errors import UserError
from sync.server import connected, restoring
from sync.server.alone import beside_others
from sync.server.backups import ABOUT, DATABASE, FILES, list_backups, written
from sync.server.restoring import restore
from tests.postgres import find_programs
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


def spoil_about(made, **values):
    about = list_backups(made.parent)[0].about
    (made / ABOUT).write_bytes(written(type(about)(**{**_fields(about), **values})))


def spoil_database(made, content):
    """Its sum is right: it was written so, by a program that is newer than the one that reads."""
    (made / DATABASE).write_bytes(content)
    spoil_about(made, sha256=sha256(content).hexdigest())


def _fields(about):
    return {name: getattr(about, name) for name in about.__struct_fields__}


WRONG = {
    "no backup": (lambda made: shutil.rmtree(made), "There is no backup"),
    "another name": (lambda made: made.rename(made.with_name("x")), "There is no backup"),
    "damaged": (lambda made: (made / ABOUT).write_bytes(b"?"), "damaged"),
    "another list of files": (lambda made: (made / FILES).write_bytes(b"?"), "damaged"),
    "half a database": (
        lambda made: (made / DATABASE).write_bytes((made / DATABASE).read_bytes()[:-100]),
        "damaged",
    ),
    "another's words": (lambda made: spoil_database(made, b"no dump" * 999), "damaged"),
    "newer": (lambda made: spoil_about(made, head="9999"), "newer version"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_no_whole_backup_of_this_server_is_refused_and_nothing_changed(
    url, data, folder, wrong
):
    made = backed_up(url, data, folder)
    spoil, said = WRONG[wrong]
    spoil(made)
    before = state(url)

    with pytest.raises(UserError, match=said):
        restore(settings_of(url, data), made)

    assert state(url) == before
    assert len(names(folder)) <= 1


def test_a_backup_of_the_other_sort_of_database_is_refused(url, data, folder):
    made = backed_up(url, data, folder)
    spoil_about(made, sort="postgresql" if url.startswith("sqlite") else "sqlite")
    with pytest.raises(UserError, match="another sort"):
        restore(settings_of(url, data), made)


def test_while_anybody_uses_the_data_it_is_refused(url, data, folder, monkeypatch, capsys):
    made = backed_up(url, data, folder)
    with (
        beside_others(data, UserError("")),
        pytest.raises(UserError, match="is running"),
    ):
        restore(settings_of(url, data), made)


def test_while_it_is_put_back_nobody_else_is_let_in(url, data, folder, monkeypatch, capsys):
    made = backed_up(url, data, folder)
    plain, said = restoring._begin, []

    def meanwhile(*given):
        said.append(command(monkeypatch, capsys, url, data, "list-accounts"))
        return plain(*given)

    monkeypatch.setattr(restoring, "_begin", meanwhile)
    restore(settings_of(url, data), made)
    assert "is being put back" in said[0]


def test_a_server_elsewhere_on_the_same_database_is_noticed(
    url, data, folder, tmp_path, monkeypatch
):
    """Its lock is in a data folder of its own."""
    made = backed_up(url, data, folder)
    monkeypatch.setattr(restoring, "LINGERING", 0.1)
    with running(url, tmp_path / "elsewhere") as server:
        server.account("after")
        with pytest.raises(UserError, match=r"is connected|locked"):
            restore(settings_of(url, data), made)
        assert accounts(url) == {"after"}


@pytest.mark.parametrize("how_many", [1, connected.MOST + 1])
def test_who_stays_connected_is_named_so_that_an_administrator_can_end_it(
    fresh_database, data, folder, monkeypatch, how_many
):
    """A pool, a monitor: the words say which program, whose, from where, and its process."""
    monkeypatch.setattr(restoring, "LINGERING", 0.1)
    with fresh_database("postgresql") as url, ExitStack() as open_:
        made = backed_up(url, data, folder)
        address = url.replace("+psycopg", "")
        pools = [
            open_.enter_context(
                psycopg.connect(address, application_name="pgbouncer", autocommit=True)
            )
            for _ in range(how_many)
        ]
        before = state(url)

        with pytest.raises(UserError) as refused:
            restore(settings_of(url, data), made)

        said = str(refused.value)
        assert "user dala, program “pgbouncer”, from 127.0.0.1" in said
        assert said.count("pgbouncer") == min(how_many, connected.MOST)
        assert ("…" in said) == (how_many > connected.MOST)
        named = int(re.search(r"process ([0-9]+)", said)[1])
        assert named in {pool.info.backend_pid for pool in pools}
        assert state(url) == before
        with closing(psycopg.connect(address, autocommit=True)) as administrator:
            for pool in pools:
                administrator.execute("SELECT pg_terminate_backend(%s)", [pool.info.backend_pid])
        monkeypatch.setattr(restoring, "LINGERING", 10.0)
        assert restore(settings_of(url, data), made).backup == made.name


def test_a_connection_that_one_may_not_see_wholly_is_named_as_far_as_one_may():
    assert connected._words(7, "monitor", None, None) == "process 7, user monitor"
    assert connected._words(7, "dala", "", None).endswith("program “?”, from this computer")


SHIM = """#!/bin/sh
case "$*" in *--file=-*) REAL "$@" | CUT; END;; *) exec REAL "$@";; esac
"""
CUTS = {
    "in the midst of a word": "head -c 9000",
    "after a whole statement": "sed '/^);$/q'",
    "before the first": "head -c 0",
}


def pretended(tmp_path, cut, end):
    """PostgreSQL's programs, of which pg_restore gives out something else."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("pg_dump", "psql"):
        (programs / name).symlink_to(find_programs() / name)
    real = str(find_programs() / "pg_restore")
    shim = SHIM.replace("REAL", real).replace("CUT", cut).replace("END", end)
    (programs / "pg_restore").write_text(shim, encoding="ascii")
    (programs / "pg_restore").chmod(0o700)
    return programs


@pytest.mark.parametrize("end", ["exit 1", "kill -9 $$"])
@pytest.mark.parametrize("cut", CUTS)
def test_half_a_dump_is_never_committed(fresh_database, data, folder, tmp_path, cut, end):
    with fresh_database("postgresql") as url:
        made = backed_up(url, data, folder)
        programs = pretended(tmp_path, CUTS[cut], end)
        before = state(url)

        with pytest.raises(UserError, match="did not do it"):
            restore(replace(settings_of(url, data), programs=programs), made)

        assert state(url) == before


def test_a_statement_that_postgresql_refuses_ends_all_of_it(
    fresh_database, data, folder, tmp_path
):
    with fresh_database("postgresql") as url:
        made = backed_up(url, data, folder)
        refused = "sed 's/^CREATE TABLE public.blob /NO /'"
        programs = pretended(tmp_path, refused, "exit 0")
        before = state(url)

        with pytest.raises(UserError, match="syntax error"):
            restore(replace(settings_of(url, data), programs=programs), made)

        assert state(url) == before


def test_a_newer_pg_restore_speaks_of_a_limit_that_an_older_server_does_not_know(
    fresh_database, data, folder, tmp_path
):
    """Programs of 17 and later do; nobody would find out before the day of the restore."""
    with fresh_database("postgresql") as url:
        made = backed_up(url, data, folder)
        newer = (
            "sed -e /^SET.transaction_timeout/d "
            r"-e 's/^SET client_encoding/SET transaction_timeout = 0;\n&/'"
        )
        programs = pretended(tmp_path, newer, "exit 0")
        before = set(state(url))

        restore(replace(settings_of(url, data), programs=programs), made)

        assert set(state(url)) == before
