"""One bit on the disk turns over, anywhere: it is read as it was or refused in words.

Never other data, never a traceback; and the self-check finds each of them.
"""

import os
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
import requests
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from desktop import key_file, keys, photos
from desktop import store as stores
from desktop.actions import carry, records
from desktop.backups import make_backup
from desktop.files import make_private_folder
from desktop.folder import Profile
from desktop.key_file import KeysDamaged, KeysNewer
from desktop.mended import take_unsaid
from desktop.profile import close_desk, open_desk
from desktop.store import check
from desktop.store_failures import StoreDamaged
from sync.client.facts import remember
from sync.client.tables import Blob, Pending
from sync.errors import UserError
from sync.records.notes import Attachment
from sync.records.visit import Visit
from tests import saving
from tests.profiles import PASSWORD, VISIT, cheaply, line, new_profile
from tests.servers import regional

SEED = 20261127
NOWHERE = requests.Session()
FLIPS = 1_500 if os.environ.get("DALA_SOAK") else 300

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    with regional(f"sqlite:///{folder}/server.db", folder) as made:
        yield made


@pytest.fixture(scope="module", autouse=True)
def cheap():
    with cheaply(saving.PACK):
        yield


@pytest.fixture(scope="module")
def worked(server, tmp_path_factory):
    """A profile with some work in it, closed; and the same as it lies while it is open."""
    folder = tmp_path_factory.mktemp("worked")
    profile = new_profile(folder / "closed", server, "aidana")
    desk = open_desk(profile, PASSWORD, http=line(server))
    for number in range(12):
        saving.save(desk, number, lambda _: None)
    close_desk(desk)
    desk = open_desk(profile, PASSWORD, http=line(server))
    records.save(desk, "visit", VISIT | {"outcome": "журналда"})
    shutil.copytree(profile.folder, folder / "open")
    make_private_folder(profile.folder / "letters")
    carry.write_letter(desk, profile.folder / "letters" / "letter.dala")
    close_desk(desk)
    return profile, Profile(folder / "open")


def rows(store):
    """All rows of all tables."""
    with store() as session:
        listed = text(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'word_index'"
        )
        tables = session.scalars(listed).all()  # its words stand in tables of their own
        return {
            one: session.execute(text(f'SELECT * FROM "{one}"')).all() for one in tables
        }  # names of our own


def flipped(path, chance, until=None):
    """Turn one bit over; (byte, bit) and a function that turns it back."""
    content = path.read_bytes()
    at, bit = chance.randrange(len(content[:until])), 1 << chance.randrange(8)
    path.write_bytes(content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :])
    return f"bit {bit} of byte {at}, {path.name}", lambda: path.write_bytes(content)


def held_open(profile):
    """Files of the profile that are still open: another one could not take their place."""
    here = os.fsencode(profile.folder)
    mapped = Path("/proc/self/maps").read_bytes()
    return [line for line in mapped.splitlines() if here in line]


def copied(profile, tmp_path):
    shutil.rmtree(tmp_path / "copied", ignore_errors=True)
    shutil.copytree(profile.folder, tmp_path / "copied")
    return Profile(tmp_path / "copied")


