"""The whole program in one process: a real profile, real keys, a server that answers in memory."""

import pytest
from PySide6.QtCore import Qt

import desktop.network
import ui.memory
from tests.profiles import PASSWORD, MemoryKeyring, keystore, line, new_profile
from tests.servers import regional
from tests.ui.keys import press, write
from ui.program import Program
from ui.screens.sign_in import SignIn
from ui.translation import use_language

SETTINGS = {
    "language": "en",
    "scheme": "light",
    "lock_after": 10,
    "sync_every": 5,
    "digest": True,
    "size": "100",
}


@pytest.fixture(name="server")
def given_server(tmp_path, monkeypatch):
    with (
        keystore(MemoryKeyring()),
        regional(f"sqlite:///{tmp_path / 'server.db'}", tmp_path / "server") as server,
    ):
        monkeypatch.setattr(desktop.network, "open_http", lambda *_: line(server))
        yield server


@pytest.fixture(name="profile")
def given_profile(tmp_path, server):
    return new_profile(tmp_path / "profile", server)


@pytest.fixture(name="start")
def given_start(qtbot, monkeypatch):
    use_language("en")
    begun = []
    # A look through all that the tests hold takes a quarter of a second, at each of sixty sign-ins.
    monkeypatch.setattr(ui.memory, "settle", lambda: None)
    monkeypatch.setattr(ui.memory, "keep", lambda: None)

    def build(folder, **more):
        program = Program(folder, dict(SETTINGS), **more)
        bugs = []
        program.jobs.crashed.connect(bugs.append)
        begun.append((program, bugs))
        program.start()
        return program

    yield build
    for program, bugs in begun:
        if program.frame.isVisible():
            program.frame.close()
        program.frame.deleteLater()
        program.deleteLater()
        assert bugs == []


def page(program):
    return program.frame.centralWidget()


def settle(qtbot, program):
    qtbot.waitUntil(lambda: not program.jobs.working(), timeout=20_000)


def sign_in(qtbot, program, password=PASSWORD):
    qtbot.waitUntil(lambda: isinstance(page(program), SignIn), timeout=20_000)
    write(password, page(program).password)
    press(Qt.Key.Key_Return, widget=page(program).password)
    settle(qtbot, program)


def words(program):
    return [notice.message.words for notice in program.frame.notices.shown]
