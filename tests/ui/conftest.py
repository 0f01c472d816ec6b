"""The dressed application, and a guard: a test that leaves something running behind fails."""

import gc
import os
import threading
import weakref

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt is imported

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer
from PySide6.QtWidgets import QApplication

from sync.language import speak, spoken
from ui import messages, theme
from ui.fonts import load_fonts
from ui.translation import use_language

_started: "weakref.WeakSet[QTimer | QThread]" = weakref.WeakSet()


@pytest.fixture(scope="session", name="dressed")
def given_dressed(qapp):
    """Fonts, style sheet and scheme as in the program."""
    load_fonts()
    theme.install(qapp, theme.LIGHT_ONLY)
    for kind in (QTimer, QThread):
        _watch(kind)
    return qapp


@pytest.fixture(autouse=True)
def nothing_is_left(request):
    """Threads, timers and windows that a test began end with it; the look and language return."""
    if not {"qtbot", "qapp", "dressed", "jobs"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("dressed")
    _started.clear()
    language, threads = spoken(), set(threading.enumerate())
    windows = {id(widget): widget for widget in QApplication.topLevelWidgets()}
    yield
    left = _left(threads, windows)
    if left:  # perhaps only a cycle that Python has not collected yet
        gc.collect()
        left = _left(threads, windows)
    for message in (messages._waiting, messages._shown_by):
        message.clear()
    if spoken() != language:
        use_language(language)
    speak(language)
    if theme.chosen() != theme.LIGHT_ONLY:
        theme.choose(theme.LIGHT_ONLY)
    assert not left, f"the test left behind: {left}"


def _left(threads, windows):
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return [
        *(f"thread {one.name}" for one in threading.enumerate() if _runs(one, threads)),
        *(f"{one!r}" for one in list(_started) if shiboken6.isValid(one) and _active(one)),
        *(
            f"window {one!r}"
            for one in QApplication.topLevelWidgets()
            if id(one) not in windows and one.isVisible()
        ),
    ]


def _runs(thread, before):
    return thread not in before and not thread.daemon and thread.is_alive()


def _active(one):
    return one.isRunning() if isinstance(one, QThread) else one.isActive()


def _watch(kind):
    start = kind.start

    def watched(self, *args):
        _started.add(self)
        return start(self, *args)

    kind.start = watched