@pytest.mark.parametrize("lying", [0, 1], ids=["closed", "open, with its journal"])
def test_every_flipped_bit_of_the_file_is_found(worked, tmp_path, lying):
    chance, refused, read = Random(SEED + lying), 0, 0
    desk = open_desk(copied(worked[lying], tmp_path), PASSWORD, http=NOWHERE)
    whole = rows(desk.store)
    close_desk(desk)

    for _ in range(FLIPS // 2):
        profile = copied(worked[lying], tmp_path)
        where, _back = flipped(profile.store, chance)
        desk = None
        with suppress(StoreDamaged):
            desk = open_desk(profile, PASSWORD, http=NOWHERE)
        if desk is None:
            refused += 1
            assert held_open(profile) == [], where
            continue
        with suppress(StoreDamaged):
            assert rows(desk.store) == whole, where
            read += 1
        assert lying or check(desk.store), (
            where
        )  # in the journal are newer pages: they are moved in
        close_desk(desk)

    assert refused
    assert read  # a page of an index, or a free one: the self-check found those, too


def test_every_flipped_bit_of_the_keys_is_read_right_or_called_damage(worked, tmp_path):
    profile, chance, said = copied(worked[0], tmp_path), Random(SEED), set()
    key = keys.unwrap(profile.keys, PASSWORD)

    for _ in range(FLIPS):
        where, back = flipped(profile.keys, chance)
        try:
            assert keys.unwrap(profile.keys, PASSWORD) == key, where
        except UserError as error:
            said.add(type(error))
        back()

    assert said <= {KeysDamaged, KeysNewer}
    assert KeysDamaged in said


def test_every_flipped_bit_of_a_photo_is_found(worked, tmp_path):
    profile, chance = copied(worked[0], tmp_path), Random(SEED)
    desk = open_desk(profile, PASSWORD, http=NOWHERE)
    with desk.store() as session:
        sums = sorted(session.scalars(select(Blob.sha256).where(Blob.here)))

    for _ in range(FLIPS):
        sha256 = chance.choice(sums)
        where, back = flipped(desk.photos._path(sha256), chance)
        assert unread(desk, sha256), where
        back()
    close_desk(desk)


@pytest.fixture(scope="module")
def copied_first(server, tmp_path_factory):
    """A profile with a copy and work that came after it, as it lies while it is open; what was
    acknowledged."""
    folder = tmp_path_factory.mktemp("copied-first")
    profile = new_profile(folder / "profile", server, "botagoz")
    desk, saved = open_desk(profile, PASSWORD, http=line(server)), []
    for number in range(3):
        saving.save(desk, number, saved.append)
    make_backup(profile, desk, datetime.now(UTC))
    for number in range(3, 9):
        saving.save(desk, number, saved.append)
    shutil.copytree(profile.folder, folder / "open")
    close_desk(desk)
    return Profile(folder / "open"), set(saved)


@pytest.mark.parametrize("name", ["dala.db", "dala.db-wal", "outbox.journal", "keys.json"])
def test_whatever_bit_flips_all_that_was_saved_is_there(copied_first, tmp_path, name):
    whole, saved = copied_first
    chance, mended = Random(f"{SEED} {name}"), 0

    for _ in range(FLIPS // 20):
        profile = copied(whole, tmp_path)
        where, _back = flipped(profile.folder / name, chance, until=32_000)
        desk = open_desk(profile, PASSWORD, http=NOWHERE)
        mended += take_unsaid(desk.store) is not None
        try:
            here = acknowledged(desk)
        except StoreDamaged:  # it shows at work, and the person starts the program again
            close_desk(desk)
            desk = open_desk(profile, PASSWORD, http=NOWHERE)
            mended += take_unsaid(desk.store) is not None
            here = acknowledged(desk)
        assert here == saved, where
        close_desk(desk)

    assert bool(mended) == (name != "outbox.journal")


def acknowledged(desk):
    """The records that are here and wait, and whose photos are here; all tables can be read."""
    rows(desk.store)
    with desk.store() as session:
        waits = set(session.scalars(select(Pending.record)))
        visits = set(session.scalars(select(Visit.id)))
        kept = set(session.scalars(select(Blob.sha256).where(Blob.here)))
        photos = set(session.scalars(select(Attachment.id).where(Attachment.sha256.in_(kept))))
    return waits & (visits | photos)


def unread(desk, sha256):
    try:
        desk.photos.read(sha256)
    except UserError:
        return True
    return False


def test_a_letter_with_a_flipped_bit_brings_nothing_that_was_not_in_it(worked, server, tmp_path):
    profile, chance, refused = copied(worked[0], tmp_path), Random(SEED), 0
    desk = open_desk(profile, PASSWORD, http=line(server))
    letter = profile.folder / "letters" / "letter.dala"

    for _ in range(FLIPS // 3):
        _where, back = flipped(letter, chance)
        (delivery,) = carry.deliver(desk, [letter])
        refused += delivery.problem is not None
        back()
    (delivery,) = carry.deliver(desk, [letter])

    assert delivery.problem is None
    assert refused > FLIPS // 20  # the others lay in a photo: that part alone is not taken
    taken = [path for path in server.service.blobs._folder.rglob("*") if len(path.name) == 64]
    assert taken
    assert all(sha256(path.read_bytes()).hexdigest() == path.name for path in taken)
    close_desk(desk)


def keys_unsummed(patch):
    patch.setattr(key_file, "_whole", lambda file: file.whole)


def photos_unchecked(patch):
    def decrypt(self, nonce, data, context):
        kept = Cipher(algorithms.AES(self.key), modes.CTR(nonce + bytes([0, 0, 0, 2]))).decryptor()
        return kept.update(data[:-16])

    patch.setattr(photos, "AESGCM", type("Unchecked", (), {"__init__": keep, "decrypt": decrypt}))


def keep(self, key):
    self.key = key


@pytest.mark.parametrize(
    ("guard", "story"),
    [
        (keys_unsummed, test_every_flipped_bit_of_the_keys_is_read_right_or_called_damage),
        (photos_unchecked, test_every_flipped_bit_of_a_photo_is_found),
    ],
)
def test_without_its_guard_a_flipped_bit_would_not_be_found(
    worked, tmp_path, monkeypatch, guard, story
):
    guard(monkeypatch)

    with pytest.raises(AssertionError):
        story(worked, tmp_path)


def test_without_the_sums_of_its_pages_a_file_would_be_read_as_other_data(tmp_path, monkeypatch):
    connect, chance, wrong = stores._connect, Random(SEED), 0

    def without_sums(*told):
        connection = connect(*told)
        connection.execute("PRAGMA cipher_use_hmac=OFF")
        return connection

    monkeypatch.setattr(stores, "_connect", without_sums)
    path = tmp_path / "dala.db"
    store = stores.create_store(path, saving.KEY, tmp_path)
    with store.begin() as session:
        for number in range(500):
            remember(session, f"fact {number}", "x" * 300)
    store.close()
    store = stores.open_store(path, saving.KEY, tmp_path)
    whole = rows(store)
    store.close()

    for _ in range(200):
        _where, back = flipped(path, chance)
        with suppress(UserError, DatabaseError, UnicodeDecodeError):
            store = stores.open_store(path, saving.KEY, tmp_path)
            wrong += rows(store) != whole
            store.close()
        back()

    assert wrong > 5
