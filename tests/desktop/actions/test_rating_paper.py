"""Ratings leave as a paper or a table: with the passport, only what is published, and noted."""

import zipfile
from collections import deque
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook

from desktop.actions import exporting, rating_paper, ratings
from desktop.actions.leaving import PRINTER
from desktop.actions.rating_columns import Part, value
from desktop.actions.rating_views import By, first_view, lines, ways
from desktop.actions.ratings import Criterion
from desktop.exports.marks import NOT_YET
from desktop.exports.whose import marks_of_file
from desktop.surveys.ratings.release import ALL
from desktop.surveys.waves.silence import today
from sync.errors import Refused, UserError
from sync.language import speak
from sync.places import load_pack
from sync.records.survey import Wave
from tests.documents import words_of
from tests.rated import KELES, OTYRAR, SAIRAM, SOZAQ, ratings_of, two_waves
from tests.rating_attack import QUESTIONS, attack, by_other_names, count, waves
from tests.ui.desks import close, make_desk, seen_by

POSTS = {"head": "Облыс әкімі", "few": "Созақ ауданының әкімі", "keles": "Келес ауданының әкімі"}
MEANS = {"head": 3.0, "few": 4.6, "keles": 2.2}
SIZES = {
    **{("head", district): 40 for district in (SOZAQ, KELES, SAIRAM, OTYRAR)},
    ("few", SOZAQ): 7,
    ("keles", KELES): 90,
}
NOW = datetime(2026, 11, 29, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """The coordinator's, after two waves."""
    desk = make_desk(tmp_path_factory.mktemp("ratings"), "coordinator")
    yield desk
    close(desk)


@pytest.fixture(scope="module")
def held(desk):
    """The later wave, and the one before it."""
    speak("en")
    earlier, later, _ = two_waves(desk, POSTS, SIZES, MEANS, {**MEANS, "keles": 3.6})
    return ratings.rate_wave(desk, later), ratings.rate_wave(desk, earlier)


@pytest.fixture
def wave(held):
    return held[0]


@pytest.fixture
def linked(desk, wave):
    """The wave is linked to a vote, with what is said of it."""

    def linked(**fields):
        put(desk, wave, linked_to="election", **{"polling_day": date(2027, 6, 6), **fields})
        return ratings.rate_wave(desk, wave.wave)

    yield linked
    put(desk, wave, **dict.fromkeys(("linked_to", "polling_day", *COMPLETE)))


def put(desk, wave, **fields):
    """Into the record of a wave that is over: nobody may change it any more."""
    with desk.store.begin() as session:
        row = session.get_one(Wave, wave.wave)
        for name, given in fields.items():
            setattr(row, name, given)


COMPLETE = {
    "experience": 6,
    "specialists": "А. Б.",
    "notice_number": "17",
    "notice_on": date(2026, 9, 1),
}


def test_a_table_has_the_passport_in_front_and_its_figures_are_numbers(desk, held, tmp_path):
    found, before = held
    path = tmp_path / "a.xlsx"

    noted = rating_paper.export(desk, found, first_view(found), path, others=[before])

    book = load_workbook(path)
    cover, sheet = (dict(list(book.worksheets[0].values)), list(book.worksheets[1].values))
    assert cover["Who ordered it and who pays"] == "Партияның облыстық филиалы"
    assert "percentage points" in cover["Error coefficient"]
    assert "not a probability sample" in cover["Error coefficient"]
    assert cover["Export"] == noted.id
    assert cover["Left out"] == "1 figure is not published"
    heads, *rows = sheet
    row = dict(zip(heads, rows[0], strict=True))
    assert row["Official"] == POSTS["head"]
    assert isinstance(row["Mean"], float)
    assert row["Lower end"] < row["Mean"] < row["Upper end"]
    assert row["Changed?"]
    assert len(book.worksheets[1]._charts) == 1


def test_a_hidden_figure_leaves_without_a_number_but_with_its_reason(desk, wave, tmp_path):
    path = tmp_path / "a.xlsx"
    rating_paper.export(desk, wave, first_view(wave), path)

    heads, *rows = list(load_workbook(path).worksheets[1].values)

    row = dict(zip(heads, rows[-1], strict=True))
    assert row["Official"] == POSTS["few"]
    assert {type(one) for one in row.values()} == {str, type(None)}
    assert "could be recognised" in row["Why"]
    assert row["Status"] == "Not published"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_document_has_passport_table_chart_notes_and_the_exact_wording(
    desk, held, tmp_path, language
):
    speak(language)
    path = tmp_path / "a.docx"

    found = ratings.rate_wave(desk, held[0].wave)
    rating_paper.export(desk, found, first_view(found), path, others=[held[1]])

    said = words_of(path)
    whole = "\n".join(said)
    assert POSTS["head"] in said
    assert "Партияның облыстық филиалы" in said
    for one in found.criteria[1:]:
        assert one.label in whole
    if language == "kk":
        assert "Қателік коэффициенті" in said
    with zipfile.ZipFile(path) as archive:
        assert archive.read("word/media/picture0.png").startswith(b"\x89PNG")


def test_what_looks_like_markup_stays_a_text(desk, wave, tmp_path):
    posts = dict.fromkeys(wave.posts, '<w:t>&amp;"\x00\ud800]]> =1+1')
    odd = replace(wave, posts=posts)

    rating_paper.export(desk, odd, first_view(odd), tmp_path / "a.docx")
    rating_paper.export(desk, odd, first_view(odd), tmp_path / "a.xlsx")

    assert '<w:t>&amp;"��]]> =1+1' in words_of(tmp_path / "a.docx")
    rows = list(load_workbook(tmp_path / "a.xlsx").worksheets[1].values)
    assert rows[1][0].startswith('<w:t>&amp;"')


def test_what_leaves_is_noted_and_known_again_by_its_number(desk, wave, tmp_path):
    for ending in rating_paper.FORMATS:
        path = tmp_path / f"a.{ending}"
        noted = rating_paper.export(desk, wave, first_view(wave), path)

        assert exporting.exports(desk)[0] == noted
        assert (noted.kind, noted.rows, noted.personal) == ("ratings", 3, False)
        assert exporting.kind_words(noted) == "Ratings of a survey wave"
        assert noted.id in marks_of_file(path).written


def test_in_the_silent_days_nothing_leaves_and_it_says_why(desk, wave, linked, tmp_path):
    found = linked(polling_day=today() + timedelta(days=3), **COMPLETE)
    before = len(exporting.exports(desk))

    with pytest.raises(Refused, match="until it is over"):
        rating_paper.export(desk, found, first_view(found), tmp_path / "a.docx")

    assert not list(tmp_path.iterdir())
    assert len(exporting.exports(desk)) == before


def test_a_wave_before_in_its_silent_days_keeps_the_later_one_here(desk, held, tmp_path):
    found, before = held
    put(desk, before, linked_to="election", polling_day=today(), **COMPLETE)

    with pytest.raises(Refused):
        rating_paper.export(desk, found, first_view(found), tmp_path / "a.docx", others=[before])

    put(desk, before, linked_to=None)


def test_a_linked_wave_leaves_only_with_a_whole_passport(desk, linked, tmp_path):
    found = linked()
    with pytest.raises(Refused, match="whole passport"):
        rating_paper.export(desk, found, first_view(found), tmp_path / "a.docx")

    found = linked(**COMPLETE)
    rating_paper.export(desk, found, first_view(found), tmp_path / "a.docx")

    assert "Years of experience in polling" in words_of(tmp_path / "a.docx")


def test_what_a_free_passport_lacks_is_said_in_it(desk, wave, tmp_path):
    lacking = replace(wave, record={**wave.record, "client": None})

    rating_paper.export(desk, lacking, first_view(lacking), tmp_path / "a.docx")

    assert "“Who ordered it and who pays” is not filled in." in words_of(tmp_path / "a.docx")


def test_who_does_not_rate_takes_nothing_out(desk, wave, tmp_path):
    with pytest.raises(Refused, match="does not rate"):
        rating_paper.export(seen_by(desk, "activist"), wave, first_view(wave), tmp_path / "a.docx")


@pytest.mark.parametrize("name", ["a.csv", "a", "a.pdf", "none/a.docx"])
def test_what_cannot_be_written_is_refused_in_words(desk, wave, tmp_path, name):
    with pytest.raises(UserError):
        rating_paper.export(desk, wave, first_view(wave), tmp_path / name)

    assert not list(tmp_path.iterdir())


def test_more_than_thirty_files_an_hour_do_not_leave(desk, wave, tmp_path, monkeypatch):
    noted = rating_paper.export(desk, wave, first_view(wave), tmp_path / "a.xlsx")
    monkeypatch.setattr(rating_paper, "exports", lambda _: [noted] * 30)

    with pytest.raises(Refused, match="within an hour"):
        rating_paper.export(desk, wave, first_view(wave), tmp_path / "b.xlsx")


def test_the_order_of_what_is_not_published_tells_nothing(desk, wave):
    view = first_view(wave)
    paper = rating_paper.make_paper(desk, wave, view, (), "K7QM-2D9X-41RT", NOW)
    hidden = [row[0] for row, bar in zip(paper.printed, paper.bars, strict=True) if not bar.own]

    assert hidden == sorted(hidden)


# whoever collects every view and every file


def every_view(found, pack):
    """All lists that a person can come to."""
    seen, todo = set(), deque([first_view(found)])
    while todo:
        view = todo.popleft()
        if view in seen:
            continue
        seen.add(view)
        todo += [replace(view, by=by) for by in ways(found, view)]
        if view.by in (By.OFFICIALS, By.DISTRICTS):
            todo += [replace(view, question=one.path) for one in found.criteria]
        todo += [line.into for line in lines(found, view, pack) if line.into]
    return seen


@settings(max_examples=25, deadline=None)
@given(waves())
@pytest.mark.parametrize("outside", [False, True], ids=["screens", "files"])
def test_from_all_views_and_files_no_hidden_figure_follows(outside, wave):
    pack = load_pack()
    named = [Criterion(path, path, whole=at == 0) for at, path in enumerate(QUESTIONS)]
    found = ratings_of(wave, named, {asked.official: asked.official for asked in wave})
    people, told = count(wave), set()
    if not people:
        return

    for view in every_view(found, pack):
        for line in lines(found, view, pack):
            numbers = [value(line, part, outside=outside) for part in (Part.MEAN, Part.MODEL)]
            if any(number is not None for number in numbers):
                told.add(line.rating.cell)
            elif outside:
                left = [value(line, part, outside=True) for part in Part]
                assert not [one for one in left if isinstance(one, (int, float))]

    figures, name = found.figures.figures, "leaves" if outside else "shown"
    hidden = {cell for cell, figure in figures.items() if not getattr(figure, name)}
    assert not hidden & attack(wave, by_other_names(told, people))


def test_every_figure_of_a_wave_can_be_come_to(wave):
    cells = {
        line.rating.cell
        for view in every_view(wave, load_pack())
        for line in lines(wave, view, load_pack())
    }

    assert {cell for cell in wave.figures.figures if cell[:2] != (ALL, ALL)} <= cells


def test_ratings_are_looked_at_without_a_note_and_printed_with_one(desk, wave):
    printed, before = [], exporting.exports(desk)
    looked = rating_paper.look(desk, wave, first_view(wave), ())
    assert exporting.exports(desk) == before

    def take(paper):
        printed.append(paper)
        return b""

    noted = rating_paper.export(desk, wave, first_view(wave), PRINTER, draw=take)

    assert printed[0].printed == looked.printed
    assert (looked.mark, printed[0].mark, noted.format) == (NOT_YET, noted.id, "print")


def test_what_may_not_leave_is_not_laid_out_either(desk, linked):
    found = linked(polling_day=today() + timedelta(days=3), **COMPLETE)

    with pytest.raises(Refused, match="until it is over"):
        rating_paper.look(desk, found, first_view(found), ())
    with pytest.raises(Refused, match="until it is over"):
        rating_paper.export(desk, found, first_view(found), PRINTER, draw=lambda _: b"")
