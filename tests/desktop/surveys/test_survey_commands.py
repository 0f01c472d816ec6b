"""The commands about forms and ratings: their documents, words and exit codes."""

import argparse
import json
import os
from collections.abc import Iterator
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from time import thread_time

import pytest

import resources
from desktop.surveys.bundled import rating_xform
from desktop.surveys.commands import add_commands
from sync.errors import UserError
from sync.language import speak, tr
from tests.desktop.surveys.hostile import LINES


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers(required=True))
    arguments = parser.parse_args(words)
    return int(arguments.run(arguments))


@pytest.fixture
def xform(tmp_path: Path) -> Path:
    path = tmp_path / "rating.xml"
    path.write_text(rating_xform(), encoding="utf-8")
    return path


def test_check_gives_its_verdict(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "bad.xlsx").write_bytes(b"no")
    with resources.path("forms", "rating.xlsx") as good:
        codes = (
            run("form", "check", str(good), "--json"),
            run("form", "check", str(tmp_path / "bad.xlsx"), "--json"),
        )

    right, wrong = map(json.loads, capsys.readouterr().out.splitlines())
    assert codes == (0, 1)
    assert right == {"ok": True, "messages": []}
    assert wrong["messages"][0].keys() == {"sheet", "row", "column", "text"}


def test_check_says_a_good_verdict_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    speak("en")
    with resources.path("forms", "rating.xlsx") as good:
        run("form", "check", str(good))

    assert capsys.readouterr().out == "The form can be used.\n"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_form_that_is_not_there_is_said_in_the_language_chosen(
    capsys: pytest.CaptureFixture[str], language: str
) -> None:
    speak(language)

    assert run("form", "check", "nowhere.xlsx") == 1
    assert capsys.readouterr().err == tr("There is no file “{name}”.", name="nowhere.xlsx") + "\n"


def test_run_shows_the_form_after_answers(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, xform: Path
) -> None:
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps({"/data/awareness": "well", "/data/person/household": 99}))

    code = run("form", "run", str(xform), "--answers", str(answers), "--json")

    states = json.loads(capsys.readouterr().out)
    assert code == 0
    assert states["/data/marks/honest"] == {
        "relevant": True,
        "required": True,
        "readonly": False,
        "value": "",
        "valid": False,
        "choices": ["1", "2", "3", "4", "5", "dk", "refused"],
    }
    assert states["/data/person/household"]["value"] == "99"
    assert not states["/data/person/household"]["valid"]


@pytest.mark.parametrize(
    "answers",
    [
        *("{", "[]", '{"/data/nothing": 1}', '{"/data/awareness": {"a": 1}}'),
        *('{"/data/awareness": [[1]]}', "[" * 100_000),
    ],
    ids=lambda text: text[:20],
)
def test_answers_that_cannot_be_taken_are_refused(
    tmp_path: Path, xform: Path, answers: str
) -> None:
    (tmp_path / "answers.json").write_text(answers)

    with pytest.raises(UserError):
        run("form", "run", str(xform), "--answers", str(tmp_path / "answers.json"), "--json")


def test_xpath_answers_line_by_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "i.xml").write_text("<data><a>1</a><a>2</a></data>")
    lines = "1 + 1\n'x\n/data/a\n1 div 0\n\ndate('2025-03-01')\n"
    monkeypatch.setattr("sys.stdin", StringIO(lines))

    code = run("xpath", "--instance", str(tmp_path / "i.xml"))

    two, wrong, nodes, infinite, day = map(json.loads, capsys.readouterr().out.splitlines())
    assert code == 0
    assert two == {"type": "number", "value": 2.0}
    assert wrong.keys() == {"error"}
    assert nodes == {"type": "nodeset", "value": ["1", "2"]}
    assert infinite["value"] == "Infinity"
    assert day == {"type": "date", "value": "2025-03-01"}


def test_a_hostile_line_costs_two_seconds_at_most_and_the_next_one_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    nodes = "".join(f"<a>{n}</a>" for n in range(3_000))
    (tmp_path / "i.xml").write_text(f"<data>{nodes}</data>")
    took: list[float] = []
    hostile = LINES if "DALA_SOAK" in os.environ else LINES[::4]

    def lines() -> Iterator[str]:
        for line in hostile:
            began = thread_time()
            yield line + "\n"
            took.append(thread_time() - began)
            yield "count(//a)\n"

    monkeypatch.setattr("sys.stdin", lines())
    code = run("xpath", "--instance", str(tmp_path / "i.xml"))

    answers = list(map(json.loads, capsys.readouterr().out.splitlines()))
    assert code == 0
    assert max(took) < 2
    assert all(one.keys() in ({"error"}, {"type", "value"}) for one in answers[::2])
    assert answers[1::2] == [{"type": "number", "value": 3000.0}] * len(hostile)


def test_lines_that_are_no_text_are_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = TextIOWrapper(BytesIO(b"1 + 1\n\xff\xfe\n"), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", lines)

    with pytest.raises(UserError) as caught:
        run("xpath")

    assert "UTF-8" in caught.value.words("en")


def test_xpath_sees_a_whole_form(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, xform: Path
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO("count(instance('mark')/root/item)\n"))

    run("xpath", "--instance", str(xform))

    assert json.loads(capsys.readouterr().out)["value"] == 7.0


def test_rate_estimates_by_domain(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    table = tmp_path / "data.csv"
    table.write_text(
        "score,village,who\n"
        + "".join(f"{i % 5},v{i % 8},{'ab'[i % 2]}\n" for i in range(80))
        + "dk,v1,a\n"
    )

    code = run(
        "rate", str(table), "--value", "score", "--psu", "village", "--domain", "who", "--json"
    )

    document = json.loads(capsys.readouterr().out)
    first, second = document["estimates"]
    assert code == 0
    assert document["left_out"] == {"empty": 0, "not_a_number": 1}
    assert (first["domain"], first["n"], second["domain"], second["n"]) == ("a", 40, "b", 40)
    assert list(first) == [
        *("domain", "n", "mean", "se", "df", "low", "high"),
        *("deff", "n_effective", "published", "why", "asked", "response_rate"),
    ]


def test_rate_says_in_words_what_was_left_out(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    speak("en")
    (tmp_path / "data.csv").write_text("score,who\n5,a\n,b\ndk,c\nnan,d\ninf,e\n")

    run("rate", str(tmp_path / "data.csv"), "--value", "score")

    assert "4 rows were left out: 1 empty, 3 without a number." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a\n1\n", "no column"),
        ("score,weight\n1,x\n", "no number"),
        ("score,weight\n5,1\n1e308,1\n", "Row 2: a number is too large"),
        ("score,weight\n5,1e308\n", "Row 1: a number is too large"),
        ("score,weight\ngood,1\n,1\n", "The column “score” has no numbers."),
        ("score,weight\n", "The column “score” has no numbers."),
        ("score,weight,score\n1,1,2\n", "The column “score” appears twice."),
    ],
)
def test_a_table_that_does_not_fit_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "data.csv").write_text(text)

    with pytest.raises(UserError) as caught:
        run("rate", str(tmp_path / "data.csv"), "--value", "score", "--weight", "weight")

    assert words in caught.value.words("en")
