"""Sealed reports in the window: written, taken home, followed up, answered, handed over."""

from datetime import date

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import exchange, officer, records, reports
from desktop.reports.code import new_reporter, spelled
from sync.server import admin
from tests.integrity import (  # noqa: F401
    given_activist,
    given_enrolled,
    given_officer,
    given_region,
    given_server,
)
from tests.servers import SOZAQ
from tests.ui.at_work import given_jobs, given_said  # noqa: F401
from tests.ui.keys import press, settle, show
from ui.demo.pictures import photo
from ui.dialogs.hand_over import HandOver
from ui.dialogs.report_slip import ReportSlip
from ui.exchanges import Exchanges
from ui.screens.officer import OfficerScreen
from ui.screens.reports import ReportsScreen
from ui.screens.sync_state import SyncScreen
from ui.slip_paper import draw_slip
from ui.translation import use_language
from ui.widgets.labels import PlainLabel

WHAT = "Ауыл әкімі жер үшін ақша сұрады"


@pytest.fixture(autouse=True)
def given_english(qtbot):
    use_language("en")


@pytest.fixture
def opened(qtbot, jobs):
    """A function that shows a screen and waits for what it reads."""

    def show_screen(screen):
        show(qtbot, screen)
        settle(qtbot, jobs)
        return screen

    return show_screen


def words(widget):
    return [one.text() for one in widget.findChildren(PlainLabel) if one.isVisibleTo(widget)]


def slip():
    [found] = [one for one in QApplication.topLevelWidgets() if isinstance(one, ReportSlip)]
    return found


def sealed(qtbot, jobs, screen, **more):
    """Type a report and seal it → its dialog."""
    screen.form.what.set_value(WHAT)
    screen.form.seal_button.click()
    settle(qtbot, jobs)
    return slip()


def test_a_report_is_sealed_its_slip_shown_once_and_the_fields_are_empty(
    qtbot, jobs, opened, aidana, aigul
):
    screen = opened(ReportsScreen(aidana, jobs))
    screen.form.where.set_value("Ақкөл")

    dialog = sealed(qtbot, jobs, screen)
    reporter = dialog._reporter

    assert spelled(reporter.number) in words(dialog)
    assert spelled(reporter.code) in words(dialog)
    assert screen.form.what.value() is None
    assert screen.form.where.value() is None
    screen.form.what.undo()
    assert screen.form.what.value() is None
    dialog.done_button.click()
    exchange.exchange(aidana)
    exchange.exchange(aigul)
    assert [one.report.what for one in officer.threads(aigul)] == [WHAT]


def test_esc_does_not_take_the_slip_away_and_what_waits_is_named(qtbot, jobs, opened, aidana):
    screen = opened(ReportsScreen(aidana, jobs))
    dialog = sealed(qtbot, jobs, screen)

    press(Qt.Key.Key_Escape, widget=dialog)
    assert dialog.isVisible()
    dialog.done_button.click()
    waiting = opened(SyncScreen(aidana, jobs))
    qtbot.waitUntil(lambda: "1 sealed letter" in words(waiting))


def test_without_a_word_of_what_happened_the_field_says_so(qtbot, jobs, opened, aidana):
    screen = opened(ReportsScreen(aidana, jobs))

    screen.form.seal_button.click()
    settle(qtbot, jobs)

    assert "Write what happened." in words(screen.form)
    assert exchange.state(aidana).waiting == 0


def test_a_picture_that_is_none_keeps_what_was_typed(qtbot, jobs, opened, aidana, tmp_path, said):
    screen = opened(ReportsScreen(aidana, jobs))
    wrong = tmp_path / "wrong.jpg"
    wrong.write_bytes(b"no picture")
    screen.form.what.set_value(WHAT)
    screen.form.add_photos([wrong])

    screen.form.seal_button.click()
    settle(qtbot, jobs)

    assert "wrong.jpg" in said[-1]
    assert screen.form.what.value() == WHAT
    assert screen.form.seal_button.isEnabled()


def test_pictures_go_along_without_what_a_camera_wrote_into_them(
    qtbot, jobs, opened, aidana, aigul, tmp_path
):
    screen = opened(ReportsScreen(aidana, jobs))
    for name in "123456":
        (tmp_path / f"{name}.jpg").write_bytes(photo(int(name)))
    screen.form.add_photos([tmp_path / f"{name}.jpg" for name in "123456"])
    assert "5 pictures" in words(screen.form)

    sealed(qtbot, jobs, screen).done_button.click()
    exchange.exchange(aidana)
    exchange.exchange(aigul)

    shown = opened(OfficerScreen(aigul, jobs))
    assert len(shown._images) == 5
    assert not any(image.isNull() for image in shown._images)
    shown.shown.enlarged.emit(0)
    assert shown.large.isVisible()


def test_a_laptop_that_knows_no_officer_says_so_and_offers_no_form(
    qtbot, jobs, opened, enrolled, aigul
):
    desk = enrolled()
    screen = opened(ReportsScreen(desk, jobs))
    assert screen.form.isHidden()
    assert any("Sync once" in one for one in words(screen))

    exchange.exchange(desk)
    jobs.recorded.emit([])
    settle(qtbot, jobs)

    assert not screen.form.isHidden()


