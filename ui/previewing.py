"""A paper is looked at before it leaves: the preview, the printer, and the way back to the question."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from desktop.exports.pages import Pages
from sync.errors import UserError
from sync.exports import Exported
from sync.language import mark, tr
from ui import messages, printers
from ui.dialogs.export import ExportDialog
from ui.dialogs.preview import PreviewDialog
from ui.drawn import Drawn
from ui.jobs import Jobs
from ui.pdf_pages import LaidPages

NO_PRINTER = mark(
    "This computer knows no printer. Connect one and set it up in the system, or save the paper as PDF "
    "and print it on a computer that has one."
)
NOT_PRINTED = mark(
    "The printer did not take the paper. Look whether it is switched on and has paper, then print again, "
    "or save the paper as PDF. Nothing of the record is lost."
)
ACCEPTED = QDialog.DialogCode.Accepted
Take = Callable[[Pages], bytes]  # in the place of what draws a file


@dataclass(frozen=True)
class Lookable:
    """A paper that a question is about. Both are asked in the window, as it is filled in then, and
    what they give is called on a thread."""

    look: Callable[[], Callable[[], Pages]]
    leave: Callable[[], Callable[[Take], Exported]]  # to the printer, noted


def offer_preview(
    jobs: Jobs, asked: ExportDialog, paper: Lookable, *, first: bool = False
) -> None:
    """A button for it in the question. While the preview is seen, the question is not."""

    def begin() -> None:
        work = partial(_laid_out, paper.look())
        jobs.aside(asked, work, show, lambda error: asked.show_problem(str(error)))

    def show(drawn: LaidPages) -> None:
        if not asked.isVisible():  # it was given up meanwhile
            return
        asked.set_busy(False)
        asked.preview_button.setFocus()  # also when one comes back
        preview = PreviewDialog(drawn.title, drawn, asked.parentWidget())
        preview.save_wanted.connect(lambda ending: asked.ask_where(ending, preview))
        preview.rejected.connect(asked.open)
        asked.wanted.connect(preview.leave)
        asked.said.connect(preview.show_problem)
        asked.accepted.connect(preview.accept)
        follow_printing(jobs, preview, lambda: _on_paper(paper.leave()), asked)
        asked.hide()
        preview.open()

    asked.offer_preview(first=first)
    asked.preview_wanted.connect(begin)


def follow_printing(
    jobs: Jobs,
    preview: PreviewDialog,
    leave: Callable[[], Callable[[], tuple[Drawn, str]]],
    closes: QDialog,
) -> None:
    """Print what is looked at, on a printer that is asked for.

    `leave`: asked in the window; what it gives is called on a thread, notes that the paper leaves, and
    gives its pages with what is said afterwards. `closes`: is accepted once it was printed. Where it was
    left meanwhile, how it went is said all the same.
    """

    def ask() -> None:
        preview.set_busy(True)
        jobs.aside(preview, printers.is_there, choose, refused)

    def choose(there: bool) -> None:
        if not there:
            preview.show_problem(tr(NO_PRINTER))
            return
        drawn = preview.view.drawn
        if drawn is None or not preview.isVisible():  # it was left, or the program ends
            return
        preview.set_busy(False)
        dialog = printers.PrinterDialog(drawn, preview)
        dialog.finished.connect(lambda how: begin(dialog.chosen) if how == ACCEPTED else None)
        QDialog.open(dialog)  # that of a printer has another one of this name

    def begin(printer: QPrinter) -> None:
        preview.set_busy(True)
        jobs.aside(jobs, partial(_print, leave(), printer), done, refused)

    def done(words: str) -> None:
        messages.say(words)
        if isValid(closes):
            closes.accept()

    def refused(error: UserError) -> None:
        if isValid(preview):
            preview.show_problem(str(error))
        else:
            messages.warn(str(error))

    preview.print_wanted.connect(ask)
    jobs.closing.connect(preview.view.let_go)


def _laid_out(look: Callable[[], Pages]) -> LaidPages:
    return LaidPages(look()).for_window()


def _on_paper(leave: Callable[[Take], Exported]) -> Callable[[], tuple[Drawn, str]]:
    def work() -> tuple[Drawn, str]:
        taken: list[Pages] = []

        def take(pages: Pages) -> bytes:
            taken.append(pages)
            return b""

        noted = leave(take)
        words = tr("The paper went to the printer. Export {id}.", id=noted.id)
        return LaidPages(taken[0]), words

    return work


def _print(leave: Callable[[], tuple[Drawn, str]], printer: QPrinter) -> str:
    drawn, words = leave()  # noted first: what a printer has cannot be taken back
    if not printers.send_to(printer, drawn):
        raise UserError(NOT_PRINTED)
    return words
