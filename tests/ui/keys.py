"""Keys as a person presses them, and waiting for what they lead to."""

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget

NONE = Qt.KeyboardModifier.NoModifier


def press(key, modifiers=NONE, widget: QWidget | None = None) -> None:
    """One key, where the cursor is or at `widget`."""
    target = widget or QApplication.focusWidget()
    assert target is not None, "nothing has the cursor"
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(target, QKeyEvent(kind, key, modifiers))


def write(text: str, widget: QWidget | None = None) -> None:
    """Letter by letter; also Kazakh ones, which qtbot.keyClicks cannot."""
    target = widget or QApplication.focusWidget()
    assert target is not None, "nothing has the cursor"
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(target, QKeyEvent(kind, 0, NONE, letter))


def at_end(widget: QWidget) -> None:
    """Put the cursor behind what is written."""
    widget.setFocus()
    press(Qt.Key.Key_End, widget=widget)
    press(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier, widget)


def settle(qtbot, jobs) -> None:
    """Until nothing is read or written any more."""
    qtbot.waitUntil(lambda: not jobs.working(), timeout=10_000)


def show(qtbot, widget: QWidget) -> None:
    """On the screen, with the keys."""
    qtbot.addWidget(widget)
    widget.resize(1200, 800)
    widget.show()
    widget.activateWindow()
    qtbot.waitExposed(widget)
    qtbot.waitUntil(widget.isActiveWindow)


def choose(menu: QMenu, words: str) -> None:
    """Open a menu, and take the entry of these words."""
    menu.aboutToShow.emit()
    [entry] = [action for action in menu.actions() if action.text() == words]
    entry.trigger()
