"""A paper is looked at before it leaves: page by page, larger and smaller, then printed or saved."""

from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QFileDialog

from desktop.actions.exporting import exports
from desktop.exports.marks import NOT_YET
from sync.errors import UserError
from sync.language import LANGUAGES
from tests.documents import pages_of, words_of
from tests.papers import meeting
from tests.profiles import ISSUE
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import record
from tests.ui.keys import press, settle, show
from tests.ui.printed import TWO, file_printer, given_preview, long_paper  # noqa: F401
from ui import printers, theme
from ui.dialogs.paper import PaperDialog
from ui.dialogs.preview import PreviewDialog
from ui.drawn import page_picture, page_size
from ui.papers import ask_register
from ui.pdf_pages import LaidPages, draw_pages
from ui.screens.issues import IssuesScreen
from ui.screens.meetings import MeetingsScreen
from ui.translation import use_language
from ui.widgets.page_view import KEPT

CTRL = Qt.KeyboardModifier.ControlModifier
KEY = Qt.Key


@pytest.fixture
def asked(qtbot, desk, jobs):
    """The question about the minutes of a meeting, and its screen."""
    screen = MeetingsScreen(desk, jobs)
    show(qtbot, screen)
    screen.open_record(meeting(desk))
    qtbot.waitUntil(lambda: screen.editor.page is not None)
    screen.print_record()
    settle(qtbot, jobs)
    [dialog] = screen.findChildren(PaperDialog)
    return screen, dialog


def looked_at(qtbot, jobs, screen, dialog):
    dialog.preview_button.click()
    settle(qtbot, jobs)
    [preview] = screen.findChildren(PreviewDialog)
    return preview


def printing_to(path, monkeypatch):
    """Two printers, which write a file in the place of paper; what was wanted of them is listed."""
    asked = []

    def print_apart(paper, wanted):
        asked.append(wanted)
        if not printers.send_to(file_printer(path), printers.drawn_of(paper), wanted.pages):
            raise UserError(printers.NOT_PRINTED)

    monkeypatch.setattr(printers, "known", lambda: TWO)
    monkeypatch.setattr(printers, "print_apart", print_apart)
    return asked


def print_it(qtbot, jobs, preview):
    """By Ctrl+P, then once more: it goes to the usual printer."""
    press(KEY.Key_P, CTRL, preview.view)
    qtbot.waitUntil(preview.printing.isVisible)
    press(KEY.Key_P, CTRL, preview.view)


def test_keys_go_page_by_page_and_the_page_is_told_in_words(preview):
    count = preview.view.count
    told = []
    for key in (KEY.Key_PageDown, KEY.Key_PageDown, KEY.Key_PageUp, KEY.Key_End, KEY.Key_Home):
        press(key)
        told.append(preview.view.page)

    assert count > 3
    assert told == [1, 2, 1, count - 1, 0]
    assert preview.place.text() == f"{count} беттің 1-беті"
    assert preview.view.accessibleDescription() == preview.place.text()


def test_it_begins_as_wide_as_there_is_room_and_stays_so(qtbot, preview):
    def fills():
        room = preview.view.viewport().width()
        return room - 40 < page_size(preview.view.drawn).width() * preview.view.zoom < room

    assert fills()
    preview.resize(700, 700)
    qtbot.waitUntil(fills)

    press(KEY.Key_Plus, CTRL)
    assert not fills()
    press(KEY.Key_0, CTRL)
    assert fills()


def test_it_grows_and_shrinks_by_keys_and_one_stays_where_one_reads(preview):
    press(KEY.Key_PageDown)
    zoom = preview.view.zoom
    press(KEY.Key_Plus, CTRL)
    larger = preview.view.zoom
    press(KEY.Key_Equal, CTRL)
    press(KEY.Key_Minus, CTRL)

    assert zoom < larger == preview.view.zoom
    assert preview.size_words.text() == f"{round(larger * 100)} %"
    assert preview.view.page == 1


def test_a_page_looks_as_the_pdf_has_it(qapp):
    paper = long_paper()
    drawn = LaidPages(paper)
    image = page_picture(drawn, 0, 1.0)

    assert drawn.count == len(pages_of(draw_pages(paper)))
    assert (image.width(), image.height()) == (793, 1122)  # A4 at 96 dots an inch
    dark = [x for x in range(image.width()) if any(
        image.pixelColor(x, y).lightness() < 128 for y in range(image.height())
    )]  # fmt: skip
    assert 90 < dark[0] < 100  # 25 mm
    assert 730 < dark[-1] < 738  # 15 mm before the edge


def test_the_minutes_are_looked_at_and_nothing_has_left(qtbot, desk, jobs, asked):
    screen, dialog = asked
    assert dialog.preview_button.isDefault()
    preview = looked_at(qtbot, jobs, screen, dialog)

    assert (preview.isVisible(), dialog.isVisible()) == (True, False)
    assert preview.view.count >= 1
    assert exports(desk) == []
    preview.reject()
    assert dialog.isVisible()


