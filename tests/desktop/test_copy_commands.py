"""`backup | restore | check`, as a script would use them."""

import json
import shutil

import pytest

from desktop.folder import Profile
from tests.profiles import PASSWORD, VISIT

OTHER = "жаңа құпия сөз"


def visit(mine, people):
    mine("record", "visit", stdin=json.dumps({**VISIT, "people": people}))


def people(mine):
    return sorted(row["people"] for row in mine("list", "visit"))


def test_an_older_state_is_restored_and_synced_only_when_that_is_said(mine, run):
    visit(mine, 1)
    mine("backup")
    visit(mine, 2)

    [copy] = mine("restore", "--list")
    restored = mine("restore")

    assert (copy["records"], copy["waiting"]) == (1, 1)
    assert (restored["copy"], restored["code"]) == (copy["copy"], "")
    assert people(mine) == [1]
    code, _, err = run("sync", "--profile", mine.folder)
    assert (code, "restored from a copy" in err) == (1, True)
    assert mine("sync", "--restored")["sent"] == 1
    assert mine("sync")["sent"] == 0


def test_a_file_that_cannot_be_read_is_mended_by_any_command_and_that_is_said_once(mine, run):
    visit(mine, 1)
    mine("backup")
    visit(mine, 2)
    Profile(mine.folder).store.write_bytes(b"spoiled")

    code, out, err = run("list", "visit", "--profile", mine.folder, "--json")
    assert (code, len(json.loads(out))) == (0, 2)
    assert "1 edit recorded since is back from the journal" in err
    assert run("list", "visit", "--profile", mine.folder)[2] == ""
    code, _, err = run("sync", "--profile", mine.folder)
    assert (code, "is back from the journal" in err) == (1, True)
    assert mine("sync", "--restored")["sent"] == 2


def test_a_restore_of_a_file_that_cannot_be_read_brings_what_came_after_the_copy(mine, run):
    visit(mine, 1)
    mine("backup")
    visit(mine, 2)
    Profile(mine.folder).store.write_bytes(b"spoiled")

    code, _, err = run("restore", "--profile", mine.folder)

    assert (code, "1 edit recorded since is back from the journal" in err) == (0, True)
    assert people(mine) == [1, 2]


def test_a_check_that_finds_damage_has_the_file_mended(mine, run):
    visit(mine, 1)
    mine("backup")
    visit(mine, 2)
    store = Profile(mine.folder).store
    content = bytearray(store.read_bytes())
    content[-3000 - 40 * 4096] ^= 1  # a page that opening does not read
    store.write_bytes(content)
    assert run("check", "--profile", mine.folder)[0] == 4

    code, out, err = run("check", "--repair", "--profile", mine.folder)

    assert (code, "All is sound" in out) == (0, True)
    assert "is back from the journal" in err
    assert people(mine) == [1, 2]


def test_one_of_several_copies_is_named(mine, run):
    for number in (1, 2):
        visit(mine, number)
        mine("backup")
    newest, oldest = [one["copy"] for one in mine("restore", "--list")]

    mine("restore", "--copy", oldest)
    assert people(mine) == [1]
    mine("restore", "--copy", newest)
    assert people(mine) == [1, 2]

    code, _, err = run("restore", "--copy", "other", "--profile", mine.folder)
    assert (code, "--list" in err) == (1, True)


def test_a_wrong_password_restores_nothing(mine, run):
    visit(mine, 1)
    mine("backup")
    visit(mine, 2)

    code, _, err = run("restore", "--profile", mine.folder, password="another password")

    assert (code, "Wrong password" in err) == (1, True)
    assert people(mine) == [1, 2]


def test_on_another_computer_the_recovery_code_opens_the_copy(mine, run, tmp_path, monkeypatch):
    visit(mine, 1)
    code = mine("recovery")["code"]
    usb = tmp_path / "usb"
    mine("backup", "--to", usb)
    shutil.rmtree(mine.folder)
    monkeypatch.setenv("DALA_RECOVERY_CODE", code)
    monkeypatch.setenv("DALA_NEW_PASSWORD", OTHER)

    restored = mine("restore", "--from", usb, "--code")

    assert restored["code"] not in ("", code)
    result, out, _ = run("list", "visit", "--profile", mine.folder, "--json", password=OTHER)
    assert (result, [row["people"] for row in json.loads(out)]) == (0, [1])
    assert run("list", "visit", "--profile", mine.folder, password=PASSWORD)[0] == 1


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_copies_are_listed_in_words_too(mine, run, lang):
    mine("backup")

    code, out, err = run("restore", "--list", "--profile", mine.folder, "--lang", lang)

    assert (code, err) == (0, "")
    assert out.startswith("dala-")


def test_a_second_place_is_chosen_filled_restored_from_and_given_up(mine, run, tmp_path):
    visit(mine, 1)
    stick = tmp_path / "stick"
    own = mine("backup", "--place", stick)["folder"]
    visit(mine, 2)

    [copy] = mine("restore", "--list", "--from", stick)
    assert own.startswith(str(stick))
    mine("restore", "--from", stick, "--copy", copy["copy"])

    assert people(mine) == [1]
    assert mine("backup", "--no-place") == {"folder": None}


def test_a_check_puts_photos_right_and_says_what_cannot_be_had_back(mine, run, tmp_path):
    visit(mine, 1)
    record = mine("list", "visit")[0]["id"]
    photo = tmp_path / "photo.txt"
    photo.write_text("Су", encoding="utf-8")
    mine("attach", record, photo)
    mine("backup")
    [kept] = Profile(mine.folder).photos.iterdir()
    assert mine("check", "--repair")["sound"]
    kept.unlink()

    assert mine("check", "--repair")["from_copies"] == 1
    kept.unlink()
    shutil.rmtree(Profile(mine.folder).copies)
    code, out, _ = run("check", "--repair", "--profile", mine.folder)

    assert (code, "no copy has it" in out) == (4, True)
