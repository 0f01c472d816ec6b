"""`quality`: a table in, flags with rows and words out, bad tables told in words."""

import csv
import json
import random
from pathlib import Path

import pytest

from desktop.cli import main
from desktop.quality_command import _said
from sync.language import speak

EACH = 20
GRID = [f"g{n}" for n in range(6)]


@pytest.fixture(autouse=True)
def english():
    speak("en")


def table(path: Path, change=lambda rows: None) -> Path:
    """Six interviewers; i2 gives one mark along the grid and is done in five minutes."""
    chance = random.Random(1)
    rows = []
    for name in (f"i{n}" for n in range(6) for _ in range(EACH)):
        marks = [chance.choice("12345") for _ in GRID]
        if name == "i2":
            marks = [marks[0]] * len(GRID)
        minutes = "<5" if name == "i2" else "20-30"
        income = str(chance.randint(100, 120))
        rows.append([name, "north", minutes, "14", income, *marks])
    rows.insert(0, ["who", "where", "minutes", "hour", "income", *GRID])
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows(rows)
    return path


def quality(capsys, path: Path, *words: str) -> dict:
    code = main(["quality", str(path), "--interviewer", "who", "--json", *words])
    said = capsys.readouterr()
    assert (code, said.err) == (0, "")
    return json.loads(said.out)


def flags_of(document: dict) -> dict[str, dict]:
    return {flag["check"]: flag for flag in document["flags"]}


def test_flags_come_with_their_rows_and_words(capsys, tmp_path):
    document = quality(
        capsys, table(tmp_path / "data.csv"), "--grid", ",".join(GRID), "--minutes", "minutes"
    )

    assert (document["interviews"], document["interviewers"], document["left_out"]) == (120, 6, 0)
    flags = flags_of(document)
    assert flags["straight_lines"]["interviewer"] == "i2"
    assert flags["straight_lines"]["rows"] == list(range(42, 62))  # below the headings
    assert flags["short"]["stands_out"]
    assert "20 of 20" in flags["short"]["text"]
    assert any("Near-duplicates were not looked for" in said for said in document["not_checked"])


def test_words_are_in_the_language_that_was_asked_for(capsys, tmp_path):
    path = table(tmp_path / "data.csv")

    kazakh = quality(capsys, path, "--minutes", "minutes", "--lang", "kk")

    assert "минутқа жетпеген сұхбаттар" in flags_of(kazakh)["short"]["text"]


def test_for_people_there_is_a_line_for_each_flag(capsys, tmp_path):
    path = table(tmp_path / "data.csv")

    assert main(["quality", str(path), "--interviewer", "who", "--minutes", "minutes"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert any(one.startswith("i2: Short interviews") and "Rows: 42–61." in one for one in lines)


def test_nothing_to_be_seen_is_said(capsys, tmp_path):
    path = table(tmp_path / "data.csv", lambda rows: rows.__delitem__(slice(41, 62)))

    assert main(["quality", str(path), "--interviewer", "who", "--exclude", "minutes,hour"]) == 0

    assert "Nothing to look at again was found." in capsys.readouterr().out


def test_an_empty_line_does_not_move_the_rows_and_nobodys_row_is_left_out(capsys, tmp_path):
    def change(rows):
        rows.insert(5, [])
        rows.insert(9, ["", "north", "<5"])

    document = quality(capsys, table(tmp_path / "data.csv", change), "--minutes", "minutes")

    assert flags_of(document)["short"]["rows"] == list(range(44, 64))
    assert (document["left_out"], document["interviews"]) == (1, 120)


def test_numbers_are_looked_at_with_the_multiplier_that_was_given(capsys, tmp_path):
    path = table(tmp_path / "data.csv", lambda rows: rows[7].__setitem__(4, "1110"))

    found = quality(capsys, path, "--number", "income")
    wide = quality(capsys, path, "--number", "income", "--multiplier", "1000")

    assert flags_of(found)["numbers"]["rows"] == [8]
    assert "numbers" not in flags_of(wide)


def test_a_tenth_is_drawn_anew_each_time(capsys, tmp_path):
    path = table(tmp_path / "data.csv")

    draws = [tuple(quality(capsys, path, "--draw")["draw"]) for _ in range(8)]

    assert {len(drawn) for drawn in draws} == {12}  # two of each
    assert len(set(draws)) > 1
    assert all(2 <= row <= 121 for drawn in draws for row in drawn)


def test_the_hour_and_the_way_are_looked_at(capsys, tmp_path):
    def change(rows):
        rows[3][3] = "23"
        for row in rows[1:]:
            row[4:5] = ["20"]  # the way
        rows[0][4] = "way"
        rows[9][2] = "0-10"

    document = quality(
        capsys,
        table(tmp_path / "d.csv", change),
        "--hour",
        "hour",
        "--gap",
        "minutes",
        "--way",
        "way",
    )

    flags = {(one["check"], one["interviewer"]): one["rows"] for one in document["flags"]}
    assert flags["night", "i0"] == [4]
    assert flags["too_soon", "i0"] == [10]


def named(rows):
    """Each interview called by a number, in the place of the hour."""
    for number, row in enumerate(rows):
        row[3] = f"n{number}" if number else "id"


def again(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(["id,g0,g1", *rows]), encoding="utf-8")
    return path


def test_second_answers_are_compared_with_the_first(capsys, tmp_path):
    path = table(tmp_path / "data.csv", named)
    with path.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))
    other = "1" if rows[9][6] != "1" else "2"
    second = again(tmp_path / "again.csv", f"n9,{rows[9][5]},{other}", f"n3,{rows[3][5]},", "")

    asked = quality(capsys, path, "--again", str(second), "--id", "id")["asked_again"]

    assert asked["g0"] == {"n": 2, "error_rate": 0.0, "reliability": pytest.approx(1.0)}
    assert (asked["g1"]["n"], asked["g1"]["error_rate"]) == (1, 1.0)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["n1,1,1", "x,1,1"], "Row 3: no interview of the first table is called “x”"),
        (["n1,1,1", "n1,1,1"], "Row 3: “n1” stands here for the second time"),
    ],
)
def test_second_answers_of_nobody_are_refused_in_words(capsys, tmp_path, rows, said):
    path = table(tmp_path / "data.csv", named)
    second = again(tmp_path / "again.csv", *rows)
    words = ["quality", str(path), "--interviewer", "who", "--again", str(second), "--id", "id"]

    assert main(words) == 1

    assert said in capsys.readouterr().err


