"""The records of a list, or all of them, leave as a file: the question before it, the work, and how it went."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.actions.exporting import WHOLE, Wanted, export, filter_words, personal_fields
from desktop.actions.exporting_all import count_all, export_all, with_personal
from desktop.actions.exporting_open import endings
from desktop.actions.listing import Wish
from desktop.exports.tables import Tell
from desktop.session import Desk
from sync.errors import Stopped, UserError
from sync.exports import Exported
from sync.language import mark, tr, trn
from sync.records import KINDS
from ui import messages
from ui.dialogs.export import ExportDialog
from ui.how_far import HowFar
from ui.jobs import Jobs

FILES = {  # names of formats, which no language has its own words for
    "xlsx": "Excel (*.xlsx)",
    "csv": "CSV (*.csv)",
    "json": "JSON (*.json)",
    "geojson": "GeoJSON (*.geojson)",
    "ics": "iCalendar (*.ics)",
}


WITH_PEOPLE = mark("Names, phones, addresses, what was said in comments, photos and papers")
WHAT_GOES = mark(
    "All that you may read, as JSON with what its fields mean, in one archive. Sealed reports and answers of "
    "surveys stay here."
)
EVERYTHING = mark("Save everything as one archive")
Write = Callable[[Path, bool, str, Tell], Exported]


def ask_export(desk: Desk, jobs: Jobs, kind: str, wish: Wish, parent: QWidget) -> ExportDialog:
    """Show the question about this list. Nothing is opened afterwards, and no list remembers it."""
    personal = [one.words() for one in personal_fields(desk, kind)]
    shown = tr("The list as you see it: {filter}.", filter=filter_words(wish))
    files = ";;".join(FILES[one] for one in ("xlsx", "csv", *endings(kind)))
    dialog = ExportDialog(tr(KINDS[kind].label), shown, personal, parent, files=files)

    def write(path: Path, with_personal: bool, purpose: str, tell: Tell) -> Exported:
        return export(
            desk, Wanted(kind, wish, personal=with_personal, purpose=purpose), path, tell
        )

    follow(jobs, dialog, parent, write)
    return dialog


def ask_export_all(desk: Desk, jobs: Jobs, parent: QWidget) -> None:
    """Count what would go, and show the question about all of it."""

    def show(counts: dict[str, int]) -> None:
        n = sum(counts.values())
        shown = trn("{n} record", "{n} records", n) + ". " + tr(WHAT_GOES)
        personal = [tr(WITH_PEOPLE)] if with_personal(desk) else []
        dialog = ExportDialog(
            tr(WHOLE), shown, personal, parent, heading=tr(EVERYTHING), files="ZIP (*.zip)"
        )

        def write(path: Path, _: bool, purpose: str, tell: Tell) -> Exported:
            return export_all(desk, path, purpose, tell)

        follow(jobs, dialog, parent, write)

    jobs.look(parent, partial(count_all, desk), show, lambda error: messages.warn(str(error)))


def records_saved(noted: Exported) -> str:
    """How it went, where records left."""
    return trn("{n} record was saved. Export {id}.", "{n} records were saved. Export {id}.",
               noted.rows, id=noted.id)  # fmt: skip


def follow(
    jobs: Jobs,
    dialog: ExportDialog,
    parent: QWidget,
    write: Write,
    said: Callable[[Exported], str] = records_saved,
) -> None:
    """Write what is asked for; say how far it is and how it went. Who closes the dialog stops it."""
    how_far = HowFar()
    how_far.told.connect(dialog.show_progress)
    dialog.stop_wanted.connect(how_far.stop)

    def begin(path: Path, with_personal: bool, purpose: str) -> None:
        work = partial(write, path, with_personal, purpose, how_far.tell)
        jobs.aside(parent, work, done, refused)

    def done(noted: Exported) -> None:
        if isValid(dialog):  # it may have been closed at the last moment
            dialog.accept()
        messages.say(said(noted))

    def refused(error: UserError) -> None:
        if isValid(dialog):
            dialog.show_problem(str(error))
        elif not isinstance(error, Stopped):  # who stopped it has closed the dialog
            messages.warn(str(error))

    dialog.wanted.connect(begin)
    dialog.open()
