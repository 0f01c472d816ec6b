"""`census …`: numbers of people, as a script would load them and fit a wave to them."""

import json

import pytest

from desktop.surveys.bundled import rating_xform
from tests.servers import SOZAQ

WHOSE = ("--title", "Халық саны", "--source", "ҰСБ", "--on", "2026-01-01")


@pytest.fixture
def eset(commander):
    return commander("coordinator")


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "census.csv"
    path.write_text("аудан;sex;саны\nСозақ;female;5120\nСозақ;male;4900\n", "utf-8-sig")
    return path


def test_a_table_is_loaded_listed_and_chosen_for_a_wave(eset, table):
    form = eset("record", "form", stdin=json.dumps({"name": "Р", "xform": rating_xform()}))["id"]
    fields = {"title": "Күз", "form": form, "starts_on": "2026-11-01", "ends_on": "2026-11-30"}
    wave = eset("record", "wave", stdin=json.dumps(fields))["id"]

    checked = eset("census", "check", table)
    loaded = eset("census", "load", table, *WHOSE)
    eset("census", "fit", wave, loaded["id"])
    [listed] = eset("census", "list")
    told = eset("ratings", wave)
    eset("census", "fit", wave)

    assert (checked["people"], checked["districts"], checked["messages"]) == (10_020, [SOZAQ], [])
    assert (listed["title"], listed["counted_on"]) == ("Халық саны", "2026-01-01")
    assert listed["waves"] == ["Күз"]
    assert "Fitted to" not in told["passport"]["lines"]  # nobody answered yet
    assert eset("census", "list")[0]["waves"] == []


def test_of_a_table_with_a_fault_nothing_is_kept(eset, run, table, tmp_path):
    table.write_text("аудан;sex;саны\nАстана;female;many\n", "utf-8-sig")

    for words in (("check", table), ("load", table, *WHOSE)):
        code, _, err = run("census", *words, "--profile", eset.folder)
        assert code == 1
        assert "2: аудан: “Астана” is no district" in err
        assert "2: саны: “many” is no whole number" in err
    assert eset("census", "list") == []


def test_an_empty_table_is_written_once(eset, run, tmp_path):
    path = tmp_path / "empty.csv"
    eset("census", "table", "--to", path)

    code, _, err = run("census", "table", "--to", path, "--profile", eset.folder, "--json")

    assert (code, "is there already" in err) == (1, True)
    assert len(path.read_text("utf-8-sig").splitlines()) == 1 + 17 * 8
