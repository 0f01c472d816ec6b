"""Password and sheet are both lost: in the window the region is asked, and its answer opened."""

import pytest
from PySide6.QtWidgets import QFileDialog

from desktop import keys
from desktop.custodians import answer, make
from desktop.profile import close_desk, open_desk
from desktop.region_letters import Owner, Request, open_letter, written
from desktop.region_recovery import seal_to_region
from tests.profiles import PASSWORD
from tests.ui.keys import write
from tests.ui.started import (  # noqa: F401
    given_profile,
    given_server,
    given_start,
    page,
    settle,
)
from ui.dialogs.ask_region import AskRegionDialog
from ui.dialogs.recovery_sheet import RecoverySheet
from ui.screens.sign_in import SignIn

OTHER = "жаңа құпия сөз"


@pytest.fixture
def sheets(profile):
    """The laptop has heard of the region's key; two of its custodians' sheets."""
    known, shares = make(2, 3)
    key = keys.unwrap(profile.keys, PASSWORD)
    seal_to_region(profile.keys, key, known[0].keys, Owner("Айдана", "aidana", "", ""))
    return shares[:2]


@pytest.fixture
def dialog(qtbot, start, profile):
    program = start(profile.folder)
    qtbot.waitUntil(lambda: isinstance(page(program), SignIn), timeout=20_000)
    assert page(program).region_button.isHidden()
    page(program).forgot_button.click()
    page(program).region_button.click()
    [dialog] = program.frame.findChildren(AskRegionDialog)
    dialog.program = program
    return dialog


@pytest.fixture
def files(tmp_path, monkeypatch):
    """What the person names in the system's dialogs."""
    request, reply = tmp_path / "request.txt", tmp_path / "answer.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(request), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(reply), ""))
    return request, reply


def typed(qtbot, dialog, password, repeated, button):
    for text, edit in ((password, dialog.password), (repeated, dialog.repeated)):
        edit.clear()
        write(text, edit)
    button.click()
    settle(qtbot, dialog.program)


def test_the_answer_opens_the_work_and_a_new_sheet_is_shown(qtbot, sheets, dialog, files, profile):
    request, reply = files
    program = dialog.program
    typed(qtbot, dialog, OTHER, OTHER, dialog.ask_button)
    asked = open_letter(request, Request)
    assert asked.check in "".join(dialog.check.text().split())
    reply.write_text(written(answer(asked, sheets).reply))

    typed(qtbot, dialog, OTHER, "", dialog.answer_button)

    assert program.desk.person.id == "aidana"
    assert len(program.frame.findChildren(RecoverySheet)) == 1
    with pytest.raises(keys.WrongPassword):
        keys.unwrap(profile.keys, PASSWORD)


def test_the_old_password_stays_good_until_an_answer_is_used(
    qtbot, sheets, dialog, files, profile
):
    typed(qtbot, dialog, OTHER, OTHER, dialog.ask_button)
    dialog.reject()
    dialog.program.frame.close()

    close_desk(open_desk(profile, PASSWORD))


@pytest.mark.parametrize(
    ("password", "repeated", "said"),
    [
        ("", "", "Fill this in"),
        ("short", "short", "at least 8"),
        (OTHER, OTHER + "!", "not the same"),
    ],
)
def test_what_is_wrong_is_said_and_no_request_is_written(
    qtbot, sheets, dialog, files, password, repeated, said
):
    typed(qtbot, dialog, password, repeated, dialog.ask_button)

    problems = dialog.row.problem.text() + dialog.again.problem.text()
    assert said in problems
    assert not files[0].exists()


def test_a_laptop_that_has_not_heard_of_the_regions_key_says_so(qtbot, dialog, files):
    typed(qtbot, dialog, OTHER, OTHER, dialog.ask_button)

    assert "not heard of the region's key" in dialog.row.problem.text()
    assert dialog.ask_button.isEnabled()


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe", b"noise", b"e30="])
def test_a_file_that_is_no_answer_is_said_in_words(qtbot, sheets, dialog, files, content):
    if content is not None:
        files[1].write_bytes(content)

    typed(qtbot, dialog, OTHER, "", dialog.answer_button)

    problem = dialog.row.problem.text()
    assert "no answer of the region" in problem or "cannot be read" in problem


def test_the_password_must_be_that_of_the_request(qtbot, sheets, dialog, files):
    typed(qtbot, dialog, OTHER, OTHER, dialog.ask_button)
    files[1].write_text(written(answer(open_letter(files[0], Request), sheets).reply))

    typed(qtbot, dialog, PASSWORD, "", dialog.answer_button)

    assert "not the password that was chosen" in dialog.row.problem.text()
    assert dialog.program.desk is None


def test_whoever_names_no_file_has_asked_for_nothing(qtbot, sheets, dialog, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))

    typed(qtbot, dialog, OTHER, OTHER, dialog.ask_button)

    assert dialog.check.isHidden()
    assert dialog.ask_button.isEnabled()
