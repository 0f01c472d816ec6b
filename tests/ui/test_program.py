"""From the first paint to the last: opening, working, locking, and what the server says meanwhile."""

import gc
import subprocess
import sys
import threading
import weakref
from contextlib import closing

import requests
from PySide6.QtCore import Qt
from sqlalchemy import update

import desktop.network
import ui.memory
from desktop import keys
from desktop import store as stores
from desktop.actions import records
from desktop.folder import choose_profile
from desktop.lock import only_here
from desktop.settings import load_settings
from sync.client import migrations
from sync.client.tables import Draft
from sync.server.tables import Account, Device
from tests.profiles import PASSWORD
from tests.servers import SAIRAM
from tests.ui.keys import press, write
from tests.ui.started import (  # noqa: F401
    given_profile,
    given_server,
    given_start,
    page,
    settle,
    sign_in,
    words,
)
from ui import newer_file, opening
from ui.frame import Frame
from ui.screens.sign_in import SignIn


def test_the_password_opens_the_work(qtbot, start, profile):
    program = start(profile.folder)

    sign_in(qtbot, program)

    assert program.desk.person.id == "aidana"
    assert page(program) is program.window
    assert program.window.current == "today"
    assert program.window.sidebar.who.text() == "Aidana"


def test_what_was_made_by_the_sign_in_is_not_looked_through_again(
    qtbot, start, profile, monkeypatch
):
    settled = []
    monkeypatch.setattr(ui.memory, "settle", lambda: settled.append(True))
    program = start(profile.folder)
    assert settled == []  # not while somebody waits for the first page

    sign_in(qtbot, program)

    assert len(settled) == 1


def test_settling_clears_garbage_once_and_sets_the_rest_aside():
    class Ring:
        def __init__(self):
            self.own = self

    ring = weakref.ref(Ring())
    try:
        ui.memory.settle()
        assert ring() is None
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()


def test_a_wrong_password_is_said_at_the_field(qtbot, start, profile):
    program = start(profile.folder)

    sign_in(qtbot, program, "wrong")

    assert "Wrong password" in page(program).fields["password"].problem.text()
    assert program.desk is None


def test_a_new_laptop_is_bound_to_the_server(qtbot, start, server, tmp_path):
    server.account("nurlan")
    program = start(tmp_path / "new")
    qtbot.waitUntil(lambda: isinstance(page(program), SignIn), timeout=20_000)
    form = page(program)

    for field, text in (
        (form.server, "https://server.test"),
        (form.code, server.code("nurlan")),
        (form.password, PASSWORD),
    ):
        write(text, field)
    press(Qt.Key.Key_Return, widget=form.password)
    settle(qtbot, program)

    assert program.desk.person.id == "nurlan"


def test_a_wrong_code_leaves_the_laptop_unbound_and_says_why(qtbot, start, server, tmp_path):
    program = start(tmp_path / "new")
    qtbot.waitUntil(lambda: isinstance(page(program), SignIn), timeout=20_000)
    form = page(program)

    for field, text in (
        (form.server, "https://server.test"),
        (form.code, "NO-SUCH-CODE"),
        (form.password, PASSWORD),
    ):
        write(text, field)
    press(Qt.Key.Key_Return, widget=form.password)
    settle(qtbot, program)

    assert page(program) is form
    assert "not valid" in form.fields["code"].problem.text()
    assert form.fields["password"].problem.text() == ""
    assert form.focusWidget() is form.code
    assert form.button.isEnabled()


def test_what_is_saved_is_told_and_goes_with_the_next_exchange(qtbot, start, profile):
    program = start(profile.folder)
    sign_in(qtbot, program)

    program.jobs.write(lambda: records.save(program.desk, "issue", {"essence": "Су жоқ"}))
    settle(qtbot, program)
    assert program.window.status.state.waiting == 1
    assert program.window.status.state.saved_at is not None
    qtbot.mouseClick(program.window.status.exchange_button, Qt.MouseButton.LeftButton)
    settle(qtbot, program)

    state = program.window.status.state
    assert (state.waiting, state.offline, state.busy) == (0, False, False)
    assert state.last_exchange is not None


def test_a_token_that_is_gone_is_renewed_with_the_password(qtbot, start, server, profile):
    program = start(profile.folder)
    sign_in(qtbot, program)
    with server.service.store.writing.begin() as session:
        session.execute(
            update(Device).values(token="as it was in the backup", refresh=None, family=None)
        )
    program.jobs.write(lambda: records.save(program.desk, "issue", {"essence": "Су жоқ"}))
    settle(qtbot, program)
    program.exchanges.exchange()
    settle(qtbot, program)

    press_notice(qtbot, program)
    sign_in(qtbot, program)

    assert program.window.status.state.waiting == 0


def test_a_name_or_language_that_was_put_right_leaves_the_page_and_is_no_other_work(
    qtbot, start, server, profile
):
    program = start(profile.folder)
    sign_in(qtbot, program)
    window = program.window
    with server.service.store.writing.begin() as session:
        account = session.get_one(Account, "aidana")
        account.name, account.language = "Aidana E.", "ru"

    program.exchanges.exchange()
    settle(qtbot, program)

    assert program.window is window
    assert not any("role or district" in said for said in words(program))
    program.lock()
    sign_in(qtbot, program)
    assert program.window.sidebar.who.text() == "Aidana E."


