"""The encrypted file: durable, readable only with its key, never silently wrong."""

import shutil
import threading
from contextlib import closing
from pathlib import Path
from traceback import format_exception

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

import sync.client.tables  # noqa: F401  # its tables join the metadata
from desktop import store as stores
from desktop.index.keeping import is_a_models
from desktop.store import check, create_store, open_store
from desktop.store_failures import StoreDamaged, StoreFull, StoreNewer
from sync.client import migrations
from sync.client.facts import recall, remember
from sync.client.tables import Fact
from sync.records.base import Base

KEY, SECRET = bytes(range(32)), "Гүлсім Ахметова"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "dala.db"


@pytest.fixture
def copies(tmp_path):
    return tmp_path / "copies"


@pytest.fixture
def store(path, copies):
    made = create_store(path, KEY, copies)
    yield made
    made.close()


@pytest.fixture
def closed(store, path):
    """A file of a few dozen pages, with its journal moved in."""
    with store.begin() as session:
        for number in range(200):
            remember(session, f"fact {number}", "x" * 300)
    store.close()
    return path


def test_an_error_of_the_file_quotes_nobodys_data(store):
    rows = [{"name": SECRET, "value": b""}] * 2

    with pytest.raises(IntegrityError) as caught, store.begin() as session:
        session.execute(insert(Fact), rows)

    assert SECRET not in "".join(format_exception(caught.value))


def pragma(store, name):
    with store.engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def facts(store):
    with store() as session:
        return {row.name: row.value for row in session.scalars(select(Fact))}


def test_every_commit_is_on_the_disk_when_it_returns(store):
    assert pragma(store, "journal_mode") == "wal"
    assert pragma(store, "synchronous") == 2  # FULL
    assert pragma(store, "secure_delete") == 1
    assert pragma(store, "foreign_keys") == 1


def test_what_was_written_is_read_after_a_restart(store, path, copies):
    with store.begin() as session:
        remember(session, "where", "Созақ")
    store.close()

    again = open_store(path, KEY, copies)
    with again() as session:
        assert recall(session, "where") == "Созақ"
    again.close()


def test_a_block_that_fails_writes_nothing(store):
    def fail():
        with store.begin() as session:
            remember(session, "where", "Созақ")
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert facts(store) == {}


def test_a_reading_session_cannot_write(store):
    with store() as session, pytest.raises(OperationalError, match="readonly"):
        remember(session, "where", "Созақ")


def test_readers_do_not_wait_for_a_writer(store):
    with store.begin() as session:
        remember(session, "where", "Созақ")
        session.flush()

        assert facts(store) == {}


def test_writers_wait_for_each_other(store):
    def count():
        for _ in range(50):
            with store.begin() as session:
                remember(session, "count", (recall(session, "count", int) or 0) + 1)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with store() as session:
        assert recall(session, "count") == 200


def test_the_tables_are_those_of_the_models(store):
    with store.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": is_a_models}
        )
        differences = compare_metadata(context, Base.metadata)

    assert differences == []


def test_the_number_of_migrations_is_the_number_of_their_files():
    folder = Path(migrations.__file__).parent / "versions"

    assert len(list(folder.glob("*.py"))) == migrations.SCHEMA


def test_an_existing_file_is_not_written_over(closed, copies):
    before = closed.read_bytes()

    with pytest.raises(FileExistsError):
        create_store(closed, KEY, copies)

    assert closed.read_bytes() == before


def test_the_file_does_not_open_with_another_key(closed, copies):
    with pytest.raises(StoreDamaged):
        open_store(closed, bytes(32), copies)


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\x00" + bytes(4096), b"garbage" * 999])
def test_another_file_in_its_place_is_said_in_words(path, copies, content):
    path.write_bytes(content)

    with pytest.raises(StoreDamaged) as caught:
        open_store(path, KEY, copies)

    words = caught.value.words("en")
    assert "safe on the server" in words
    assert str(copies) in words
    assert path.read_bytes() == content


def test_a_missing_file_is_not_made_anew(path, copies):
    with pytest.raises(StoreDamaged):
        open_store(path, KEY, copies)

    assert not path.exists()


def test_a_sound_file_is_found_sound(store):
    assert check(store) == []


def test_a_cut_file_is_noticed(closed, copies):
    closed.write_bytes(closed.read_bytes()[: 4096 * 9])

    with pytest.raises(StoreDamaged):
        facts(open_store(closed, KEY, copies))


def raw(path):
    return closing(stores._connect(path, KEY))


