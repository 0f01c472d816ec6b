"""python -m tests.bench.first_paint MODULE ARGUMENTS…: a program until its first window is of use.

Says "painted", then "of use", a line each, and ends at once. Of use means: the events that were
waiting are done, and a letter that is typed arrives in the first field (the bare window has none).
The program needs no door for this: `exec` of the application is where we come in.
"""

import os
import runpy
import sys
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

BARE = "tests.bench.bare_window"


class Watch(QObject):
    """Sees every event of the application. `typing`: the window is of use when it takes a letter."""

    def __init__(self, *, typing: bool) -> None:
        super().__init__()
        self._typing, self._painted, self._used = typing, False, False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice the first paint of a window, and that of a field."""
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            if not self._painted:
                self._painted = True
                self._after(lambda: say("painted"))
            field = watched if isinstance(watched, QLineEdit) and watched.isEnabled() else None
            if not self._used and (field or not self._typing):
                self._used = True
                self._after(lambda: self._type(field))
        return False

    def _after(self, then: Callable[[], None]) -> None:
        """Twice round the loop: what the program began when it painted comes before us."""
        QTimer.singleShot(0, lambda: QTimer.singleShot(0, then))

    def _type(self, field: QLineEdit | None) -> None:
        if field is None:
            end()
            return
        field.textEdited.connect(end)
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
            QCoreApplication.postEvent(field, key)


def say(word: str) -> None:
    """One line, at once."""
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def end(*_: object) -> None:
    """Say it, and leave without the ceremony of an end."""
    say("of use")
    os._exit(0)


def main(module: str, *arguments: str) -> None:
    """Run the module as `python -m` would."""
    watch, execute = Watch(typing=module != BARE), QApplication.exec

    def watched(*_: object) -> int:
        application = QCoreApplication.instance()
        assert isinstance(application, QApplication)
        application.installEventFilter(watch)
        for window in QApplication.topLevelWidgets():
            window.update()  # one that was painted already is painted again
        return int(execute())

    QApplication.exec = watched  # type: ignore[method-assign]  # this is the way in
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
