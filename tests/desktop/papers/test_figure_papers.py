"""Reports as papers: of one, and the weekly and quarterly report of a district, in kk and ru."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from desktop.actions import exporting, figure_papers, figures
from desktop.actions.figures import Question
from desktop.actions.leaving import PRINTER
from desktop.exports.bars import Bar, draw_bars
from desktop.exports.charts import OWN
from desktop.exports.marks import NOT_YET
from desktop.exports.word_pages import write_docx
from desktop.figures.periods import Span, period_of
from sync.errors import UserError
from sync.language import speak
from tests.documents import words_of
from tests.examples import keep_all
from tests.ui.desks import SOZAQ, record, seen_by

TODAY = date(2026, 11, 29)
WEEK, QUARTER, YEAR = (period_of(span, TODAY) for span in (Span.WEEK, Span.QUARTER, Span.YEAR))
VILLAGE = "615647100"


def drawn(pages):
    """What a drawer of PDF is given, kept as Word to be read back."""
    file = BytesIO()
    write_docx(file, pages)
    return file.getvalue()


def issue(desk, **values):
    said = {"essence": "=1+1", "category": "gas", "received_on": "2026-11-24", "village": VILLAGE}
    return record(desk, "issue", said | values)


def district(desk, path, period=QUARTER, where=""):
    return figure_papers.export_district(desk, where, period, path, drawn, TODAY)


@pytest.mark.parametrize(
    ("language", "title", "nobody"),
    [
        ("kk", "АПТАЛЫҚ ЕСЕП", "Ештеңе жазылмаған."),
        ("ru", "ЕЖЕНЕДЕЛЬНЫЙ ОТЧЁТ", "Ничего не записано."),
    ],
)
def test_the_weekly_report_has_all_sections_a_date_and_its_leader(
    desk, tmp_path, language, title, nobody
):
    issue(desk)
    said = {"name": "Нұржан Тұрсынбек", "role": "leader", "state": "active", "since": "2026-01-01"}
    record(desk, "member", said)
    speak(language)
    noted = district(desk, tmp_path / "a.docx", WEEK)
    words = words_of(tmp_path / "a.docx")

    assert title in words
    assert any("23.11.2026 – 29.11.2026" in one for one in words)
    assert [one[:2] for one in words if one[:1].isdigit() and one[1:3] == ". "] == [
        f"{n}." for n in range(1, 9)
    ]
    assert words.count(nobody) >= 3
    assert "Нұржан Тұрсынбек" in words
    assert (noted.kind, noted.state) == ("figures", "district")
    assert exporting.exports(desk) == [noted]


def test_the_quarter_is_drawn_by_place_and_by_weeks_and_names_villages_without_a_visit(
    desk, tmp_path
):
    for day in ("2026-10-06", "2026-11-24"):
        record(desk, "visit", {"visited_on": day, "village": VILLAGE, "topic": "survey"})
    speak("en")
    district(desk, tmp_path / "a.docx")
    with zipfile.ZipFile(tmp_path / "a.docx") as archive:
        pictures = [name for name in archive.namelist() if "media" in name]

    assert len(pictures) == 2
    words = words_of(tmp_path / "a.docx")
    assert any("villages were not visited for 90 days" in one for one in words)
    assert not any(one.startswith("Созақ village") for one in words)


def test_a_report_is_a_paper_with_its_passport(desk, tmp_path):
    keep_all(desk)
    speak("en")
    answer = figures.read_report(desk, Question("projects", YEAR, "sphere"), TODAY)
    figure_papers.export(desk, answer, tmp_path / "a.pdf", drawn)
    words = words_of(BytesIO((tmp_path / "a.pdf").read_bytes()))

    assert "148.6 m" in words
    assert words[words.index("Territory") + 1] == "Sozak District"


def test_of_few_people_in_one_village_a_paper_says_no_number(desk, tmp_path):
    for _ in range(3):
        issue(desk)
    speak("en")
    answer = figures.read_report(desk, Question("issues", YEAR, "village"), TODAY)
    figure_papers.export(desk, answer, tmp_path / "a.docx", drawn)

    assert "fewer than 5" in words_of(tmp_path / "a.docx")


def test_who_has_no_district_names_one_and_others_have_their_own(desk, tmp_path):
    coordinator = seen_by(desk, "coordinator")
    with pytest.raises(UserError):
        district(coordinator, tmp_path / "a.docx")
    with pytest.raises(UserError):
        district(desk, tmp_path / "a.docx", where="613900000")
    with pytest.raises(UserError):
        district(desk, tmp_path / "a.docx", YEAR)
    with pytest.raises(UserError):
        district(desk, tmp_path / "a.xlsx")
    assert [*tmp_path.glob("a.*")] == []
    assert exporting.exports(desk) == []
    assert district(coordinator, tmp_path / "a.docx", where=SOZAQ).rows == 1


def test_bars_are_as_long_as_their_numbers():
    drawn = draw_bars("Visits", [Bar("A", 4, None, "4"), Bar("B", 1, 2, "1")], ("now", "before"))
    picture = Image.open(BytesIO(drawn.png)).convert("RGB")
    own = tuple(bytes.fromhex(OWN[1:]))
    lengths = [
        sum(picture.getpixel((x, y)) == own for x in range(picture.width))
        for y in (int((30 + 26 * (at + 0.5) - 4) * 3) for at in range(2))
    ]

    assert lengths[0] == pytest.approx(4 * lengths[1], rel=0.06)


def test_reports_are_looked_at_without_a_note_and_printed_with_one(desk):
    issue(desk)
    speak("en")
    answer = figures.read_report(desk, Question("issues", YEAR, "village"), TODAY)
    looked = figure_papers.look(desk, answer), figure_papers.look_district(desk, "", WEEK, TODAY)
    assert exporting.exports(desk) == []
    printed = []

    def take(pages):
        printed.append(pages)
        return b""

    noted = figure_papers.export(desk, answer, PRINTER, take)
    figure_papers.export_district(desk, "", WEEK, PRINTER, take, TODAY)

    assert [one.title for one in printed] == [one.title for one in looked]
    assert {one.mark for one in looked} == {NOT_YET}
    assert printed[0].mark == noted.id
    assert [one.format for one in exporting.exports(desk)] == ["print", "print"]


def test_who_may_not_read_reports_does_not_look_at_one(desk):
    with pytest.raises(UserError):
        figure_papers.look_district(seen_by(desk, "officer"), "", WEEK, TODAY)