def test_a_newer_file_is_left_as_it_is(closed, copies):
    with raw(closed) as connection:
        connection.execute(f"PRAGMA user_version={migrations.SCHEMA + 1}")
    before = closed.read_bytes()

    with pytest.raises(StoreNewer) as caught:
        open_store(closed, KEY, copies)

    assert closed.read_bytes() == before
    assert not copies.exists()
    assert "Install the newer version" in caught.value.words("en")


def test_the_journal_of_a_newer_file_is_not_moved_into_it(closed, copies, tmp_path):
    newer = tmp_path / "newer.db"
    with raw(closed) as connection:  # its journal is copied before it is closed and moved in
        connection.execute(f"PRAGMA user_version={migrations.SCHEMA + 1}")
        shutil.copy(closed, newer)
        shutil.copy(f"{closed}-wal", f"{newer}-wal")
    before = newer.read_bytes()

    with pytest.raises(StoreNewer):
        open_store(newer, KEY, copies)

    assert newer.read_bytes() == before


@pytest.fixture
def next_version(monkeypatch, tmp_path):
    """The program as it will be with one migration more; call it with the migration's body."""

    def install(body):
        folder = tmp_path / "migrations"
        shutil.copytree(Path(migrations.__file__).parent, folder)
        (folder / "versions" / "next.py").write_text(
            "from alembic import op\nimport sqlalchemy as sa\n"
            "revision = 'next'\n"
            f"down_revision = {f'{migrations.SCHEMA:04}'!r}\n"
            f"def upgrade():\n    {body}\n"
        )
        monkeypatch.setattr(migrations, "__file__", str(folder / "__init__.py"))
        monkeypatch.setattr(migrations, "SCHEMA", migrations.SCHEMA + 1)

    return install


NEW_TABLE = "op.create_table('well', sa.Column('id', sa.Integer(), primary_key=True))"


def test_an_older_file_is_copied_and_brought_up_to_date(closed, copies, next_version):
    old = migrations.SCHEMA
    next_version(NEW_TABLE)

    store = open_store(closed, KEY, copies)

    assert len(facts(store)) == 200
    assert pragma(store, "user_version") == old + 1
    store.close()
    (copy,) = copies.iterdir()
    with raw(copy) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (old,)
        assert connection.execute("PRAGMA cipher_integrity_check").fetchall() == []
    assert copy.stat().st_mode & 0o777 == 0o600
    assert not copy.read_bytes().startswith(b"SQLite")


def test_a_migration_that_fails_leaves_the_file_as_it_was(closed, copies, next_version):
    old = migrations.SCHEMA
    next_version(f"{NEW_TABLE}; raise ZeroDivisionError")

    with pytest.raises(ZeroDivisionError):
        open_store(closed, KEY, copies)

    with raw(closed) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (old,)
        assert connection.execute("PRAGMA table_info(well)").fetchall() == []


def test_only_the_last_copies_are_kept(store, copies):
    for _ in range(stores.COPIES_KEPT + 2):
        stores._copy_first(store, 1, copies)

    assert len(list(copies.iterdir())) == stores.COPIES_KEPT


def test_a_copy_holds_what_is_still_in_the_journal(store, tmp_path):
    with store.begin() as session:
        remember(session, "where", "Созақ")

    store.copy(tmp_path / "copy.db")

    copy = open_store(tmp_path / "copy.db", KEY, tmp_path / "copies")
    assert facts(copy) == facts(store)
    copy.close()


def test_a_full_disk_costs_only_what_was_being_saved(store):
    with store.begin() as session:
        remember(session, "before", 1)
    with store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 2}")

    with pytest.raises(StoreFull) as caught, store.begin() as session:
        remember(session, "too much", "x" * 100_000)

    assert "What was saved before is safe" in caught.value.words("en")
    assert set(facts(store)) == {"before"}
    assert check(store) == []


def test_a_copy_onto_a_full_disk_leaves_nothing_behind(store, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(stores, "put_in_place", full)

    with pytest.raises(StoreFull):
        store.copy(tmp_path / "there.db")

    assert [path.name for path in tmp_path.glob("there*")] == []


@pytest.mark.parametrize("name", ["Құжаттар", "100% # ?x=1&mode=memory", "a b;c'd\"e"])
def test_a_folder_may_have_any_name(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()

    store = create_store(folder / "dala.db", KEY, folder)
    store.close()

    assert (folder / "dala.db").stat().st_size > 0
    open_store(folder / "dala.db", KEY, folder).close()
