"""What is held about a person, in the window: looked for, ticked, saved for them, erased."""

from functools import partial
from io import BytesIO
from threading import Event

import msgspec
import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QFileDialog

from desktop.actions import records
from desktop.holdings.paper import Paragraph
from sync.client.facts import remember
from sync.erasure import REASONS
from sync.vocabulary import choices
from tests.profiles import ISSUE
from tests.ui.keys import choose, write
from tests.ui.started import (  # noqa: F401
    given_profile,
    given_server,
    given_start,
    settle,
    sign_in,
)
from ui.dialogs.erase import EraseDialog
from ui.dialogs.held import HeldDialog
from ui.dialogs.preview import PreviewDialog
from ui.held_paper import draw_held

NAME = "Гүлсім Ахметова"
HERS = ISSUE | {"applicant": NAME, "consent_way": "signed", "consent_on": "2026-11-05"}


@pytest.fixture
def program(qtbot, start, profile):
    program = start(profile.folder)
    sign_in(qtbot, program)
    for values in (HERS, HERS, ISSUE):
        program.jobs.write(lambda values=values: records.save(program.desk, "issue", values))
    settle(qtbot, program)
    return program


def asked(qtbot, program, typed=NAME):
    """The dialog, after this was looked for."""
    choose(program.window._tools["key"].menu(), "What is held about a person…")
    [dialog] = program.frame.findChildren(HeldDialog)
    write(typed, dialog.whom)
    dialog.find_button.click()
    settle(qtbot, program)
    return dialog


def test_nothing_is_ticked_until_somebody_says_whose_it_is(qtbot, program):
    dialog = asked(qtbot, program)

    assert len(dialog.cards) == 2
    assert dialog.chosen() == []
    assert not dialog.paper_button.isEnabled()
    assert "2 records name" in dialog.words.text()


def test_too_little_is_said_in_the_dialog(qtbot, program):
    dialog = asked(qtbot, program, "А")

    assert "name, or the whole phone" in dialog.problem.text()
    assert dialog.cards == {}


def test_nobody_of_that_name_is_said_too(qtbot, program):
    dialog = asked(qtbot, program, "Болат")

    assert "Nothing on this laptop names “Болат”" in dialog.words.text()


def test_what_is_ticked_is_saved_for_the_person(qtbot, program, tmp_path, monkeypatch):
    path = tmp_path / "her.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    dialog = asked(qtbot, program)
    next(iter(dialog.cards.values())).tick.click()

    dialog.paper_button.click()
    settle(qtbot, program)

    assert path.read_text("utf-8").count(f"Applicant: {NAME}") >= 1
    assert dialog.problem.text() == ""


def test_what_is_looked_at_is_what_is_saved_whoever_was_asked_about_meanwhile(
    qtbot, program, tmp_path, monkeypatch
):
    """Another name was typed while the paper was laid out, and its findings were saved."""
    path = tmp_path / "her.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    dialog = asked(qtbot, program)
    next(iter(dialog.cards.values())).tick.click()
    released = Event()
    program.jobs.aside(program.jobs, partial(released.wait, 10), bool)

    dialog.preview_button.click()
    assert not dialog.preview_button.isEnabled()
    dialog.whom.set_value("Болат")
    dialog.find_button.click()
    qtbot.waitUntil(lambda: dialog.cards == {})
    released.set()
    settle(qtbot, program)
    [preview] = dialog.findChildren(PreviewDialog)
    preview.save_buttons["pdf"].click()
    settle(qtbot, program)

    assert NAME in " ".join(PdfReader(path).pages[0].extract_text().split())


def test_an_activist_is_offered_no_erasure(qtbot, program):
    dialog = asked(qtbot, program)

    assert not dialog.erase_button.isVisible()


def test_a_leader_erases_what_is_ticked_after_one_question(qtbot, program):
    leader = msgspec.structs.replace(program.desk.person, role="leader")
    with program.desk.store.begin() as session:
        remember(session, "person", leader)
    object.__setattr__(program.desk, "person", leader)
    dialog = asked(qtbot, program)
    first = next(iter(dialog.cards))
    dialog.cards[first].tick.click()

    dialog.erase_button.click()
    [question] = dialog.findChildren(EraseDialog)
    assert question.going.text() == "What goes: Issue: 1"
    assert dialog.rest.isHidden()
    question.reasons[choices(REASONS)[0].key].click()
    question.erase_button.click()
    settle(qtbot, program)
    settle(qtbot, program)

    assert first not in dialog.cards
    assert len(dialog.cards) == 1
    assert "35 days" in dialog.rest.text()
    assert dialog.rest.isVisible()
    assert len(records.list_records(program.desk, "issue")) == 2


def test_locking_takes_the_dialog_away(qtbot, program):
    asked(qtbot, program)

    program.lock()
    settle(qtbot, program)

    assert not [one for one in program.frame.findChildren(HeldDialog) if one.isVisible()]


def test_name_and_phone_are_looked_for_together(qtbot, program):
    choose(program.window._tools["key"].menu(), "What is held about a person…")
    [dialog] = program.frame.findChildren(HeldDialog)
    write("Болат", dialog.whom)
    write("8 701 123 45 67", dialog.phone)
    dialog.find_button.click()
    settle(qtbot, program)

    assert "“Болат, 8 701 123 45 67”" in dialog.words.text()


def test_the_paper_is_a_pdf_of_as_many_pages_as_it_takes(qtbot, program, tmp_path, monkeypatch):
    path = tmp_path / "her.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    dialog = asked(qtbot, program)
    for card in dialog.cards.values():
        card.tick.click()

    dialog.paper_button.click()
    settle(qtbot, program)

    pages = PdfReader(path).pages
    said = " ".join(" ".join(page.extract_text() for page in pages).split())
    for words in (NAME, "Consent: ", "Kept since ", "is noted under "):
        assert words in said, words


def test_a_long_paper_goes_on_over_the_page_and_shows_signs_as_they_are(program):
    said = [Paragraph(f"<b>{number}</b> жол") for number in range(200)]

    pages = PdfReader(BytesIO(draw_held(said))).pages

    assert len(pages) > 2
    told = [page.extract_text() for page in pages]
    assert "<b>0</b>" in told[0]
    assert "<b>199</b>" in told[-1]


def test_a_mention_is_opened_where_it_is_changed_by_hand(qtbot, program):
    program.jobs.write(
        lambda: records.save(program.desk, "issue", ISSUE | {"essence": "Болат Сейітов айтты"})
    )
    settle(qtbot, program)
    dialog = asked(qtbot, program, "Болат Сейітов")
    [card] = dialog.cards.values()
    assert "change its text" in card.advice.text()

    card.open_button.click()
    settle(qtbot, program)

    assert program.window.current == "issues"
    assert not [one for one in program.frame.findChildren(HeldDialog) if one.isVisible()]


def test_whoever_may_not_erase_reads_whom_to_ask(qtbot, program):
    dialog = asked(qtbot, program)

    card = next(iter(dialog.cards.values()))
    assert "Ask the leader of your group or the coordinator" in card.advice.text()
    assert card.open_button.isHidden()
