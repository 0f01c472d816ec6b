"""The join file on its way to the page before the work: named at the start, dropped or chosen."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from sync.errors import UserError
from sync.language import tr
from ui import messages, opening
from ui.jobs import Jobs
from ui.screens.sign_in import SignIn


class Joining(QObject):
    """`waiting`: the file that was named at the start, until a page of a new laptop takes it."""

    def __init__(self, jobs: Jobs, waiting: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._waiting, self._said = jobs, waiting, False

    def stand_by(self, page: SignIn) -> None:
        """Read for this page what is given to it, and the file that waits, if it is for it."""
        page.join_chosen.connect(partial(self._read, page))
        if self._waiting is None:
            return
        if page.may_join:
            path, self._waiting = self._waiting, None
            self._read(page, path)
        else:
            self._say(
                tr(
                    "“{name}” binds a laptop, and this one is bound already. Nothing was changed.",
                    name=self._waiting.name,
                ),
                tr("For somebody new choose «Another person».") if page.may_leave else "",
            )

    def stand_by_choice(self) -> None:
        """People are asked who they are: the file that waits is for none of them."""
        if self._waiting is not None:
            self._say(
                tr("“{name}” is for somebody new here.", name=self._waiting.name),
                tr("Choose «Somebody else…»."),
            )

    def _say(self, *sentences: str) -> None:
        if not self._said:
            self._said = True
            messages.tell(" ".join(filter(None, sentences)))

    def _read(self, page: SignIn, path: Path) -> None:
        def refuse(error: UserError) -> None:
            page.show_problem(str(error), "code" if page.closed else "server")

        self._jobs.read(page, partial(opening.open_join, path), page.show_join, refuse)
