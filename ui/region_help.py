"""Password and recovery sheet are both lost: a request to the region's custodians, and their answer."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from sync.errors import UserError
from ui import opening
from ui.jobs import Jobs

if TYPE_CHECKING:
    from desktop.folder import Profile


def ask_the_region(
    jobs: Jobs, page: QWidget, profile: "Profile", then: Callable[[str, str], object]
) -> None:
    """Write the request, take the answer; `then` is told the password that opens the file from now
    on, and the recovery code that was made."""
    from ui.dialogs.ask_region import AskRegionDialog

    dialog = AskRegionDialog(page)

    def refused(error: UserError) -> None:
        dialog.show_problem(str(error))

    def ask(password: str, path: Path) -> None:
        work = partial(opening.ask_region, profile, password, path)
        jobs.call(dialog, work, partial(dialog.show_check, path), refused)

    def use(password: str, path: Path) -> None:
        def opened(code: str) -> None:
            dialog.accept()
            then(password, code)

        jobs.call(dialog, partial(opening.use_answer, profile, password, path), opened, refused)

    dialog.asked.connect(ask)
    dialog.answered.connect(use)
    dialog.open()
