"""`deadline`: a term by one command, without a profile."""

import json

import pytest

from desktop.cli import main


def asked(capsys, *words):
    code = main(["--lang", "en", "deadline", *words])
    out, err = capsys.readouterr()
    return code, out, err


def told(capsys, *words):
    code, out, err = asked(capsys, *words, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


def test_a_term_comes_with_the_steps_of_its_reckoning(capsys):
    found = told(capsys, "--received", "2025-03-08", "--rule", "appc-2021")

    assert found["due"] == "2025-04-04"
    assert [(one["step"], one["date"]) for one in found["steps"]] == [
        ("received", "2025-03-08"),
        ("registered", "2025-03-11"),
        ("term", "2025-04-04"),
        ("calendar", "2025-04-04"),
    ]
    assert all(one["text"] for one in found["steps"])
    assert found["steps"][2]["source"] == "APPC, art. 76"


def test_the_law_of_the_day_is_taken_where_no_rule_is_named(capsys):
    assert told(capsys, "--received", "2021-06-30")["rule"] == "law-2007"
    assert told(capsys, "--received", "2021-07-01")["rule"] == "appc-2021"


def test_extension_and_forwarding_are_steps(capsys):
    longer = told(capsys, "--received", "2025-03-05", "--extended-to", "2025-04-18",
                  "--extended-on", "2025-03-26")  # fmt: skip
    longest = told(capsys, "--received", "2025-03-05", "--extend")
    on = told(capsys, "--received", "2025-03-05", "--forwarded", "2025-03-07")
    part = told(capsys, "--received", "2025-03-05", "--forwarded", "2025-03-11", "--part")

    assert [one["due"] for one in (longer, longest, on)] == [
        "2025-04-18",
        "2025-05-05",
        "2025-04-03",
    ]
    assert longer["steps"][-1] | {"text": ""} == {
        "step": "notice", "date": "2025-03-31", "text": "", "source": "APPC, art. 76"
    }  # fmt: skip
    assert (part["due"], part["parts"]) == ("2025-04-01", [{"body": "", "due": "2025-04-04"}])


def test_a_moment_is_a_day_of_the_place(capsys):
    before = told(capsys, "--received", "2024-02-29T18:30:00+00:00")
    after = told(capsys, "--received", "2024-02-29T19:00:00+00:00")

    assert [one["steps"][0]["date"] for one in (before, after)] == ["2024-02-29", "2024-03-01"]


def test_people_read_the_day_the_steps_and_what_is_in_doubt(capsys):
    _, out, _ = asked(capsys, "--received", "2026-11-30")

    first, *steps, doubt = out.splitlines()
    assert first == "22.12.2026"
    assert "Working days: 15" in steps[1]
    assert doubt.startswith("  ? The moved days of 2026")


@pytest.mark.parametrize(
    "words",
    [
        ("--received", "1999-01-01"),
        ("--received", "9999-12-31"),
        ("--received", "2025-03-05", "--rule", "law-1868"),
        ("--received", "2025-03-05", "--forwarded", "2025-03-04"),
        ("--received", "2025-03-05", "--extend", "--extended-on", "9999-12-31"),
    ],
)
def test_what_cannot_be_reckoned_is_said(capsys, words):
    code, out, err = asked(capsys, *words)

    assert (code, out) == (1, "")
    assert err.strip()


@pytest.mark.parametrize(
    "day",
    [
        "",
        "05.03.2025",
        "2025-02-30",
        "tomorrow",
        "2025-03-05T",
        "٢٠٢٥-٠٣-٠٥",
        "0001-01-01T00:00:00+23:59",
    ],
)
def test_no_date_is_a_mistake_of_usage(capsys, day):
    with pytest.raises(SystemExit) as ended:
        asked(capsys, "--received", day)
    assert ended.value.code == 2
    assert "YYYY-MM-DD" in capsys.readouterr().err
