"""What somebody wrote stays a text: in Excel by its type, in CSV by a sign before it."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.cells import LONGEST, holdable, in_csv, in_excel, out_of_csv
from tests.payloads import PAYLOADS, TAKEN_FOR_FORMULAS

TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from("=+-@\t\r\n;,|'\"_x0041\0"))


def cells(text, separator):
    """As a spreadsheet cuts a file, whatever separator it takes."""
    return [
        cell for row in csv.reader(StringIO(text, newline=""), delimiter=separator) for cell in row
    ]


def written(text):
    """One text as it stands in a file, after another."""
    file = StringIO(newline="")
    csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL).writerow(["№", in_csv(text)])
    return file.getvalue()


@given(TEXTS)
def test_any_text_comes_back_from_csv(text):
    assert out_of_csv(in_csv(text)) == holdable(text)


@given(TEXTS)
def test_a_text_of_a_cell_never_begins_like_a_formula(text):
    assert not in_csv(text).startswith(TAKEN_FOR_FORMULAS)


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("before", ["", "келді{}", "\n", "\r\n"])
def test_nor_does_a_piece_where_the_separator_is_taken_for_another_one(separator, before):
    for payload in PAYLOADS:
        for cell in cells(written(before.format(separator) + payload), separator):
            assert not cell.startswith(TAKEN_FOR_FORMULAS)


@pytest.mark.parametrize(
    "text", ["+7 701 123 45 67", "87011234567", "00123", "1-2", "3/4", "1e5", "11.12.26"]
)
def test_phones_and_numbers_of_papers_stay_texts_in_csv(text):
    assert in_csv(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Су жоқ", "№ 17", "Абай к., 5", "бес=алты", ""])
def test_other_texts_stay_as_they_are(text):
    assert in_csv(text) == text


def test_what_no_cell_can_hold_is_shown_by_a_sign():
    assert holdable("а\0б\x0bв\ufffe") == "а\ufffdб\ufffdв\ufffd"


def test_a_text_that_excel_would_read_as_its_own_sign_is_kept():
    assert in_excel("_x0041_") == ("_x005F_x0041_", False)


def test_a_text_too_long_for_a_cell_is_cut_and_said():
    whole, cut = in_excel("ә" * LONGEST)
    assert (len(whole), cut) == (LONGEST, False)

    short, cut = in_excel("😀" * LONGEST)  # two units each
    assert cut
    assert len(short.encode("utf-16-le")) // 2 <= LONGEST
    assert short.endswith("😀…")
