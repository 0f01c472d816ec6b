"""Two custodians answer a laptop's request: file, two sheets, whose it is, its letters, the answer."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from desktop import custodians
from desktop.custodians import Answer
from desktop.files import write_whole
from desktop.recovery_code import canonical
from desktop.region_letters import Request, open_letter, written
from desktop.shares import SameSheet, Share, read_share
from sync.errors import UserError
from sync.language import tr
from ui.custodian_work import CustodianWork
from ui.jobs import Jobs
from ui.screens.custodian_answer import SheetWanted, WhoseLaptop
from ui.screens.custodians import CustodiansStart

ANSWER = "dala-answer.txt"


class CustodianAnswer(CustodianWork):
    """From one request to its answer. A sheet is held until the second is there, no longer."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(jobs, parent)
        self._first: Share | None = None

    def forget(self) -> None:
        """As if nobody had been here."""
        super().forget()
        self._first = None

    def ask_request(self, page: CustodiansStart) -> None:
        """Let them choose the request."""
        self._page = page
        name, _ = QFileDialog.getOpenFileName(page, tr("Open a request…"))
        if name:
            self._read(page, partial(open_letter, Path(name), Request), self._ask_sheet)

    def _ask_sheet(self, request: Request, problem: str = "") -> None:
        page = SheetWanted(2 if self._first else 1, request.on)
        page.typed.connect(partial(self._take_typed, page, request))
        page.file_wanted.connect(partial(self._ask_file, page, request))
        self._go_to(page)
        page.show_problem(problem)

    def _take_typed(self, page: SheetWanted, request: Request, text: str) -> None:
        try:
            sheet = read_share(text)
        except UserError as error:
            page.show_problem(str(error))
        else:
            self._take(page, request, sheet)

    def _ask_file(self, page: SheetWanted, request: Request) -> None:
        name, _ = QFileDialog.getOpenFileName(
            page, tr("Open from a text file…"), "", f"{tr('Text')} (*.txt)"
        )
        if name:
            work = partial(custodians.open_sheet, Path(name))
            self._read(page, work, partial(self._take, page, request))

    def _take(self, page: SheetWanted, request: Request, sheet: Share) -> None:
        if self._first is None:
            self._first = sheet
            self._ask_sheet(request)
            return
        work = partial(custodians.answer, request, [self._first, sheet])
        refused = partial(self._not_opened, page, request)
        self._read(page, work, partial(self._show_whose, request), refused)

    def _not_opened(self, page: SheetWanted, request: Request, error: UserError) -> None:
        """Which of the two is the wrong one, nobody can tell: both are asked for again."""
        if isinstance(error, SameSheet):
            page.show_problem(str(error))
        else:
            self._first = None
            self._ask_sheet(request, str(error))

    def _show_whose(self, request: Request, answer: Answer) -> None:
        self._first = None
        page = WhoseLaptop(custodians.whose(answer.owner), request.on)
        page.heard.connect(partial(self._compare, page, request, answer))
        self._go_to(page)

    def _compare(self, page: WhoseLaptop, request: Request, answer: Answer, heard: str) -> None:
        """Only who reads the letters of this request gets its answer."""
        if canonical(heard) != canonical(request.check):
            page.show_problem(
                tr(
                    "These are not the letters of this request, so there is no answer. If its owner "
                    "has made a newer one, open that. If they asked for nothing, the laptop may be "
                    "in other hands."
                )
            )
            return
        name, _ = QFileDialog.getSaveFileName(page, tr("Save the answer…"), ANSWER)
        if name:
            work = partial(write_whole, Path(name), written(answer.reply).encode())
            self._read(page, work, partial(self._saved, Path(name)))

    def _saved(self, path: Path, _: None) -> None:
        self.ended.emit(
            tr(
                "The answer is in {file}. Any messenger may carry it: it opens that laptop alone, "
                "with the password that was chosen there.",
                file=path.name,
            )
        )
