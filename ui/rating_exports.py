"""A list of ratings leaves as a file: whether it may, the question before it, and how it went."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.actions import rating_paper
from desktop.actions.leaving import PRINTER
from desktop.actions.rating_views import View, way_down
from desktop.actions.ratings import WaveRatings
from desktop.exports.documents import pages_of
from desktop.exports.pages import Pages
from desktop.exports.papers import Paper
from desktop.exports.tables import Tell
from desktop.session import Desk
from sync.exports import Exported
from sync.language import tr, trn
from ui import messages
from ui.dialogs.export import ExportDialog
from ui.exports import follow
from ui.jobs import Jobs
from ui.previewing import Lookable, Take, offer_preview
from ui.rating_paper import draw_paper

PAPERS = "Word (*.docx);;PDF (*.pdf)"
FILES = "Word (*.docx);;PDF (*.pdf);;Excel (*.xlsx)"


def ask_rating_export(
    desk: Desk,
    jobs: Jobs,
    found: WaveRatings,
    view: View,
    others: Sequence[WaveRatings],
    parent: QWidget,
    *,
    paper: bool = False,
) -> None:
    """Ask where to; where it may not leave, say why instead. `paper`: to be printed."""

    def check() -> None:
        for one in (found, *others):
            rating_paper.check_may_leave(desk, one)

    jobs.look(
        parent,
        check,
        lambda _: _ask(desk, jobs, found, view, others, parent, paper=paper),
        lambda error: messages.warn(str(error)),
    )


def _ask(
    desk: Desk,
    jobs: Jobs,
    found: WaveRatings,
    view: View,
    others: Sequence[WaveRatings],
    parent: QWidget,
    *,
    paper: bool,
) -> None:
    way = " › ".join(crumb.name for crumb in way_down(found, view, desk.pack))
    shown = tr(
        "The list as you see it, with the passport of the survey: {way}. What is not for publication "
        "is left out.",
        way=way,
    )
    title = found.title or tr("Ratings")
    heading = tr("Print") if paper else tr("Save the ratings")
    files, picture = (PAPERS, "print") if paper else (FILES, "save")
    dialog = ExportDialog(title, shown, (), parent, heading=heading, files=files, picture=picture)

    def write(path: Path, _personal: bool, _purpose: str, _tell: Tell) -> Exported:
        return rating_paper.export(desk, found, view, path, others=others, draw=draw_paper)

    def look() -> Pages:
        return pages_of(rating_paper.look(desk, found, view, others))

    def printed(take: Take) -> Exported:
        def draw(paper: Paper) -> bytes:
            return take(pages_of(paper))

        return rating_paper.export(desk, found, view, PRINTER, others=others, draw=draw)

    lookable = Lookable(look=lambda: look, leave=lambda: printed)
    offer_preview(jobs, dialog, lookable, first=paper)
    follow(jobs, dialog, parent, write, _saved)


def _saved(noted: Exported) -> str:
    return trn(
        "{n} figure was saved. Export {id}.", "{n} figures were saved. Export {id}.",
        noted.rows, id=noted.id,
    )  # fmt: skip
