"""Killed at any moment while a copy is made, taken to a stick or put in its place: nothing is lost.

The n-th statement, commit, fsync or rename is the last one, for n = 1, 2, 3, … until a run ends
without. A real process is killed (-9) there, so that nothing tidies up after it.
"""

import multiprocessing
import os
import shutil
from datetime import UTC, datetime, timedelta
from functools import partial
from signal import SIGKILL

import pytest

from desktop.actions import attachments, records
from desktop.backups import list_backups, make_backup
from desktop.folder import Profile
from desktop.keys import unwrap
from desktop.profile import close_desk, open_desk
from desktop.restoring import prepare, settle_restored
from desktop.second_place import choose_place, copy_to_place, second_place
from desktop.store import check, open_store
from sync.records.visit import Visit
from tests.failpoints import DATABASE, DISK, failing
from tests.profiles import PASSWORD, VISIT, MemoryKeyring, keystore, line, new_profile

NOW = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
LATER = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
STEP = 1 if os.environ.get("DALA_SOAK") else 7  # points from one run to the next

processes = multiprocessing.get_context("fork")  # the keystore of the test comes along


@pytest.fixture(scope="module")
def template(server, home):
    """A profile with a copy of one visit, a stick that has it, and a second visit since."""
    with keystore(MemoryKeyring()):
        profile = new_profile(home / "place" / "profile", server)
        desk = open_desk(profile, PASSWORD, http=line(server))
        visit(desk, 1)
        make_backup(profile, desk, NOW)
        choose_place(profile, home / "place" / "stick")
        copy_to_place(profile, desk)
        record = visit(desk, 2)
        photo = home / "photo.txt"
        photo.write_text("Су", encoding="utf-8")
        attachments.attach(desk, record, photo)
        close_desk(desk)
        shutil.copytree(home / "place", home / "template")
        yield profile


def visit(desk, people):
    return records.save(desk, "visit", {**VISIT, "people": people})[0].record


def people(store):
    with store() as session:
        return sorted(row.people for row in session.query(Visit))


def killed_at(number, work, which=DATABASE + DISK):
    """Whether a process that did this work was killed at the point of this number."""
    process = processes.Process(target=_live, args=(number, work, which))
    process.start()
    process.join()
    assert process.exitcode in (0, -SIGKILL)
    return process.exitcode == -SIGKILL


def _live(number, work, which):
    def die(*_):
        os.kill(os.getpid(), SIGKILL)

    with failing(number, die, which):
        work()
    os._exit(0)


def every_point(begin, work, look):
    """Kill at each point in turn, and look what is left → how many points there were."""
    number = 1
    while killed_at(number, partial(work, begin())):
        look()
        number += STEP
    look()
    return number


def opened(profile):
    """What the file holds when it is opened next."""
    desk = open_desk(profile, PASSWORD)
    try:
        assert check(desk.store) == []
        return people(desk.store)
    finally:
        close_desk(desk)


def held(backup, profile):
    """What a copy holds, and that it is sound."""
    store = open_store(backup.store, unwrap(backup.keys, PASSWORD), profile.copies)
    try:
        assert check(store) == []
        return people(store)
    finally:
        store.close()


@pytest.mark.slow
def test_a_copy_that_is_being_made_is_there_or_not_and_those_before_it_stay(begin, template):
    def work(profile):
        make_backup(profile, open_desk(profile, PASSWORD), LATER)

    def look():
        copies = list_backups(template.copies)
        assert [held(one, template) for one in copies] in ([[1]], [[1, 2], [1]])
        assert opened(template) == [1, 2]
        desk = open_desk(template, PASSWORD)
        make_backup(template, desk, LATER + HOUR)  # what was cut is swept
        close_desk(desk)
        assert len(list(template.copies.iterdir())) == len(list_backups(template.copies))

    assert every_point(begin, work, look) > 5


@pytest.mark.slow
def test_a_stick_that_is_being_filled_holds_whole_copies(begin, template):
    def work(profile):
        desk = open_desk(profile, PASSWORD)
        make_backup(profile, desk, LATER)
        copy_to_place(profile, desk)

    def look():
        copies = list_backups(second_place(template).own)
        assert [held(one, template) for one in copies] in ([[1]], [[1, 2], [1]])
        desk = open_desk(template, PASSWORD)
        make_backup(template, desk, LATER)
        copy_to_place(template, desk)  # the next time goes on from there
        close_desk(desk)
        place = second_place(template)
        assert place.holds == LATER
        assert held(list_backups(place.own)[0], template) == [1, 2]
        assert len(list(place.photos.iterdir())) == 1
        assert list(place.own.glob("*.tmp")) == []

    assert every_point(begin, work, look) > 15


@pytest.mark.slow
def test_a_restore_has_happened_or_not_and_the_other_state_is_there_too(begin, template):
    def work(profile):
        prepare(profile, list_backups(profile.copies)[-1], PASSWORD)
        settle_restored(profile)

    def look():
        now = opened(Profile(template.folder))
        copies = [held(one, template) for one in list_backups(template.copies)]
        assert now in ([1], [1, 2])
        assert [1] in copies
        assert now == [1, 2] or [1, 2] in copies

    assert every_point(begin, work, look) > 15
