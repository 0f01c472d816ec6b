"""Tables as people have them: saved by Excel in Kazakhstan, by others, or no tables at all."""

import pytest

from desktop.surveys.csv_table import read_csv
from sync.errors import UserError

HEAD, ROW = ["бағасы", "Қала", "сөз"], ["3.5", "Ақтөбе", "жақсы, бірақ баяу"]
EXCEL = 'бағасы;Қала;сөз\r\n3,5;Ақтөбе;"жақсы, бірақ баяу"\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "kz1048"])
@pytest.mark.parametrize(
    "text",
    [EXCEL, EXCEL.replace(";", "\t"), 'бағасы,Қала,сөз\n3.5,Ақтөбе,"жақсы, бірақ баяу"\n'],
    ids=["semicolons", "tabs", "commas"],
)
def test_a_table_is_read_however_a_spreadsheet_saved_it(tmp_path, encoding, text):
    path = tmp_path / "data.csv"
    path.write_bytes(text.encode(encoding))

    assert list(read_csv(path)) == [HEAD, ROW]


def test_russian_in_the_old_code_page_is_read(tmp_path):
    path = tmp_path / "data.csv"
    path.write_bytes("оценка;район\r\n-0,5;Щучинск\r\n".encode("cp1251"))

    assert list(read_csv(path)) == [["оценка", "район"], ["-0.5", "Щучинск"]]


def test_what_stands_in_quotes_parts_nothing(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text('q1,"which; of; these;\nthree",q3\n1,"a;b","1,5"\n', encoding="utf-8")

    # with commas between the cells, 1,5 may be two choices, or fifteen hundred
    assert list(read_csv(path))[1] == ["1", "a;b", "1,5"]


def test_a_head_of_one_column_needs_nothing_between(tmp_path):
    path = tmp_path / "data.csv"
    path.write_text("score\n1\n\n2\n", encoding="utf-8")

    assert list(read_csv(path)) == [["score"], ["1"], [], ["2"]]


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04\x14\x00\x06\x00xl/workbook.xml", b"\xff\xfea", b"score;\x98\n", None],
    ids=["a workbook", "half a character", "no letter", "no file"],
)
def test_what_is_no_table_is_refused_in_words(tmp_path, content):
    path = tmp_path / "data.csv"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(UserError, match=r"data\.csv"):
        list(read_csv(path))


def test_an_empty_file_has_no_rows(tmp_path):
    path = tmp_path / "data.csv"
    path.write_bytes(b"")

    assert list(read_csv(path)) == []
