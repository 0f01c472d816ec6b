"""The program by commands: data on stdout, words on stderr, and a code that says how it went."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import closing

import pytest
from PIL import Image

from desktop import keys
from desktop import store as stores
from desktop.folder import Profile
from desktop.lock import only_here
from sync.client import migrations
from tests.profiles import ISSUE, PASSWORD, VISIT


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["fly"],
        ["list", "drone"],
        ["show", "12"],
        ["record", "visit", "--id", "x"],
        ["show", "\udcff"],
        ["list", "visit", "--where", "topic=\udcd0"],
        ["attention", "retry"],
    ],
)
def test_wrong_usage_is_code_2(run, words):
    with pytest.raises(SystemExit) as caught:
        run(*words)

    assert caught.value.code == 2


def test_a_wrong_password_is_code_1(mine, run):
    code, out, err = run("list", "visit", "--profile", mine.folder, password="another one")

    assert (code, out) == (1, "")
    assert "Wrong password. Your work is safe" in err


def test_a_password_that_is_no_text_is_code_1(mine, run):
    code, out, err = run("list", "visit", "--profile", mine.folder, password="құпия\udcff")

    assert (code, out) == (1, "")
    assert "DALA_PASSWORD is not text in UTF-8" in err


def test_a_folder_of_nobody_is_code_1(run, tmp_path):
    code, _, err = run("list", "visit", "--profile", tmp_path / "new")

    assert (code, "enrol" in err) == (1, True)


def test_a_profile_in_use_is_code_3(mine, run):
    with only_here(Profile(mine.folder).lock):
        code, _, err = run("list", "visit", "--profile", mine.folder)

    assert (code, "already open" in err) == (3, True)


def test_a_damaged_file_is_code_4(mine, run):
    path = Profile(mine.folder).store
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)

    code, _, err = run("list", "visit", "--profile", mine.folder)

    assert (code, "Delete nothing" in err) == (4, True)


def test_damaged_keys_are_code_4(mine, run):
    Profile(mine.folder).keys.write_bytes(b"{")

    code, _, err = run("list", "visit", "--profile", mine.folder)

    assert (code, "keys.json" in err) == (4, True)


def test_a_newer_file_is_code_5(mine, run):
    profile = Profile(mine.folder)
    with closing(stores._connect(profile.store, keys.unwrap(profile.keys, PASSWORD))) as raw:
        raw.execute(f"PRAGMA user_version={migrations.SCHEMA + 1}")

    code, _, err = run("list", "visit", "--profile", mine.folder)

    assert (code, "newer version" in err) == (5, True)


def test_a_sound_file_is_found_sound(mine, tmp_path):
    id = mine("record", "visit", stdin=json.dumps(VISIT))["id"]
    Image.new("RGB", (20, 10)).save(tmp_path / "photo.png")
    mine("attach", id, tmp_path / "photo.png")

    assert mine("check") == {"sound": True, "file": [], "photos": 1, "photos_damaged": 0}


def test_a_page_that_is_damaged_is_found_by_the_check(mine, run):
    path = Profile(mine.folder).store
    content = bytearray(path.read_bytes())
    content[-2000 - 40 * 4096] ^= 1  # no page that opening reads
    path.write_bytes(content)

    code, out, _ = run("check", "--profile", mine.folder, "--json")

    assert code == 4
    assert json.loads(out)["sound"] is False


def test_a_photo_that_is_damaged_is_found_by_the_check(mine, run, tmp_path):
    id = mine("record", "visit", stdin=json.dumps(VISIT))["id"]
    Image.new("RGB", (20, 10)).save(tmp_path / "photo.png")
    mine("attach", id, tmp_path / "photo.png")
    next(Profile(mine.folder).photos.iterdir()).write_bytes(b"")

    code, out, _ = run("check", "--profile", mine.folder, "--json")

    assert (code, json.loads(out)["photos_damaged"]) == (4, 1)


def test_the_check_does_not_blame_the_file_for_a_photo(mine, run, tmp_path):
    id = mine("record", "visit", stdin=json.dumps(VISIT))["id"]
    Image.new("RGB", (20, 10)).save(tmp_path / "photo.png")
    mine("attach", id, tmp_path / "photo.png")
    next(Profile(mine.folder).photos.iterdir()).unlink()

    code, out, _ = run("check", "--profile", mine.folder)

    assert code == 4
    assert out == "The file is sound.\n1 photo or file is missing or damaged.\n"


def test_a_file_that_another_program_uses_is_code_3(mine, run, monkeypatch):
    monkeypatch.setattr(stores, "PATIENCE", 0)
    profile = Profile(mine.folder)
    with closing(stores._connect(profile.store, keys.unwrap(profile.keys, PASSWORD))) as other:
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("DELETE FROM draft")
        code, _, err = run("list", "visit", "--profile", mine.folder)

    assert (code, "Wait a moment" in err) == (3, True)


def test_enrolling_over_a_damaged_profile_says_so_and_changes_nothing(mine, run):
    Profile(mine.folder).store.write_bytes(b"garbage")
    words = ("enrol", "--server", "https://server.test", "--code", "x", "--profile", mine.folder)

    code, _, err = run(*words)

    assert (code, "damaged or missing" in err) == (4, True)
    assert Profile(mine.folder).store.read_bytes() == b"garbage"


def test_a_backup_opens_in_place_of_the_profile(mine, run, tmp_path):
    id = mine("record", "visit", stdin=json.dumps(VISIT))["id"]
    Image.new("RGB", (20, 10)).save(tmp_path / "photo.png")
    mine("attach", id, tmp_path / "photo.png")
    saved = mine("backup", "--to", tmp_path / "usb")["folder"]
    shutil.rmtree(mine.folder)
    shutil.copytree(saved, mine.folder)

    assert mine("show", id)["people"] == 4
    assert mine("check")["photos"] == 1


def test_diagnostics_tell_counts_and_nobodys_data(mine, run):
    mine("record", "issue", stdin=json.dumps(ISSUE))

    said = mine("diagnostics")

    assert (said["records"]["issue"], said["waiting"], said["keystore"]) == (1, 1, True)
    text = json.dumps(said, ensure_ascii=False)
    private = [mine.person[name] for name in ("id", "name", "district")]
    for word in (*private, ISSUE["essence"], ISSUE["village"], "server.test"):
        assert word not in text
    assert str(mine.folder) not in text


def test_diagnostics_of_a_file_that_cannot_be_opened_tell_why(mine, run):
    Profile(mine.folder).store.write_bytes(b"garbage")

    code, out, _ = run("diagnostics", "--profile", mine.folder, "--json")

    assert (code, json.loads(out)["not_opened"]) == (0, "StoreDamaged")


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_words_for_people_are_also_there_without_json(mine, run, lang):
    id = mine("record", "visit", stdin=json.dumps(VISIT))["id"]

    for words in (["list", "visit"], ["show", id], ["sync"], ["check"], ["diagnostics"]):
        code, out, err = run(*words, "--profile", mine.folder, "--lang", lang)
        assert (code, err) == (0, "")
        assert out.strip()


def test_the_commands_about_forms_are_there_too(run, capsys):
    with pytest.raises(SystemExit) as caught:
        run("rate", "--help")

    assert caught.value.code == 0


def test_the_password_is_not_left_to_other_processes(mine, run):
    run("list", "visit", "--profile", mine.folder)

    assert "DALA_PASSWORD" not in os.environ


def start(*words, **environment):
    return subprocess.run(
        [sys.executable, "-m", "desktop", *(w if isinstance(w, bytes) else str(w) for w in words)],
        env={
            **os.environ,
            "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
            "PYTHONIOENCODING": "cp1251",
            **environment,
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_a_real_process_speaks_kazakh_whatever_the_code_page(tmp_path):
    done = start("list", "visit", "--profile", tmp_path / "new", "--lang", "kk")

    assert done.returncode == 1
    assert done.stderr.decode("utf-8").strip()
    assert b"Traceback" not in done.stderr


def test_a_real_process_takes_bytes_that_are_no_text_as_wrong_usage(tmp_path):
    done = start("list", "visit", "--profile", tmp_path / "new", "--where", b"topic=\xff")

    assert done.returncode == 2
    assert b"argument 6 is not text in UTF-8" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_real_process_without_password_or_terminal_says_what_it_needs(mine):
    environment = dict.fromkeys(("PYTHONPATH",), "")
    done = start("list", "visit", "--profile", mine.folder, "--lang", "en", **environment)

    assert done.returncode == 1
    assert b"set DALA_PASSWORD" in done.stderr
