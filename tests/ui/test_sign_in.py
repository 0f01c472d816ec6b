import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.ui.keys import press, show, write
from ui import theme
from ui.palette import TARGET
from ui.screens.sign_in import SignIn
from ui.translation import use_language
from ui.widgets.door import WIDTH


@pytest.fixture
def unlocking(qtbot):
    page = SignIn(enrolled=True)
    show(qtbot, page)
    page.setFocus()
    return page


@pytest.fixture
def enrolling(qtbot):
    page = SignIn(enrolled=False)
    show(qtbot, page)
    page.setFocus()
    return page


def test_the_password_is_typed_and_enter_opens(qtbot, unlocking):
    write("құпия сөз")

    with qtbot.waitSignal(unlocking.unlock) as asked:
        press(Qt.Key.Key_Return)

    assert asked.args == ["құпия сөз"]


def test_a_password_may_be_pasted_and_is_not_shown(unlocking):
    QApplication.clipboard().setText("құпия сөз")
    unlocking.password.paste()

    assert unlocking.password.text() == "құпия сөз"
    assert unlocking.password.echoMode() == QLineEdit.EchoMode.Password


def test_an_empty_password_is_said_at_the_field(qtbot, unlocking):
    with qtbot.assertNotEmitted(unlocking.unlock):
        unlocking.button.click()

    assert unlocking.fields["password"].problem.isVisible()


def test_a_refusal_stands_at_its_field_until_something_is_typed(unlocking):
    unlocking.password.setText("wrong")
    unlocking.set_busy(True)

    unlocking.show_problem("Wrong password. Your work is safe.")
    problem = unlocking.fields["password"].problem

    assert problem.text() == "Wrong password. Your work is safe."
    assert unlocking.password.hasFocus()
    assert unlocking.password.selectedText() == unlocking.password.text() != ""
    write("x")
    assert not problem.isVisible()


def test_nothing_is_asked_twice(qtbot, unlocking):
    write("secret")
    unlocking.set_busy(True)

    with qtbot.assertNotEmitted(unlocking.unlock):
        press(Qt.Key.Key_Return)
    assert not unlocking.button.isEnabled()


def test_a_laptop_is_bound_by_address_code_and_password(qtbot, enrolling):
    for words in ("https://dala.example ", "ABCD-1234", "құпия сөз"):
        write(words)
        press(Qt.Key.Key_Tab)

    with qtbot.waitSignal(enrolling.enrol) as asked:
        press(Qt.Key.Key_Return, widget=enrolling.password)

    assert asked.args == ["https://dala.example", "ABCD-1234", "құпия сөз", ""]


def test_what_is_missing_is_said_at_each_field_and_the_cursor_goes_to_the_first(enrolling):
    enrolling.server.setText("https://dala.example")
    enrolling.button.click()

    assert not enrolling.fields["server"].problem.isVisible()
    assert enrolling.fields["code"].problem.isVisible()
    assert enrolling.fields["password"].problem.isVisible()
    assert enrolling.code.hasFocus()


def test_a_bound_laptop_asks_for_the_password_only(unlocking):
    assert not unlocking.fields["server"].isVisible()
    unlocking.show_problem("The server is away.", "server")

    assert unlocking.fields["password"].problem.isVisible()


def test_the_language_is_asked_for_and_followed(qtbot, unlocking):
    use_language("en")
    assert unlocking.title.text() == "Welcome back"
    with qtbot.waitSignal(unlocking.language_chosen) as chosen:
        qtbot.mouseClick(unlocking._languages["ru"], Qt.MouseButton.LeftButton)
    use_language(*chosen.args)

    assert unlocking._languages["ru"].isChecked()
    assert unlocking.title.text() != "Welcome back"


def test_words_are_not_cut_and_targets_are_large(enrolling):
    for row in enrolling.fields.values():
        assert row.hint.height() >= row.hint.heightForWidth(row.hint.width())
        assert row.input.height() >= TARGET
        assert not row.hint.isVisible() or row.hint.y() >= row.input.geometry().bottom()
    assert all(button.height() >= TARGET for button in enrolling._languages.values())


def test_a_join_file_is_offered_before_what_is_typed_without_one(enrolling):
    tops = [
        one.mapTo(enrolling, one.rect().topLeft()).y()
        for one in (enrolling.join_button, enrolling.server)
    ]

    assert tops == sorted(tops)
    assert "8" in enrolling.fields["password"].hint.text()


@pytest.mark.parametrize(
    ("key", "way"), [(Qt.Key.Key_Equal, 1), (Qt.Key.Key_Minus, -1), (Qt.Key.Key_0, 0)]
)
def test_words_become_larger_before_anybody_has_come_in(qtbot, enrolling, key, way):
    with qtbot.waitSignal(enrolling.size_stepped) as asked:
        press(key, Qt.KeyboardModifier.ControlModifier)

    assert asked.args == [way]


def test_the_card_grows_with_its_words(qtbot, enrolling):
    before = enrolling._card.width()
    try:
        theme.enlarge(2.0)
        qtbot.waitUntil(lambda: enrolling._card.width() == theme.grown(WIDTH) > before)
    finally:
        theme.enlarge(1.0)
