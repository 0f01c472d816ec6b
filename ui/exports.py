"""The records of a list leave as a file: the question before it, the work, and how it went."""

from pathlib import Path

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.actions.exporting import Wanted, export, filter_words, personal_fields
from desktop.actions.exporting_open import endings
from desktop.actions.listing import Wish
from desktop.session import Desk
from sync.errors import Stopped, UserError
from sync.exports import Exported
from sync.language import tr, trn
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


def ask_export(desk: Desk, jobs: Jobs, kind: str, wish: Wish, parent: QWidget) -> ExportDialog:
    """Show the question about this list. Nothing is opened afterwards, and no list remembers it."""
    personal = [one.words() for one in personal_fields(desk, kind)]
    shown = tr("The list as you see it: {filter}.", filter=filter_words(wish))
    files = ";;".join(FILES[one] for one in ("xlsx", "csv", *endings(kind)))
    dialog = ExportDialog(tr(KINDS[kind].label), shown, personal, parent, files=files)
    how_far = HowFar()
    how_far.told.connect(dialog.show_progress)
    dialog.stop_wanted.connect(how_far.stop)

    def begin(path: Path, with_personal: bool, purpose: str) -> None:
        wanted = Wanted(kind, wish, personal=with_personal, purpose=purpose)
        jobs.aside(parent, lambda: export(desk, wanted, path, how_far.tell), done, refused)

    def done(noted: Exported) -> None:
        if isValid(dialog):  # it may have been closed at the last moment
            dialog.accept()
        words = trn("{n} record was saved. Export {id}.", "{n} records were saved. Export {id}.",
                    noted.rows, id=noted.id)  # fmt: skip
        messages.say(words)

    def refused(error: UserError) -> None:
        if isValid(dialog):
            dialog.show_problem(str(error))
        elif not isinstance(error, Stopped):  # who stopped it has closed the dialog
            messages.warn(str(error))

    dialog.wanted.connect(begin)
    dialog.open()
    return dialog
