"""The server's tables: migrations make what the models say, and nothing runs on others."""

from traceback import format_exception

import pytest
from alembic import command as alembic
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from sync.errors import UserError
from sync.server import lives, walls
from sync.server.bulk import insert_rows
from sync.server.rows import RECORDS
from sync.server.store import Store, _alembic, insert_new, prepare, require_head
from sync.server.tables import Life, ServerBase, Stream

SECRET, INSERT = "Гүлсім Ахметова", insert(RECORDS)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/server.db"
    else:
        with request.getfixturevalue("running_postgres").database() as made:
            yield made


@pytest.fixture
def store(url):
    opened = Store(url)
    yield opened
    opened.close()


def test_migrations_make_what_the_models_say(store):
    prepare(store, [])

    with store.owner.begin() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, ServerBase.metadata) == []


def test_numbers_of_the_version_before_go_on_after_the_migration(store):
    with store.owner.begin() as connection:
        walls.make_role(connection)
        alembic.upgrade(_alembic(connection), "0022")
        connection.execute(text("INSERT INTO serial VALUES ('615600000', 2026, 41)"))

    prepare(store, [])

    with store.owner.connect() as connection:
        rows = connection.execute(text("SELECT district, year, series, last, life FROM serial"))
        assert [tuple(row) for row in rows] == [("615600000", 2026, "", 41, 0)]


def test_a_difference_would_be_found(store):
    prepare(store, [])
    with store.owner.begin() as connection:
        connection.execute(text("DROP INDEX ix_record_sha256"))

    with store.owner.begin() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, ServerBase.metadata)


@pytest.mark.parametrize("at_once", [False, True])
def test_an_error_of_the_database_quotes_nobodys_data(store, at_once):
    """Not even the row that broke a rule, which PostgreSQL tells in its details."""
    prepare(store, [])
    half = {column.name: None for column in RECORDS.columns} | {"by": SECRET}
    ways = {True: insert_rows, False: lambda session, _, rows: session.execute(INSERT, rows)}

    with pytest.raises(DBAPIError) as caught, Session(store.owner) as session, session.begin():
        ways[at_once](session, RECORDS, [half])

    assert "null value" in str(caught.value) or "NOT NULL" in str(caught.value)
    assert SECRET not in "".join(format_exception(caught.value))


def test_preparing_again_changes_nothing(store):
    prepare(store, ["1"])
    with Session(store.owner) as session, session.begin():
        session.get_one(Stream, "1").revision = 7
        first = lives.current(session)

    prepare(store, ["1", "2"])

    with store.reading() as session:
        assert lives.current(session) == first
        streams = {row.district: row.revision for row in session.scalars(select(Stream))}
    assert streams == {"region": 0, "1": 7, "2": 0}


def test_an_unprepared_database_is_refused_in_words(store):
    with pytest.raises(UserError, match="prepare"):
        require_head(store)


def test_a_newer_database_is_refused_in_words(store):
    prepare(store, [])
    with store.owner.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(UserError, match="newer"):
        require_head(store)


def test_a_failed_transaction_leaves_nothing(store):
    prepare(store, [])

    def fail():
        with store.writing.begin() as session:
            insert_new(session, Life, [{"number": 7, "epoch": "b", "points": {}}])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    with store.reading() as session:
        assert session.get(Life, 7) is None


def test_sqlite_is_set_up_to_lose_nothing(tmp_path):
    store = Store(f"sqlite:///{tmp_path}/server.db")

    with store.reading() as session:
        said = {
            name: session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    store.close()

    assert said == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
