"""A record, or the register of the reception, becomes a paper: the question, the work, how it went."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.actions import papers
from desktop.actions.leaving import PRINTER
from desktop.actions.papers import Asked, Draw, personal_in
from desktop.session import Desk
from sync.errors import UserError
from sync.exports import Exported
from sync.language import LANGUAGES, tr
from sync.records.reception import Reception
from ui import messages
from ui.dialogs.paper import PaperDialog, Period
from ui.jobs import Jobs

if TYPE_CHECKING:
    from ui.previewing import Lookable

Write = Callable[[Asked, Path, Draw], Exported]


def ask_paper(desk: Desk, jobs: Jobs, kind: str, id: UUID, title: str, parent: QWidget) -> None:
    """Ask about a record that is saved; its words are read when the paper is made."""

    def show(names: dict[str, str]) -> None:
        from ui.previewing import Lookable  # what draws pages comes when one is wanted

        personal = [one.words() for one in personal_in(desk, kind)]
        dialog = PaperDialog(title, personal, parent, names=names)
        paper = Lookable(
            look=lambda: partial(papers.look, desk, id, dialog.choice()),
            leave=lambda: partial(papers.paper, desk, id, dialog.choice(), PRINTER),
        )
        _follow(jobs, dialog, parent, partial(papers.paper, desk, id), paper)

    def names() -> dict[str, str]:
        return {code: papers.proposed_name(desk, id, code) for code in LANGUAGES}

    jobs.look(parent, names, show, lambda error: messages.warn(str(error)))


def ask_register(desk: Desk, jobs: Jobs, parent: QWidget) -> PaperDialog:
    """Ask about the visitors of the reception; the month so far is proposed."""
    from ui.previewing import Lookable  # what draws pages comes when one is wanted

    today = date.today()  # noqa: DTZ011  # the day of the place
    personal = [one.words() for one in personal_in(desk, Reception.kind)]
    month: Period = (today.replace(day=1), today)
    dialog = PaperDialog(tr(papers.REGISTER), personal, parent, period=month)

    def write(asked: Asked, path: Path, draw: Draw) -> Exported:
        return papers.register(desk, *(dialog.period() or month), asked, path, draw)

    def days() -> Period:
        return dialog.period() or month

    paper = Lookable(
        look=lambda: partial(papers.look_register, desk, *days(), dialog.choice()),
        leave=lambda: partial(papers.register, desk, *days(), dialog.choice(), PRINTER),
    )
    _follow(jobs, dialog, parent, write, paper)
    return dialog


def _follow(
    jobs: Jobs, dialog: PaperDialog, parent: QWidget, write: Write, paper: "Lookable"
) -> None:
    """Show, print or write what is asked for; nothing is opened afterwards."""
    from ui.pdf_pages import draw_pages
    from ui.previewing import offer_preview

    def begin(path: Path, _personal: bool, _purpose: str) -> None:
        work = partial(write, dialog.choice(), path, draw_pages)
        jobs.aside(parent, work, partial(done, path), refused)

    def done(path: Path, noted: Exported) -> None:
        if isValid(dialog):
            dialog.accept()
        messages.say(tr("The paper was saved: {name}. Export {id}.", name=path.name, id=noted.id))

    def refused(error: UserError) -> None:
        if isValid(dialog):
            dialog.show_problem(str(error))
        else:
            messages.warn(str(error))

    dialog.wanted.connect(begin)
    offer_preview(jobs, dialog, paper, first=True)
    dialog.open()
