"""Who prepares, and as whom the server works: the roles of PostgreSQL, on a cluster of its own."""

from contextlib import closing

import pytest
from alembic import command
from sqlalchemy import create_engine, inspect, make_url, text
from sqlalchemy.exc import DBAPIError

from sync.errors import UserError
from sync.places import load_pack
from sync.server.store import Store, _alembic, prepare, require_head
from tests.postgres import postgres
from tests.servers import SAIRAM, SOZAQ, regional, whole_issue
from tests.sync.server.walls_trials import row


class Cluster:
    """A PostgreSQL without our role, and whoever administers it."""

    def __init__(self, server):
        self._server = server

    def run(self, statement, database="postgres"):
        engine = create_engine(self._server.url(database), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def database_of(self, login, name):
        """A new database that belongs to a new login; its address."""
        self.run(f"CREATE DATABASE {name} OWNER {login} TEMPLATE template0")
        return self.address(login, name)

    def address(self, login, name):
        return make_url(self._server.url(name)).set(username=login).render_as_string()


@pytest.fixture
def cluster():
    with postgres() as server:
        yield Cluster(server)


def prepared(url):
    with closing(Store(url)) as store:
        prepare(store, load_pack().districts)
        require_head(store)


def test_who_may_make_roles_prepares_alone_and_who_may_not_is_told_what_to_do(cluster, tmp_path):
    cluster.run("CREATE ROLE plain LOGIN")
    cluster.run("CREATE ROLE maker LOGIN CREATEROLE")
    plains = cluster.database_of("plain", "one")

    with pytest.raises(UserError, match="CREATE ROLE dala_serving; GRANT dala_serving TO plain"):
        prepared(plains)
    with closing(Store(plains)) as store:
        assert inspect(store.owner).get_table_names() == []

    makers = cluster.database_of("maker", "two")
    prepared(makers)
    with regional(makers, tmp_path, prepared=True) as server:
        aidana = server.laptop("aidana")
        assert aidana.exchange(whole_issue()).refused == []

    with pytest.raises(UserError, match="GRANT dala_serving TO plain"):  # made, not granted
        prepared(plains)
    cluster.run("GRANT dala_serving TO plain")
    prepared(plains)
    prepared(plains)


def test_a_login_that_owns_nothing_serves_and_cannot_leave_its_role(cluster, tmp_path):
    cluster.run("CREATE ROLE maker LOGIN CREATEROLE")
    prepared(cluster.database_of("maker", "one"))
    cluster.run("CREATE ROLE web LOGIN")
    webs = cluster.address("web", "one")

    with closing(Store(webs)) as store, pytest.raises(UserError, match="prepare"):
        require_head(store)
    cluster.run("GRANT dala_serving TO web")

    with regional(webs, tmp_path, prepared=True) as server:
        aidana = server.laptop("aidana")
        assert aidana.exchange(whole_issue()).refused == []
        store = server.service.store
        with store.owner.connect() as connection, pytest.raises(DBAPIError):
            connection.execute(text("SET ROLE maker"))
        with pytest.raises(UserError, match="owner"):
            prepare(store, [])


def test_a_database_of_an_older_release_goes_on_after_prepare(cluster, tmp_path):
    cluster.run("CREATE ROLE maker LOGIN CREATEROLE")
    url = cluster.database_of("maker", "one")
    statement, values = row("record", SOZAQ, revision=1, touched='{"": [1, "aigul"]}')
    with closing(Store(url)) as store:
        with store.owner.begin() as connection:
            command.upgrade(_alembic(connection), "0009")
            connection.execute(text(statement), values)
            connection.execute(text(f"INSERT INTO stream VALUES ('{SOZAQ}', 1)"))
        with pytest.raises(UserError, match="prepare"):
            require_head(store)

        prepare(store, load_pack().districts)

    with regional(url, tmp_path, prepared=True) as server:
        (told,) = server.laptop("aidana").exchange().changes
        assert server.laptop("zere", district=SAIRAM).exchange().changes == []
    assert told.record == values["id"]
