"""Whom a laptop trusts is in its copies: another computer goes on without typing, and none is misled."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop import keys
from desktop.actions import restored
from desktop.actions.exchange import exchange
from desktop.backups import make_backup
from desktop.folder import choose_profile
from desktop.network import open_line, set_way
from desktop.profile import close_desk, open_desk
from desktop.restoring import prepare, settle_restored
from desktop.settings import load_settings
from sync.client.facts import recall
from sync.join import certificates
from tests.certificates import make
from tests.profiles import CHEAP, PASSWORD, MemoryKeyring, keystore, line, new_profile

NOW = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    monkeypatch.setitem(keys.recover.__kwdefaults__, "cost", CHEAP)
    with keystore(MemoryKeyring()):
        yield


@pytest.fixture
def files(tmp_path):
    return make(tmp_path / "authority")


@pytest.fixture
def profile(own_server, tmp_path):
    return new_profile(tmp_path / "old", own_server)


@pytest.fixture
def opened(own_server):
    def once(profile, work=lambda desk: None):
        desk = open_desk(profile, PASSWORD, http=line(own_server))
        try:
            return work(desk)
        finally:
            close_desk(desk)

    return once


@pytest.fixture
def backup(profile, opened, files, tmp_path):
    """A copy of a laptop that trusts an own authority, and its recovery code."""
    set_way(profile, None, files.authority)
    code = keys.make_recovery_code(profile.keys, PASSWORD, cost=CHEAP)
    return opened(profile, lambda desk: make_backup(profile, desk, NOW, tmp_path / "stick")), code


def noted(desk):
    with desk.store() as session:
        return recall(session, "authority", str)


def put(profile, backup, code=""):
    prepare(profile, backup, PASSWORD, code)
    settle_restored(profile)


def authority(profile):
    return str(load_settings(profile.settings)["authority"])


def test_a_new_laptop_trusts_whom_the_old_one_did_and_syncs(backup, opened, files, tmp_path):
    made, code = backup
    files.authority.unlink()  # it was a file of the old computer
    new = choose_profile(tmp_path / "new")
    with keystore(MemoryKeyring()):
        put(new, made, code)

        def go_on(desk):
            restored.agree(desk)
            exchange(desk)
            return noted(desk)

        told = opened(new, go_on)

    assert Path(authority(new)) == new.authority
    assert open_line(new).verify == str(new.authority)
    assert new.authority.read_text() == told


def test_nothing_secret_goes_along_and_nothing_lies_beside_the_copy(
    profile, opened, backup, files
):
    both = files.authority.read_bytes() + files.key.read_bytes()
    files.authority.write_bytes(both)

    told = opened(profile, noted)

    assert told == certificates(both)
    assert "PRIVATE" not in told
    assert sorted(one.name for one in backup[0].folder.iterdir()) == [
        "about.json",
        "dala.db",
        "keys.json",
    ]


def test_files_that_somebody_put_beside_a_copy_are_not_believed(
    profile, opened, backup, files, tmp_path
):
    made, code = backup
    hostile = make(tmp_path / "hostile")
    for name in ("authority.pem", "settings.json"):
        (made.folder / name).write_bytes(hostile.authority.read_bytes())
    new = choose_profile(tmp_path / "new")
    with keystore(MemoryKeyring()):
        put(new, made, code)
        opened(new)

    assert new.authority.read_text() == certificates(files.authority.read_bytes())


def test_a_laptop_that_has_work_goes_on_trusting_whom_it_did(profile, opened, backup, tmp_path):
    """Also where it trusts the public ones by now, and the copy is older than that."""
    set_way(profile, None, Path())
    opened(profile)
    put(profile, backup[0])
    opened(profile)

    assert authority(profile) == ""
    assert not profile.authority.exists()
    assert opened(profile, noted) == ""


def test_what_was_chosen_on_the_new_laptop_stays(profile, opened, backup, tmp_path):
    made, code = backup
    other = make(tmp_path / "other")
    new = choose_profile(tmp_path / "new")
    set_way(new, None, other.authority)
    with keystore(MemoryKeyring()):
        put(new, made, code)
        opened(new)

    assert authority(new) == str(other.authority)
    assert not new.authority.exists()


def test_it_is_brought_once(profile, opened, backup, tmp_path):
    """Who then goes over to the public authorities is not led back."""
    made, code = backup
    new = choose_profile(tmp_path / "new")
    with keystore(MemoryKeyring()):
        put(new, made, code)
        opened(new)
        set_way(new, None, Path())
        opened(new)

    assert authority(new) == ""


def test_a_file_that_is_not_there_for_a_while_is_not_forgotten(profile, opened, backup, files):
    away = files.authority.with_name("away.pem")
    files.authority.rename(away)

    assert opened(profile, noted) == certificates(away.read_bytes())
