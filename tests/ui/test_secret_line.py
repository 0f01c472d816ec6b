import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from sync.language import speak
from tests.ui.keys import press, show, write
from ui.dialogs.new_password import NewPasswordDialog
from ui.screens.sign_in import SignIn
from ui.widgets.secret_line import SecretLine

HIDDEN, SEEN = QLineEdit.EchoMode.Password, QLineEdit.EchoMode.Normal


@pytest.fixture
def line(qtbot):
    speak("en")
    page = QWidget()
    line = SecretLine()
    QVBoxLayout(page).addWidget(line)
    show(qtbot, page)
    line.setFocus()
    write("туған жер")
    yield line
    speak("kk")


def test_a_new_password_is_hidden_until_the_eye_is_pressed_by_keys(line):
    assert line.echoMode() == HIDDEN
    press(Qt.Key.Key_Tab)
    assert line.eye.hasFocus()

    press(Qt.Key.Key_Space)
    assert (line.echoMode(), line.text()) == (SEEN, "туған жер")
    assert line.eye.accessibleName() == "Hide the password"

    press(Qt.Key.Key_Space)
    assert line.echoMode() == HIDDEN
    assert line.eye.accessibleName() == "Show the password"


def test_it_is_hidden_again_with_its_page(line):
    line.eye.click()

    line.hide()
    line.show()

    assert line.echoMode() == HIDDEN
    assert not line.eye.isChecked()


def test_the_eye_is_large_enough_and_no_letter_lies_below_it(line):
    assert line.eye.width() >= 32
    assert line.textMargins().right() >= line.eye.width()
    assert line.rect().contains(line.eye.geometry())


def test_passwords_that_are_known_are_not_looked_at(qtbot):
    known, new = SignIn(enrolled=True), SignIn(enrolled=False)
    dialog = NewPasswordDialog()
    for widget in (known, new, dialog):
        qtbot.addWidget(widget)

    assert not isinstance(known.password, SecretLine)
    assert known.password.echoMode() == HIDDEN
    assert isinstance(new.password, SecretLine)
    assert isinstance(dialog.new, SecretLine)
    assert not isinstance(dialog.old, SecretLine)
    assert dialog.old.echoMode() == HIDDEN
