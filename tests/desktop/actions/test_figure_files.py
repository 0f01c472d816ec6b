"""Reports leave as tables: with their passport, noted, and without few people in one place."""

import csv
from datetime import date

import pytest
from openpyxl import load_workbook

from desktop.actions import exporting, figure_files, figures
from desktop.actions.figure_words import change_words, number_words, spoken_line, value_words
from desktop.actions.figures import Question
from desktop.figures.declared import Figure, Shape
from desktop.figures.periods import Span, period_of
from sync.errors import UserError
from sync.language import speak
from tests.ui.desks import record

TODAY = date(2026, 11, 29)
YEAR = period_of(Span.YEAR, TODAY)
VILLAGES = ("615647100", "615630100")


@pytest.fixture
def answer(desk):
    """Of issues by village: seven in one, three in the other."""

    def answer(by="village", place=""):
        question = Question("issues", YEAR, by, place)
        return figures.read_report(desk, question, TODAY)

    for at in range(10):
        said = {"essence": "=1+1", "category": "gas", "received_on": f"2026-03-{at + 1:02}"}
        record(desk, "issue", said | {"village": VILLAGES[at >= 7], "state": "closed"})
    return answer


def read(path):
    book = load_workbook(path)
    about, sheet = book.worksheets
    cover = [(row[0].value, row[1].value) for row in about.iter_rows()]
    return cover, [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_a_table_has_all_figures_beside_both_periods_and_its_passport(desk, answer, tmp_path):
    noted = figure_files.export(desk, answer("category"), tmp_path / "a.xlsx")
    cover, rows = read(tmp_path / "a.xlsx")

    assert rows[0][:5] == [
        "Category", "Received", "Received: period before", "Received: period before, difference",
        "Received: period before, %",
    ]  # fmt: skip
    assert rows[1][:5] == ["Gas supply", 10, 0, 10, None]
    assert rows[-1][0] == "All together"
    said = dict(cover)
    assert (said["Period"], said["Territory"]) == ("2026", "Sozak District")
    assert said["Export"] == noted.id
    assert "still runs" in " ".join(value for name, value in cover if name == "To know")
    assert exporting.exports(desk) == [noted]
    assert (noted.kind, noted.state, noted.rows) == ("figures", "issues", 2)
    assert exporting.kind_words(noted) == "Figures of a report"


def test_few_people_of_one_village_stay_inside(desk, answer, tmp_path):
    figure_files.export(desk, answer(), tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))

    received = {row[0]: row[1] for row in rows[1:]}
    # the one alone would follow from the sum of all, so the other stays inside with it
    assert set(received.values()) == {"fewer than 5", "10"}
    assert "7" not in {cell for row in rows for cell in row}


def test_of_a_whole_district_small_numbers_are_told(desk, answer, tmp_path):
    record(
        desk, "issue", {"category": "land", "received_on": "2026-03-01", "village": VILLAGES[0]}
    )
    figure_files.export(desk, answer("category"), tmp_path / "a.xlsx")

    assert read(tmp_path / "a.xlsx")[1][2][:2] == ["Land plots", 1]


def test_one_village_by_category_is_as_narrow(desk, answer, tmp_path):
    figure_files.export(desk, answer("category", VILLAGES[1]), tmp_path / "a.xlsx")

    assert read(tmp_path / "a.xlsx")[1][1][1] == "fewer than 5"


def test_nothing_is_written_or_noted_where_it_cannot_be(desk, answer, tmp_path):
    for path in (tmp_path / "a.txt", tmp_path / "none" / "a.xlsx"):
        with pytest.raises(UserError):
            figure_files.export(desk, answer(), path)

    assert exporting.exports(desk) == []
    assert list(tmp_path.glob("*.txt")) == []


def test_numbers_are_written_as_each_language_does():
    money = Figure("m", "Money", Shape.MONEY)
    assert value_words(money, 148_600_000) == "148\u00a0600\u00a0000"
    assert change_words(money, 3_500_000, 1_000_000) == "+2.5 m (+250\u00a0%)"
    assert change_words(Figure("s", "S", Shape.SHARE), 45.0, 50.04) == "−5.0 points"
    assert number_words(-0.04, 1, signed=True) == "0.0"
    speak("ru")
    assert value_words(Figure("s", "S", Shape.SHARE), 1234.56) == "1\u00a0234,6"


def test_a_line_is_one_sentence_for_who_does_not_see_it(answer):
    told = answer("category")

    assert spoken_line(told, told.lines[0]).startswith("Gas supply. Received: 10, change +10; ")
