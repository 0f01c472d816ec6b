"""A newer program's file in an older program's hands: nothing of it changes, and letters leave it."""

import json
import shutil
from contextlib import closing

import pytest
from sqlalchemy import text

from desktop import keys, newer
from desktop import profile as profiles
from desktop import store as stores
from desktop.folder import Profile
from desktop.store_failures import StoreShut
from sync.client import migrations
from tests.photos import picture
from tests.profiles import PASSWORD, VISIT

NEWER = migrations.SCHEMA + 1


@pytest.fixture
def aidana(commander):
    """A laptop with a visit that waits, and a photo of it."""
    made = commander()
    made("sync")
    made.profile = Profile(made.folder)
    made.visit = made("record", "visit", stdin=json.dumps(VISIT))["id"]
    photo = made.folder.parent / "photo.png"
    photo.write_bytes(picture())
    made("attach", made.visit, photo)
    return made


def raw(profile):
    return closing(stores._connect(profile.store, keys.unwrap(profile.keys, PASSWORD)))


def become(profile, schema, *statements):
    """Another version of the program has worked on the file, and ended."""
    with raw(profile) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version={schema}")


def as_it_lies(profile):
    """Name, bytes and time of each file but the lock, and but SQLite's index of the journal."""
    return {
        path.relative_to(profile.folder): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in profile.folder.rglob("*")
        if path.is_file() and path.name not in ("lock", "dala.db-shm", "letters.json")
    }


COMMANDS = [
    ("list", "visit"), ("sync",), ("check",), ("backup",), ("attention",), ("late",),
    ("record", "visit"), ("show", "{visit}"), ("attach", "{visit}", "{photo}"),
    ("settle", "{visit}", "people"), ("review", "{visit}", "send"),
    ("erase", "{visit}", "--reason", "request"), ("carry", "deliver", "{photo}"),
    ("carry", "in", "{photo}"),
]  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_ends_with_5_and_changes_nothing(aidana, run, words):
    become(aidana.profile, NEWER)
    photo = aidana.folder.parent / "photo.png"
    before = as_it_lies(aidana.profile)

    told = [word.format(visit=aidana.visit, photo=photo) for word in words]
    code, out, err = run(*told, "--profile", aidana.folder, stdin=json.dumps(VISIT))

    assert (code, out) == (5, "")
    assert "Install the newer version" in err
    assert "letter on a stick" in err
    assert as_it_lies(aidana.profile) == before


def test_a_report_of_a_fault_says_what_it_is_and_changes_nothing(aidana, run):
    become(aidana.profile, NEWER)
    before = as_it_lies(aidana.profile)

    code, out, _ = run("diagnostics", "--profile", aidana.folder)

    assert code == 0
    assert "StoreNewer" in out
    assert as_it_lies(aidana.profile) == before


def test_what_waits_in_a_newer_file_leaves_as_a_letter_and_not_a_byte_changes(aidana, tmp_path):
    become(aidana.profile, NEWER)
    before = as_it_lies(aidana.profile)

    written = aidana("carry", "out", tmp_path / "letter.dala")

    assert (written["changes"], written["left"]) == (2, 0)
    assert written["files"] > 0
    assert as_it_lies(aidana.profile) == before
    assert not aidana.profile.store.with_name("dala.db-shm").exists()


def test_what_is_still_in_its_journal_leaves_too(aidana, tmp_path):
    lying = tmp_path / "lying"
    with raw(aidana.profile) as connection:  # the newer program died: nothing was moved in
        connection.execute(f"PRAGMA user_version={NEWER}")
        shutil.copytree(aidana.folder, lying)
    before = as_it_lies(Profile(lying))

    written = newer.write_letter(Profile(lying), PASSWORD, tmp_path / "letter.dala")

    assert written.changes == 2
    assert as_it_lies(Profile(lying)) == before


def by_letter_and_then_by_line(aidana, berik, tmp_path):
    """A letter of the newer file is delivered; the newer program edits on, and syncs."""
    become(aidana.profile, NEWER)
    aidana("carry", "out", tmp_path / "letter.dala")
    [delivered] = berik("carry", "deliver", tmp_path / "letter.dala")
    assert delivered["problem"] is None
    become(aidana.profile, migrations.SCHEMA)  # as the newer program will find it
    aidana("record", "visit", "--id", aidana.visit, stdin=json.dumps({"people": 77}))
    aidana("sync")
    berik("sync")
    return [row for row in berik("list", "visit") if row["id"] == aidana.visit]


def test_any_laptop_delivers_it_and_the_newer_program_doubles_nothing(aidana, commander, tmp_path):
    [visit] = by_letter_and_then_by_line(aidana, commander(), tmp_path)

    assert visit["people"] == 77
    assert not aidana.profile.letters.exists()
    assert aidana("carry", "in", tmp_path / "letter-reply.dala")["waiting"] == 0


def test_a_damaged_note_costs_no_edit_either(aidana, commander, tmp_path, monkeypatch):
    write = newer.write_whole
    monkeypatch.setattr(newer, "write_whole", lambda path, content: write(path, content[:-3]))

    [visit] = by_letter_and_then_by_line(aidana, commander(), tmp_path)

    assert visit["people"] == 77


def test_an_edit_put_into_one_that_had_left_would_be_lost(
    aidana, commander, tmp_path, monkeypatch
):
    """What the note beside the file is for."""
    monkeypatch.setattr(profiles, "take_notes", lambda profile, store: None)

    [visit] = by_letter_and_then_by_line(aidana, commander(), tmp_path)

    assert visit["people"] == VISIT["people"]


def test_the_note_is_on_the_disk_before_the_letter(aidana, tmp_path, monkeypatch):
    become(aidana.profile, NEWER)
    monkeypatch.setattr(newer.carried, "close", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        newer.write_letter(aidana.profile, PASSWORD, tmp_path / "letter.dala")

    assert len(newer._noted(aidana.profile.letters)) == 1
    assert not (tmp_path / "letter.dala").exists()


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE outbox_body RENAME COLUMN body TO said",
        "ALTER TABLE outbox RENAME TO edits",
        "ALTER TABLE fact RENAME TO facts",
        "UPDATE outbox_body SET body = CAST('{\"mood\":1,' || substr(CAST(body AS TEXT), 2) AS BLOB)",
        "UPDATE outbox_body SET body = x'00'",
    ],
)
def test_a_file_that_keeps_its_edits_otherwise_is_said_in_words(aidana, run, tmp_path, statement):
    become(aidana.profile, NEWER, statement)
    before = as_it_lies(aidana.profile)
    letter = tmp_path / "letter.dala"

    code, _, err = run("carry", "out", letter, "--profile", aidana.folder)

    assert code == 1
    assert "cannot write a letter of it" in err
    assert as_it_lies(aidana.profile) == before
    assert not letter.exists()


def test_a_letter_that_has_no_room_is_said_in_words(aidana, run, tmp_path):
    become(aidana.profile, NEWER)

    code, _, err = run("carry", "out", tmp_path / "none" / "x.dala", "--profile", aidana.folder)

    assert code == 1
    assert "disk is full, or access is denied" in err


def test_a_file_that_is_read_untouched_cannot_be_written(aidana):
    key = keys.unwrap(aidana.profile.keys, PASSWORD)
    store = stores.Store(aidana.profile.store, key, aidana.profile.copies, untouched=True)

    with closing(store), pytest.raises(StoreShut), store.begin() as session:
        session.execute(text("DELETE FROM fact"))
