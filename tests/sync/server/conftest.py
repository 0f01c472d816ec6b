"""Each test here runs on SQLite and on PostgreSQL."""

import shutil
from contextlib import contextmanager

import pytest

from sync.language import speak, spoken
from sync.places import load_pack
from sync.server.accounts import utc_now
from sync.server.store import Store, prepare
from tests.postgres import postgres
from tests.servers import regional


@pytest.fixture(autouse=True)
def english():
    """Tests quote the English words; a command may choose another language for the process."""
    before = spoken()
    speak("en")
    yield
    speak(before)


def prepared(url):
    store = Store(url)
    prepare(store, load_pack().districts)
    store.close()
    return url


@pytest.fixture(scope="session")
def running_postgres():
    with postgres() as running:
        yield running


@pytest.fixture(scope="session")
def postgres_template(running_postgres):
    with running_postgres.database() as url:
        yield prepared(url).rpartition("/")[2]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    path = tmp_path_factory.mktemp("template") / "server.db"
    prepared(f"sqlite:///{path}")
    return path


@pytest.fixture
def fresh_database(request, tmp_path):
    """A function that opens a prepared database of one sort: with fresh("sqlite") as url."""

    @contextmanager
    def fresh(dialect):
        if dialect == "sqlite":
            template = request.getfixturevalue("sqlite_template")
            shutil.copy(template, tmp_path / "server.db")
            yield f"sqlite:///{tmp_path / 'server.db'}"
        else:
            template = request.getfixturevalue("postgres_template")
            with request.getfixturevalue("running_postgres").database(template) as url:
                yield url

    return fresh


@pytest.fixture
def clock():
    """The server's; a module whose tests move it has a `clock` of its own."""
    return utc_now


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request, fresh_database, tmp_path, clock):
    with (
        fresh_database(request.param) as url,
        regional(url, tmp_path, prepared=True, clock=clock) as running,
    ):
        yield running