@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_from_the_preview_it_is_saved_and_both_close(
    qtbot, desk, jobs, asked, said, tmp_path, monkeypatch, ending
):
    screen, dialog = asked
    preview = looked_at(qtbot, jobs, screen, dialog)
    offered = []

    def choose(_parent, _title, name, files):
        offered.append(files)
        return name, files

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    monkeypatch.setattr("ui.dialogs.export.to_save", lambda name: str(tmp_path / name))
    preview.save_buttons[ending].click()
    assert not preview.print_button.isEnabled()  # it leaves once
    settle(qtbot, jobs)

    [path] = tmp_path.glob(f"*.{ending}")
    assert f"*.{ending}" in offered[0]
    assert ";;" not in offered[0]
    words = "\n".join(words_of(path)) if ending == "docx" else pages_of(path.read_bytes())[0]
    assert "ХАТТАМА" in words
    assert [one.format for one in exports(desk)] == [ending]
    qtbot.waitUntil(lambda: screen.findChildren(PaperDialog) == [])
    qtbot.waitUntil(lambda: screen.findChildren(PreviewDialog) == [])


def test_what_goes_to_a_printer_is_noted_first_and_has_its_id(
    qtbot, desk, jobs, asked, said, tmp_path, monkeypatch
):
    screen, dialog = asked
    preview = looked_at(qtbot, jobs, screen, dialog)
    wanted = printing_to(tmp_path / "out.pdf", monkeypatch)

    print_it(qtbot, jobs, preview)
    settle(qtbot, jobs)

    assert wanted == [printers.Wanted("HP", [0], 1)]
    [noted] = exports(desk)
    page = "".join(pages_of((tmp_path / "out.pdf").read_bytes())[0].split())
    assert (noted.format, noted.rows) == ("print", 1)
    assert noted.id in page
    assert NOT_YET not in page
    assert any(noted.id in words for words in said)
    qtbot.waitUntil(lambda: screen.findChildren(PaperDialog) == [])


def test_the_dialog_of_the_system_can_be_chosen_instead(
    qtbot, desk, jobs, asked, said, tmp_path, monkeypatch
):
    screen, dialog = asked
    preview = looked_at(qtbot, jobs, screen, dialog)
    monkeypatch.setattr(printers, "known", lambda: TWO)

    def answer(system):
        system.chosen.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        system.chosen.setOutputFileName(str(tmp_path / "out.pdf"))
        system.done(QDialog.DialogCode.Accepted)

    monkeypatch.setattr("ui.previewing.QDialog.open", answer)
    preview.print_button.click()
    settle(qtbot, jobs)
    preview.printing.system_button.click()
    settle(qtbot, jobs)

    [noted] = exports(desk)
    assert noted.id in "".join(pages_of((tmp_path / "out.pdf").read_bytes())[0].split())


def test_without_a_printer_it_is_said_what_to_do(qtbot, desk, jobs, asked, monkeypatch):
    screen, dialog = asked
    preview = looked_at(qtbot, jobs, screen, dialog)
    monkeypatch.setattr(printers, "known", lambda: printers.Known([], ""))

    press(KEY.Key_P, CTRL, preview.view)
    settle(qtbot, jobs)

    assert "принтер" in preview.problem.text()
    assert preview.save_buttons["pdf"].isEnabled()
    assert exports(desk) == []
    preview.reject()


def test_a_printer_that_takes_nothing_is_told_in_the_preview(
    qtbot, desk, jobs, asked, tmp_path, monkeypatch
):
    screen, dialog = asked
    preview = looked_at(qtbot, jobs, screen, dialog)
    printing_to(tmp_path / "none" / "out.pdf", monkeypatch)
    monkeypatch.setattr(printers, "send_to", lambda *_: False)

    print_it(qtbot, jobs, preview)
    settle(qtbot, jobs)

    assert preview.problem.isVisible()
    assert preview.printing.print_button.isEnabled()
    preview.reject()


def test_peoples_data_are_looked_at_with_a_purpose_only(qtbot, desk, jobs):
    screen = IssuesScreen(desk, jobs)
    show(qtbot, screen)
    screen.open_record(record(desk, "issue", ISSUE))
    qtbot.waitUntil(lambda: screen.editor.page is not None)
    screen.print_record()
    settle(qtbot, jobs)
    [dialog] = screen.findChildren(PaperDialog)

    dialog.personal.click()
    assert not dialog.preview_button.isEnabled()
    dialog.purposes["answer"].click()
    assert dialog.preview_button.isEnabled()
    dialog.reject()


def test_back_from_the_preview_the_question_is_answered_as_before(
    qtbot, desk, jobs, asked, said, tmp_path
):
    screen, dialog = asked
    looked_at(qtbot, jobs, screen, dialog).reject()
    qtbot.waitUntil(lambda: screen.findChildren(PreviewDialog) == [])

    assert dialog.preview_button.isEnabled()
    dialog.save(tmp_path / "a.docx")
    settle(qtbot, jobs)

    assert (tmp_path / "a.docx").exists()
    assert len(said) == 1


