"""Tables as bytes, and as another program reads them."""

from datetime import date, datetime, time
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from desktop.exports.tables import Column, Table, sheet_name, write_csv, write_xlsx
from sync.cells import holdable

AT = datetime(2026, 11, 5, 14, 30, 17)  # noqa: DTZ001  # of the place


def table(*rows, columns=3):
    return Table("Мәселе", [Column(f"№{n}") for n in range(columns)], rows, len(rows))


def nobody(*_):
    pass


def test_csv_is_as_excel_in_kazakh_and_russian_opens_it():
    file = BytesIO()

    write_csv(file, table(["а;б", date(2026, 11, 5), 4], [None, AT, time(9, 5)]), nobody)

    assert file.getvalue().decode("utf-8") == (
        '\ufeff"№0";"№1";"№2"\r\n'
        '"а;б";"2026-11-05";"4"\r\n'
        '"";"2026-11-05 14:30:17";"09:05"\r\n'
    )  # fmt: skip


@given(text=st.text(st.characters(codec="utf-8")))
@settings(max_examples=60)
def test_any_text_comes_back_from_excel(text, tmp_path_factory):
    file = BytesIO()

    write_xlsx(file, table([text, "", ""]), nobody, tmp_path_factory.getbasetemp())

    told = load_workbook(file).worksheets[-1]["A2"].value or ""
    assert unescape(told) == holdable(text).replace("\r", "\n")


def test_the_names_of_columns_stay_in_sight_and_there_is_a_filter(tmp_path):
    file = BytesIO()

    write_xlsx(file, table(["а", 1, AT]), nobody, tmp_path)

    sheet = load_workbook(file).worksheets[-1]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:C2")
    assert sheet["C2"].number_format == "dd.mm.yyyy hh:mm"


def test_a_sheet_is_called_what_excel_takes():
    assert sheet_name("[Мәселе]: а/б?*\\") == "Мәселе а б"
    assert sheet_name("''") == "1"
    assert len(sheet_name("ә" * 99)) == 31
