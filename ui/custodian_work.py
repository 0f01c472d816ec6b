"""What both works of the custodians share: page after page, and nothing for a page that has gone."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from sync.errors import UserError
from ui.jobs import Jobs
from ui.screens.custodians import CustodianPage


class CustodianWork(QObject):
    """One of their works, at one page at a time."""

    shown = Signal(object)  # the next page
    ended = Signal(str)  # it is done: what is said of it

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._page: CustodianPage | None = None

    def forget(self) -> None:
        """As if nobody had been here."""
        self._page = None

    def _go_to(self, page: CustodianPage) -> None:
        self._page = page
        self.shown.emit(page)

    def _read(
        self,
        page: CustodianPage,
        work: Callable[[], Any],
        then: Callable[[Any], object],
        refused: Callable[[UserError], object] | None = None,
    ) -> None:
        """Off the screen's thread. What was put away meanwhile, also behind a dialog, is not done."""

        def arrive(result: Any) -> None:
            if self._page is page:
                then(result)

        def refuse(error: UserError) -> None:
            if self._page is not page:
                return
            if refused is not None:
                refused(error)
            else:
                page.show_problem(str(error))

        if self._page is page:
            page.show_problem("")
            self._jobs.read(page, work, arrive, refuse)
