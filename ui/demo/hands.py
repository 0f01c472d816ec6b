"""The demo's hands: keys as a person presses them, and waiting for what they lead to."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

NONE = Qt.KeyboardModifier.NoModifier
KEYS = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE, at: QWidget | None = None) -> None:
    """One key, where the cursor is or at a widget."""
    target = at or QApplication.focusWidget()
    assert target is not None, "nothing has the cursor"
    for kind in KEYS:
        QCoreApplication.sendEvent(target, QKeyEvent(kind, key, modifiers))


def write(text: str, at: QWidget | None = None) -> None:
    """Letter by letter, Kazakh ones too."""
    target = at or QApplication.focusWidget()
    assert target is not None, "nothing has the cursor"
    for letter in text:
        for kind in KEYS:
            QCoreApplication.sendEvent(target, QKeyEvent(kind, 0, NONE, letter))


def cursor_in(window: QWidget) -> QWidget:
    """What has the cursor of a window, also while another window is in front: which one is, the system
    and whoever sits there decide."""
    found = window.focusWidget()
    assert found is not None, "nothing has the cursor"
    return found


def wait(ready: Callable[[], object], seconds: float = 60) -> None:
    """Let the windows work until `ready`. Raises TimeoutError."""
    clock = QElapsedTimer()
    clock.start()
    loop, ticks = QEventLoop(), QTimer(interval=10)
    ticks.timeout.connect(loop.quit)
    ticks.start()
    while not ready():
        if clock.hasExpired(int(seconds * 1000)):
            raise TimeoutError(f"waited {seconds} s in vain for {ready}")
        loop.exec()
    ticks.stop()


def pause(milliseconds: int) -> None:
    """Let the windows lay themselves out and paint."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
