"""`figures`: reports as a script would ask for them, on stdout and as a file."""

import json
import zipfile

import pytest


@pytest.fixture
def aidana(commander):
    return commander("activist")


@pytest.fixture
def issue(aidana):
    said = {"essence": "Су жоқ", "category": "gas", "village": "615647100"}
    return aidana("record", "issue", stdin=json.dumps(said | {"received_on": "2026-03-05"}))


def test_reports_are_listed_with_what_they_are_listed_by(aidana):
    told = {one["name"]: one for one in aidana("figures", "list")}

    assert "category" in told["issues"]["by"]
    assert told["projects"]["figures"]["paid"]


def test_a_report_is_told_with_both_other_periods(aidana, issue):
    told = aidana(
        "figures", "issues", "--by", "category", "--from", "2026-03-01", "--until", "2026-03-31"
    )

    assert told["before"] == {"from": "2026-01-29", "to": "2026-02-28"}
    line = told["lines"][0]
    assert (line["key"], line["figures"]["issues"]) == ("gas", 1)
    assert line["year_earlier"]["issues"] == {"value": 0, "difference": 1, "percent": None}
    assert told["whole"]["figures"]["issues"] == 1


def test_a_quarter_and_villages_not_visited_are_asked_for(aidana):
    told = aidana("figures", "coverage", "--by", "village", "--period", "quarter", "--on",
                  "2026-05-01", "--not-for", "30")  # fmt: skip

    assert told["period"] == {"from": "2026-04-01", "to": "2026-06-30"}
    assert len(told["lines"]) == told["whole"]["figures"]["villages"] > 10


def test_a_file_is_written_once_and_noted(aidana, issue, run, tmp_path):
    path = tmp_path / "a.xlsx"
    words = ("figures", "issues", "--period", "year", "--on", "2026-03-01", "--to", path)
    noted = aidana(*words)

    assert zipfile.is_zipfile(path)
    assert (noted["kind"], noted["state"]) == ("figures", "issues")
    code, _, err = run(*words, "--profile", aidana.folder)
    assert code == 1
    assert "is there already" in err


@pytest.mark.parametrize(
    "words", [("--from", "2026-03-01"), ("--from", "2026-03-02", "--until", "2026-03-01")]
)
def test_days_that_are_no_period_are_refused_in_words(aidana, run, words):
    code, out, err = run("figures", "issues", *words, "--profile", aidana.folder)

    assert (code, out) == (1, "")
    assert "Traceback" not in err


def test_the_weekly_report_of_the_district_is_a_word_file(aidana, issue, tmp_path):
    path = tmp_path / "a.docx"
    noted = aidana("figures", "district-week", "--on", "2026-03-05", "--to", path)

    assert zipfile.is_zipfile(path)
    assert noted["state"] == "district"
