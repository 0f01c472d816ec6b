"""The power goes at any moment of a day's work: what the program promised is there afterwards.

What it wrote is recorded below Python and SQLCipher, and images of the disk are built from it in
which all that was not written through is there, gone, or torn. Real code opens each.
"""

import os
import re
import shutil
from contextlib import contextmanager, suppress
from random import Random
from uuid import uuid4

import pytest
import requests
from sqlalchemy import Engine, event, select

from desktop import bag as bags
from desktop import files, keys, photos
from desktop import folder as folders
from desktop import profile as profiles
from desktop import store as stores
from desktop.actions import carry, records
from desktop.bag import Bag, read_head
from desktop.folder import choose_profile, is_enrolled
from desktop.journal_file import JournalFile, read_journal
from desktop.keys import WrongPassword, change_password, make_recovery_code
from desktop.mended import take_unsaid
from desktop.profile import close_desk, open_desk
from desktop.settings import SETTINGS, load_settings, save_setting
from desktop.store import check, open_store
from sync.client.tables import Pending
from sync.errors import UserError
from sync.records.notes import Attachment
from sync.records.visit import Visit
from tests import saving
from tests.disk_log import images, recorded
from tests.interposed import POSSIBLE
from tests.profiles import CHEAP, PASSWORD, MemoryKeyring, keystore, line, new_profile
from tests.servers import regional

AT_FIRST = next(one.default for one in SETTINGS if one.name == "lock_after")
SEED = 20261126
SOAK = bool(os.environ.get("DALA_SOAK"))
IMAGES = 20_000 if SOAK else 500
ROUNDS = 6
SPOILED = 500 if SOAK else 150  # images of a mutant's day: 150 show 9 times what it lost, or more
OTHER = "басқа сөз 2"
NOWHERE = requests.Session()

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(0 if SOAK else 300),
    pytest.mark.skipif(not POSSIBLE, reason="system calls can be recorded on Linux only"),
]


class Day:
    """What a person does, and what they were told is safe."""

    def __init__(self, folder, server):
        self.folder, self.server = folder, server
        self.folder.mkdir()

    def work(self, rounds):
        """Work with the real program in an empty folder, and keep the log of it."""
        with recorded(self.folder) as self.log:
            self.said = self.log.acknowledge
            profile = new_profile(self.folder, self.server, self.folder.name)
            self.said(("password", PASSWORD))
            password = PASSWORD
            for number in range(rounds):
                password = self.one_round(profile, password, number)
        return self

    def one_round(self, profile, password, number):
        desk = open_desk(profile, password, http=line(self.server))
        for step in range(4):
            saving.save(desk, 100 * number + step, lambda record: self.said(("record", record)))
        with desk.store() as session:
            for sha256 in session.scalars(select(Attachment.sha256)):
                self.said(("photo", sha256))
        save_setting(profile.settings, "lock_after", number + 1)
        self.said(("lock_after", number + 1))
        copy = profile.copies / f"copy-{number}.db"
        files.make_private_folder(profile.copies)
        desk.store.copy(copy)
        self.said(("copy", copy.name))
        with desk.bag.new_letter() as file:
            carry.carried.write_letter(desk.store, desk.photos, file)
        self.said(("letter", desk.bag.letters()[-1].name))
        desk.store.forget(rewrite=number % 2 == 1)
        records.save(desk, "visit", {"people": number})
        if number % 2:
            close_desk(desk)
        else:
            desk.store.engine.dispose()
        new = OTHER if password == PASSWORD else PASSWORD
        change_password(profile.keys, password, new, cost=CHEAP)
        self.said(("password", new))
        make_recovery_code(profile.keys, new, cost=CHEAP)
        return new


def promised(image, what):
    """All promises of this sort, the newest last."""
    return [value for sort, value in image.acknowledged if sort == what]


def losses(image, folder):
    """What an image lost or that cannot be used, as the real program finds it."""
    try:
        return found_after(image, folder)
    except UserError as error:
        return [str(error)]