def test_answers_are_read_and_something_added_by_number_and_code(
    qtbot, jobs, opened, aidana, aigul, enrolled
):
    reporter = reports.write(aidana, what=WHAT)
    exchange.exchange(aidana)
    exchange.exchange(aigul)
    officer.answer(aigul, officer.threads(aigul)[0], "Қай күні?")
    exchange.exchange(aigul)
    elsewhere = enrolled()
    exchange.exchange(elsewhere)
    screen = opened(ReportsScreen(elsewhere, jobs))

    screen.number.set_value(spelled(reporter.number).lower())
    screen.code.set_value(spelled(reporter.code))
    screen.look_button.click()
    settle(qtbot, jobs)
    qtbot.waitUntil(lambda: {WHAT, "Қай күні?"} <= set(words(screen.shown)))
    screen.word.set_value("Жетісінде")
    screen.add_button.click()
    settle(qtbot, jobs)
    qtbot.waitUntil(lambda: "Жетісінде" in words(screen.shown))

    screen.end_button.click()
    assert words(screen.shown) == []
    assert (screen.number.value(), screen.code.value()) == (None, None)
    assert screen._reporter is None


def test_a_slip_of_the_pen_and_a_number_of_nobody_are_told_at_the_field(
    qtbot, jobs, opened, aidana
):
    screen = opened(ReportsScreen(aidana, jobs))
    other = new_reporter()

    screen.number.set_value(other.number)
    screen.code.set_value(new_reporter().code)
    screen.look_button.click()
    assert any("not right" in one for one in words(screen.code_row))
    screen.code.set_value(other.code)
    screen.look_button.click()
    settle(qtbot, jobs)

    assert any("no report of this number" in one for one in words(screen.code_row))
    assert screen.look_button.isEnabled()


def test_an_officer_answers_and_hands_over(qtbot, jobs, opened, aidana, aigul, enrolled):
    coordinator = enrolled("coordinator")
    records.save(coordinator, "competent_body", {"name": "ҰҚК"})
    reporter = reports.write(aidana, what=WHAT)
    for desk in (coordinator, aidana, aigul):
        exchange.exchange(desk)
    screen = opened(OfficerScreen(aigul, jobs))
    assert screen.bar.isHidden()

    screen.word.set_value("Рақмет")
    screen.answer_button.click()
    settle(qtbot, jobs)
    qtbot.waitUntil(lambda: "Рақмет" in words(screen.shown))
    screen.hand_button.click()
    settle(qtbot, jobs)
    [dialog] = screen.findChildren(HandOver) or [
        one for one in QApplication.topLevelWidgets() if isinstance(one, HandOver)
    ]
    dialog.go_button.click()
    assert "Fill this in." in words(dialog)
    dialog.body.set_value(dialog.body.choices()[0][0])
    dialog.day.set_value(date(2026, 11, 27))
    dialog.go_button.click()
    settle(qtbot, jobs)

    qtbot.waitUntil(lambda: "Handed over to: ҰҚК" in words(screen.shown))
    assert screen.list.rows.rows[0].badge == "Handed over"
    exchange.exchange(aigul)
    assert reports.follow(aidana, reporter).handed_to == "ҰҚК"


def test_an_officers_key_is_made_its_card_saved_and_earlier_reports_given(
    qtbot, jobs, opened, aidana, aigul, enrolled, region, server, tmp_path
):
    reports.write(aidana, what=WHAT)
    for desk in (aidana, aigul):
        exchange.exchange(desk)
    bolat = enrolled("integrity_officer")
    screen = opened(OfficerScreen(bolat, jobs))
    assert any("no key on this laptop" in one for one in words(screen.bar))

    screen.save_card(tmp_path / "card.txt")
    settle(qtbot, jobs)
    card = officer.standing(bolat).card
    assert card.check in words(screen.bar)
    region.appoint(server, card)
    for desk in (bolat, aigul):
        exchange.exchange(desk)
    giving = opened(OfficerScreen(aigul, jobs))
    assert any(bolat.person.name in one for one in words(giving.bar))
    giving.bar.give_button.click()
    settle(qtbot, jobs)
    assert giving.bar.isHidden()

    exchange.exchange(bolat)
    screen.reload()
    settle(qtbot, jobs)
    assert screen.bar.isHidden()
    qtbot.waitUntil(lambda: WHAT in words(screen.shown))


def test_the_slip_is_a_page_of_a6_with_number_and_code_and_nothing_of_the_report(tmp_path):
    reporter = new_reporter()
    file = tmp_path / "slip.pdf"
    file.write_bytes(draw_slip(reporter.number, reporter.code))

    [page] = PdfReader(file).pages
    told = page.extract_text().replace("\n", "")
    for group in (*spelled(reporter.number).split("-"), *spelled(reporter.code).split("-")):
        assert group in told
    assert (int(page.mediabox.width), int(page.mediabox.height)) == (297, 420)


def test_what_was_opened_leaves_the_screen_with_the_letters(
    qtbot, jobs, opened, said, aidana, aigul, region, server, enrolled
):
    exchanges = Exchanges(jobs, 10)
    card = officer.make_key(enrolled("integrity_officer"))
    region.appoint(server, card)
    exchange.exchange(aigul)
    officer.give_earlier(aigul)
    reports.write(aidana, what=WHAT, photos=[photo(0)])
    exchange.exchange(aidana)
    exchange.exchange(aigul)
    screen = opened(OfficerScreen(aigul, jobs))
    screen.word.set_value("Рақм")
    qtbot.waitUntil(lambda: WHAT in words(screen.shown))
    region.appoint(server, drop=(officer.standing(aigul).card.check,))
    with server.service.store.writing.begin() as session:
        admin.set_role(session, server.service.pack, aigul.person.id, "activist", SOZAQ)

    exchanges.begin(aigul)
    exchanges.exchange()
    settle(qtbot, jobs)

    assert [one for one in said if "has left it" in one or "have left it" in one]
    qtbot.waitUntil(lambda: screen.pages.currentIndex() == 0)
    assert words(screen.shown) == []
    assert (screen.title.text(), screen.word.value()) == ("", None)
    assert (screen._images, screen.large._images) == ([], [])
    exchanges.rest()
