"""A newer version of the program: looked for once a day after a sync, and told in passing.

Not at once where somebody follows a meeting or asks questions. Nothing is installed by itself.
"""

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.updates.telling import instead_words
from sync.errors import Stopped, UserError
from sync.language import tr
from ui import messages
from ui.dialogs.update import UpdateDialog
from ui.how_far import HowFar
from ui.jobs import Jobs

if TYPE_CHECKING:
    from desktop.folder import Profile
    from desktop.updates.asking import Looked
    from desktop.updates.installing import Installed
    from ui.main_window import MainWindow

EVERY = timedelta(days=1)  # between two looks by itself
BUSY = ("meetings", "surveys")  # screens on which nobody is told of it


class Updating(QObject):
    """For one profile at a time."""

    def __init__(self, jobs: Jobs, frame: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._frame = jobs, frame
        self._profile: Profile | None = None
        self._window: MainWindow | None = None
        self._offered: Looked | None = None
        self._to_tell = False
        self._how_far = HowFar()

    def begin(self, profile: "Profile", window: "MainWindow") -> None:
        """Somebody works, in this window."""
        self._profile, self._window = profile, window
        window.opened.connect(self._tell)

    def rest(self) -> None:
        """The file is closed; what comes over the line is given up."""
        self._how_far.stop()
        self._profile = self._window = self._offered = None

    def look_if_due(self) -> None:
        """The server was reached: the region's updates may be, too."""
        profile = self._profile
        if profile is not None:
            work = partial(_look_if_due, profile, datetime.now(UTC))
            self._jobs.aside(self, work, self._found, _pass_over)

    def show(self, profile: "Profile") -> UpdateDialog:
        """What there is, and what may be done with it."""
        from desktop.updates.asking import back, has_address, look, stand, take

        dialog = UpdateDialog(asks=has_address(profile), parent=self._frame)
        where: list[Path | None] = [None]  # it is fetched from where it was found

        def refused(error: UserError) -> None:
            if isinstance(error, Stopped):
                dialog.show_looked(found[0], asked=False)
            else:
                dialog.show_problem(str(error))

        found = [self._offered or stand()]

        def looked(new: "Looked") -> None:
            found[0] = new
            dialog.show_looked(new, asked=True)

        def ask(folder: Path | None) -> None:
            where[0] = folder
            self._jobs.aside(dialog, partial(look, profile, folder), looked, refused)

        def install() -> None:
            how_far = self._how_far = HowFar()
            how_far.told.connect(dialog.show_come)
            work = how_far.over(partial(take, profile, where[0], how_far.tell))
            self._jobs.aside(dialog, work, installed, refused)

        def installed(new: "Installed | None") -> None:
            self._offered = None
            if new is None:  # the region took it back meanwhile
                looked(stand())
                return
            more = [instead_words(new.size)] if new.whole_instead else []
            dialog.show_done(
                tr("Version {version} is installed.", version=new.version.name), *more
            )

        def gone_back(version: str) -> None:
            dialog.show_done(tr("Dala starts version {version} from now on.", version=version))

        dialog.look_wanted.connect(ask)
        dialog.install_wanted.connect(install)
        dialog.back_wanted.connect(lambda: self._jobs.aside(dialog, back, gone_back, refused))
        dialog.stop_wanted.connect(lambda: self._how_far.stop())
        dialog.show_looked(found[0], asked=bool(found[0].offered))
        dialog.open()
        return dialog

    def _found(self, looked: "Looked | None") -> None:
        if looked is not None and looked.offered:
            self._offered, self._to_tell = looked, True
            self._tell()

    def _tell(self, _: str = "") -> None:
        offered, profile = self._offered, self._profile
        if offered is None or profile is None or self._window is None or not self._to_tell:
            return
        if self._window.current not in BUSY:
            show = messages.Action(tr("Show"), partial(self.show, profile))
            messages.tell(
                tr("There is a newer version of the program: {version}.", version=offered.offered),
                show,
            )
            self._to_tell = False


def _look_if_due(profile: "Profile", now: datetime) -> "Looked | None":
    from desktop.updates.asking import has_address, last_looked, look

    if not has_address(profile) or now - last_looked() < EVERY:
        return None
    return look(profile)


def _pass_over(_: UserError) -> None:
    """Nobody asked, so nobody waits for it: the dialog says what is wrong when somebody does."""
