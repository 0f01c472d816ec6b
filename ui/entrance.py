"""Whose work it is: the one profile that was named, or that of somebody who has a file here.

Holds the lock of the profile that was chosen. Before another one is chosen, the file of the first
is closed and its lock is let go.
"""

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from sync.errors import UserError
from sync.language import tr
from ui import messages, opening
from ui.frame import Frame
from ui.jobs import Jobs
from ui.opening import Found, Here
from ui.screens.choose_person import ChoosePerson


class Entrance(QObject):
    """`folder`: the profile that was named when the program was started, if one was."""

    found = Signal(object)  # a Found, held for this program
    asked = Signal()  # who it is, of those who have a file here
    language_chosen = Signal(str)
    size_stepped = Signal(int)

    def __init__(
        self, jobs: Jobs, frame: Frame, folder: Path | None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._jobs, self._frame, self._folder = jobs, frame, folder
        self._held = ExitStack()  # the lock on the profile
        self.others = False  # whether there is anybody to choose but the one who is here

    @property
    def shared(self) -> bool:
        """Whether several people may come in here; where a profile was named, only its own."""
        return self._folder is None

    def begin(self) -> None:
        """Find out whose work it is: at once where there is no choice."""
        if self._folder is not None:
            self._jobs.read(self, partial(self._hold, self._folder), self.found.emit, self._fail)
        else:
            self._jobs.read(self, opening.look_around, self._come_in, self._fail)

    def leave(self) -> None:
        """The profile is free for other programs."""
        self._held.close()

    def practise(self) -> None:
        """Training in place of anybody's work: whoever was to come in lets go first."""
        self._frame.notices.clear()
        self._jobs.call(self, self._hold_training, self.found.emit, self._not_practised)

    def choose_again(self) -> None:
        """Let go of the profile, whose file is closed or closing, and ask who comes."""
        self._frame.notices.clear()  # what was said was not for the next one
        # the lane on which files are closed: it comes after that
        self._jobs.call(self, self._look_again, self._show, self._fail)

    def _look_again(self) -> list[Here]:
        self.leave()
        return opening.look_around(alone=False)

    def _hold_training(self) -> Found:
        self.leave()
        try:
            return opening.find_training(self._folder, self._held)
        except UserError:
            self.leave()
            raise

    def _not_practised(self, error: UserError) -> None:
        messages.warn(str(error))
        self.choose_again()

    def _come_in(self, here: list[Here]) -> None:
        self.others = len(here) > 1
        if self.others:
            self._show(here)
        elif here:
            work = partial(self._hold, here[0].folder)
            self._jobs.read(self, work, self.found.emit, self._fail)
        else:
            self._jobs.read(self, self._hold_free, self.found.emit, self._fail)

    def _show(self, here: list[Here]) -> None:
        self.others = bool(here)
        if not here:  # nobody to choose: who comes is new
            self._jobs.read(self, self._hold_free, self.found.emit, self._fail)
            return
        page = ChoosePerson(here)
        page.language_chosen.connect(self.language_chosen)
        page.size_stepped.connect(self.size_stepped)
        page.chosen.connect(lambda folder: self._take(page, partial(self._hold, folder)))
        page.somebody_else.connect(lambda: self._take(page, self._hold_free))
        page.training_wanted.connect(lambda: self._practise(page))
        self._frame.show_page(page)
        page.setFocus()
        self.asked.emit()

    def _take(self, page: ChoosePerson, work: Callable[[], Found]) -> None:
        page.set_busy(True)
        self._jobs.read(page, work, self.found.emit, lambda error: page.show_problem(str(error)))

    def _practise(self, page: ChoosePerson) -> None:
        page.set_busy(True)
        self.practise()

    def _hold(self, folder: Path) -> Found:
        try:
            return opening.find_profile(folder, self._held)
        except UserError:
            self.leave()  # another one may be chosen
            raise

    def _hold_free(self) -> Found:
        return opening.find_free(self._held)

    def _fail(self, error: UserError) -> None:
        messages.fail(str(error), messages.Action(tr("Close the program"), self._frame.close))
