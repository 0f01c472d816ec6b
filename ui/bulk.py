"""Many records changed together: the dialog served, and how it went."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.actions import bodies, bulk
from desktop.actions.bulk import MOST, Plan, Saved, Wish
from desktop.session import Desk
from sync.errors import Stopped, UserError
from sync.language import tr, trn
from ui import messages
from ui.dialogs.bulk import BulkDialog
from ui.how_far import HowFar
from ui.jobs import Jobs
from ui.models.fates import Preview, read_preview
from ui.undoing import undo_button

Records = Sequence[tuple[str, UUID]]  # kind, id


class _Asked(QObject):
    """Serves one dialog, with which it goes. Of two wishes the later one is looked through."""

    def __init__(self, desk: Desk, jobs: Jobs, records: Records, dialog: BulkDialog) -> None:
        super().__init__(dialog)
        self._desk, self._jobs, self._dialog = desk, jobs, dialog
        self._records = list(records)
        self._kinds = list(dict.fromkeys(kind for kind, _ in records))
        self._how_far = HowFar()
        self._wish = 0
        self._running = False
        dialog.asked.connect(self._look)
        dialog.wanted.connect(self._run)
        dialog.left_out.connect(self._leave_out)
        dialog.kept.connect(self._keep)
        dialog.stop_wanted.connect(self._stop)
        if len(self._kinds) == 1:
            kind = self._kinds[0]
            jobs.read(dialog, partial(bulk.saved, desk, kind), dialog.show_saved)
            jobs.read(dialog, partial(_offers, desk, kind), dialog.offer)

    def _look(self, wish: Wish) -> None:
        self._how_far.stop()  # what is looked through for the wish before is of no use any more
        self._how_far = HowFar()
        self._wish += 1
        work = partial(read_preview, self._desk, list(self._records), wish, self._how_far.tell)
        refused = partial(self._refused, self._wish)
        self._jobs.look(self._dialog, work, partial(self._show, self._wish), refused)

    def _show(self, wish: int, preview: Preview) -> None:
        if wish == self._wish and not self._running:
            self._dialog.show_preview(preview)

    def _refused(self, wish: int, error: UserError) -> None:
        if wish == self._wish and not isinstance(error, Stopped):
            self._dialog.show_problem(str(error))

    def _run(self, plan: Plan) -> None:
        self._running, self._how_far = True, HowFar()
        self._how_far.told.connect(self._dialog.show_progress)
        going = sum(fate.goes for fate in plan.fates)
        work = partial(bulk.run, self._desk, plan, self._how_far.tell)
        self._jobs.write(work, partial(self._done, going), self._not_done)

    def _done(self, n: int) -> None:
        back = undo_button(self._desk, self._jobs)
        words = trn("{n} record was changed.", "{n} records were changed.", n)
        messages.say(words, back, about=messages.SAVING)
        self._dialog.accept()

    def _not_done(self, error: UserError) -> None:
        self._running = False
        if not isinstance(error, Stopped):
            self._dialog.show_problem(str(error))

    def _leave_out(self, ids: set[UUID]) -> None:
        self._records = [one for one in self._records if one[1] not in ids]
        self._dialog.show_count(len(self._records))
        self._dialog.ask_again()

    def _keep(self, name: str, wish: Wish) -> None:
        if len(self._kinds) == 1:
            work = partial(bulk.save, self._desk, self._kinds[0], name, wish)
            self._jobs.read(self._dialog, work, self._kept)

    def _kept(self, saved: list[Saved]) -> None:
        self._dialog.show_saved(saved)
        messages.say(tr("The change is kept under its name."))

    def _stop(self) -> None:
        self._how_far.stop()


def _offers(desk: Desk, kind: str) -> dict[str, list[tuple[str, str]]]:
    return {
        field.name: [(name, name) for name in bodies.offered(desk, field.offers)]
        for field in bulk.settable(desk, kind)
        if field.offers
    }


def ask_bulk(desk: Desk, jobs: Jobs, records: Records, parent: QWidget) -> BulkDialog | None:
    """Open the question about these records; None, with words, where there are none or too many."""
    if not records:
        messages.tell(tr("Choose records first: with Shift or Ctrl, or Ctrl+A for all."))
        return None
    if len(records) > MOST:
        words = trn(
            "Choose at most {n} record at once.", "Choose at most {n} records at once.", MOST
        )
        messages.tell(words)
        return None
    kinds = list(dict.fromkeys(kind for kind, _ in records))
    fields = bulk.settable(desk, kinds[0]) if len(kinds) == 1 else []
    moves = bulk.offered_moves(desk, kinds)
    if not (fields or moves):
        messages.tell(tr("Your role may read this, but not change it."))
        return None
    dialog = BulkDialog(len(records), fields, moves, desk.pack, parent)
    _Asked(desk, jobs, records, dialog)
    dialog.open()
    return dialog
