"""Killed, or out of room, at any moment while the file gets a new key: nothing is lost, and what
was begun is either undone or gone on with.

As tests/desktop/test_copies_cut.py; the keystore is in a file, so that it outlives the process.
"""

import inspect
import os
import shutil
import textwrap
from contextlib import suppress
from functools import partial
from random import Random

import pytest
from sqlalchemy import select

from desktop import new_key, old_key, restoring
from desktop import profile as profiles
from desktop.actions import attachments, records
from desktop.backups import list_backups, make_backup
from desktop.folder import Profile
from desktop.key_file import read_key_file
from desktop.keys import unwrap
from desktop.new_key import lay_new_key, turn
from desktop.old_key import what_is_left
from desktop.profile import close_desk, open_desk
from desktop.store import check, open_store
from sync.errors import UserError
from sync.records.notes import Attachment
from sync.records.visit import Visit
from tests import saving
from tests.desktop.test_copies_cut import NOW, killed_at
from tests.disk_log import Names, images, recorded
from tests.failpoints import DATABASE, DISK, failing, full
from tests.guards import rewritten
from tests.interposed import POSSIBLE
from tests.photos import document
from tests.profiles import (
    CHEAP,
    PASSWORD,
    VISIT,
    FileKeyring,
    MemoryKeyring,
    keystore,
    line,
    new_profile,
)

SOAK = bool(os.environ.get("DALA_SOAK"))
STEP = 1 if SOAK else 11  # points from one run to the next
PHOTO = "Су".encode()
SEED = 20261128
IMAGES = 2_000 if SOAK else 25
power_cut = pytest.mark.skipif(not POSSIBLE, reason="system calls are recorded on Linux only")


@pytest.fixture
def vault(home):
    with keystore(kept := FileKeyring(home / "place" / "keystore.json")):
        yield kept


@pytest.fixture(scope="module")
def template(server, home):
    """A profile with a copy of one visit, and a second visit with a file since."""
    (home / "place").mkdir()
    with keystore(FileKeyring(home / "place" / "keystore.json")):
        profile = new_profile(home / "place" / "profile", server)
        desk = open_desk(profile, PASSWORD, http=line(server))
        records.save(desk, "visit", {**VISIT, "people": 1})
        make_backup(profile, desk, NOW)
        record = records.save(desk, "visit", {**VISIT, "people": 2})[0].record
        photo = home / "photo.txt"
        photo.write_bytes(PHOTO)
        attachments.attach(desk, record, photo)
        close_desk(desk)
    shutil.copytree(home / "place", home / "template")
    return profile


def rotate(profile, *, opens=True):
    desk = open_desk(profile, PASSWORD)
    try:
        lay_new_key(profile, desk, PASSWORD, cost=CHEAP)
    finally:
        close_desk(desk)
    turn(profile, PASSWORD, cost=CHEAP)
    if opens:
        close_desk(open_desk(profile, PASSWORD))


def look(profile, vault, old):
    """The password opens it, with all that was acknowledged; and nothing half done is left."""
    assert list_backups(profile.copies)
    desk = open_desk(profile, PASSWORD)
    try:
        assert check(desk.store) == []
        with desk.store() as session:
            assert sorted(row.people for row in session.query(Visit)) == [1, 2]
            [attached] = session.query(Attachment)
        assert desk.photos.read(attached.sha256) == PHOTO
        assert what_is_left(profile, desk) is None
    finally:
        close_desk(desk)
    key = unwrap(profile.keys, PASSWORD)
    for copy in list_backups(profile.copies):
        assert unwrap(copy.keys, PASSWORD) == key
        open_store(copy.store, key, profile.copies).close()
    assert not list(profile.folder.glob("*.coming*"))
    assert len(list(profile.photos.iterdir())) == 1
    present, kept = read_key_file(profile.keys).profile, vault.kept()
    assert f"dala {present}" in kept
    # killed just then, the part of a key that was never used is left, and opens nothing
    assert present == old or f"dala {old}" not in kept


def every_kill(begin, template, vault, step=1, which=DATABASE + DISK):
    """Kill at every point of these sorts in turn → how many there were."""
    number, old = 1, read_key_file(template.keys).profile
    while killed_at(number, partial(rotate, begin()), which):
        look(template, vault, old)
        number += step
    look(template, vault, old)
    return number


@pytest.mark.slow
def test_killed_anywhere_the_same_password_opens_all_there_was(begin, template, vault):
    assert every_kill(begin, template, vault, STEP) > 60