def test_another_role_and_district_are_there_with_the_sync(qtbot, start, server, profile):
    program = start(profile.folder)
    sign_in(qtbot, program)
    program.window.go("issues")
    with server.service.store.writing.begin() as session:
        account = session.get_one(Account, "aidana")
        account.role, account.district = "leader", SAIRAM

    program.exchanges.exchange()
    settle(qtbot, program)

    assert (program.desk.person.role, program.desk.person.district) == ("leader", SAIRAM)
    assert "Group leader" in program.window.sidebar.below.text()
    assert "review" in program.window._screens
    assert program.window.current == "issues"
    assert "Your role or district has changed" in words(program)[-1]
    before = program.window
    program.exchanges.exchange()
    settle(qtbot, program)
    assert program.window is before


def test_what_is_being_typed_outlives_another_role(qtbot, start, server, profile):
    program = start(profile.folder)
    sign_in(qtbot, program)
    screen = program.window.go("issues")
    settle(qtbot, program)
    screen.begin({})
    settle(qtbot, program)
    write("Су жоқ", screen.editor.form.fields["essence"].input)
    with server.service.store.writing.begin() as session:
        session.get_one(Account, "aidana").role = "leader"

    program.exchanges.exchange()
    settle(qtbot, program)

    with program.desk.store() as session:
        assert any("Су жоқ".encode() in row.body for row in session.query(Draft))


def test_a_closed_laptop_opens_its_work_and_asks_for_a_new_code(qtbot, start, server, profile):
    program = start(profile.folder)
    sign_in(qtbot, program)
    with server.service.store.writing.begin() as session:
        session.execute(update(Device).values(revoked=server.service.now()))
    program.jobs.write(lambda: records.save(program.desk, "issue", {"essence": "Су жоқ"}))
    settle(qtbot, program)
    program.exchanges.exchange()
    settle(qtbot, program)
    press_notice(qtbot, program)

    sign_in(qtbot, program)
    assert program.window.status.state.waiting == 1
    assert "This laptop was closed" in words(program)[-1]
    assert not program.exchanges.timer.isActive()

    press_notice(qtbot, program)
    form = page(program)
    write("NO-SUCH-CODE", form.code)
    sign_in(qtbot, program)
    assert "not valid" in form.fields["code"].problem.text()
    form.code.clear()
    write(server.code("aidana"), form.code)
    press(Qt.Key.Key_Return, widget=form.password)
    settle(qtbot, program)

    assert program.window.status.state.waiting == 0
    assert program.exchanges.timer.isActive()


def press_notice(qtbot, program):
    asked = [card.button for card in program.frame.notices.shown if card.button]
    qtbot.mouseClick(asked[-1], Qt.MouseButton.LeftButton)


def test_no_network_is_no_message_until_somebody_asks(qtbot, start, profile, monkeypatch):
    monkeypatch.setattr(desktop.network, "open_http", requests.Session)
    program = start(profile.folder)
    sign_in(qtbot, program)
    program.desk.server._url = "http://127.0.0.1:9"

    program.exchanges.exchange_quietly()
    settle(qtbot, program)
    assert program.window.status.state.offline
    assert words(program) == []
    program.exchanges.exchange()
    settle(qtbot, program)

    assert len(words(program)) == 1


