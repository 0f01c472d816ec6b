"""`quality --wave` and `officer whose`: an own wave by what laptops told of it."""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tests.told_waves import EACH, keep, rows

ENDED = (datetime.now(UTC).date() - timedelta(days=9)).isoformat()


@pytest.fixture
def eset(commander):
    return commander("coordinator")


@pytest.fixture
def wave(eset):
    made = eset("record", "wave", stdin=json.dumps({"title": "Күз", "ends_on": ENDED}))
    eset("sync")
    return made["id"]


def test_flags_and_the_counts_they_are_made_of_are_printed(eset, wave, server):
    keep(server, UUID(wave), rows())

    found = eset("quality", "--wave", wave)

    assert (found["wave"], found["pseudonyms"]) == (wave, 2 * EACH)
    flag = next(one for one in found["flags"] if one["measure"] == "flat")
    assert [line["name"] for line in flag["made_of"]] == ["With such a grid", "Without"]
    assert "People tire" in flag["text"]


def test_a_table_and_a_wave_at_once_or_neither_is_refused(run, eset, wave):
    for words in (["quality"], ["quality", "data.csv", "--wave", wave]):
        code, _, err = run(*words, "--profile", eset.folder)
        assert (code, "own survey" in err) == (1, True)


def test_a_table_needs_the_column_of_who_asked(run, tmp_path):
    code, _, err = run("quality", tmp_path / "data.csv")

    assert (code, "--interviewer" in err) == (1, True)


def test_who_may_not_check_is_refused(run, commander, wave):
    code, _, err = run("quality", "--wave", wave, "--profile", commander().folder)

    assert (code, "Only a coordinator" in err) == (1, True)


def test_an_officer_without_a_reason_is_refused(run, commander, wave):
    aigul = commander("integrity_officer")

    code, _, err = run(
        "officer", "whose", "0000-0000", "--wave", wave, "--profile", aigul.folder, stdin="because"
    )

    assert (code, "why this is to be known" in err) == (1, True)
