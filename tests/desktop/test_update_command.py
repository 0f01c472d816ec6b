"""`update …` as a script calls it."""

import json

import pytest

from desktop.cli import main
from desktop.updates import trust, versions
from desktop.updates.versions import Programs
from sync import VERSION
from tests.releases import LIBRARY, Region


@pytest.fixture
def region(tmp_path, monkeypatch):
    """A region, and a laptop whose program was built with its root."""
    made = Region(tmp_path / "region")
    monkeypatch.setattr(trust, "root_of_trust", lambda: made.root)
    return made


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    programs = Programs(tmp_path / "programs")
    monkeypatch.setattr(versions, "this_users_programs", lambda: programs)

    def command(*words):
        code = main(["--lang", "en", "update", *(str(word) for word in words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def test_a_program_without_a_regions_key_says_so(run, tmp_path):
    code, out, err = run("check", "--from", tmp_path)

    assert (code, out) == (6, "")
    assert "built without the key of a region" in err


def test_check_tells_of_a_newer_version_and_changes_nothing(run, region):
    region.offer("0.2.0")

    code, out, _ = run("check", "--from", region.repository, "--json")

    said = json.loads(out)
    assert code == 0
    assert (said["current"], said["found"]) == (VERSION, "0.2.0")
    assert run("check", "--from", region.repository)[1].startswith(
        "There is a newer version: 0.2.0"
    )


def test_install_and_back(run, region):
    size = region.offer("0.2.0").stat().st_size

    code, out, _ = run("install", "--from", region.repository, "--json")

    said = {"installed": "0.2.0", "bytes": size, "current": "0.2.0"}
    assert (code, json.loads(out)) == (0, said)
    assert "newest version: 0.2.0" in run("install", "--from", region.repository)[1]
    code, out, _ = run("back", "--json")
    assert (code, json.loads(out)) == (0, {"current": VERSION})
    code, _, err = run("back")
    assert code == 1
    assert "no version to go back to" in err


def test_how_much_comes_of_what_changed_is_told_before_and_after(run, region):
    region.offer("0.2.0", library=LIBRARY)
    run("install", "--from", region.repository)
    package = region.offer("0.3.0", library=LIBRARY + b"x").stat().st_size
    delta = region.delta().stat().st_size

    said = json.loads(run("check", "--from", region.repository, "--json")[1])
    assert (said["bytes"], said["package_bytes"]) == (delta, package)
    assert "Only what changed comes: 1 KB." in run("check", "--from", region.repository)[1]
    code, out, _ = run("install", "--from", region.repository, "--json")
    assert (code, json.loads(out)["bytes"]) == (0, delta)


def test_that_the_whole_package_was_taken_instead_is_said(run, region):
    region.offer("0.2.0", library=LIBRARY)
    run("install", "--from", region.repository)
    region.offer("0.3.0", library=LIBRARY + b"x")
    region.delta().unlink()

    code, out, _ = run("install", "--from", region.repository)

    assert code == 0
    assert out.startswith("Version 0.3.0 is installed.")
    assert "the whole package is taken: 1 MB" in out


def test_going_back_behind_the_files_schema_is_said_first(run, region):
    region.offer("0.2.0", schema=10_000)
    run("install", "--from", region.repository)

    code, _, err = run("back")

    assert code == 1
    assert "Sync first" in err
    assert json.loads(run("check", "--from", region.repository, "--json")[1])["current"] == "0.2.0"
    assert run("back", "--anyway")[0] == 0


def test_what_is_tampered_with_ends_with_6_and_words(run, region):
    package = region.offer("0.2.0")
    package.write_bytes(package.read_bytes()[::-1])

    code, out, err = run("install", "--from", region.repository)

    assert (code, out) == (6, "")
    assert "not as the region signed them" in err
    assert not (region.folder.parent / "programs" / "current.json").exists()


def test_a_version_that_did_not_come_up_is_not_offered_again(run, region, tmp_path):
    region.offer("0.2.0")
    run("install", "--from", region.repository)
    versions.go_back(versions.this_users_programs(), failed="0.2.0")

    said = json.loads(run("check", "--from", region.repository, "--json")[1])

    assert (said["found"], said["failed"]) == (None, "0.2.0")
    assert "did not come up here" in run("check", "--from", region.repository)[1]


def test_nothing_is_asked_where_no_address_is_set(run, region, tmp_path):
    code, _, err = run("check", "--profile", tmp_path / "profile")

    assert code == 1
    assert "No address of updates is set" in err


def test_the_address_is_set_shown_and_taken_away(run, tmp_path):
    at = ("--profile", tmp_path / "profile")

    assert run("address", "https://example.kz/dala/", *at)[1] == "https://example.kz/dala\n"
    assert run("address", *at)[1] == "https://example.kz/dala\n"
    assert run("address", "example.kz", *at)[0] == 1
    assert run("address", "", *at)[1] == "-\n"


def test_a_folder_without_updates_is_named(run, region, tmp_path):
    code, _, err = run("check", "--from", tmp_path)

    assert code == 1
    assert "no folder with updates" in err
