"""Several people on one computer: each finds their own work at the start, and leaves it locked."""

import threading

import pytest
from PySide6.QtCore import Qt

from desktop import keys, wiping
from desktop.folder import PEOPLE, Profile, choose_profile
from desktop.lock import InUse, only_here
from desktop.settings import load_settings, save_setting
from desktop.this_computer import introduce, last_folder, owners
from sync.errors import UserError
from sync.language import spoken
from tests.profiles import CHEAP, PASSWORD, URL, new_profile
from tests.servers import SAIRAM
from tests.ui.keys import choose, press, show, write
from tests.ui.started import (  # noqa: F401
    given_server,
    given_start,
    page,
    settle,
    sign_in,
    words,
)
from ui import messages
from ui.dialogs.own_name import OwnNameDialog
from ui.opening import Here
from ui.screens.choose_person import ChoosePerson, initials
from ui.screens.sign_in import SignIn
from ui.translation import use_language

OTHERS = "басқа құпия сөз"


@pytest.fixture
def data(tmp_path, monkeypatch):
    """This user's folder for data."""
    folder = tmp_path / "Dala"
    monkeypatch.setattr("platformdirs.user_data_path", lambda *_, **__: folder)
    return folder


@pytest.fixture
def aidana(data, server):
    profile = new_profile(data, server)
    introduce(profile, "Айдана Е.", SAIRAM)
    save_setting(profile.settings, "language", "en")
    return profile


@pytest.fixture
def nurlan(data, server):
    profile = new_profile(data / PEOPLE / "1f3a5c7e", server, "nurlan")
    keys.change_password(profile.keys, PASSWORD, OTHERS, cost=CHEAP)
    introduce(profile, "Нұрлан", SAIRAM)
    save_setting(profile.settings, "language", "en")
    return profile


def asked_who(qtbot, program):
    qtbot.waitUntil(lambda: isinstance(page(program), ChoosePerson), timeout=20_000)
    return page(program)


def names(program):
    return [row.accessibleName() for row in page(program).rows]


def come_in(qtbot, program, at, password):
    asked_who(qtbot, program).rows[at].click()
    sign_in(qtbot, program, password)


def test_one_alone_is_not_asked_who_they_are(qtbot, start, data, aidana):
    program = start(None)

    sign_in(qtbot, program)

    assert program.desk.person.id == "aidana"
    assert not (data / PEOPLE).exists()


def test_on_a_new_computer_somebody_is_enrolled_at_once_and_may_give_a_name(
    qtbot, start, data, server
):
    server.account("sara")
    program = start(None)
    qtbot.waitUntil(lambda: isinstance(page(program), SignIn), timeout=20_000)
    form = page(program)
    assert form.person_button.isHidden()

    for text, field in (
        (URL, form.server),
        (server.code("sara"), form.code),
        ("Сара", form.name),
        (PASSWORD, form.password),
    ):
        write(text, field)
    press(Qt.Key.Key_Return, widget=form.password)
    settle(qtbot, program)

    assert program.desk.person.id == "sara"
    assert [(one.folder, one.name) for one in owners(data)] == [(data, "Сара")]


def test_each_sees_who_is_here_and_the_last_one_has_the_cursor(qtbot, start, data, aidana, nurlan):
    program = start(None)
    come_in(qtbot, program, 1, OTHERS)
    assert program.desk.person.id == "nurlan"
    program.frame.close()
    assert last_folder(data) == nurlan.folder

    again = start(None)

    first = asked_who(qtbot, again)
    assert [row.split(",")[0] for row in names(again)] == ["Айдана Е.", "Нұрлан"]
    assert all("," in row for row in names(again))  # the district
    again.frame.activateWindow()
    qtbot.waitUntil(first.rows[1].hasFocus)


def test_the_lock_page_lets_another_person_in_and_the_first_one_is_wholly_gone(
    qtbot, start, aidana, nurlan
):
    program = start(None)
    come_in(qtbot, program, 0, PASSWORD)
    store = program.desk.store
    with pytest.raises(InUse), only_here(aidana.lock):
        pass
    program.lock()

    assert isinstance(page(program), SignIn)
    page(program).person_button.click()
    asked_who(qtbot, program)

    assert store.engine.pool.checkedin() == 0  # no connection has the key any more
    assert not aidana.store.with_name("dala.db-wal").exists()
    with only_here(aidana.lock):
        pass  # free, also for another program
    come_in(qtbot, program, 1, OTHERS)
    assert program.desk.person.id == "nurlan"
    assert program.profile == nurlan