def test_while_it_is_laid_out_it_is_asked_for_once_and_the_answers_stay(
    qtbot, desk, jobs, asked, monkeypatch
):
    """Else another language than that of the pages would go to the printer."""
    screen, dialog = asked
    dialog.preview_button.click()
    dialog.preview_button.click()
    assert not any(button.isEnabled() for button in dialog.languages.values())
    settle(qtbot, jobs)

    [preview] = screen.findChildren(PreviewDialog)
    preview.reject()
    assert all(button.isEnabled() for button in dialog.languages.values())
    assert dialog.focusWidget() is dialog.preview_button
    dialog.reject()


def test_who_gives_up_the_question_sees_no_preview(qtbot, desk, jobs, asked):
    screen, dialog = asked
    dialog.preview_button.click()
    dialog.reject()
    settle(qtbot, jobs)

    assert screen.findChildren(PreviewDialog) == []


def test_who_leaves_the_preview_while_it_is_printed_is_told_all_the_same(
    qtbot, desk, jobs, asked, said, tmp_path, monkeypatch
):
    """It is on paper then, and was noted."""
    screen, dialog = asked
    preview = looked_at(qtbot, jobs, screen, dialog)
    printing_to(tmp_path / "out.pdf", monkeypatch)
    sent = []

    def send_slowly(*given):
        sent.append(given)
        return released.wait(10)

    released = Event()
    monkeypatch.setattr(printers, "send_to", send_slowly)
    print_it(qtbot, jobs, preview)
    qtbot.waitUntil(lambda: sent != [])
    preview.reject()
    qtbot.waitUntil(lambda: screen.findChildren(PreviewDialog) == [])
    released.set()
    settle(qtbot, jobs)

    [noted] = exports(desk)
    assert any(noted.id in words for words in said)
    qtbot.waitUntil(lambda: screen.findChildren(PaperDialog) == [])


def test_it_is_printed_once_however_often_it_is_asked_for(
    qtbot, desk, jobs, asked, said, tmp_path, monkeypatch
):
    screen, dialog = asked
    preview = looked_at(qtbot, jobs, screen, dialog)
    wanted = printing_to(tmp_path / "out.pdf", monkeypatch)

    for button in (preview.print_button, preview.printing.print_button):
        button.click()
        button.click()
        settle(qtbot, jobs)

    assert len(wanted) == len(exports(desk)) == 1


def test_printers_that_do_not_answer_hold_nobody_and_are_told(
    qtbot, desk, jobs, asked, monkeypatch
):
    screen, dialog = asked
    preview = looked_at(qtbot, jobs, screen, dialog)
    monkeypatch.setattr(printers, "PATIENCE", 0.01)

    press(KEY.Key_P, CTRL, preview.view)
    settle(qtbot, jobs)

    assert preview.problem.text() == str(UserError(printers.SILENT))
    assert preview.print_button.isEnabled()
    preview.reject()


def test_what_cannot_be_laid_out_is_said_in_the_question(qtbot, desk, jobs, asked, monkeypatch):
    screen, dialog = asked

    def look(*_):
        raise UserError("Мәтін серверде.")

    monkeypatch.setattr("desktop.actions.papers.look", look)
    dialog.preview_button.click()
    settle(qtbot, jobs)

    assert dialog.problem.text() == "Мәтін серверде."
    assert screen.findChildren(PreviewDialog) == []
    dialog.reject()


def test_a_preview_that_is_open_when_the_program_ends_draws_no_more(qtbot, desk, jobs, asked):
    """Qt's letters belong to the thread that laid them out: the program ended with a crash."""
    screen, dialog = asked
    preview = looked_at(qtbot, jobs, screen, dialog)

    jobs.close()

    assert preview.view.drawn is None
    preview.view.step(1)
    preview.view.go(1)
    preview.grab()
    preview.reject()


def test_pictures_of_pages_do_not_pile_up(preview):
    preview.view.show_drawn(LaidPages(long_paper(10)))
    for _ in range(3):
        preview.view.step(1)
    for at in range(preview.view.count):
        preview.view.go(at)
        preview.grab()

    pixels = sum(one.width() * one.height() for one in preview.view._pictures.values())
    assert pixels < 2 * KEPT
    assert len(preview.view._pictures) < preview.view.count


def test_what_a_question_is_for_comes_first_and_the_way_out_last(qtbot, jobs, asked):
    screen, dialog = asked
    words = (dialog.preview_button, dialog.save_button, dialog.stop_button)
    assert words == tuple(sorted(words, key=lambda button: button.x()))

    preview = looked_at(qtbot, jobs, screen, dialog)
    words = (preview.print_button, *preview.save_buttons.values(), preview.close_button)
    assert words == tuple(sorted(words, key=lambda button: button.x()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_of_a_button_are_cut_where_words_are_large(qtbot, desk, jobs, language):
    theme.enlarge(1.5)
    use_language(language)
    screen = MeetingsScreen(desk, jobs)
    show(qtbot, screen)
    ask_register(desk, jobs, screen)
    [dialog] = screen.findChildren(PaperDialog)
    buttons = (dialog.preview_button, dialog.save_button, dialog.stop_button)
    wide = [(one.width(), one.sizeHint().width()) for one in buttons]
    theme.enlarge(1.0)

    assert all(has >= needs for has, needs in wide)
