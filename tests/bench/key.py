"""A new key for a file and its photos, beside SQLCipher's own rekey of that file in its place.

The floor is not safe: killed in its midst or just behind it, the file is under a key that keys.json
does not have. It says what the encryption alone costs.
"""

from collections.abc import Iterator
from contextlib import closing
from os import fsync, urandom
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from time import perf_counter

from sqlcipher3 import dbapi2

from desktop import keys
from desktop.actions import records
from desktop.actions.edits import Edit
from desktop.folder import Profile, choose_profile
from desktop.journal import PLACE
from desktop.journal_file import new_place
from desktop.new_key import lay_new_key, turn
from desktop.photos import PhotoFolder
from desktop.profile import close_desk, open_desk
from desktop.session import Desk
from desktop.store import create_store, open_store
from sync.client.facts import remember
from sync.client.line import open_http
from sync.client.tables import Blob
from sync.client.transport import HttpTransport
from sync.places import load_pack
from tests.bench.material import KEY, Writer
from tests.bench.ratios import Figure, in_turns
from tests.bench.save import ACTIVIST
from tests.profiles import PASSWORD

FLOOR = "PRAGMA rekey of the same file alone, in its place"
RECORDS = 36_000  # issues: some 130 MB
PHOTOS = 500  # of 200 KB: 100 MB
PHOTO = 200 * 1024  # bytes
RUNS = 3
MB = 2**20


def measure(runs: int | None = None, issues: int | None = None) -> Iterator[Figure]:
    """With the file alone, then with photos of as many bytes as the usual file has."""
    with TemporaryDirectory(prefix="dala-bench-") as folder:
        profile = choose_profile(Path(folder) / "profile")
        _fill(profile, RECORDS if issues is None else issues)
        yield _figure("new key, file", profile, runs or RUNS)
        _add_photos(profile)
        yield _figure("new key, file and photos", profile, runs or RUNS)


def _figure(name: str, profile: Profile, runs: int) -> Figure:
    photos = sum(photo.stat().st_size for photo in profile.photos.iterdir())
    size = profile.store.stat().st_size
    floors, owns = in_turns(lambda: _rekey(profile), lambda: _new_key(profile), runs)
    facts = {"MB of the file": size / MB, "MB of photos": photos / MB}
    facts["seconds for 100 MB"] = min(owns) / (size + photos) * 100 * MB
    return Figure(name, FLOOR, floors, owns, facts)


def _rekey(profile: Profile) -> float:
    copy = profile.folder.with_name("bare.db")
    copyfile(profile.store, copy)
    key, other = keys.unwrap(profile.keys, PASSWORD), keys.new_key()
    with closing(dbapi2.connect(str(copy), isolation_level=None)) as bare:
        bare.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
        bare.execute("PRAGMA journal_mode=WAL").fetchone()
        began = perf_counter()
        bare.execute(f"PRAGMA rekey=\"x'{other.hex()}'\"")
        bare.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        with copy.open("rb+") as file:
            fsync(file.fileno())
        took = perf_counter() - began
    copy.unlink()
    return took


def _new_key(profile: Profile) -> float:
    desk = open_desk(profile, PASSWORD)
    began = perf_counter()
    lay_new_key(profile, desk, PASSWORD)
    close_desk(desk)
    turn(profile, PASSWORD)
    desk = open_desk(profile, PASSWORD)  # makes a copy, and deletes what is under the old key
    took = perf_counter() - began
    close_desk(desk)
    return took


def _fill(profile: Profile, issues: int) -> None:
    writer = Writer(seed=3)
    keys.wrap_new(profile.keys, KEY, PASSWORD, use_keystore=False)
    create_store(profile.store, KEY, profile.copies).close()
    store = open_store(profile.store, KEY, profile.copies)
    with store.begin() as session:
        facts = {"person": ACTIVIST, "url": "http://127.0.0.1:9", "token": "", PLACE: new_place()}
        for name, value in facts.items():
            remember(session, name, value)
    with open_http() as http:
        nowhere = HttpTransport(http, "http://127.0.0.1:9")
        desk = Desk(ACTIVIST, store, PhotoFolder(profile.photos, KEY), nowhere, load_pack())
        for _ in range(0, issues, 1000):
            edits = [Edit("issue", writer.fields("issue")) for _ in range(1000)]
            records.save_all(desk, edits)
    store.close()


def _add_photos(profile: Profile) -> None:
    desk = open_desk(profile, PASSWORD)
    for _ in range(PHOTOS):
        photo = desk.photos.add(b"%PDF-1.7 " + urandom(PHOTO))
        with desk.store.begin() as session:
            session.add(Blob(sha256=photo.sha256, size=photo.size, here=True, there=False))
    close_desk(desk)
