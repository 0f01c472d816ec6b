"""A computer apart, where custodians of the region's key work: the window, and their hands."""

import gc
import tempfile
from types import SimpleNamespace

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPlainTextEdit, QWidget

import ui.clipboard
from desktop.custodians import make
from desktop.region_letters import Owner, Request, in_slot, written
from desktop.shares import Share, combine, read_share
from sync.sealing import Keys, new_seed
from tests.ui.keys import press, settle, write
from ui.custodians import Custodians
from ui.frame import Frame
from ui.jobs import Jobs
from ui.screens.custodian_answer import SheetWanted, WhoseLaptop
from ui.screens.custodian_key import KeyBegins, KeyMade, SheetToKeep
from ui.screens.custodians import CustodiansStart
from ui.translation import use_language

AIGUL = Owner("Айгүл Бейсенова", "aigul", "615600000", "SOZAQ-03")


@pytest.fixture(name="files")
def given_files(tmp_path, monkeypatch):
    """What they name next in the system's dialog; nothing where it is None."""
    named = SimpleNamespace(name=None, folder=tmp_path)

    def choose(*_, **__):
        path, named.name = named.name, None
        return (str(path) if path else "", "")

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    return named


@pytest.fixture(name="room")
def given_room(qtbot, files):
    """A computer apart: the window with their page alone."""
    use_language("en")
    frame, jobs = Frame(), Jobs()
    bugs = []
    jobs.crashed.connect(bugs.append)
    qtbot.addWidget(frame)
    work = Custodians(jobs, frame, leaves=False)
    frame.show()
    frame.activateWindow()
    qtbot.waitExposed(frame)
    qtbot.waitUntil(frame.isActiveWindow)
    work.begin()
    yield SimpleNamespace(work=work, frame=frame, jobs=jobs, files=files, qtbot=qtbot)
    frame.close()
    jobs.close()
    work.deleteLater()
    assert bugs == []


def seen(room, kind):
    """The page that is there now."""
    settle(room.qtbot, room.jobs)
    shown = room.frame.centralWidget()
    assert isinstance(shown, kind), type(shown)
    room.qtbot.waitUntil(shown.isVisible)
    room.qtbot.waitUntil(lambda: shown.isAncestorOf(QApplication.focusWidget()))
    return shown


def enter(room, *, chooses=None):
    """Enter, where the cursor is; `chooses`: the file that is named then."""
    room.files.name = chooses
    room.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    press(Qt.Key.Key_Return)
    settle(room.qtbot, room.jobs)


def tab_to(button):
    """By keys alone."""
    for _ in range(12):
        if QApplication.focusWidget() is button:
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError("the keys do not reach it")


def said(room):
    return [notice.message.words for notice in room.frame.notices.shown]


def make_key(room, public):
    """All three take their sheets on paper → the letters of each."""
    tab_to(seen(room, CustodiansStart).key_button)
    enter(room)
    seen(room, KeyBegins)
    enter(room)
    sheets = []
    for _ in range(3):
        shown = seen(room, SheetToKeep)
        assert all(set(part.text()) == {"·"} for part in shown.parts)
        enter(room)
        sheets.append("".join(part.text() for part in shown.parts))
        tab_to(shown.kept_button)
        enter(room)
    seen(room, KeyMade)
    enter(room, chooses=public)
    return sheets


def open_request(room, path):
    tab_to(seen(room, CustodiansStart).answer_button)
    enter(room, chooses=path)


def type_sheet(room, letters):
    shown = seen(room, SheetWanted)
    shown.sheet.clear()
    write(letters, shown.sheet)
    enter(room)


def hear(room, letters, *, chooses=None):
    shown = seen(room, WhoseLaptop)
    shown.letters.clear()
    write(letters, shown.letters)
    enter(room, chooses=chooses)


@pytest.fixture(name="made")
def given_made():
    """A region's key, and the letters of its sheets."""
    row, shares = make(2, 3)
    return row[-1].keys, [share.words for share in shares]


@pytest.fixture(name="request_of")
def given_request_of(tmp_path):
    """Write the request of a laptop whose file is sealed to this key → (Request, where it is)."""

    def ask(region, owner=AIGUL):
        whose = msgspec.json.encode(owner) if owner else b""
        sealed = region.seal(b"k" * 32 + whose, in_slot("p" * 32))
        request = Request(
            profile="p" * 32, to=region.sealing, sealed=sealed, once=Keys(new_seed()).public
        )
        path = tmp_path / "request.txt"
        path.write_text(written(request))
        return request, path

    return ask


def on_screen(window=None) -> str:
    """All words that any widget of the window, or of the program, holds, seen or not."""
    found = []
    for widget in window.findChildren(QWidget) if window else QApplication.allWidgets():
        found += [widget.windowTitle(), widget.toolTip(), widget.accessibleName()]
        if isinstance(widget, QLabel | QLineEdit):
            found.append(widget.text())
        elif isinstance(widget, QPlainTextEdit):
            found.append(widget.toPlainText())
    return "\n".join(found)


def nothing_is_left(room, sheets):
    """Of these sheets: in no widget, on no clipboard, in no file, in no object of the program."""
    settle(room.qtbot, room.jobs)
    room.qtbot.waitUntil(lambda: not any(sheet in plain(on_screen()) for sheet in sheets))
    assert not any(sheet in plain(QGuiApplication.clipboard().text()) for sheet in sheets)
    bodies = [read_share(sheet).body for sheet in sheets]
    for path in room.files.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(body in content for body in bodies)
            text = plain(content.decode("latin-1"))
            assert not any(sheet in text for sheet in sheets)
    no_sheet_lives(sheets)


def no_sheet_lives(sheets):
    """The program has forgotten them; what the memory still holds goes with its process."""
    gc.collect()
    shares = [read_share(sheet) for sheet in sheets]
    secrets = {combine(shares), *(share.body for share in shares)}
    del shares
    alive = [one for one in gc.get_objects() if isinstance(one, Share | Keys)]
    held = [one for one in alive if (one.seed if isinstance(one, Keys) else one.body) in secrets]
    assert held == []


def plain(text):
    return "".join(text.split()).upper()


@pytest.fixture(name="own_places")
def given_own_places(tmp_path, monkeypatch):
    """Where programs leave things: all of it is looked through."""
    for name in ("TMPDIR", "HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        folder = tmp_path / name.lower()
        folder.mkdir()
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    # without a screen Qt cannot tell whose it is
    monkeypatch.setattr(ui.clipboard, "is_ours", lambda _, mode: mode == mode.Clipboard)
