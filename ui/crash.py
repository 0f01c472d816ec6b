"""Bugs: every exception that nobody expected ends here, in one report that holds no one's data."""

import platform
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import PySide6
from PySide6.QtCore import QObject, Qt, Signal, qVersion

_ROOT = Path(__file__).parents[1]


def report(error: BaseException, version: str) -> str:
    """What happened, for those who mend it.

    Names of exceptions, files and lines; neither local variables nor the exceptions' own words,
    which may quote a record, nor folders, which may name a person. In English.
    """
    lines = [
        f"Dala {version}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}, Qt {qVersion()}",
        "",
    ]
    for number, one in enumerate(_chain(error)):
        if number:
            lines += ["", "which came of"]
        for frame in traceback.extract_tb(one.__traceback__):
            lines.append(f"  {_place(frame.filename)}:{frame.lineno} in {frame.name}")
        lines.append(f"{type(one).__module__}.{type(one).__qualname__}")
    return "\n".join(lines)


class CrashHooks(QObject):
    """Catches what no code caught, on any thread, and says so once on the thread of the screen."""

    crashed = Signal(object)  # the exception

    def __init__(
        self, tell: Callable[[BaseException], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tell, self._told = tell, False
        # queued: the failing call has ended, and other threads come over to this one
        self.crashed.connect(self._once, Qt.ConnectionType.QueuedConnection)
        self._before = sys.excepthook, threading.excepthook

    def install(self) -> None:
        """Catch from now on."""
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread

    def remove(self) -> None:
        """Leave it to Python again."""
        sys.excepthook, threading.excepthook = self._before

    def _uncaught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self._before[0](kind, error, trace)  # the terminal keeps the whole story
        if not issubclass(kind, KeyboardInterrupt):
            self.crashed.emit(error)

    def _uncaught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        self._before[1](args)
        if args.exc_value is not None:
            self.crashed.emit(args.exc_value)

    def _once(self, error: BaseException) -> None:
        """After the first bug more of them are likely, and say nothing new."""
        if not self._told:
            self._told = True
            self._tell(error)


def _chain(error: BaseException | None) -> list[BaseException]:
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def _place(file: str) -> str:
    path = Path(file)
    if path.is_relative_to(_ROOT):
        return path.relative_to(_ROOT).as_posix()
    return "/".join(path.parts[-2:])
