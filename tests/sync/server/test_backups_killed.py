"""kill -9 in a backup and in a restore: no backup that lies, no database that is lost."""

import os
from itertools import count

import pytest

from sync.server.backing_up import back_up
from sync.server.backup_check import check
from sync.server.backups import list_backups
from sync.server.dumps import sort_of
from tests.backing import killed
from tests.postgres import find_programs
from tests.servers import change
from tests.sync.server.backups_made import leftovers, names
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
from tests.sync.server.test_erasure import PHOTO, SECRET, attachment, everything, name_of, put

SOAK = bool(os.environ.get("DALA_SOAK"))
BACKUP = {"sqlite": 1, "postgresql": 1} if SOAK else {"sqlite": 7, "postgresql": 11}
RESTORE = {"sqlite": 1, "postgresql": 1} if SOAK else {"sqlite": 13, "postgresql": 29}


@pytest.fixture
def dialect(url):
    return url.partition(":")[0].partition("+")[0]


@pytest.fixture
def told(url, data):
    return {
        "DALA_DATA": str(data),
        "DALA_DATABASE": url,
        "DALA_PG_BIN": str(find_programs()),
    }


def recorded(server, login, content):
    """Somebody's visit with a photo."""
    line, visit = server.laptop(login), change("visit", people=3, outcome=SECRET)
    line.exchange(visit, attachment(content, visit.record))
    put(line, content)


@pytest.mark.slow
@pytest.mark.timeout(1_800)
def test_a_backup_that_was_killed_is_none_and_the_next_one_is_whole(
    url, data, folder, told, dialect
):
    with running(url, data) as server:
        recorded(server, "aidana", PHOTO)
    for number in count(2, BACKUP[dialect]):
        died = killed(told, number, "admin", "backup", "--to", str(folder))
        with running(url, data) as server:
            for one in list_backups(folder):
                assert check(one, find_programs(), server.service.now())["files"] == 1
            if not died:
                break
            assert SECRET.encode() in everything(server)
    assert leftovers(folder) == []
    assert number > BACKUP[dialect]


@pytest.mark.slow
@pytest.mark.timeout(1_800)
def test_a_restore_that_was_killed_left_the_one_or_the_other_and_goes_on(
    url, data, folder, told, dialect
):
    """What stands there is taken away each time: it must be put back from its own backup."""
    with running(url, data) as server:
        recorded(server, "before", PHOTO)
        first = back_up(server.service, folder, enough=None).folder
        recorded(server, "after", PHOTO * 2)
        second = back_up(server.service, folder, enough=None).folder
    ends = {first: {"before"}, second: {"before", "after"}}
    seen, there = set(), second
    for number in count(2, RESTORE[dialect]):
        coming = first if there == second else second
        died = killed(told, number, "admin", "restore", str(coming))
        now = accounts_of(url, data)
        assert now in ends.values()
        there = next(one for one, has in ends.items() if has == now)
        seen.add(there)
        if not died:
            assert there == coming
            break
    assert not list(data.parent.glob("server.db.*"))
    lose(url, data)
    assert not killed(told, 0, "admin", "restore", str(second))
    with running(url, data) as server:
        assert server.service.blobs.size(name_of(PHOTO * 2)) == 2 * len(PHOTO)
    assert accounts(url) == ends[second]
    assert seen == set(ends)


def accounts_of(url, data):
    """By the tables' owner: between the dump's last word and `prepare` nobody else may look."""
    rows = state(url)
    if isinstance(rows, dict):
        told = str(rows["account"])
    else:
        told = "\n".join(row for row in rows if row.startswith('INSERT INTO "account"'))
    return {login for login in ("before", "after") if f"'{login}'" in told or f"({login}," in told}


def test_each_of_them_kills(url, data, folder, told):
    with running(url, data) as server:
        assert sort_of(server.service.store) in url
    assert killed(told, 2, "admin", "backup", "--to", str(folder))
    assert names(folder) == []
