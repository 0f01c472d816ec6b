"""A file that somebody works with, and then a part of it turns out to be damaged."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from desktop.actions import records
from desktop.actions.exchange import exchange
from desktop.backups import make_backup
from desktop.profile import close_desk, open_desk, sign_in_again
from sync.client import outbox
from sync.errors import SignInAgain, UserError
from sync.language import speak
from sync.records.visit import Visit
from tests.profiles import PASSWORD, VISIT, MemoryKeyring, keystore, line, new_profile

NOW = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)  # of the copy


@pytest.fixture(name="profile")
def given_profile(own_server, tmp_path):
    speak("en")
    with keystore(MemoryKeyring()):
        yield new_profile(tmp_path / "profile", own_server, role="leader")


@pytest.fixture(name="at")
def given_at(own_server):
    """Open a profile; it is closed at the end."""
    open_now = []

    def opened(profile, password=PASSWORD):
        open_now.append(open_desk(profile, password, http=line(own_server)))
        return open_now[-1]

    yield opened
    for desk in open_now:
        with suppress(UserError):
            close_desk(desk)


@pytest.fixture(name="worked")
def given_worked(profile, at):
    """A day's work: a copy, and what was recorded after it."""
    desk = at(profile)
    visit(desk, 1)
    backup = make_backup(profile, desk, NOW)
    visit(desk, 2)
    visit(desk, 3)
    close_desk(desk)
    return backup


def visit(desk, people, id=None):
    values = {"people": people} if id else {**VISIT, "people": people}
    return records.save(desk, "visit", values, id)[0].record


def people(desk):
    with desk.store() as session:
        return sorted(session.scalars(select(Visit.people)))


def waiting(desk):
    with desk.store() as session:
        return [edit.fields.get("people") for edit in outbox.waiting(session)]


def spoil(path, at=None):
    content = bytearray(path.read_bytes())
    at = len(content) // 2 if at is None else at
    content[at : at + 9] = bytes(one ^ 0x55 for one in content[at : at + 9])
    path.write_bytes(content)


def sync(desk):
    """As a person would: the password is typed where it is asked for."""
    try:
        exchange(desk)
    except SignInAgain:
        desk = sign_in_again(desk, PASSWORD)
        exchange(desk)
    return desk
