"""A paper is looked at before it leaves: the preview, the printer, and the way back to the question."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from desktop.actions.slip import Slip
from desktop.exports.pages import Pages
from sync.errors import UserError
from sync.exports import Exported
from sync.language import mark, tr
from ui import messages, printers
from ui.dialogs.export import ExportDialog
from ui.dialogs.preview import PreviewDialog
from ui.jobs import Jobs
from ui.pdf_pages import LaidPages
from ui.printers import NOT_PRINTED, Known

NO_PRINTER = mark(
    "This computer knows no printer. Connect one and set it up in the system, or save the paper as PDF "
    "and print it on a computer that has one."
)
ACCEPTED = QDialog.DialogCode.Accepted
Paper = Pages | Slip
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
    leave: Callable[[], Callable[[], tuple[Paper, str]]],
    closes: QDialog,
) -> None:
    """Print what is looked at, on a printer that is chosen in the preview or in the system's dialog.

    `leave`: asked in the window; what it gives is called on a thread, notes that the paper leaves, and
    gives it with what is said afterwards. `closes`: is accepted once it was printed. Where it was left
    meanwhile, how it went is said all the same.
    """

    def ask() -> None:
        preview.set_busy(True)
        jobs.aside(preview, printers.known, choose, refused)

    def choose(known: Known) -> None:
        if not known.names:
            preview.show_problem(tr(NO_PRINTER))
        elif preview.view.drawn is not None and preview.isVisible():  # nobody left it meanwhile
            preview.show_printers(known)

    def begin(send: Callable[[Paper], None]) -> None:
        preview.set_busy(True)
        jobs.aside(jobs, partial(_print, leave(), send), done, refused)

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
    preview.printing.system_wanted.connect(lambda: _ask_system(preview, begin))
    preview.printing.wanted.connect(
        lambda wanted: begin(lambda paper: printers.print_apart(paper, wanted))
    )
    jobs.closing.connect(preview.view.let_go)


def _ask_system(preview: PreviewDialog, begin: Callable[[Callable[[Paper], None]], None]) -> None:
    """Let the system's own dialog ask; it does so on the window's thread."""
    if (drawn := preview.view.drawn) is None:  # the program ends
        return
    dialog = printers.PrinterDialog(drawn, preview)

    def answered(how: int) -> None:
        if how == ACCEPTED:
            begin(partial(_print_here, dialog.chosen))

    dialog.finished.connect(answered)
    QDialog.open(dialog)  # that of a printer has another one of this name


def _laid_out(look: Callable[[], Pages]) -> LaidPages:
    return LaidPages(look()).for_window()


def _on_paper(leave: Callable[[Take], Exported]) -> Callable[[], tuple[Paper, str]]:
    def work() -> tuple[Paper, str]:
        taken: list[Pages] = []

        def take(pages: Pages) -> bytes:
            taken.append(pages)
            return b""

        noted = leave(take)
        words = tr("The paper went to the printer. Export {id}.", id=noted.id)
        return taken[0], words

    return work


def _print(leave: Callable[[], tuple[Paper, str]], send: Callable[[Paper], None]) -> str:
    paper, words = leave()  # noted first: what a printer has cannot be taken back
    send(paper)
    return words


def _print_here(printer: QPrinter, paper: Paper) -> None:
    if not printers.send_to(printer, printers.drawn_of(paper)):
        raise UserError(NOT_PRINTED)
