"""A table of population counts: read from Excel and CSV, and what is said of one that is wrong."""

from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from desktop.surveys.census.grid import Grid, read_grid
from desktop.surveys.census.kept import read, written
from desktop.surveys.census.table import MOST_TOLD, check
from desktop.surveys.ratings.population import Population
from sync.errors import UserError
from sync.language import LANGUAGES
from sync.places import load_pack

PACK = load_pack()
SOZAQ, ARYS = "615600000", "611600000"
HEAD = ["аудан", "Жынысы", "age_group", "саны"]
GOOD = [
    ["Созақ ауданы", "female", "18-29", "5120"],
    ["Созақ ауданы", "female", "30+", "7 300"],
    ["Созақ ауданы", "male", "18-29", "5 000,0"],
    ["Созақ ауданы", "male", "30+", "6900"],
]


def grid(*rows: list[str]) -> Grid:
    return Grid("Халық", dict(enumerate(rows, 1)))


def said(*rows: list[str]) -> list[tuple[int | None, str | None, str]]:
    """(row, column, words) of what is said."""
    found = check(grid(*rows), PACK)
    assert found.population is None
    return [(one.row, one.column, one.text.words("en")) for one in found.messages]


def test_counts_are_by_district_and_by_what_the_columns_name() -> None:
    found = check(grid(HEAD, *GOOD), PACK).population

    assert found is not None
    assert found.questions == ("sex", "age_group")
    assert found.counts[SOZAQ, ("female", "30+")] == 7300
    assert found.size(SOZAQ) == 5120 + 7300 + 5000 + 6900


@pytest.mark.parametrize(
    "name", [SOZAQ, "Созақ", "созак ауданы", "Сузакский район", "Sozak district"]
)
def test_a_district_is_known_by_its_code_and_by_its_name_in_each_language(name: str) -> None:
    found = check(grid(["район", "count"], [name, "9"]), PACK).population

    assert found is not None
    assert list(found.counts) == [(SOZAQ, ())]


def test_an_empty_cell_is_all_groups_so_margins_stand_below_each_other() -> None:
    found = check(
        grid(
            ["sex", "age_group", "count"],
            ["female", "", "60"], ["male", "", "40"], ["", "18-29", "30"], ["", "30+", "70"],
        ),
        PACK,
    ).population  # fmt: skip

    assert found is not None
    assert found.margin("", 0) == {"female": 60, "male": 40}
    assert found.margin("", 1) == {"18-29": 30, "30+": 70}
    assert not found.cells("")


@pytest.mark.parametrize(
    ("rows", "row", "column", "words"),
    [
        ([["аудан", "sex"], ["Созақ", "f"]], 1, None, "Call it “count”"),
        ([HEAD, ["Созақ", "f", "a", "many"]], 2, "саны", "“many” is no whole number"),
        ([HEAD, ["Созақ", "f", "a", "-5"]], 2, "саны", "“-5” is no whole number"),
        ([HEAD, ["Созақ", "f", "a"]], 2, "саны", "“” is no whole number"),
        ([HEAD, ["Астана", "f", "a", "5"]], 2, "аудан", "“Астана” is no district"),
        ([HEAD, ["", "f", "a", "5"]], 2, "аудан", "The district is missing"),
        ([HEAD, *GOOD, GOOD[0]], 6, None, "counted in row 2 already"),
        ([HEAD, ["Созақ", "f|m", "a", "5"]], 2, "Жынысы", "one of the signs"),
        ([[*HEAD, "sex"], [*GOOD[0], "f"]], 1, "sex", "Two columns are called “sex”"),
        ([[*HEAD, ""], [*GOOD[0], "f"]], 1, "E", "This column has no name"),
        ([HEAD], None, None, "The table is empty"),
        ([HEAD, *GOOD[:3]], None, None, "the count of “male · 30+” is missing"),
        ([["аудан", "саны"], ["Созақ", "0"]], None, None, "nobody lives"),
        (
            [HEAD, *GOOD, ["Созақ", "female", "", "1"], ["Созақ", "male", "", "9"]],
            None,
            None,
            "add up to 24\u00a0320, those by “sex” to 10",
        ),
    ],
)
def test_what_is_wrong_is_said_with_row_and_column_and_what_to_do(
    rows: list[list[str]], row: int | None, column: str | None, words: str
) -> None:
    first = said(*rows)[0]

    assert first[:2] == (row, column)
    assert words in first[2]


def test_of_many_faults_the_first_are_said_in_every_language() -> None:
    found = check(grid(HEAD, *([*one[:3], "?"] for one in GOOD * 20)), PACK)

    assert len(found.messages) == MOST_TOLD + 1
    for language in LANGUAGES:
        assert all(one.text.words(language) for one in found.messages)


def test_excel_and_csv_give_the_same(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("Халық")
    for row in (HEAD, *([*one[:3], int(one[3].split(",")[0].replace(" ", ""))] for one in GOOD)):
        book.worksheets[1].append(row)
    book.save(tmp_path / "a.xlsx")
    lines = [";".join(row) for row in (HEAD, *GOOD)]
    (tmp_path / "a.csv").write_text("\n".join(lines), "utf-8-sig")

    excel, csv = (check(read_grid(tmp_path / name), PACK) for name in ("a.xlsx", "a.csv"))

    assert excel.population == csv.population
    assert excel.population is not None


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"\0\1\2", b"PK\x03\x04"])
def test_a_file_that_is_no_table_is_told_in_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)

    with pytest.raises(UserError) as caught:
        read_grid(tmp_path / "a.xlsx")

    assert "a.xlsx" in caught.value.words("en")


def test_a_file_that_is_not_there_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read_grid(tmp_path / "none.csv")

    assert "cannot be read" in caught.value.words("en")


@cache
def workbook() -> bytes:
    book, written = Workbook(), BytesIO()
    for row in (HEAD, *GOOD):
        book.worksheets[0].append(row)
    book.save(written)
    return written.getvalue()


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.integers(4, 10**6), st.integers(0, 255)), min_size=1, max_size=9))
def test_a_damaged_workbook_is_read_or_told_in_words(
    tmp_path: Path, flips: list[tuple[int, int]]
) -> None:
    content = bytearray(workbook())
    for at, byte in flips:
        content[at % len(content)] = byte
    (tmp_path / "a.xlsx").write_bytes(bytes(content))

    with suppress(UserError):  # anything else fails the test
        check(read_grid(tmp_path / "a.xlsx"), PACK)


WORDS = st.text("абәf1-+ ", max_size=4).map(str.strip)


@settings(max_examples=30)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["", SOZAQ, ARYS]), st.tuples(WORDS, WORDS)),
        st.integers(0, 10**8).map(float),
    )
)
def test_counts_are_kept_as_they_are(counts: dict[tuple[str, tuple[str, str]], float]) -> None:
    population = Population(("sex", "age"), counts)

    assert read(written(population)) == population


@given(st.text())
def test_any_text_of_a_record_is_read_without_a_fault(text: str) -> None:
    assert isinstance(read(text), Population)


CELLS = st.sampled_from(["", "count", "аудан", "sex", "Созақ", "5", "x", "=1", "0", "1e9", "|"])


@given(st.lists(st.lists(CELLS, max_size=5), max_size=6))
def test_any_table_is_checked_without_a_fault(rows: list[list[str]]) -> None:
    found = check(grid(*rows), PACK)

    assert (found.population is None) == bool(found.messages)
