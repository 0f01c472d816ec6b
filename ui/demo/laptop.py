"""One laptop of the demo: the real program in a real window, on a profile of its own."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from desktop.session import Desk
from desktop.settings import load_settings
from sync.change import Change
from sync.errors import UserError
from sync.language import mark
from ui.demo.hands import cursor_in, pause, press, wait, write
from ui.dialogs.recovery_sheet import RecoverySheet
from ui.frame import SIZE
from ui.jobs import Tell
from ui.program import Program
from ui.screens.sign_in import SignIn

LAPTOP_SCREEN = (1366, 740)  # px of a district laptop, less the system's bar
PASSWORD = "demo password"  # noqa: S105  # of a profile that the demo throws away


class Laptop:
    """`name` is also the folder of its profile."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        settings = dict(load_settings(folder / name / "settings.json"))
        settings["sync_every"] = 240  # the story says when
        self.program = Program(folder / name, settings)
        self._failed: list[str] = []

    @property
    def desk(self) -> Desk:
        """What is open; only after `bind`."""
        assert self.program.desk is not None
        return self.program.desk

    def bind(self, server: str, code: str, left: bool) -> None:
        """Start the program and enrol it, typing into its first window."""
        self.program.start()
        frame = self.program.frame
        screen = QGuiApplication.primaryScreen().availableGeometry()
        half = screen.width() // 2
        if half >= frame.minimumWidth():
            frame.resize(min(half, SIZE[0]), min(screen.height(), SIZE[1]))
        wait(lambda: isinstance(frame.centralWidget(), SignIn))
        frame.move(screen.left() if left else screen.right() - frame.width(), screen.top())
        page = frame.centralWidget()
        assert isinstance(page, SignIn)
        for line, text in ((page.server, server), (page.code, code), (page.password, PASSWORD)):
            write(text, line)
        press(Qt.Key.Key_Return, at=page.password)
        wait(lambda: self.program.window is not None or _problem(page))
        self._put_sheet_away()
        self.rest()

    def do(self, work: Callable[[], list[Change]]) -> None:
        """Write on the store's lane, as a screen does; the window shows it."""
        refused: list[UserError] = []
        self.program.jobs.write(work, refused=refused.append)
        self.rest()
        if refused:
            raise refused[0]

    def exchange(self, work: Callable[[Tell], Any]) -> None:
        """Exchange on the network's lane, as the button does."""
        refused: list[UserError] = []
        self.program.jobs.exchange(work, refused=refused.append)
        self.rest()
        if refused:
            raise refused[0]

    def go(self, key: str) -> Any:
        """Open a screen, and wait until it is filled.

        Its window comes to the front where the system lets it: somebody may work in another one meanwhile.
        """
        assert self.program.window is not None
        assert QApplication.activeModalWidget() is None, "a question stands before the window"
        self.program.frame.activateWindow()
        screen = self.program.window.go(key, into=True)
        self.rest()
        return screen

    def cursor(self) -> QWidget:
        """Where its keys go."""
        return cursor_in(self.program.frame)

    def rest(self) -> None:
        """Until nothing is read, written or sent."""
        wait(lambda: not self.program.jobs.working())

    def picture(self, path: Path) -> None:
        """The whole window as a PNG, when it has found its place."""
        self.rest()
        if QGuiApplication.platformName() == "offscreen":
            self.program.frame.resize(
                *LAPTOP_SCREEN
            )  # its own screen is smaller than any laptop's
        pause(200)
        self.program.frame.grab().save(str(path))

    def _put_sheet_away(self) -> None:
        """The code is shown once, before anything else can be done in a window."""
        wait(self._sheet)
        sheet = self._sheet()
        assert sheet is not None
        press(Qt.Key.Key_Space, at=sheet.done_button)
        wait(lambda: self._sheet() is None)

    def _sheet(self) -> RecoverySheet | None:
        return self.program.frame.findChild(RecoverySheet)

    def close(self) -> None:
        """End the program."""
        self.program.frame.close()


def _problem(page: SignIn) -> bool:
    """Whether the page says that something is wrong; then the demo must not wait for ever."""
    said = [row.problem.text() for row in page.fields.values() if row.problem.isVisible()]
    if said:
        raise UserError(mark("The demo could not go on: {said}"), said=" ".join(said))
    return False
