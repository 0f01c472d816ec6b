"""Pages as Word has them: every word comes back, whatever it holds."""

import zipfile
from io import BytesIO
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as some

from desktop.exports.pages import (
    Ends,
    Grid,
    Line,
    Look,
    Pages,
    Photos,
    Picture,
    Signatures,
    shares,
)
from desktop.exports.word_pages import write_docx
from sync.cells import holdable
from tests.documents import KAZAKH, WORD, words_of
from tests.papers import photo

ODD = ['<w:t>&amp;"\x00]]>', "=1+1", "\ud800", KAZAKH, "a" * 3_000, "бір\nекі", "", " _x0041_ "]


def written(*blocks, **more):
    file = BytesIO()
    write_docx(file, Pages("Хаттама", "kk", blocks, "аяғы", "AAAA-BBBB", **more))
    return file


def as_held(words):
    return holdable(words)


@pytest.mark.parametrize("words", ODD)
def test_words_come_back_from_every_place_that_may_hold_them(words):
    said = words_of(
        written(
            Line(words, Look.TITLE, label=words),
            Ends(words, words),
            Grid((words,), ((words,),)),
            Photos((Picture(words), Picture(words, photo(), 640, 480))),
            Signatures(((words, words),)),
        )
    )

    held = as_held(words)
    label = f"{held} " if words else ""
    assert said[0] == label + held
    assert said[1] == f"{held}\t{held}"
    assert [one for one in said[2:] if one == held][:6] == [held] * 6


@given(some.lists(some.lists(some.text(max_size=12), min_size=3, max_size=3), max_size=2))
def test_any_table_comes_back_cell_by_cell(rows):
    said = words_of(written(Grid(("a", "b", "c"), tuple(map(tuple, rows)))))

    cells = [as_held(cell) for row in rows for cell in row]
    assert [one.replace("\r", "\n") for one in said[3 : 3 + len(cells)]] == [
        cell.replace("\r", "\n") for cell in cells
    ]


def test_heads_of_a_table_are_said_again_and_its_rows_are_not_torn():
    file = written(Grid(("a", "b"), (("1", "2"), ("3", "4")), figures=True))

    with zipfile.ZipFile(file) as archive:
        body = ElementTree.fromstring(archive.read("word/document.xml"))
    rows = list(body.iter(f"{WORD}tr"))
    assert [one.find(f".//{WORD}tblHeader") is not None for one in rows] == [True, False, False]
    assert all(one.find(f".//{WORD}cantSplit") is not None for one in rows)


def test_photos_are_in_the_file_and_named_for_who_does_not_see_them():
    with zipfile.ZipFile(written(Photos((Picture('Су "құбыры"', photo(), 640, 480),)))) as archive:
        assert archive.read("word/media/picture0.jpeg") == photo()
        body = archive.read("word/document.xml").decode()
        assert "jpeg" in archive.read("[Content_Types].xml").decode()
    assert "descr='Су \"құбыры\"'" in body


def test_below_each_page_stand_its_words_its_number_and_how_many_there_are():
    with zipfile.ZipFile(written(Line("a"))) as archive:
        footer = archive.read("word/footer1.xml").decode()
        styles = archive.read("word/styles.xml").decode()
    assert footer.index("аяғы") < footer.index(" PAGE ") < footer.index(" NUMPAGES ")
    assert 'w:lang w:val="kk-KZ"' in styles


def test_a_picture_is_no_larger_than_its_room_and_keeps_its_shape():
    assert Picture("", b"", 1600, 1200).fitted(400, 400) == (400, 300)
    assert Picture("", b"", 100, 50).fitted(400, 400) == (100, 50)


def test_one_word_without_end_does_not_push_the_other_columns_away():
    assert min(shares(("a", "b"), (("x" * 5_000, "y"),))) > 0.15