def test_what_is_still_being_written_keeps_the_next_one_waiting(qtbot, start, aidana, nurlan):
    program = start(None)
    come_in(qtbot, program, 0, PASSWORD)
    written, closed = threading.Event(), []
    program.jobs.read(program, lambda: written.wait(20), bool)
    program.lock()

    page(program).person_button.click()
    program.jobs.call(program, bool, closed.append)  # what was on this lane before has been done
    qtbot.waitUntil(lambda: closed != [])
    with pytest.raises(InUse), only_here(aidana.lock):
        pass
    written.set()

    assert len(asked_who(qtbot, program).rows) == 2


def test_what_was_said_to_one_is_not_shown_to_the_next(qtbot, start, aidana, nurlan):
    program = start(None)
    come_in(qtbot, program, 0, PASSWORD)
    messages.warn("Your work was opened by the recovery code.")
    program.lock()

    page(program).person_button.click()
    asked_who(qtbot, program)

    assert words(program) == []


def test_when_one_saved_last_is_not_told_to_the_next(qtbot, start, aidana, nurlan):
    program = start(None)
    come_in(qtbot, program, 0, PASSWORD)
    states = []
    program.exchanges.told.connect(states.append)
    program.jobs.recorded.emit([])  # Aidana saved something
    hers = states[-1].saved_at
    assert hers is not None
    program.lock()
    page(program).person_button.click()
    asked_who(qtbot, program)
    states.clear()

    come_in(qtbot, program, 1, OTHERS)

    assert states
    assert hers not in {state.saved_at for state in states}


def test_the_password_of_one_does_not_open_the_work_of_the_other(qtbot, start, aidana, nurlan):
    program = start(None)

    come_in(qtbot, program, 0, OTHERS)

    assert "Wrong password" in page(program).fields["password"].problem.text()
    assert page(program).title.text() == "Айдана Е."
    assert program.desk is None


def test_somebody_else_is_enrolled_in_a_folder_of_their_own(
    qtbot, start, data, server, aidana, nurlan
):
    server.account("sara")
    program = start(None)
    asked_who(qtbot, program).other_button.click()
    qtbot.waitUntil(lambda: isinstance(page(program), SignIn), timeout=20_000)
    form = page(program)
    assert not form.enrolled

    for text, field in (
        (URL, form.server),
        (server.code("sara"), form.code),
        (PASSWORD, form.password),
    ):
        write(text, field)
    press(Qt.Key.Key_Return, widget=form.password)
    settle(qtbot, program)

    assert program.desk.person.id == "sara"
    assert program.profile.folder.parent == data / PEOPLE
    assert {one.name for one in owners(data)} == {"Айдана Е.", "Нұрлан", ""}


def test_who_only_wanted_to_look_goes_back_and_leaves_nobody_behind(
    qtbot, start, data, aidana, nurlan
):
    program = start(None)
    asked_who(qtbot, program).other_button.click()
    qtbot.waitUntil(lambda: isinstance(page(program), SignIn), timeout=20_000)

    page(program).person_button.click()

    assert len(asked_who(qtbot, program).rows) == 2
    assert len(owners(data)) == 2


def test_work_that_is_open_in_another_window_is_said_on_the_page(qtbot, start, aidana, nurlan):
    program = start(None)
    with only_here(nurlan.lock):
        asked_who(qtbot, program).rows[1].click()
        settle(qtbot, program)

        assert "already open" in page(program).problem.text()
        come_in(qtbot, program, 0, PASSWORD)

    assert program.desk.person.id == "aidana"


def test_a_folder_that_cannot_be_used_now_is_let_go_of(qtbot, start, aidana, nurlan, monkeypatch):
    def held(profile):
        raise UserError(wiping.WIPED)

    nurlan.wiping.touch()
    monkeypatch.setattr(wiping, "finish", held)
    program = start(None)

    asked_who(qtbot, program).rows[1].click()
    settle(qtbot, program)

    assert "ended the work" in page(program).problem.text()
    with only_here(nurlan.lock):
        pass


