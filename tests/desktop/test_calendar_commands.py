"""Working days and what is late, by commands: written by the coordinator, reckoned by a laptop."""

import json

import pytest

from tests.ui.desks import SOZAQ


@pytest.fixture
def eset(commander):
    return commander("coordinator")


def test_a_day_that_the_coordinator_moves_moves_the_term_of_everybody(eset, commander):
    aigul = commander()
    asked = ("deadline", "--received", "2026-11-30")
    assert aigul(*asked)["due"] == "2026-12-22"

    eset("calendar", "mark", "2026-12-04", "day_off", "№ 700")
    eset("sync")
    aigul("sync")
    assert aigul(*asked)["due"] == "2026-12-23"
    days = aigul("calendar", "show", "2026")["days"]
    assert [one["words"] for one in days if one["day"] == "2026-12-04"] == [
        "04.12.2026 (№ 700, moved day off)"
    ]

    assert len(eset("calendar", "take-back", "2026-12-04")["taken_back"]) == 1
    eset("sync")
    aigul("sync")
    assert aigul(*asked)["due"] == "2026-12-22"


def test_a_year_is_entered_whole_and_doubts_go(eset):
    asked = ("deadline", "--received", "2026-11-02")
    assert eset(*asked)["doubts"]

    eset("calendar", "mark", "2026-01-01", "whole_year", "№ 800")
    assert eset("calendar", "show", "2026")["known"]
    assert eset(*asked)["doubts"] == []

    assert eset("calendar", "take-back", "2026-01-01")["taken_back"]
    assert eset(*asked)["doubts"]


def test_what_is_late_is_told_with_whose_answer_is_awaited(eset, run, commander, tmp_path):
    issue = {"essence": "Су жоқ", "village": "615647100", "handed_to": "Әкімдік",
             "handed_on": "2026-11-02"}  # fmt: skip
    id = eset("record", "issue", stdin=json.dumps(issue))["id"]

    assert eset("overdue", "--on", "2026-11-23") == []
    [late] = eset("overdue", "--on", "2026-11-30", "--days", "7")
    assert late == {
        "id": id, "kind": "issue", "number": None, "district": SOZAQ, "essence": "Су жоқ", "clock": "answer",
        "body": "Әкімдік", "due": "2026-11-23", "late": 7,
    }  # fmt: skip
    assert eset("overdue", "--on", "2026-11-30", "--days", "8") == []
    assert eset("overdue", "--on", "2026-11-30", "--body", "Полиция") == []
    assert len(eset("overdue", "--on", "2026-11-30", "--kind", "issue")) == 1
    noted = eset("overdue", "--on", "2026-11-30", "--to", tmp_path / "late.pdf")
    assert (noted["kind"], noted["rows"]) == ("overdue", 1)
    assert (tmp_path / "late.pdf").read_bytes().startswith(b"%PDF")

    code, out, err = run("overdue", "--profile", commander().folder, "--json")
    assert (code, out) == (1, "")
    assert "leaders and coordinators" in err


@pytest.mark.parametrize(
    "words",
    [
        ("show", "99999"),
        ("mark", "1990-01-01", "day_off", "№ 1"),
        ("mark", "2026-12-04", "day_off", ""),
    ],
)
def test_what_cannot_be_written_down_is_said(eset, run, words):
    code, out, err = run("calendar", *words, "--profile", eset.folder)

    assert (code, out) == (1, "")
    assert err.strip()