@pytest.mark.slow
def test_a_disk_that_is_full_anywhere_is_said_and_nothing_is_lost(begin, template, vault):
    number, old = 1, read_key_file(template.keys).profile
    while True:
        profile = begin()
        with failing(number, full, DATABASE + DISK) as points, suppress(UserError):
            rotate(profile)
        look(template, vault, old)
        assert len(vault.kept()) == 1
        if points.hit is None:
            break
        number += STEP
    assert number > 60


KEYS = """        if profile.coming_keys.exists():
            put_in_place(profile.coming_keys, profile.keys)
"""
PHOTOS = "        _bring_photos(profile)\n"
FILE = "        put_in_place(profile.coming, profile.store)\n"
COPY = "    copy = make_backup(profile, desk, datetime.now(UTC))\n"
DROP = "    drop_all(profile.copies, but=copy)\n"


def between(function, first, last):
    """The source of a function from these words to those."""
    source = textwrap.dedent(inspect.getsource(function))
    return source[source.index(first) : source.index(last) + len(last)]


def moved(function, what, behind):
    """The function with some lines of it behind others that follow them."""
    words = between(function, what, behind)
    return rewritten(function, words, words.removeprefix(what) + what)


MUTANTS = {
    "the keys at once": lambda: rewritten(
        new_key.lay_new_key, "profile.coming_keys, key, new", "profile.keys, key, new"
    ),
    "the keys after the file": lambda: moved(restoring.settle_restored, KEYS, FILE),
    "the photos after the file": lambda: moved(restoring.settle_restored, PHOTOS, FILE),
    "the old copies before a new one": lambda: rewritten(
        old_key._delete_all, COPY + DROP, "    drop_all(profile.copies)\n" + COPY
    ),
    "what was cut is left": lambda: rewritten(
        restoring.drop_unready, "shutil.rmtree(profile.coming_photos, ignore_errors=True)", "pass"
    ),
    "the old part of the keystore stays": lambda: rewritten(
        old_key._delete_all, "keystore.forget(turned.entry)", "pass"
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", MUTANTS)
def test_a_program_that_does_it_in_another_order_is_caught(begin, template, vault, name):
    with MUTANTS[name]().removed(), pytest.raises((AssertionError, UserError)) as caught:
        every_kill(begin, template, vault, which=("renamed",))

    assert "exitcode" not in str(caught.value)  # it lost something, and did not only fail


class Hoarding(MemoryKeyring):
    """A keystore that never forgets: an older state of the disk must open, too."""

    def delete_password(self, service, username):
        pass


@pytest.fixture
def changed(own_server, tmp_path, monkeypatch):
    """Give a file with two visits and a photo a new key → what the disk may hold after a cut since
    that began, and as often after one since the photo under the new key has its name."""
    monkeypatch.setattr(profiles, "load_pack", lambda *_: saving.PACK)
    folder = tmp_path / "profile"
    folder.mkdir()
    with keystore(Hoarding()), recorded(folder) as log:
        profile = new_profile(folder, own_server)
        desk = open_desk(profile, PASSWORD, http=line(own_server))
        for number in (1, 2):
            visit = records.save(desk, "visit", {**VISIT, "people": number})[0].record
        attachments.attach(desk, visit, document("Су"))
        close_desk(desk)
        began = len(log.steps)

        def turned():
            rotate(profile, opens=False)  # a copy is a folder that gets its name: not in this log
            named = max(
                done
                for done, step in enumerate(log.steps, 1)
                if isinstance(step, Names) and step.folder == str(profile.photos)
            )
            for since in (named, began):
                yield from images(log, IMAGES, Random(SEED), since)

        yield turned


def lost(image, folder):
    """What such an image lost, as the program finds it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    image.lay(folder)
    try:
        desk = open_desk(Profile(folder), PASSWORD)
    except UserError as error:
        return [str(error)]
    with desk.store() as session:
        found = [*check(desk.store), *({1, 2} - {row.people for row in session.query(Visit)})]
        sums = list(session.scalars(select(Attachment.sha256)))
    found += [sha256 for sha256 in sums if not desk.photos.has(sha256)]
    close_desk(desk)
    return found + ["no photo"] * (not sums)


@power_cut
def test_when_the_power_goes_the_same_password_opens_all_there_was(changed, tmp_path):
    for image in changed():
        assert lost(image, tmp_path / "after") == [], f"seed {SEED}, step {image.number}"


@power_cut
def test_photos_whose_names_are_not_written_through_are_missed(changed, tmp_path, monkeypatch):
    monkeypatch.setattr(restoring, "put_in_place", lambda made, place: made.replace(place))

    assert any(lost(image, tmp_path / "after") for image in changed())
