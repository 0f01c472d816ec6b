"""A file that cannot be used now: full disks, other programs and missing rights are no damage."""

import resource
import signal
from contextlib import closing, contextmanager

import pytest

from desktop import store as stores
from desktop import store_failures
from desktop.store import check, create_store, open_store
from desktop.store_failures import StoreBusy, StoreDamaged, StoreFull, StoreShut
from sync.client.facts import recall, remember

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "dala.db"


@pytest.fixture
def copies(tmp_path):
    return tmp_path / "copies"


@pytest.fixture
def store(path, copies):
    made = create_store(path, KEY, copies)
    with made.begin() as session:
        remember(session, "where", "Созақ")
    yield made
    made.close()


@pytest.fixture
def closed(store, path):
    """A file that was left in order: neither a journal nor its index lies beside it."""
    store.close()
    assert [each.name for each in path.parent.glob("dala.db*")] == ["dala.db"]
    return path


@contextmanager
def full_disk():
    """No file of this process can be written to: as on a full disk, for anyone who runs this."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@contextmanager
def another_program(path):
    """Somebody else has the whole file for themselves."""
    with closing(stores._connect(path, KEY)) as connection:
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("INSERT INTO fact VALUES ('theirs', '1')")
        yield
        connection.execute("ROLLBACK")


def opened(path, copies):
    """The file is opened, and first looked into."""
    with closing(open_store(path, KEY, copies)) as store, store() as session:
        recall(session, "where")


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(stores, "PATIENCE", 0)


@pytest.fixture
def read_only(monkeypatch):
    """The file as SQLite opens it where it may only be read."""
    connect = stores._connect
    monkeypatch.setattr(stores, "_connect", lambda path, key, _mode="": connect(path, key, "ro"))


def test_a_full_disk_is_no_damage_when_the_file_is_opened(closed, copies):
    with full_disk(), pytest.raises(StoreFull) as caught:
        opened(closed, copies)

    assert "Make room" in caught.value.words("en")


def test_after_room_was_made_all_is_there(closed, copies):
    with full_disk(), pytest.raises(StoreFull):
        opened(closed, copies)

    again = open_store(closed, KEY, copies)
    with again() as session:
        assert recall(session, "where") == "Созақ"
    again.close()


def test_a_disk_that_fills_up_costs_only_what_was_being_saved(store):
    with full_disk(), pytest.raises(StoreFull), store.begin() as session:
        remember(session, "where", "x" * 100_000)

    with store() as session:
        assert recall(session, "where") == "Созақ"


def test_a_full_disk_is_no_damage_when_the_file_is_checked(closed, copies):
    store = open_store(closed, KEY, copies)
    copy = copies / "copy.db"
    copies.mkdir(exist_ok=True)
    copy.write_bytes(closed.read_bytes())
    with full_disk():
        assert check(store) == []
        with pytest.raises(StoreFull):  # a copy has nothing beside it yet
            check(store, copy)
    store.close()


def test_a_file_that_is_made_on_a_full_disk_says_so(path, copies):
    with full_disk(), pytest.raises(StoreFull):
        create_store(path, KEY, copies)


def test_what_cannot_be_read_from_a_disk_with_room_is_damaged(path, copies):
    path.mkdir()  # a file that the disk does not give: SQLite's code is that of a full disk

    with pytest.raises(StoreDamaged):
        open_store(path, KEY, copies)


def test_a_file_that_another_program_holds_is_not_damaged(closed, copies, impatient):
    with another_program(closed), pytest.raises(StoreBusy) as caught:
        opened(closed, copies)

    assert "Wait a moment" in caught.value.words("en")


def test_a_writer_that_waited_in_vain_is_told_so(path, copies, store, impatient):
    waiting = open_store(path, KEY, copies)
    with store.begin() as first:
        remember(first, "where", "Сайрам")
        with pytest.raises(StoreBusy) as caught, waiting.begin() as second:
            remember(second, "where", "Төле би")
    waiting.close()

    assert "this was not saved" in caught.value.words("en")


def test_a_file_that_may_only_be_read_is_read(closed, copies, read_only):
    store = open_store(closed, KEY, copies)

    with store() as session:
        assert recall(session, "where") == "Созақ"
    store.close()


def test_a_file_that_may_only_be_read_is_not_written_to(closed, copies, read_only):
    store = open_store(closed, KEY, copies)

    with pytest.raises(StoreShut) as caught, store.begin() as session:
        remember(session, "where", "Сайрам")
    store.close()

    assert "Ask for access" in caught.value.words("en")


def test_a_journal_that_may_not_be_opened_is_no_damage(closed, copies):
    closed.with_name("dala.db-wal").mkdir()

    with pytest.raises(StoreShut):
        open_store(closed, KEY, copies)


@pytest.mark.parametrize("number", sorted(store_failures.DENIED))
def test_a_folder_that_may_not_be_written_to_is_not_taken_for_a_full_disk(
    path, copies, monkeypatch, number
):
    path.mkdir()
    monkeypatch.setattr(store_failures, "_obstacle", lambda _: OSError(number, "no"))

    with pytest.raises(StoreShut):
        open_store(path, KEY, copies)


def test_other_failures_stay_faults_of_ours(path, copies):
    assert store_failures.in_words(ZeroDivisionError(), path, copies) is None
