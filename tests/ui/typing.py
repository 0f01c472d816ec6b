"""Digits as a keyboard sends them: each with its own key code."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from tests.ui.keys import NONE


def digits(text: str) -> None:
    """One after the other, where the cursor is; also Kazakh letters of the row of digits."""
    for one in text:
        target = QApplication.focusWidget()
        assert target is not None, "nothing has the cursor"
        code = Qt.Key(ord(one)) if one.isdigit() else 0
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, code, NONE, one))
