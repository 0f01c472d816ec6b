"""A new laptop is bound in the window: whatever goes wrong on the way, one knows where one stands."""

import pytest
from keyring.backends.null import Keyring as NullKeyring
from PySide6.QtCore import Qt

import desktop.profile
from desktop import keys
from desktop.store_failures import full
from tests.profiles import PASSWORD, URL, keystore
from tests.ui.keys import press, write
from tests.ui.started import (  # noqa: F401
    given_server,
    given_start,
    page,
    settle,
    sign_in,
    words,
)
from ui.dialogs.password import PasswordDialog
from ui.dialogs.recovery_sheet import RecoverySheet
from ui.screens.sign_in import SignIn


@pytest.fixture
def program(qtbot, start, server, tmp_path):
    server.account("aidana")
    program = start(tmp_path / "profile")
    qtbot.waitUntil(lambda: isinstance(page(program), SignIn), timeout=20_000)
    form = page(program)
    for text, field in (
        (URL, form.server),
        (server.code("aidana"), form.code),
        (PASSWORD, form.password),
    ):
        write(text, field)
    return program


def bind(qtbot, program):
    press(Qt.Key.Key_Return, widget=page(program).password)
    settle(qtbot, program)


def fails(*_, **__):
    raise full("the profile")


def test_a_new_laptop_is_bound_and_shows_its_recovery_sheet(qtbot, program):
    bind(qtbot, program)

    assert program.desk.person.id == "aidana"
    assert len(program.frame.findChildren(RecoverySheet)) == 1


def test_a_computer_without_a_keystore_says_that_the_password_stands_alone(qtbot, program):
    with keystore(NullKeyring()):
        bind(qtbot, program)

    assert any("password alone" in said for said in words(program))


def test_where_a_keystore_was_used_nothing_is_said_of_it(qtbot, program):
    bind(qtbot, program)

    assert words(program) == []


def test_where_the_sheet_cannot_be_made_the_work_begins_and_a_button_makes_it_later(
    qtbot, program, monkeypatch
):
    with monkeypatch.context() as disk:
        disk.setattr(keys, "make_recovery_code", fails)
        bind(qtbot, program)

    assert program.desk.person.id == "aidana"
    [said] = program.frame.notices.shown
    assert "no recovery sheet yet" in said.message.words
    assert "no room" in said.message.words
    said.message.action.run()
    [asking] = program.frame.findChildren(PasswordDialog)
    write(PASSWORD, asking.password)
    asking.go_button.click()
    settle(qtbot, program)
    assert len(program.frame.findChildren(RecoverySheet)) == 1


def test_a_laptop_that_was_bound_and_does_not_open_asks_for_its_password(
    qtbot, program, monkeypatch
):
    with monkeypatch.context() as disk:
        disk.setattr(desktop.profile, "open_desk", fails)
        bind(qtbot, program)

    form = page(program)
    assert form.enrolled
    assert "no room" in form.fields["password"].problem.text()
    sign_in(qtbot, program)
    assert program.desk.person.id == "aidana"
    assert words(program) == []


def test_a_laptop_that_was_not_bound_asks_again_for_all(qtbot, program):
    page(program).code.setText("WRONG-CODE")

    bind(qtbot, program)

    assert not page(program).enrolled
    assert page(program).server.text() == URL
