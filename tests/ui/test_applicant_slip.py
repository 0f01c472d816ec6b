"""The applicant's slip on paper, and the way to it from the screen."""

from functools import partial
from io import BytesIO
from threading import Event

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QImage, QPainter, Qt
from PySide6.QtWidgets import QFileDialog

from desktop.actions import records
from desktop.actions.slip import make_slip, qr_code
from sync.records.issue import Issue
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import record, story
from tests.ui.keys import settle, show
from ui.applicant_slip import draw_applicant_slip
from ui.dialogs.preview import PreviewDialog
from ui.paper import Pen
from ui.screens.any_kind import AnyKindScreen
from ui.screens.issues import IssuesScreen

DOT = 4  # pixels


def words_of(page):
    return " ".join(page.extract_text().split())


@pytest.fixture
def issue(desk):
    return record(desk, "issue", story()["issues"][0])


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", ("Өтініш талоны", "Тіркеу нөмірі", "Бұдан әрі не болады", "Қабылдаған")),
        ("ru", ("Талон обращения", "Регистрационный номер", "Что будет дальше", "Кто принял")),
    ],
)
def test_it_is_one_page_of_a6_whose_words_can_be_copied(qapp, desk, issue, language, said):
    with desk.store.begin() as session:
        session.get(Issue, issue).number = "6156-2026-00042"
    slip = make_slip(desk, records.show(desk, issue), language)

    [page] = PdfReader(BytesIO(draw_applicant_slip(slip))).pages

    assert (int(page.mediabox.width), int(page.mediabox.height)) == (297, 420)
    told = words_of(page)
    for words in (*said, "6156-2026-00042", desk.person.name):
        assert words in told


def test_the_fullest_slip_ends_above_the_end_of_the_page(qapp, desk):
    long = "Ұзақ атаулы мекеменің ғимаратындағы " * 9
    values = {"handed_to": long, "handed_on": "2026-11-30", "incoming_number": long}
    id = record(desk, "issue", story()["issues"][0] | values | {"due_on": "2026-12-25"})
    step = {"type": "forwarded", "done_on": "2026-12-02", "body": long, "part": True}
    records.save(desk, "step", step, parent=id)
    slip = make_slip(desk, records.show(desk, id), "kk")

    [page] = PdfReader(BytesIO(draw_applicant_slip(slip))).pages
    lows = []
    page.extract_text(
        visitor_text=lambda text, cm, tm, *_: (
            lows.append(cm[5] + tm[5] * cm[3]) if text.strip() else None
        )
    )

    assert slip.note
    assert min(lows) > 20  # points above the edge


def test_the_code_is_drawn_dot_by_dot(qapp):
    code = qr_code("6156-2026-K00042")
    size = len(code) * DOT
    picture = QImage(size, size, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    Pen(painter, size).draw_code(code, size)
    painter.end()

    drawn = [
        bytes(
            picture.pixelColor(x * DOT + DOT // 2, y * DOT + DOT // 2).lightness() < 128
            for x in range(len(code))
        )
        for y in range(len(code))
    ]
    assert drawn == code
    assert all(len(line) == len(code) == 21 for line in code)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_it_is_saved_from_the_screen_in_the_language_chosen(
    qtbot, desk, jobs, said, issue, tmp_path, monkeypatch, language
):
    screen = IssuesScreen(desk, jobs)
    show(qtbot, screen)
    settle(qtbot, jobs)
    button = screen.editor.header.slip
    assert button.isHidden()
    screen.open_record(issue)
    settle(qtbot, jobs)
    assert button.isVisible()
    asked = []

    def choose(_parent, _title, name, _kinds):
        asked.append(name)
        return str(tmp_path / name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    names = {"kk": "Қазақша", "ru": "Русский"}
    [entry] = [one for one in button.menu().actions() if one.text() == names[language]]
    entry.trigger()
    settle(qtbot, jobs)
    [preview] = screen.findChildren(PreviewDialog)
    assert list(preview.save_buttons) == ["pdf"]
    preview.save_buttons["pdf"].click()
    settle(qtbot, jobs)

    told = words_of(PdfReader(tmp_path / asked[0]).pages[0])
    assert {"kk": "Өтініш талоны", "ru": "Талон обращения"}[language] in told
    assert any("Талон сақталды" in words for words in said)


def test_who_leaves_it_while_it_is_saved_is_told_all_the_same(
    qtbot, desk, jobs, said, issue, tmp_path, monkeypatch
):
    """And asked for twice, it is there once."""
    screen = IssuesScreen(desk, jobs)
    show(qtbot, screen)
    screen.open_record(issue)
    settle(qtbot, jobs)
    entry = screen.editor.header.slip.menu().actions()[0]
    entry.trigger()
    entry.trigger()
    settle(qtbot, jobs)
    [preview] = screen.findChildren(PreviewDialog)
    path, released = tmp_path / "a.pdf", Event()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    jobs.aside(jobs, partial(released.wait, 10), bool)  # what takes long is before it
    preview.save_buttons["pdf"].click()
    preview.reject()
    qtbot.waitUntil(lambda: screen.findChildren(PreviewDialog) == [])
    released.set()
    settle(qtbot, jobs)

    assert path.exists()
    assert any("Талон сақталды" in words for words in said)


def test_a_visit_to_the_reception_has_one_too_and_a_village_visit_has_none(qtbot, desk, jobs):
    for kind, has in (("reception", True), ("member", False)):
        screen = AnyKindScreen(desk, jobs, kind)
        show(qtbot, screen)
        values = {
            "reception": {"essence": "Кеңес", "village": "615647100"},
            "member": {"name": "Болат"},
        }
        id = record(desk, kind, values[kind])
        screen.open_record(id)
        settle(qtbot, jobs)
        assert screen.editor.header.slip.isVisible() == has
        assert screen.editor.header.below.text().startswith(f"~{id.hex[-5:].upper()}") == has