def first(cell):
    return lambda rows: rows[1].__setitem__(2, cell)


@pytest.mark.parametrize(
    ("change", "words", "said"),
    [
        (None, ["--interviewer", "nobody"], "has no column “nobody”"),
        (None, ["--interviewer", "who", "--stratum", "who"], "“who” is given for two things"),
        (None, ["--interviewer", "who", "--grid", "g0,g9"], "has no column “g9”"),
        (None, ["--interviewer", "who", "--exclude", "x"], "has no column “x”"),
        (None, ["--interviewer", "who", "--grid", "g0,g0"], "“g0” is given for two things"),
        (None, ["--interviewer", "who", "--number", "who"], "has no column “who”"),
        (None, ["--interviewer", "who", "--gap", "minutes"], "give both"),
        (None, ["--interviewer", "who", "--id", "hour"], "--again needs --id"),
        (first("soon"), ["--interviewer", "who", "--minutes", "minutes"], "Row 2: “soon” is neither"),
        (first("60-20"), ["--interviewer", "who", "--minutes", "minutes"], "Row 2: “60-20”"),
        (lambda rows: rows.__delitem__(slice(1, None)), ["--interviewer", "who"], "no interviews"),
        (lambda rows: rows[0].__setitem__(6, "g0"), ["--interviewer", "who"], "appears twice"),
    ],
)  # fmt: skip
def test_a_table_that_cannot_be_checked_is_refused_in_words(capsys, tmp_path, change, words, said):
    path = table(tmp_path / "data.csv", change or (lambda rows: None))

    assert main(["quality", str(path), *words]) == 1

    output = capsys.readouterr()
    assert output.out == ""
    assert said in output.err


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"PK\x03\x04",
        b'who\n"' + b"x" * 200_000,
        b"who\x00\n\x00\n",
        b"\n\n\n",
    ],
)
def test_what_is_no_table_is_refused_in_words(capsys, tmp_path, content):
    path = tmp_path / "data.csv"
    path.write_bytes(content)

    assert main(["quality", str(path), "--interviewer", "who"]) == 1

    assert "“" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_refused_in_words(capsys, tmp_path):
    assert main(["quality", str(tmp_path / "none.csv"), "--interviewer", "who"]) == 1

    assert "cannot be read" in capsys.readouterr().err


STRANGE = [
    "",
    "0",
    "1",
    "-1",
    "1e308",
    "-1e308",
    "1e-320",
    "nan",
    "inf",
    "∞",
    "٣",
    "=1+1",
    "x" * 99,
]


@pytest.mark.parametrize("seed", range(12))
def test_strange_cells_are_reckoned_with_or_let_be(capsys, tmp_path, seed):
    chance = random.Random(seed)
    few = chance.sample(STRANGE, chance.randint(2, 6))

    def change(rows):
        for row in rows[1:]:
            row[4:] = [chance.choice(few) for _ in row[4:]]

    path = table(tmp_path / "data.csv", change)
    document = quality(capsys, path, "--grid", ",".join(GRID), "--number", "income", "--draw")

    assert document["interviews"] == 120


@pytest.mark.parametrize("number", ["0", "-1", "nan", "inf", "much"])
def test_a_multiplier_is_a_number_above_zero(tmp_path, number):
    with pytest.raises(SystemExit) as stopped:
        main(["quality", "x.csv", "--interviewer", "who", "--multiplier", number])

    assert stopped.value.code == 2


def test_rows_are_said_as_ranges():
    assert _said([2, 3, 4, 9, 11, 12]) == "Rows: 2–4, 9, 11–12."


def test_a_table_that_excel_saved_in_kazakhstan_says_the_same(capsys, tmp_path):
    plain = table(tmp_path / "data.csv")
    excel = tmp_path / "excel.csv"
    text = plain.read_text(encoding="utf-8").replace(",", ";").replace("north", "солтүстік")
    excel.write_bytes(text.encode("kz1048"))
    words = ("--grid", ",".join(GRID), "--minutes", "minutes", "--number", "income")

    assert quality(capsys, excel, *words)["flags"] == quality(capsys, plain, *words)["flags"]
