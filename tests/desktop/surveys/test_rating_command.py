"""`python -m desktop rate`: what it tells of a table, and how it refuses one."""

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main
from sync.language import speak

GOLDEN = Path(__file__).parents[2] / "golden" / "ratings"
SCHOOLS = ["--value", "api00", "--weight", "pw", "--psu", "dnum", "--fpc", "fpc"]
TYPES = f"stype={GOLDEN / 'stype.csv'}"
WIDE = f"sch.wide={GOLDEN / 'wide.csv'}"


def rate(capsys: pytest.CaptureFixture[str], file: Path, *options: str) -> dict[str, Any]:
    assert main(["rate", str(file), *options, "--json"]) == 0
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    return said


def refused(capsys: pytest.CaptureFixture[str], file: Path, *options: str) -> str:
    assert main(["--lang", "en", "rate", str(file), "--value", "score", *options]) == 1
    caught = capsys.readouterr()
    assert caught.out == ""
    assert "Traceback" not in caught.err
    return caught.err


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Two waves of five okrugs; in «d» only six people answer."""
    rows = [
        (
            place % 3 + 2 + (okrug == "c"),
            int(place % 3 == 0),
            okrug,
            place % 5,
            wave,
            "fm"[place % 2],
            5e-324,
        )
        for okrug, people in (("a", 60), ("b", 60), ("c", 60), ("d", 6), ("e", 60))
        for wave in ("1", "2")
        for place in range(people)
    ]
    path = tmp_path / "data.csv"
    text = "".join(",".join(map(str, row)) + "\n" for row in rows)
    path.write_text("score,glad,okrug,village,wave,sex,tiny\n" + text, encoding="utf-8")
    return path


def test_weights_are_fitted_to_a_census(capsys: pytest.CaptureFixture[str]) -> None:
    schools = GOLDEN / "apiclus1.csv"

    post = rate(capsys, schools, *SCHOOLS, "--poststratify", TYPES)
    raked = rate(capsys, schools, *SCHOOLS, "--rake", TYPES, "--rake", WIDE)

    assert f"{post['estimates'][0]['mean']:.2f}" == "642.31"
    assert f"{raked['estimates'][0]['se']:.3f}" == "23.704"
    assert raked["fitted"]["rounds"] > 1
    assert raked["fitted"]["joined"] == []


def test_the_rating_of_all_stands_beside_those_of_the_domains(
    capsys: pytest.CaptureFixture[str], table: Path
) -> None:
    found = rate(capsys, table, "--value", "score", "--domain", "okrug", "--rank")

    assert found["whole"]["domain"] is None
    assert [one["domain"] for one in found["estimates"]] == list("abcde")
    assert [one["published"] for one in found["estimates"]] == [False, True, True, False, True]
    assert [(r["domain"], r["best"], r["worst"], r["group"]) for r in found["ranks"]] == [
        *(("c", 1, 1, 1), ("b", 2, 3, 2), ("e", 2, 3, 2)),
    ]


def test_a_share_has_an_interval_of_its_own(
    capsys: pytest.CaptureFixture[str], table: Path
) -> None:
    (found,) = rate(capsys, table, "--value", "glad", "--share")["estimates"]

    assert 0.25 < found["low"] < found["mean"] < found["high"] < 0.4
    assert found["mean"] - found["low"] != pytest.approx(found["high"] - found["mean"], rel=1e-9)


def test_two_waves_have_a_change(capsys: pytest.CaptureFixture[str], table: Path) -> None:
    found = rate(capsys, table, "--value", "score", "--wave", "wave", "--domain", "okrug")

    assert found["estimates"][0]["n"] == 60  # of the last wave alone
    assert [(one["domain"], one["from"], one["to"]) for one in found["changes"]] == [
        (okrug, "1", "2") for okrug in "abcde"
    ]
    assert found["changes"][0].keys() >= {"value", "se", "df", "low", "high", "published"}
    assert not found["changes"][3]["published"]


def test_small_areas_are_shrunk_and_both_figures_shown(
    capsys: pytest.CaptureFixture[str], table: Path, tmp_path: Path
) -> None:
    (tmp_path / "areas.csv").write_text("okrug,roads\na,1\nb,2\nc,5\nd,3\ne,2\n")
    options = ["--value", "score", "--domain", "okrug", "--small-areas"]

    alone = rate(capsys, table, *options)
    helped = rate(capsys, table, *options[:-1], "--small-areas", str(tmp_path / "areas.csv"))

    for found in (alone, helped):
        assert found["small_areas"]["areas"] == 5
        assert all(one["shrunk"]["se"] for one in found["estimates"])
        assert found["notes"]
    assert alone["small_areas"]["between"] > helped["small_areas"]["between"]


def test_what_has_to_be_known_is_said_in_words(
    capsys: pytest.CaptureFixture[str], table: Path, tmp_path: Path
) -> None:
    speak("en")
    (tmp_path / "ages.csv").write_text("value,count\n0,10\n1,20\n2,20\n3,20\n4,20\n")
    lonely = ["--stratum", "okrug", "--psu", "okrug", "--lonely-psu", "average"]

    said = rate(capsys, table, "--value", "score", "--convenience")["notes"]
    said += rate(capsys, table, "--value", "score", *lonely)["notes"]

    assert "not a probability sample" in said[0]
    assert "Strata with one PSU only: 5. They were dealt with by “average”." in said[1]


def test_a_cell_that_was_joined_is_said(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    speak("en")
    (tmp_path / "data.csv").write_text("score,age\n" + "3,old\n4,young\n" * 20 + "5,oldest\n" * 4)
    (tmp_path / "age.csv").write_text("value,count\nyoung,9\nold,9\noldest,9\n")

    options = ["--value", "score", "--poststratify", f"age={tmp_path / 'age.csv'}"]
    found = rate(capsys, tmp_path / "data.csv", *options)

    assert found["fitted"]["joined"] == [{"column": "age", "value": "oldest", "to": "old"}]
    assert "they count with “old”" in found["notes"][0]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--rank"], "--rank needs --domain."),
        (["--small-areas"], "--small-areas needs --domain."),
        (["--wave", "okrug"], "the table has 5"),
        (["--wave", "nothing"], "no column “nothing”"),
        (["--share"], "a share is reckoned from 0 and 1, not from 2"),
        (["--poststratify", "sex"], "“sex” is not COLUMN=FILE."),
        (["--poststratify", "sex=nowhere.csv"], "“nowhere.csv” cannot be read"),
        (["--poststratify", "sex=bad", "--rake", "sex=bad"], "post-stratified by one column"),
        (["--rake", "sex=good", "--rake", "sex=good"], "“sex” appears twice"),
        (["--rake", "sex=bad"], "“none” is no number from 0 up"),
        (["--rake", "sex=minus"], "“-1” is no number from 0 up"),
        (["--rake", "sex=twice"], "the value “f” stands there before"),
        (["--rake", "sex=empty"], "has no counts"),
        (["--rake", "sex=headless"], "no column “value”"),
        (["--rake", "sex=binary"], "cannot be read"),
        (["--rake", "nothing=good"], "no column “nothing”"),
        (["--rake", "okrug=good"], "has no count above zero"),
        (["--rake", "sex=more"], "Nobody in the sample has “x”"),
        (["--domain", "okrug", "--small-areas", "areas"], "no row for “a”"),
        (["--domain", "okrug", "--small-areas", "words"], "“far” is no number"),
        (["--weight", "sex"], "“f” is no number"),
        (["--weight", "tiny"], "Row 1: a number is too small to be reckoned with."),
        (["--rake", "sex=huge"], "“1e300” is no number from 0 up"),
        (["--rake", "sex=nearly"], "“m” of the column “sex” has no count above zero"),
        (["--domain", "okrug", "--small-areas", "far"], "“1e99” is no number"),
        (["--weight", "glad"], "a weight is a number above zero"),
        (["--fpc", "glad"], "more units were drawn"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    table: Path,
    options: list[str],
    words: str,
) -> None:
    files = {
        "good": b"value,count\nf,10\nm,10\n",
        "bad": b"value,count\nf,none\n",
        "minus": b"value,count\nf,-1\n",
        "twice": b"value,count\nf,1\nf,2\n",
        "empty": b"value,count\nf,0\n",
        "headless": b"",
        "binary": b"value,count\n\xff\x00,1\n",
        "more": b"value,count\nf,1\nm,2\nx,3\n",
        "areas": b"name,x\nz,1\n",
        "huge": b"value,count\nf,1\nm,1e300\n",
        "nearly": b"value,count\nf,1\nm,1e-300\n",
        "far": b"name,x\na,1e99\n",
        "words": b"name,x\na,far\n",
    }
    for name, content in files.items():
        (table.parent / name).write_bytes(content)
    monkeypatch.chdir(table.parent)

    assert words in refused(capsys, table, *options)


def test_a_table_that_excel_saved_in_kazakhstan_rates_the_same(
    capsys: pytest.CaptureFixture[str], table: Path
) -> None:
    plain = rate(capsys, table, "--value", "score", "--domain", "okrug")
    lines = table.read_text(encoding="utf-8").splitlines()
    halves = [line.replace(",", ".5,", 1) for line in lines[1:]]
    text = "\r\n".join([lines[0], *halves]).replace(",", ";").replace(".5;", ",5;")
    table.write_bytes(text.encode("utf-8-sig"))

    excel = rate(capsys, table, "--value", "score", "--domain", "okrug")

    assert excel["left_out"] == plain["left_out"]
    for one, other in zip(excel["estimates"], plain["estimates"], strict=True):
        assert one["domain"] == other["domain"]
        if one["published"]:
            assert one["mean"] == pytest.approx(other["mean"] + 0.5)
