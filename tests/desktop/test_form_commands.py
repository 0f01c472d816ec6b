"""Forms by commands: a coordinator's shelf without a screen."""

import json

from desktop.surveys.bundled import bundled_forms, rating_xform
from desktop.surveys.form import load_form

VERSION = load_form(rating_xform()).version


def second(folder):
    path = folder / "second.xml"
    xform = rating_xform().replace(f'version="{VERSION}"', 'version="next"')
    path.write_text(xform.replace("age_group", "age"))
    return path


def test_a_form_is_published_and_its_new_version_says_what_changed(commander, tmp_path):
    coordinator = commander("coordinator")
    (tmp_path / "first.xml").write_text(rating_xform())

    first = coordinator("form", "publish", tmp_path / "first.xml", "--name", "Рейтинг")
    newer = coordinator("form", "publish", second(tmp_path), "--name", "Рейтинг")

    assert (first["version"], first["differences"], first["use"]) == (VERSION, [], "survey")
    assert (newer["version"], newer["differences"][0]["breaks"]) == ("next", True)
    listed = coordinator("form", "list")
    assert [(one["id"], one["version"]) for one in listed] == [
        (newer["id"], "next"),
        (first["id"], VERSION),
    ]


def test_a_form_of_the_program_is_published_by_its_key(commander):
    coordinator = commander("coordinator")

    published = coordinator("form", "publish", "rating")

    assert published["name"] in bundled_forms()[0].names.values()
    assert coordinator("form", "list")[0]["questions"] > 10


def test_an_activist_publishes_nothing(run, mine, tmp_path):
    code, _, err = run("form", "publish", "rating", "--profile", mine.folder)

    assert code == 1
    assert "not change it" in err


def test_what_is_wrong_is_said_before_the_refusal(run, mine, tmp_path):
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"garbage")

    code, out, err = run("form", "publish", bad, "--profile", mine.folder)

    assert (code, out) == (1, "")
    assert "not an Excel workbook" in err
    assert "put right" in err


def test_a_form_is_tried_and_compared_without_a_profile(run, tmp_path):
    (tmp_path / "first.xml").write_text(rating_xform())

    code, out, _ = run("form", "try", tmp_path / "first.xml", "--times", "6", "--json")
    assert code == 0
    tried = json.loads(out)
    assert (tried["interviews"], tried["asked"]) == (6, tried["questions"])

    code, out, _ = run("form", "compare", tmp_path / "first.xml", second(tmp_path))
    assert (code, out) == (0, "“age_group” is now called “age”: “Age”\n")


def test_the_workbook_of_a_form_of_the_program_is_saved_but_not_over_another_file(run, tmp_path):
    path = tmp_path / "mine.xlsx"

    assert run("form", "bundled", "rating", "--to", path)[0] == 0
    assert path.read_bytes() == bundled_forms()[0].workbook()
    code, _, err = run("form", "bundled", "rating", "--to", path)
    assert code == 1
    assert "already" in err
    assert "rating" in run("form", "bundled")[1]
    assert "rating" in run("form", "bundled", "nothing")[2]