def found_after(image, folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    image.lay(folder)
    profile = choose_profile(folder)
    if not promised(image, "password") and not is_enrolled(profile):
        return []  # the cut came before the laptop was bound
    journal = profile.journal.read_bytes() if profile.journal.exists() else b""
    try:
        desk = unlocked(profile)
    except UserError as error:
        return [f"it does not open: {error}"]
    found = [f"damage: {one}" for one in check(desk.store)]
    if take_unsaid(desk.store) is not None:
        found.append("behind its journal")
    if not found:
        found = [*lost_records(desk, image), *lost_files(desk, profile, image)]
        found += lost_entries(desk, folder / "journal", journal, image)
    close_desk(desk)
    return found


def unlocked(profile):
    """The desk, by one of the passwords that there were."""
    with suppress(WrongPassword):
        return open_desk(profile, PASSWORD, http=NOWHERE)
    return open_desk(profile, OTHER, http=NOWHERE)


def lost_records(desk, image):
    with desk.store() as session:
        attached = set(session.scalars(select(Attachment.id)))
        here = attached | set(session.scalars(select(Visit.id)))
        waits = set(session.scalars(select(Pending.record)))
    found = [f"a record: {one}" for one in promised(image, "record") if one not in here]
    return found + [f"never sent: {one}" for one in here ^ waits]


def lost_entries(desk, path, content, image):
    """Nothing is answered on this day: all that was told as saved since stands in the journal."""
    path.write_bytes(content)
    told = read_journal(path, desk.store._key)
    there = {edit.record for _, edits in told.entries for edit in edits} if told else set()
    return [f"no entry: {one}" for one in promised(image, "record") if one not in there]


def lost_files(desk, profile, image):
    found = []
    with desk.store() as session:
        named = set(session.scalars(select(Attachment.sha256)))
    for sha256 in named | set(promised(image, "photo")):
        try:
            desk.photos.read(sha256)
        except UserError:
            found.append(f"a photo: {sha256}")
    minutes = [0, *promised(image, "lock_after")][-1]
    if load_settings(profile.settings)["lock_after"] not in (minutes or AT_FIRST, minutes + 1):
        found.append("a setting")
    copies = [profile.copies / name for name in promised(image, "copy")]
    found += [f"a copy: {one.name}" for one in copies if not one.exists()]
    for path in copies[-1:]:
        copy = open_store(path, desk.store._key, profile.copies)
        found += [f"a copy: {one}" for one in check(copy)]
        copy.close()
    letters = {path.name: path for path in Bag(profile.bag).letters()}
    found += [f"a letter: {one}" for one in promised(image, "letter") if one not in letters]
    for path in letters.values():
        read_head(path, "letter")
    return found


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    with regional(f"sqlite:///{folder}/server.db", folder) as made:
        yield made


@pytest.fixture(autouse=True)
def cheap(monkeypatch):
    monkeypatch.setattr(keys, "SAFE", CHEAP)
    monkeypatch.setattr(profiles, "load_pack", lambda *_: saving.PACK)
    with keystore(MemoryKeyring()):
        yield


def test_nothing_promised_is_lost_when_the_power_goes(server, tmp_path):
    day = Day(tmp_path / "aidana", server).work(ROUNDS)
    kept = 0

    for image in images(day.log, IMAGES, Random(SEED)):
        found = losses(image, tmp_path / "after")
        assert found == [], f"seed {SEED}, after step {image.number}"
        kept += len(image.acknowledged)

    assert kept > 10 * IMAGES


@contextmanager
def synchronous(how):
    """A program that tells SQLite to wait less."""

    def connected(connection, _record):
        connection.execute(f"PRAGMA synchronous={how}")

    event.listen(Engine, "connect", connected)
    yield
    event.remove(Engine, "connect", connected)


@contextmanager
def without(owner, name):
    """A program in which this does nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(owner, name, lambda *_: None)
        yield


@contextmanager
def journal_unsynced():
    """A program that leaves it to the system when the journal is written."""

    def write(self, at, content):
        with self._path.open("r+b", buffering=0) as file:
            file.seek(at)
            file.write(content)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(JournalFile, "_write", write)
        yield


@contextmanager
def plain_folders():
    """A program that makes folders without telling the disk."""

    def make(folder):
        folder.mkdir(parents=True, exist_ok=True)

    with pytest.MonkeyPatch.context() as patch:
        for module in (files, folders, bags, photos):
            patch.setattr(module, "make_private_folder", make)
        yield


@contextmanager
def renamed_only():
    """A program that renames a letter and leaves it at that."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bags, "put_in_place", lambda unfinished, path: unfinished.replace(path))
        yield


@pytest.mark.parametrize(
    ("mutant", "symptom"),
    [
        (lambda: synchronous("NORMAL"), "behind its journal"),
        (lambda: synchronous("OFF"), "damage:"),
        (journal_unsynced, "no entry:"),
        (lambda: without(files, "settle"), "does not open|a photo:|a letter:|a copy:"),
        (lambda: without(files.os, "fsync"), "does not open|a photo:|a copy:|cut short"),
        (plain_folders, "a copy:|a letter:|a photo:"),
        (renamed_only, "a letter:"),
    ],
    ids=["NORMAL", "OFF", "journal", "names not settled", "not fsynced", "folders", "letters"],
)
def test_a_program_that_promises_too_soon_is_caught(server, tmp_path, mutant, symptom):
    with mutant():
        day = Day(tmp_path / f"u{uuid4().hex[:8]}", server).work(3)

    assert any(
        re.search(symptom, one)
        for image in images(day.log, SPOILED, Random(SEED))
        if promised(image, "letter")  # the first round is over
        for one in losses(image, tmp_path / "after")
    )


def test_pages_torn_while_they_were_moved_out_of_the_journal_are_no_damage(
    server, tmp_path, monkeypatch
):
    """SQLCipher's own check looks at the file alone, and would find a sound one damaged."""
    day = Day(tmp_path / "bolat", server).work(2)
    at = tmp_path / "after"
    torn = next(
        image
        for image in images(day.log, 500, Random(SEED))
        if promised(image, "letter") and alarms(image, at, monkeypatch, moved_in=False)
    )

    assert not alarms(torn, at, monkeypatch, moved_in=True)


def alarms(image, folder, monkeypatch, *, moved_in):
    with monkeypatch.context() as patch:
        if not moved_in:
            patch.setattr(stores, "_move_in", lambda connection: None)
        return any(one.startswith("damage") for one in losses(image, folder))