def test_locking_takes_everything_away_and_the_password_brings_it_back(qtbot, start, profile):
    program = start(profile.folder)
    sign_in(qtbot, program)

    qtbot.keyClick(program.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    assert program.desk is None
    assert isinstance(page(program), SignIn)
    sign_in(qtbot, program)
    assert program.desk.person.id == "aidana"


def test_it_locks_by_itself_when_nobody_works(qtbot, start, profile):
    program = start(profile.folder)
    sign_in(qtbot, program)

    assert program._lock_timer.isActive()
    assert program._lock_timer.interval() == 10 * 60 * 1000
    program._lock_timer.timeout.emit()

    assert isinstance(page(program), SignIn)
    settle(qtbot, program)


def test_after_how_many_minutes_it_locks_is_chosen_in_the_menu_of_the_key(qtbot, start, profile):
    program = start(profile.folder)
    sign_in(qtbot, program)
    menu = program.window._tools["key"].menu()
    menu.aboutToShow.emit()
    [choice] = [action.menu() for action in menu.actions() if action.menu()]
    choice.aboutToShow.emit()
    assert [action.text() for action in choice.actions() if action.isChecked()] == ["10 minutes"]

    next(action for action in choice.actions() if action.text() == "20 minutes").trigger()

    assert program._lock_timer.interval() == 20 * 60 * 1000
    assert load_settings(profile.settings)["lock_after"] == 20
    choice.aboutToShow.emit()
    assert [action.text() for action in choice.actions() if action.isChecked()] == ["20 minutes"]
    settle(qtbot, program)


def test_work_puts_the_lock_off(qtbot, start, profile):
    program = start(profile.folder)
    sign_in(qtbot, program)
    program._lock_timer.stop()

    qtbot.keyClick(program.frame.windowHandle(), Qt.Key.Key_Shift)

    assert program._lock_timer.isActive()


def test_a_second_program_on_the_same_folder_says_so(qtbot, start, profile):
    with only_here(profile.lock):
        program = start(profile.folder)
        qtbot.waitUntil(lambda: bool(words(program)), timeout=20_000)

    assert "already open" in words(program)[0]
    assert not isinstance(page(program), SignIn)


def test_closing_frees_the_folder_and_the_file(qtbot, start, profile):
    program = start(profile.folder)
    sign_in(qtbot, program)

    with qtbot.waitSignal(program.ended):
        program.frame.close()

    with only_here(choose_profile(profile.folder).lock):
        pass
    assert program.desk is None


def test_language_and_colours_are_kept_for_the_next_time(qtbot, start, profile):
    program = start(profile.folder)
    sign_in(qtbot, program)

    program.window.language_chosen.emit("ru")
    program.window.scheme_chosen.emit("dark")

    kept = load_settings(profile.settings)
    assert (kept["language"], kept["scheme"]) == ("ru", "dark")


def test_the_title_says_for_what_work_it_is_and_names_nobody(qtbot, start, profile):
    program = start(profile.folder)
    assert program.frame.windowTitle() == "Dala"
    sign_in(qtbot, program)

    assert program.frame.windowTitle() == "Dala — Activist, Sozak District"
    program.settings.change_language("ru")
    assert program.frame.windowTitle() == "Dala — Активист, Сузакский район"
    assert program.window.sidebar.below.text() == "Активист · Сузакский район"
    program.lock()
    assert program.frame.windowTitle() == "Dala"
    settle(qtbot, program)


def test_closed_while_the_password_is_worked_out_the_file_is_closed_and_free(
    qtbot, start, profile, monkeypatch
):
    program = start(profile.folder)
    qtbot.waitUntil(lambda: isinstance(page(program), SignIn), timeout=20_000)
    form, began, opened = page(program), threading.Event(), []

    def slow(*asked, **more):
        began.set()
        opened.append(unlock(*asked, **more))
        return opened[0]

    unlock = opening.unlock
    monkeypatch.setattr(opening, "unlock", slow)
    write(PASSWORD, form.password)
    press(Qt.Key.Key_Return, widget=form.password)
    qtbot.waitUntil(began.is_set, timeout=20_000)

    program.frame.close()
    qtbot.wait_until(lambda: not program.jobs.working(), timeout=20_000)

    assert len(opened) == 1
    assert program.window is None  # nobody works in a file that is closed
    assert not profile.store.with_name("dala.db-wal").exists()
    with only_here(profile.lock):
        pass


HEAVY = ("sqlalchemy", "requests", "alembic", "cryptography", "keyring", "PIL", "sqlcipher3")


def test_nothing_heavy_is_loaded_before_the_first_paint():
    code = (
        "import sys; from ui import app, program, __main__; "
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_the_first_paint_is_told_once(qtbot):
    frame = Frame()
    qtbot.addWidget(frame)
    painted = []
    frame.painted.connect(lambda: painted.append(1))

    frame.show()
    qtbot.waitUntil(lambda: bool(painted))
    frame.repaint()
    qtbot.wait_until(lambda: painted == [1])


def newer(profile):
    """A newer program has worked on this file."""
    key = keys.unwrap(profile.keys, PASSWORD)
    with closing(stores._connect(profile.store, key)) as connection:
        connection.execute(f"PRAGMA user_version={migrations.SCHEMA + 1}")


def test_work_of_a_newer_program_is_offered_as_a_letter(
    qtbot, start, profile, tmp_path, monkeypatch
):
    newer(profile)
    before = profile.store.read_bytes()
    letter = tmp_path / "letter.dala"
    monkeypatch.setattr(newer_file, "choose_letter", lambda page: letter)
    program = start(profile.folder)

    sign_in(qtbot, program)
    assert "newer version" in page(program).fields["password"].problem.text()
    qtbot.mouseClick(page(program).letter_button, Qt.MouseButton.LeftButton)
    settle(qtbot, program)

    assert letter.read_bytes().startswith(b"DALA-CARRY 1\n")
    assert "in the letter" in words(program)[-1]
    assert profile.store.read_bytes() == before


def test_a_letter_is_offered_only_for_work_of_a_newer_program(qtbot, start, profile):
    program = start(profile.folder)

    sign_in(qtbot, program, "wrong")

    assert not page(program).letter_button.isVisible()


def test_a_letter_that_cannot_be_written_is_said_at_the_field(
    qtbot, start, profile, tmp_path, monkeypatch
):
    newer(profile)
    monkeypatch.setattr(newer_file, "choose_letter", lambda page: tmp_path / "none" / "x.dala")
    program = start(profile.folder)

    sign_in(qtbot, program)
    qtbot.mouseClick(page(program).letter_button, Qt.MouseButton.LeftButton)
    settle(qtbot, program)

    assert "access is denied" in page(program).fields["password"].problem.text()
    assert page(program).letter_button.isEnabled()
