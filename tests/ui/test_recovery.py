"""The recovery sheet on the screen: made, shown once, saved as a page, and used without a network."""

import io

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt

from desktop import keys
from desktop.recoveries import recover_by_code
from desktop.recovery_code import groups, new_code
from sync.client import recovered
from sync.language import LANGUAGES, tr
from tests.profiles import CHEAP, PASSWORD
from tests.ui.keys import choose, press, show, write
from tests.ui.started import (  # noqa: F401
    given_profile,
    given_server,
    given_start,
    page,
    settle,
    sign_in,
    words,
)
from ui.dialogs.password import PasswordDialog
from ui.dialogs.recovery_sheet import RecoverySheet
from ui.recovery_paper import draw_sheet
from ui.screens.sign_in import SignIn
from ui.translation import use_language
from ui.widgets.labels import PlainLabel

CODE = new_code()
OTHER = "жаңа құпия сөз"


def sheet_of(program):
    [found] = program.frame.findChildren(RecoverySheet)
    return found


def shown_code(dialog):
    texts = [label.text() for label in dialog.findChildren(PlainLabel)]
    return "".join(text for text in texts if len(text) == 4 and text.isascii())


@pytest.fixture
def forgotten(qtbot):
    use_language("en")
    form = SignIn(enrolled=True)
    show(qtbot, form)
    qtbot.mouseClick(form.forgot_button, Qt.MouseButton.LeftButton)
    return form


def test_who_forgot_the_password_is_asked_for_the_code_and_a_new_one(qtbot, forgotten):
    assert forgotten.sheet.hasFocus()
    assert not forgotten.password.isVisible()
    write("ABCD EFGH")
    press(Qt.Key.Key_Tab)
    write(OTHER)

    with qtbot.waitSignal(forgotten.recover) as asked:
        press(Qt.Key.Key_Return)

    assert asked.args == ["ABCD EFGH", OTHER]


def test_one_may_go_back_to_the_password(qtbot, forgotten):
    qtbot.mouseClick(forgotten.forgot_button, Qt.MouseButton.LeftButton)

    assert forgotten.password.hasFocus()
    assert not forgotten.sheet.isVisible()
    write("secret")
    with qtbot.waitSignal(forgotten.unlock):
        press(Qt.Key.Key_Return)


def test_what_is_missing_is_said_at_its_field(forgotten):
    forgotten.button.click()

    assert forgotten.fields["sheet"].problem.isVisible()
    assert forgotten.fields["following"].problem.isVisible()


def test_a_new_laptop_needs_no_password_yet(qtbot):
    form = SignIn(enrolled=False)
    show(qtbot, form)

    assert not form.forgot_button.isVisible()


def test_a_forgotten_password_is_replaced_and_a_new_sheet_shown(qtbot, start, profile):
    code = keys.make_recovery_code(profile.keys, PASSWORD, cost=CHEAP)
    program = start(profile.folder)
    qtbot.waitUntil(lambda: isinstance(page(program), SignIn), timeout=20_000)
    form = page(program)
    form.set_recovering(True)

    write("-".join(groups(code))[:-1] + "?", form.sheet)
    write(OTHER, form.following)
    press(Qt.Key.Key_Return, widget=form.following)
    settle(qtbot, program)
    assert "36" in form.fields["sheet"].problem.text()
    form.sheet.setText(code.lower())
    press(Qt.Key.Key_Return, widget=form.sheet)
    settle(qtbot, program)

    assert program.desk.person.id == "aidana"
    following = shown_code(sheet_of(program))
    assert len(following) == len(code)
    assert following != code
    sheet_of(program).done_button.click()
    program.lock()
    sign_in(qtbot, program, OTHER)
    assert program.desk.person.id == "aidana"


def test_a_new_sheet_is_made_with_the_password_and_saved_as_a_page(
    qtbot, start, profile, tmp_path
):
    program = start(profile.folder)
    sign_in(qtbot, program)
    choose(program.window._tools["key"].menu(), "New recovery sheet…")
    [asking] = program.frame.findChildren(PasswordDialog)

    write("wrong", asking.password)
    asking.go_button.click()
    settle(qtbot, program)
    assert "Wrong password" in asking.row.problem.text()
    asking.password.setText(PASSWORD)
    asking.go_button.click()
    settle(qtbot, program)
    dialog = sheet_of(program)
    dialog.save(str(tmp_path / "sheet.pdf"))

    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")
    assert any("Print it" in text for text in words(program))
    keys.recover(profile.keys, shown_code(dialog), OTHER, cost=CHEAP)


def test_a_sheet_that_was_closed_by_mistake_can_be_made_anew(qtbot, start, profile):
    program = start(profile.folder)
    sign_in(qtbot, program)
    program.sheets.show(CODE)

    press(Qt.Key.Key_Escape, widget=sheet_of(program))

    assert any("make a new one" in text for text in words(program))


def test_a_locked_window_shows_no_code(qtbot, start, profile):
    program = start(profile.folder)
    sign_in(qtbot, program)
    program.sheets.show(CODE)
    assert sheet_of(program).isVisible()

    program.lock()

    assert not sheet_of(program).isVisible()
    settle(qtbot, program)
    qtbot.waitUntil(lambda: program.frame.findChildren(RecoverySheet) == [])
    assert words(program) == []


def test_a_page_that_cannot_be_saved_is_said(qtbot, start, profile, tmp_path):
    program = start(profile.folder)
    sign_in(qtbot, program)
    program.sheets.show(CODE)

    sheet_of(program).save(str(tmp_path / "nowhere" / "sheet.pdf"))

    assert len(words(program)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_holds_the_code_and_whose_it_is(qtbot, language):
    use_language(language)

    pages = PdfReader(io.BytesIO(draw_sheet(CODE, "Айгүл Бейсенова", "Созақ"))).pages

    assert len(pages) == 1
    text = " ".join(pages[0].extract_text().split())
    assert all(group in text for group in groups(CODE))
    assert "Айгүл Бейсенова" in text
    assert tr("Recovery sheet") in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_on_the_dialog_is_cut(qtbot, language):
    use_language(language)
    dialog = RecoverySheet(CODE, "Айгүл", "Созақ")
    show(qtbot, dialog)

    for label in dialog.findChildren(PlainLabel):
        if label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width())
        else:
            assert label.width() >= label.sizeHint().width()


def test_the_next_one_who_opens_hears_once_that_the_sheet_was_used(qtbot, start, profile):
    code = keys.make_recovery_code(profile.keys, PASSWORD, cost=CHEAP)
    recover_by_code(profile, code, OTHER)
    program = start(profile.folder)

    sign_in(qtbot, program, OTHER)

    [said] = [one for one in words(program) if "tell your coordinator" in one]
    assert "by the recovery code" in said
    with program.desk.store() as session:
        assert recovered.for_owner(session) == []
