"""After the lock nothing of the work can be read: not in a file, not in the window, not on the clipboard."""

import tempfile
from datetime import date
from uuid import UUID

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit

import ui.clipboard
from desktop.actions import attachments, records
from tests.canaries import ROOT, canary, found_in, writings
from tests.profiles import ISSUE
from tests.ui.keys import press, write
from tests.ui.started import (  # noqa: F401
    given_profile,
    given_server,
    given_start,
    page,
    settle,
    sign_in,
)
from ui.clipboard import forget_copied
from ui.screens import screens_for

RECORDS = 100
FIELDS = ("essence", "address", "applicant", "handed_to", "incoming_number")


@pytest.fixture(autouse=True)
def own_places(tmp_path, monkeypatch):
    """Where programs leave things: all of it is looked through."""
    for name in ("TMPDIR", "HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        folder = tmp_path / name.lower()
        folder.mkdir()
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    # without a screen Qt cannot tell whose it is
    monkeypatch.setattr(ui.clipboard, "is_ours", lambda _, mode: mode == mode.Clipboard)


@pytest.fixture
def worked(qtbot, start, profile, tmp_path_factory):
    """A day's work in the window: records, photos, a search, a draft, an exchange."""
    program = start(profile.folder)
    sign_in(qtbot, program)
    settle(qtbot, program)
    fill(program.desk, tmp_path_factory.mktemp("elsewhere"))
    program.exchanges.exchange()
    settle(qtbot, program)
    for screen in screens_for(program.desk.person.role):
        program.window.go(screen.key, into=True)
        settle(qtbot, program)
    issues = program.window.go("issues")
    settle(qtbot, program)
    write(canary(7), issues.list.search)
    settle(qtbot, program)
    issues.open_record(first_issue(program.desk))
    settle(qtbot, program)
    copied = QLineEdit(canary(1))
    qtbot.addWidget(copied)
    copied.selectAll()
    copied.copy()
    assert ROOT in on_screen()
    assert ROOT in QGuiApplication.clipboard().text()
    return program


def fill(desk, elsewhere):
    for number in range(RECORDS):
        words = {
            name: f"{name} {canary(number * len(FIELDS) + place)}"
            for place, name in enumerate(FIELDS)
        }
        consent = {"consent_way": "signed", "consent_on": str(date(2026, 11, 5))}
        issue = records.save(desk, "issue", {**ISSUE, **words, **consent})[0].record
    photo = elsewhere / f"{canary(1)}.jpg"
    image = Image.new("RGB", (640, 480), "#d8a24a")
    described = image.getexif()
    described[0x010E] = canary(2)  # ImageDescription
    image.save(photo, exif=described)
    attachments.attach(desk, issue, photo, canary(3))
    note = elsewhere / "note.txt"
    note.write_text(canary(4), encoding="utf-8")
    attachments.attach(desk, issue, note, canary(5))


def first_issue(desk) -> UUID:
    return records.list_records(desk, "issue", {})[0]["id"]


def on_screen() -> str:
    """All words that any widget of the program holds, seen or not."""
    said = []
    for widget in QApplication.allWidgets():
        said += [widget.windowTitle(), widget.toolTip(), widget.accessibleName()]
        if isinstance(widget, QLabel | QLineEdit):
            said.append(widget.text())
        elif isinstance(widget, QPlainTextEdit):
            said.append(widget.toPlainText())
        elif isinstance(widget, QComboBox):
            said += [widget.itemText(index) for index in range(widget.count())]
    return "\n".join(said)


def lock_by_key(qtbot, program):
    press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier, program.window)
    program.lock()


def lock_by_time(qtbot, program):
    program._lock_timer.setInterval(1)
    program._lock_timer.start()
    qtbot.waitUntil(lambda: program.desk is None)


@pytest.mark.parametrize("lock", [lock_by_key, lock_by_time])
def test_after_the_lock_500_words_of_a_days_work_are_nowhere(qtbot, worked, tmp_path, lock):
    lock(qtbot, worked)
    settle(qtbot, worked)
    qtbot.waitUntil(lambda: ROOT not in on_screen())

    assert found_in([tmp_path / "profile", *tmp_path.glob("tmpdir"), *tmp_path.glob("xdg*")]) == []
    assert found_in([tmp_path / "home"]) == []
    assert ROOT not in QGuiApplication.clipboard().text()


def test_a_killed_program_leaves_nothing_that_can_be_read(qtbot, worked, tmp_path):
    """Its file and journal as they lie while the work is open."""
    names = {path.name for path in (tmp_path / "profile").iterdir()}

    assert {"dala.db", "dala.db-wal"} <= names
    assert found_in([tmp_path / "profile"]) == []


def test_what_another_program_copied_stays_on_the_clipboard(qapp, monkeypatch):
    monkeypatch.setattr(ui.clipboard, "is_ours", lambda *_: False)
    QGuiApplication.clipboard().setText("another's")

    forget_copied()

    assert QGuiApplication.clipboard().text() == "another's"


@pytest.mark.parametrize("number", range(6))
def test_the_search_finds_a_word_in_any_writing_and_place(tmp_path, number):
    written = list(writings(canary(9)))[number]
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "file").write_bytes(b"\x00" * 1000 + written + b"\xff" * 1000)

    assert found_in([tmp_path], canary(9)) == ["file"]


def test_the_search_finds_a_word_in_a_name(tmp_path):
    (tmp_path / f"{canary(9)}.jpg").touch()

    assert found_in([tmp_path]) == [f"{canary(9)}.jpg"]
