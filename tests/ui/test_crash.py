import sys
import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from tests.ui.keys import show
from ui.app import show_crash
from ui.crash import CrashHooks, report
from ui.dialogs.crash import CrashDialog


def fail_with(record):
    try:
        raise KeyError(record)
    except KeyError as error:
        raise ValueError(f"not a village: {record}") from error


def failure(record="Айгүл Бейсенова"):
    try:
        fail_with(record)
    except ValueError as error:
        return error
    raise AssertionError


@pytest.fixture
def hooks(qtbot, monkeypatch):
    monkeypatch.setattr(sys, "excepthook", lambda *_: None)
    monkeypatch.setattr(threading, "excepthook", lambda *_: None)
    told = []
    hooks = CrashHooks(told.append)
    hooks.told = told
    hooks.install()
    yield hooks
    hooks.remove()


def test_a_report_names_the_places_and_the_causes():
    text = report(failure(), "1.2.3")

    assert text.startswith("Dala 1.2.3\n")
    assert "tests/ui/test_crash.py:" in text
    assert text.index("builtins.ValueError") < text.index("builtins.KeyError")


def test_a_report_holds_nobodys_data_and_no_folder_of_this_computer():
    text = report(failure(), "1.2.3")

    assert "Айгүл" not in text
    assert "not a village" not in text
    assert str(threading.__file__).rsplit("/", 2)[0] not in text
    assert sys.prefix not in text


def test_a_bug_in_the_window_is_told_after_the_call_that_failed(qtbot, hooks):
    error = failure()

    sys.excepthook(type(error), error, error.__traceback__)

    assert hooks.told == []
    qtbot.waitUntil(lambda: hooks.told == [error])


def test_a_bug_on_a_thread_is_told_on_the_thread_of_the_screen(qtbot, hooks):
    places = []
    hooks._tell = lambda error: places.append(threading.current_thread())
    thread = threading.Thread(target=failure_raised)

    thread.start()
    thread.join()

    qtbot.waitUntil(lambda: places == [threading.main_thread()])


def failure_raised():
    raise failure()


def test_only_the_first_of_many_bugs_is_told(qtbot, hooks):
    first, second = failure("one"), failure("two")

    for error in (first, second):
        sys.excepthook(type(error), error, error.__traceback__)
    QCoreApplication.sendPostedEvents(hooks, QEvent.Type.MetaCall.value)

    assert hooks.told == [first]


def test_ctrl_c_is_no_bug(qtbot, hooks):
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    QCoreApplication.sendPostedEvents(hooks, QEvent.Type.MetaCall.value)

    assert hooks.told == []


def test_the_dialog_shows_the_report_and_copies_it(qtbot):
    dialog = CrashDialog("Dala 1.2.3")
    show(qtbot, dialog)

    dialog.copy_button.click()

    assert dialog.report.toPlainText() == "Dala 1.2.3"
    assert QApplication.clipboard().text() == "Dala 1.2.3"


def test_the_report_is_saved_as_a_file(qtbot, tmp_path):
    dialog = CrashDialog("Dala 1.2.3")
    qtbot.addWidget(dialog)

    dialog.write_report(tmp_path / "report.txt")

    assert (tmp_path / "report.txt").read_text(encoding="utf-8") == "Dala 1.2.3\n"


def test_the_dialog_goes_when_it_is_closed(qtbot, dressed):
    dialog = show_crash(dressed, failure())
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close_button.click()
