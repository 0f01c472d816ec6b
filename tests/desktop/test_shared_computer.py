"""Two people under one account of a computer: neither reads the other's file with their own password."""

import shutil

import pytest

from desktop import keys
from desktop.actions import records
from desktop.lock import only_here
from desktop.profile import close_desk, open_desk
from desktop.store import open_store
from desktop.store_failures import StoreDamaged
from tests.profiles import CHEAP, PASSWORD, MemoryKeyring, keystore, line, new_profile

OTHERS = "басқа құпия сөз"


@pytest.fixture
def two(server, tmp_path):
    """A's profile, B's, and B's key; one keystore holds the parts of both."""
    with keystore(MemoryKeyring()):
        ama = new_profile(tmp_path / "ama", server, f"a{tmp_path.name[-8:]}")
        ben = new_profile(tmp_path / "ben", server, f"b{tmp_path.name[-8:]}")
        keys.change_password(ben.keys, PASSWORD, OTHERS, cost=CHEAP)
        yield ama, ben, keys.unwrap(ben.keys, OTHERS)


def test_bs_password_does_not_open_as_keys(two):
    ama, _, _ = two

    with pytest.raises(keys.WrongPassword):
        keys.unwrap(ama.keys, OTHERS)


def test_as_file_under_bs_keys_gives_no_table(two, server):
    ama, ben, key = two
    with pytest.raises(StoreDamaged):
        open_store(ama.store, key, ama.copies)
    for path in ben.folder.glob("dala.db*"):
        path.unlink()
    shutil.copy(ama.store, ben.store)

    with pytest.raises(StoreDamaged):
        open_desk(ben, OTHERS, http=line(server))


def test_as_keys_moved_into_bs_folder_still_ask_for_as_password(two):
    ama, ben, _ = two
    shutil.copy(ama.keys, ben.keys)

    with pytest.raises(keys.WrongPassword):
        keys.unwrap(ben.keys, OTHERS)


def test_each_opens_their_own(two, server):
    ama, ben, _ = two

    for profile, password in ((ama, PASSWORD), (ben, OTHERS)):
        close_desk(open_desk(profile, password, http=line(server)))


def test_two_programs_for_two_people_work_at_once_and_each_writes(two, server):
    ama, ben, _ = two
    with only_here(ama.lock), only_here(ben.lock):
        desks = [
            open_desk(profile, password, http=line(server))
            for profile, password in ((ama, PASSWORD), (ben, OTHERS))
        ]
        for desk in desks:
            records.save(desk, "issue", {"essence": desk.person.id})
        found = [[row["essence"] for row in records.list_records(desk, "issue")] for desk in desks]
        for desk in desks:
            close_desk(desk)

    assert found == [[desk.person.id] for desk in desks]