def test_where_somebody_is_being_enrolled_in_another_window_another_folder_is_taken(
    qtbot, start, data, aidana, nurlan
):
    begun = choose_profile(data / PEOPLE / "begun")
    program = start(None)

    with only_here(begun.lock):
        asked_who(qtbot, program).other_button.click()
        qtbot.waitUntil(lambda: isinstance(page(program), SignIn), timeout=20_000)

        assert program.profile.folder not in (begun.folder, aidana.folder, nurlan.folder)


def test_a_folder_that_is_broken_is_said_in_words_and_may_still_be_chosen(
    qtbot, start, aidana, nurlan
):
    nurlan.keys.write_bytes(b"noise")
    program = start(None)

    asked_who(qtbot, program)
    assert "damaged" in names(program)[1]
    come_in(qtbot, program, 1, OTHERS)

    assert "damaged" in page(program).fields["password"].problem.text()
    assert not page(program).copies_button.isHidden()


def test_language_and_colours_are_those_of_the_person_who_comes(qtbot, start, aidana, nurlan):
    save_setting(nurlan.settings, "language", "ru")
    program = start(None)

    asked_who(qtbot, program).rows[1].click()
    qtbot.waitUntil(lambda: isinstance(page(program), SignIn), timeout=20_000)

    assert spoken() == "ru"
    program.settings.change_language("kk")
    assert load_settings(nurlan.settings)["language"] == "kk"
    assert load_settings(aidana.settings)["language"] == "en"


def test_somebody_new_goes_on_in_the_language_that_was_chosen_at_the_door(
    qtbot, start, aidana, nurlan
):
    program = start(None)
    asked_who(qtbot, program)
    program.settings.change_language("ru")

    page(program).other_button.click()
    qtbot.waitUntil(lambda: isinstance(page(program), SignIn), timeout=20_000)

    assert spoken() == "ru"
    assert load_settings(program.profile.settings)["language"] == "ru"


def test_a_name_is_changed_in_the_window(qtbot, start, aidana):
    program = start(None)
    sign_in(qtbot, program)

    choose(program.window._tools["key"].menu(), "Name on this computer…")
    qtbot.waitUntil(lambda: bool(program.frame.findChildren(OwnNameDialog)))
    [dialog] = program.frame.findChildren(OwnNameDialog)
    assert dialog.name.text() == "Айдана Е."
    dialog.name.setText("Аика")
    dialog.go_button.click()
    settle(qtbot, program)

    program.lock()
    assert page(program).title.text() == "Аика"


def test_where_a_profile_was_named_at_the_start_nobody_else_comes_in(qtbot, start, aidana, nurlan):
    program = start(nurlan.folder)

    sign_in(qtbot, program, OTHERS)
    program.lock()

    assert page(program).person_button.isHidden()


@pytest.fixture
def chooser(qtbot):
    use_language("en")
    here = [
        Here(Profile(f"/{name}").folder, name, None, broken=False, last=name == "Нұрлан")
        for name in ("Айдана", "Нұрлан", "")
    ]
    form = ChoosePerson(here)
    show(qtbot, form)
    form.setFocus()
    return form


def test_up_and_down_go_from_person_to_person_and_enter_chooses(qtbot, chooser):
    assert chooser.rows[1].hasFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)  # the end stays the end
    assert chooser.rows[2].hasFocus()
    press(Qt.Key.Key_Home)

    with qtbot.waitSignal(chooser.chosen) as chosen:
        press(Qt.Key.Key_Return)

    assert chosen.args == [chooser.rows[0].folder]


def test_a_click_chooses_and_another_language_is_spoken_at_once(qtbot, chooser):
    use_language("ru")
    assert chooser.rows[2].accessibleName() != "Without a name"

    with qtbot.waitSignal(chooser.chosen) as chosen:
        qtbot.mouseClick(chooser.rows[1], Qt.MouseButton.LeftButton)

    assert chosen.args == [chooser.rows[1].folder]


@pytest.mark.parametrize(
    ("name", "letters"), [("Айдана", "А"), ("айдана ерлан қызы", "АҚ"), ("", "")]
)
def test_initials_are_of_the_first_word_and_the_last(name, letters):
    assert initials(name) == letters
