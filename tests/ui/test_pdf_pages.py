"""Papers as PDF: what is written can be searched and copied, on as many pages as it takes."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from desktop.exports.pages import (
    Ends,
    Grid,
    Line,
    Look,
    Pages,
    Photos,
    Picture,
    Signatures,
)
from tests.documents import KAZAKH, pages_of
from tests.papers import photo
from ui.pdf_pages import draw_pages

LETTERS = " ".join(KAZAKH)


def drawn(*blocks, **more):
    return draw_pages(Pages("Хаттама", "kk", blocks, "аяғы", "AAAA-BBBB", **more))


def test_kazakh_letters_come_back_from_every_place(qapp):
    pdf = drawn(
        Line(KAZAKH, Look.TITLE, middle=True),
        Ends(KAZAKH, KAZAKH),
        Line(KAZAKH, label=KAZAKH),
        Grid((KAZAKH,), ((KAZAKH,),)),
        Photos((Picture(KAZAKH, photo(), 640, 480), Picture(KAZAKH))),
        Signatures(((KAZAKH, KAZAKH),)),
    )

    [page] = pages_of(pdf)
    assert page.count(KAZAKH) == 11
    fonts = [
        font.get_object()
        for font in PdfReader(BytesIO(pdf)).pages[0]["/Resources"]["/Font"].values()
    ]
    assert all("/ToUnicode" in font for font in fonts)


def test_each_page_of_a_long_table_has_its_head_and_its_number(qapp):
    rows = tuple((str(at), f"жол-{at}-соңы\nекінші") for at in range(120))

    pages = pages_of(drawn(Line("Басы", Look.HEADING), Grid(("№", "Мәні"), rows)))

    assert len(pages) > 3
    for at, page in enumerate(pages, 1):
        assert page.count("Мәні") == 1
        assert f"{at} / {len(pages)}" in page
        assert "аяғы" in page
    found = [at for page in pages for at in range(120) if f"жол-{at}-соңы" in page]
    assert found == list(range(120))


def test_a_row_that_is_higher_than_a_page_goes_on_and_loses_no_line(qapp):
    lines = "\n".join(f"л{at}л" for at in range(150))

    pages = pages_of(drawn(Grid(("№", "Мәні"), (("1", lines),))))

    assert len(pages) > 1
    assert [at for page in pages for at in range(150) if f"л{at}л" in page] == list(range(150))


def test_a_paragraph_that_goes_on_is_not_said_twice(qapp):
    words = " ".join(f"с{at}с" for at in range(1_500))

    pages = pages_of(drawn(Line(words, label="Мәні:"), Line("соңы")))

    assert len(pages) > 1
    said = [word for page in pages for word in page.split() if word[0] == word[-1] == "с"]
    assert said == words.split()
    assert "соңы" in pages[-1]


def test_signatures_do_not_stand_on_a_page_that_says_nothing(qapp):
    for count in range(30, 44, 3):
        pages = pages_of(
            drawn(*(Line(f"жол-{at}") for at in range(count)), Signatures((("Төраға", "А"),)))
        )
        signed = next(page for page in pages if "Төраға" in page)
        assert "жол-" in signed


@pytest.mark.parametrize(
    "words",
    ["<b>&amp;</b>", "<img src='file:///etc/passwd'>", "\x00\x07\ud800", "x" * 600, "=1+1", ""],
)
def test_whatever_somebody_wrote_is_drawn_as_words(qapp, words):
    pdf = drawn(
        Line(words, Look.TITLE), Grid((words,), ((words,),)), Signatures(((words, words),))
    )

    whole = " ".join(pages_of(pdf))
    if words.startswith("<"):
        assert whole.count(words) >= 2


def test_what_is_no_picture_of_ours_is_not_decoded(qapp):
    [page] = pages_of(drawn(Photos((Picture("сөз", b"GIF89a", 10, 10),))))

    assert "сөз" in page


def test_the_file_says_its_title_and_where_it_came_from(qapp):
    told = PdfReader(BytesIO(drawn(Line("a")))).metadata

    assert told.title == "Хаттама"
    assert told.creator == "Dala AAAA-BBBB"
