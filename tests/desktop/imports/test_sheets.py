"""What a file is, and which files nobody opens."""

import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.imports import sheets
from desktop.imports.sheets import read_sheets
from sync.errors import UserError
from tests.desktop.imports.registers import HEADS, ROW, csv_file, in_archive, workbook

SHEET = "xl/worksheets/sheet1.xml"


def test_rows_are_numbered_as_the_spreadsheet_does_and_empty_ones_left_out(tmp_path):
    path = workbook(
        tmp_path / "a.xlsx", ["Тізім"], [], HEADS, [None, " "], ROW, more=[("Бос", [])]
    )

    [sheet] = read_sheets(path)

    assert list(sheet.rows) == [1, 3, 5]
    assert sheet.rows[5] == list(ROW)


@pytest.mark.parametrize(
    ("separator", "encoding"),
    [(";", "utf-8-sig"), (",", "utf-8"), ("\t", "utf-16"), (";", "kz1048")],
)
def test_csv_of_any_spreadsheet_is_read(tmp_path, separator, encoding):
    path = csv_file(tmp_path / "a.csv", HEADS, ROW, separator=separator, encoding=encoding)

    assert read_sheets(path)[0].rows == {1: list(HEADS), 2: list(ROW)}


def test_a_sheet_that_lies_about_its_size_is_read_whole(tmp_path):
    path = workbook(tmp_path / "a.xlsx", HEADS, ROW)
    lie = lambda part: part.replace(b'<dimension ref="A1:D2" />', b'<dimension ref="A1:A1"/>')  # noqa: E731

    assert read_sheets(in_archive(path, SHEET, lie))[0].rows == {1: list(HEADS), 2: list(ROW)}


def test_a_million_rows_are_refused_before_they_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 20)
    monkeypatch.setattr(sheets, "MOST_LINES", 50)
    with pytest.raises(UserError, match="more than 20 rows"):
        read_sheets(workbook(tmp_path / "a.xlsx", *[ROW] * 30))
    empty = in_archive(
        workbook(tmp_path / "b.xlsx", HEADS),
        SHEET,
        lambda part: part.replace(b"</sheetData>", b'<row r="60"><c r="A60"/></row></sheetData>'),
    )
    with pytest.raises(UserError, match="empty rows below"):
        read_sheets(empty)


def test_bombs_and_entities_are_refused(tmp_path, monkeypatch):
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr(SHEET, b" " * (65 * 2**20))
    entities = in_archive(
        workbook(tmp_path / "e.xlsx", ROW),
        SHEET,
        lambda part: b'<!DOCTYPE x [<!ENTITY a "a">]>' + part,
    )
    full = workbook(tmp_path / "full.xlsx", *[ROW] * 10)
    monkeypatch.setattr(sheets, "MOST_CELLS", 30)

    for path in (bomb, entities, full):
        with pytest.raises(UserError, match="Keep one table"):
            read_sheets(path)


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04broken",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old",
        b"\x89PNG\0\0\0",
        b"\xff" * 9 + b"\0",
    ],
)
def test_what_is_no_table_is_said_to_be_none(tmp_path, content):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)

    with pytest.raises(UserError, match="CSV"):
        read_sheets(path)


def test_a_file_that_is_not_there_or_too_large_is_told(tmp_path, monkeypatch):
    with pytest.raises(UserError, match="cannot be read"):
        read_sheets(tmp_path / "none.xlsx")
    monkeypatch.setattr(sheets, "LARGEST", 10)
    with pytest.raises(UserError, match="not too large"):
        read_sheets(workbook(tmp_path / "a.xlsx", ROW))


def test_formulas_that_were_never_reckoned_are_told_not_dropped(tmp_path):
    path = workbook(tmp_path / "a.xlsx", HEADS, (*ROW[:1], "=A2", *ROW[2:]))
    with pytest.raises(UserError, match="never saved"):
        read_sheets(path)

    reckoned = lambda part: part.replace(b"<f>A2</f><v />", b"<f>A2</f><v>5</v>")  # noqa: E731
    [sheet] = read_sheets(in_archive(path, SHEET, reckoned))
    assert sheet.rows[2][1] == 5


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(place=st.integers(0, 5_000), byte=st.integers(0, 255))
def test_a_damaged_file_is_never_a_crash(tmp_path, place, byte):
    path = workbook(tmp_path / "a.xlsx", HEADS, ROW)
    content = bytearray(path.read_bytes())
    content[place % len(content)] = byte
    path.write_bytes(content)

    with suppress(UserError):
        read_sheets(path)
