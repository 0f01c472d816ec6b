"""Backups that tests make: of a server whose clock they move, and what stands in their bytes."""

import os
import subprocess
from dataclasses import replace

import pytest

from sync.server import backing_up
from sync.server.accounts import utc_now
from sync.server.backups import list_backups
from sync.server.dumps import sort_of
from tests.postgres import find_programs
from tests.servers import HandClock


@pytest.fixture(name="clock")
def given_clock():
    moved = HandClock()
    moved.time = utc_now()
    return moved


@pytest.fixture(name="service")
def given_service(server):
    """It finds PostgreSQL's programs where the tests' own server comes from."""
    return replace(server.service, programs=find_programs())


@pytest.fixture(name="folder")
def given_folder(tmp_path):
    return tmp_path / "backups"


@pytest.fixture(name="once")
def given_one_database_is_enough(server):
    """For what asks no database anything: on PostgreSQL in soak only."""
    if sort_of(server.service.store) == "postgresql" and not os.environ.get("DALA_SOAK"):
        pytest.skip("the same on PostgreSQL, in soak")


def names(folder):
    return [one.name for one in list_backups(folder)]


def take_turn(service, folder):
    """What the serving process does when it looks → the backup that it made, or None."""
    folder.mkdir(exist_ok=True)
    before = names(folder)
    backing_up._take_turn(service, folder)
    return next((one for one in names(folder) if one not in before), None)


def bytes_of(folder):
    """All that anybody can read in all backups, PostgreSQL's unpacked."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            found.append(unpacked(path) if content.startswith(b"PGDMP") else content)
    return b"\n".join(found)


def unpacked(dump):
    command = [find_programs() / "pg_restore", "--file=-", dump]
    return subprocess.run(command, check=True, capture_output=True).stdout


def leftovers(folder):
    return [path.name for path in folder.rglob("*.tmp")]
