"""A join file in the window: dropped, chosen or named at the start; shown before it is taken."""

from datetime import UTC, datetime

import msgspec
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

import desktop.profile
from desktop.folder import PEOPLE
from sync.join import Join, write_join
from sync.sealing import Keys
from tests.profiles import PASSWORD, URL, new_profile
from tests.ui.keys import press, show, write
from tests.ui.started import (  # noqa: F401
    given_server,
    given_start,
    page,
    settle,
    sign_in,
    words,
)
from ui.__main__ import _arguments
from ui.frame import OpeningPage
from ui.screens.choose_person import ChoosePerson
from ui.screens.sign_in import SignIn
from ui.translation import use_language

JOIN = Join(
    server=URL,
    code="7QK4M-2XW9T",
    until=datetime(2999, 1, 1, tzinfo=UTC),
    login="aidana",
    name="Айдана",
    region_key=Keys(b"7" * 32).public,
)


def drop(widget, *paths):
    """As the system does it → whether the page took it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    rest = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    entering = QDragEnterEvent(QPoint(5, 5), *rest, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, entering)
    if not entering.isAccepted():
        return False
    dropped = QDropEvent(QPoint(5, 5).toPointF(), *rest, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, dropped)
    return dropped.isAccepted()


@pytest.fixture
def make_page(qtbot):
    use_language("en")

    def made(**more):
        one = SignIn(**more)
        show(qtbot, one)
        one.setFocus()
        return one

    return made


def test_what_the_file_says_is_shown_and_only_the_button_sends_it(qtbot, make_page):
    form = make_page(enrolled=False)

    with qtbot.assertNotEmitted(form.enrol_by):
        form.show_join(JOIN)

    assert URL in form.told.text()
    assert JOIN.key in form.told.text()
    assert "Айдана" in form.lead.text()
    assert not form.server.isVisible()
    assert not form.code.isVisible()
    assert form.password.hasFocus()
    write(PASSWORD)
    with qtbot.waitSignal(form.enrol_by) as asked:
        press(Qt.Key.Key_Return)
    assert asked.args == [JOIN, PASSWORD, ""]


def test_the_password_is_asked_for_at_its_field(qtbot, make_page):
    form = make_page(enrolled=False)
    form.show_join(JOIN)

    with qtbot.assertNotEmitted(form.enrol_by):
        form.button.click()

    assert form.fields["password"].problem.isVisible()


def test_one_goes_back_to_typing(qtbot, make_page):
    form = make_page(enrolled=False)
    form.show_join(JOIN)

    form.join_button.click()

    assert form.join is None
    assert form.server.isVisible()
    assert not form.told.isVisible()
    with qtbot.assertNotEmitted(form.enrol_by):
        form.button.click()


def test_no_part_of_a_long_address_is_out_of_sight(qtbot, make_page):
    form = make_page(enrolled=False)
    address = "https://dala.example.kz." + "a" * 150 + ".evil.example"

    form.show_join(msgspec.structs.replace(JOIN, server=address, name="Ә" * 200))

    assert address in form.told.text().replace("\u200b", "")
    qtbot.waitUntil(lambda: all(seen_whole(label) for label in (form.told, form.lead)))


def seen_whole(label):
    wide = label.minimumSizeHint().width() <= label.width()
    return wide and label.heightForWidth(label.width()) <= label.height()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_another_language_says_the_same_again(make_page, language):
    form = make_page(enrolled=False)
    form.show_join(JOIN)

    use_language(language)

    assert URL in form.told.text()
    use_language("en")


def test_a_closed_laptop_takes_a_file_in_place_of_a_code(qtbot, make_page):
    form = make_page(enrolled=True, closed=True)
    form.show_join(JOIN)
    write(PASSWORD)

    with qtbot.waitSignal(form.bind_by) as asked:
        press(Qt.Key.Key_Return)

    assert asked.args == [JOIN, PASSWORD]


@pytest.mark.parametrize("more", [{"enrolled": False}, {"enrolled": True, "closed": True}])
def test_one_file_may_be_dropped_where_a_code_is_asked_for(qtbot, make_page, more, tmp_path):
    form = make_page(**more)

    with qtbot.waitSignal(form.join_chosen) as chosen:
        assert drop(form, tmp_path / "a.dala-join")

    assert chosen.args == [tmp_path / "a.dala-join"]
    assert not drop(form, tmp_path / "a", tmp_path / "b")


def test_an_open_laptop_has_neither_the_button_nor_the_place_to_drop(make_page):
    form = make_page(enrolled=True)

    assert not form.join_button.isVisible()
    assert not form.acceptDrops()


def test_nothing_is_dropped_while_the_server_is_asked(make_page):
    form = make_page(enrolled=False)

    form.set_busy(True)

    assert not form.acceptDrops()
    assert not form.join_button.isEnabled()


def test_the_button_lets_one_choose_a_file(qtbot, make_page, monkeypatch, tmp_path):
    form = make_page(enrolled=False)
    name = str(tmp_path / "a.dala-join")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (name, ""))

    with qtbot.waitSignal(form.join_chosen):
        form.join_button.click()


# in the program


@pytest.fixture
def start_with(qtbot, start):
    def begun(folder, join):
        program = start(folder, join=join, speaks="en")
        qtbot.waitUntil(lambda: not isinstance(page(program), OpeningPage), timeout=20_000)
        settle(qtbot, program)
        return program

    return begun


@pytest.fixture
def file(server, tmp_path):
    server.account("aidana")
    join = msgspec.structs.replace(JOIN, code=server.code("aidana"), region_key=None)
    path = tmp_path / "aidana.dala-join"
    path.write_bytes(write_join(join))
    return path


def test_a_file_that_was_opened_with_the_program_binds_the_laptop(
    qtbot, start_with, file, tmp_path
):
    program = start_with(tmp_path / "new", file)
    form = page(program)
    assert URL in form.told.text()

    write(PASSWORD, form.password)
    press(Qt.Key.Key_Return, widget=form.password)
    settle(qtbot, program)

    assert program.desk.person.id == "aidana"


def test_a_file_is_offered_once(qtbot, start_with, file, tmp_path):
    program = start_with(tmp_path / "new", file)
    form = page(program)
    form.join_button.click()

    program.joining.stand_by(form)
    settle(qtbot, program)

    assert form.join is None


def test_a_file_that_was_dropped_is_read_and_one_that_is_none_says_so(
    qtbot, start_with, file, tmp_path
):
    program = start_with(tmp_path / "new", None)
    form = page(program)
    other = tmp_path / "list.xlsx"
    other.write_bytes(b"PK")

    drop(form, other)
    settle(qtbot, program)
    assert "no join file" in form.fields["server"].problem.text()
    drop(form, file)
    settle(qtbot, program)

    assert form.join is not None
    assert not form.fields["server"].problem.isVisible()


def test_a_file_for_a_laptop_that_is_bound_changes_nothing_and_says_so_once(
    start_with, server, file, tmp_path, monkeypatch
):
    new_profile(tmp_path / "bound", server, "one")
    monkeypatch.setattr(desktop.profile, "enrol", fails)

    program = start_with(tmp_path / "bound", file)

    assert page(program).join is None
    [said] = words(program)
    assert said == "“aidana.dala-join” binds a laptop, and this one is bound already. " + (
        "Nothing was changed."
    )
    program.frame.notices.clear()
    program.joining.stand_by(page(program))
    assert words(program) == []


def test_where_somebody_else_may_come_the_way_to_it_is_told(
    start_with, server, file, tmp_path, monkeypatch
):
    monkeypatch.setattr("desktop.folder.data_folder", lambda: tmp_path / "Dala")
    new_profile(tmp_path / "Dala", server, "one")

    program = start_with(None, file)

    [said] = words(program)
    assert said.endswith("Nothing was changed. For somebody new choose «Another person».")


def test_without_a_file_nothing_is_said(start_with, server, tmp_path, monkeypatch):
    monkeypatch.setattr("desktop.folder.data_folder", lambda: tmp_path / "Dala")
    new_profile(tmp_path / "Dala", server, "one")
    new_profile(tmp_path / "Dala" / PEOPLE / "2", server, "two")

    assert words(start_with(None, None)) == []


def test_where_several_work_a_file_waits_for_somebody_else(
    qtbot, start_with, server, file, tmp_path, monkeypatch
):
    monkeypatch.setattr("desktop.folder.data_folder", lambda: tmp_path / "Dala")
    new_profile(tmp_path / "Dala", server, "one")
    new_profile(tmp_path / "Dala" / PEOPLE / "2", server, "two")

    program = start_with(None, file)

    assert isinstance(page(program), ChoosePerson)
    assert words(program) == [
        "“aidana.dala-join” is for somebody new here. Choose «Somebody else…»."
    ]
    page(program).somebody_else.emit()
    qtbot.waitUntil(lambda: isinstance(page(program), SignIn), timeout=20_000)
    settle(qtbot, program)
    assert page(program).join is not None


def fails(*_, **__):
    raise AssertionError("nothing may be asked")


def test_the_start_takes_a_join_file_and_no_other_word(capsys, tmp_path):
    assert _arguments([str(tmp_path / "a.DALA-join")]).join == tmp_path / "a.DALA-join"
    assert _arguments([]).join is None
    with pytest.raises(SystemExit):
        _arguments(["demo"])
    assert "no join file" in capsys.readouterr().err
