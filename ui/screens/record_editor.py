"""One record on the screen: it is opened, what is typed is kept, and saved when told to."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions import drafts, erasure, last_values, records, whole
from desktop.actions.edits import Edit
from desktop.actions.titles import title
from desktop.session import Desk
from desktop.steps import Step
from sync.change import Change, new_id
from sync.erasure import erases
from sync.errors import UserError
from sync.language import tr
from sync.records import KINDS
from sync.records.base import Values
from sync.records.states import ReviewState
from sync.records.values import Wrong
from ui import messages, slips
from ui.consents import Consents
from ui.dialogs.erase import EraseDialog
from ui.jobs import Jobs
from ui.models.record_page import Page, blank_page, draft_key, read_page
from ui.models.sections import beginning
from ui.phrases import PhraseOffer
from ui.undoing import undo_button
from ui.watch import ANY
from ui.widgets.alike_bar import AlikeBar
from ui.widgets.pins import Pins
from ui.widgets.record_sheet import Panel, RecordSheet

PAUSE = 600  # ms after the last key until what was typed is kept; a crash costs less than 1 s


class RecordEditor(QWidget):
    """Opens one record at a time. What is typed is kept at once and saved when told to."""

    opened = Signal(object)  # the Page that is shown
    left = Signal()  # Esc: back to the list
    erased = Signal()  # what was shown is no more

    def __init__(
        self,
        desk: Desk,
        jobs: Jobs,
        kind: str,
        panels: Sequence[Panel] = (),
        extras: Sequence[QWidget] = (),
        first: Sequence[QWidget] = (),
    ) -> None:
        super().__init__()
        self.kind = kind
        self._desk, self._jobs = desk, jobs
        self._kept = False  # a draft of this page is on the disk
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.keep)
        self.sheet = sheet = RecordSheet(desk, kind, panels, extras, first)
        self.form, self.area = sheet.form, sheet.area
        self.header, self.note, self.bar = sheet.header, sheet.note, sheet.bar
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.alike = AlikeBar(desk, jobs, kind)
        self.alike.open_wanted.connect(self.open)
        layout.addWidget(self.alike)
        layout.addWidget(sheet)
        sheet.edited.connect(self._timer.start)
        sheet.settled.connect(self._settle)
        self.note.thrown_away.connect(self.throw_away)
        self.header.more.history_wanted.connect(self.show_history)
        self.header.more.remove_wanted.connect(self.remove)
        self.header.more.erase_wanted.connect(self.ask_to_erase)
        self.header.slip.wanted.connect(self.ask_for_slip)
        self.bar.save_button.clicked.connect(lambda: self.save())
        self.bar.send_button.clicked.connect(lambda: self.save(sending=True))
        self.pins = Pins(self.form, last_values.pinnable(KINDS[kind]))
        self.pins.toggled.connect(self._pin)
        self.consents = Consents(desk, jobs, self)
        self.phrases = PhraseOffer(desk, jobs, self)
        jobs.recorded.connect(self._recorded)
        jobs.exchanging.connect(self._exchanging)

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        return self.sheet.page

    # opening

    def open(self, id: UUID) -> None:
        """Show a record of this laptop, with what was typed into it and not saved."""
        self.leave()
        work = partial(read_page, self._desk, self.kind, id)
        self._jobs.read(self, work, partial(self._show, again=False))

    def begin(self, values: Values | None = None) -> None:
        """Show an empty form, or the new record that was never saved."""
        self.leave()
        work = partial(blank_page, self._desk, self.kind, new_id())
        self._jobs.read(self, work, partial(self._show_blank, values or {}))

    def leave(self) -> None:
        """Keep what was typed before the page goes."""
        if self._timer.isActive():
            self.keep()

    def _show_blank(self, values: Values, page: Page) -> None:
        self._show(page, again=False)
        if page.draft is None:
            self.form.set_values(beginning(KINDS[self.kind], _today()) | page.last.values | values)
        if values:
            self._timer.start()
            self.sheet.show_state()
        self.form.focus_first()

    def _show(self, page: Page, *, again: bool) -> None:
        again = again and self.page is not None and self.page.id == page.id
        if not again:
            self.alike.clear()
            self._kept = page.draft is not None
        self.sheet.show_page(page, again=again, kept=self._kept)
        self.pins.show_pinned(page.last.pinned)
        self.opened.emit(page)
        if page.bare and not again:
            self._bring(page.id)

    def _bring(self, id: UUID) -> None:
        """The words come from the server; until then, or without a line, what is here is shown."""
        work = partial(whole.bring, self._desk, id)
        self._jobs.exchange(work, None, self._not_brought)

    def _not_brought(self, error: UserError) -> None:
        messages.tell(str(error))

    def _recorded(self, changes: list[Change]) -> None:
        """Read the page again if the record, or what hangs on it, changed: here or by a sync."""
        if self.page is None:
            return
        if any(self.page.id == change.record and erases(change) for change in changes):
            self._is_gone()
        elif any(self.page.id in (change.record, change.parent) for change in changes) or (
            self.page.row is not None and any(change.record == ANY for change in changes)
        ):
            self._read_again(self.page.id)

    def _exchanging(self, busy: bool) -> None:
        """Perhaps the record was sent."""
        if not busy and self.page is not None and self.page.row is not None:
            self._read_again(self.page.id)

    def _read_again(self, id: UUID) -> None:
        work = partial(read_page, self._desk, self.kind, id)
        self._jobs.read(self, work, partial(self._show_again, id))

    def _show_again(self, id: UUID, page: Page) -> None:
        if self.page is not None and self.page.id == id:  # not another one meanwhile
            self._show(page, again=True)

    # keeping

    def dirty(self) -> bool:
        """Whether something here is not saved."""
        return self.sheet.dirty()

    def keep(self) -> None:
        """Keep what was typed, so that a crash or another page does not lose it."""
        self._timer.stop()
        if self.page is None:
            return
        key = draft_key(self.kind, self.page.id if self.page.row else None)
        if self.dirty():
            self._kept = True
            body = {"id": str(self.page.id), **self.sheet.typed()}
            self._jobs.read(self, partial(drafts.keep, self._desk, key, body), _nothing)
            if self.page.row is None:
                self.alike.ask(self.form.changes())
        elif self._kept:
            self._kept = False
            self._jobs.read(self, partial(drafts.drop, self._desk, key), _nothing)

    def throw_away(self) -> None:
        """Forget what was typed and not saved; the record stays as it was."""
        if self.page is None:
            return
        self._timer.stop()
        key = draft_key(self.kind, self.page.id if self.page.row else None)
        self._jobs.read(self, partial(drafts.drop, self._desk, key), _nothing)
        if self.page.row is None:
            self.begin()
        else:
            self.open(self.page.id)

    # saving

    def save(self, *, sending: bool = False) -> bool:
        """Save the record with its parts, in one transaction.

        False: something is wrong, it is said at the fields, and nothing is saved. Sending asks
        for all that is required.
        """
        if self.page is None or not self.sheet.check(sending=sending):
            return False
        whole, new = self.page.id, self.page.row is None
        edits = self.sheet.edits(self.page)
        if sending:
            edits.append(Edit(self.kind, {"review": ReviewState.SENT.value}, whole))
        self._timer.stop()
        self._kept = False
        key = draft_key(self.kind, None if new else whole)
        last = self.form.values() if new else {}
        work = partial(_write, self._desk, edits, key, last)
        done = partial(self._saved, sending, self._jobs.steps.to_undo)
        self._jobs.write(work, done, self._refused)
        return True

    def _settle(self, kind: str, id: UUID | None, name: str, value: Any) -> None:
        if self.page is not None:
            id = id or self.page.id
            self._jobs.write(lambda: records.settle(self._desk, kind, id, name, value))

    def _pin(self, name: str, on: bool) -> None:
        """The next new record begins with this field as it is now, or no more."""
        field, value = self.form.fields[name], self.form.values().get(name)
        work = (
            partial(last_values.pin, self._desk, self.kind, name, value, _today())
            if on
            else partial(last_values.unpin, self._desk, self.kind, name, _today())
        )

        def done(last: last_values.Last) -> None:
            self.pins.show_pinned(last.pinned)
            words = field.field.words()
            messages.say(
                tr("Until midnight new ones begin with this: {field}.", field=words)
                if on
                else tr("New ones begin without this again: {field}.", field=words)
            )

        self._jobs.read(self, work, done)

    def _saved(self, sending: bool, before: Step | None) -> None:
        """Ctrl+Z in a field takes letters back; the button takes back what was saved (decision 71)."""
        words = (
            tr("Sent for review: it leaves with the next sync.") if sending else tr("Saved here.")
        )
        wrote = self._jobs.steps.to_undo is not before
        back = undo_button(self._desk, self._jobs) if wrote else None
        messages.say(words, back, about=messages.SAVING)

    def _refused(self, error: UserError) -> None:
        """What was typed stays, and stays kept."""
        self.keep()
        if isinstance(error, Wrong):
            self.form.show_problems(error.problems)
        messages.warn(str(error), about=messages.SAVING)

    def show_history(self) -> None:
        """Who changed what of the record on the page, and when."""
        if self.page is not None and self.page.row is not None:
            from ui.history import show_history  # here: few look at it

            show_history(self._desk, self._jobs, self.kind, self.page.id, self)

    # taking away

    def remove(self) -> None:
        """Take the record away: Ctrl+Z brings it back, as long as one works."""
        if self.page is None or self.page.row is None:
            return
        self.leave()
        id, work = self.page.id, partial(records.remove, self._desk, self.kind, self.page.id)
        self._jobs.write(work, partial(self._removed, id), self._refused)

    def _removed(self, id: UUID) -> None:
        back = undo_button(self._desk, self._jobs)
        messages.say(tr("It was removed."), back, about=messages.SAVING)
        if self.page is not None and self.page.id == id:
            self._is_gone()

    def ask_for_slip(self, language: str) -> None:
        """Save what the applicant takes home."""
        if self.page is not None and self.page.row is not None:
            slips.show_slip(self._desk, self._jobs, self, self.page.row, language)

    def ask_to_erase(self) -> None:
        """The dialog; nothing is done before it is answered."""
        if self.page is None or self.page.row is None:
            return
        dialog = EraseDialog(title(self.page.row), self)
        dialog.chosen.connect(partial(self._erase, self.page.id))
        dialog.open()

    def _erase(self, id: UUID, reason: str) -> None:
        self._timer.stop()  # what was typed into it goes, too
        work = partial(erasure.erase, self._desk, id, reason)
        self._jobs.write(work, partial(messages.say, tr("It was erased."), about=messages.SAVING))

    def _is_gone(self) -> None:
        self._timer.stop()
        self._kept = False
        self.sheet.clear()
        self.erased.emit()


def _write(desk: Desk, edits: list[Edit], key: str, last: Values) -> list[Change]:
    """Save, and only then forget the draft: a crash between the two costs nothing.

    `last`: what a new record says, for the next one.
    """
    changes = records.save_all(desk, edits) if edits else []
    drafts.drop(desk, key)
    if last:
        last_values.note(desk, edits[0].kind, last, _today())
    return changes


def _today() -> date:
    return datetime.now().astimezone().date()


def _nothing(_: object) -> None:
    """The draft is on the disk; nobody waits for it."""
