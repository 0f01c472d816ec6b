"""One record on the screen: its form, its parts, what was said about it, and saving."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, Protocol
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.actions import drafts, erasure, records
from desktop.actions.records import Edit
from desktop.session import Desk
from sync.change import Change, new_id
from sync.erasure import erases, may_erase
from sync.errors import UserError
from sync.language import tr
from sync.records import KINDS
from sync.records.base import REGION, Values
from sync.records.states import ReviewState
from sync.records.values import Wrong
from ui import messages
from ui.dialogs.erase import EraseDialog
from ui.jobs import Jobs
from ui.models.lines import title
from ui.models.record_page import Page, blank_page, draft_key, editable, read_page
from ui.models.sections import beginning
from ui.watch import ANY
from ui.widgets.record_bars import ActionBar, RecordHeader, ReturnedNote
from ui.widgets.record_form import RecordForm

PAUSE = 600  # ms after the last key until what was typed is kept; a crash costs less than 1 s
WIDEST = 880  # px: longer lines are hard to read
SENDABLE = (ReviewState.DRAFT.value, ReviewState.RETURNED.value)


class Panel(Protocol):
    """What stands under the form and is saved with it: parts, steps. Also a QWidget.

    Has the signals edited(), and settled(id, field, value).
    """

    edited: Any
    settled: Any

    def show_page(self, page: Page, *, again: bool) -> None: ...
    def edits(self, whole: UUID) -> list[Edit]: ...
    def dirty(self) -> bool: ...
    def show_problems(self, *, sending: bool) -> bool: ...
    def state(self) -> list[Values]: ...
    def restore(self, state: list[Values]) -> None: ...


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
    ) -> None:
        super().__init__()
        self.kind, self.record = kind, KINDS[kind]
        self._desk, self._jobs, self._panels = desk, jobs, list(panels)
        self.page: Page | None = None
        self._kept = False  # a draft of this page is on the disk
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.keep)
        district = "" if desk.person.district == REGION else desk.person.district
        self.header, self.note, self.bar = RecordHeader(), ReturnedNote(), ActionBar()
        self.form = RecordForm(self.record, desk.pack, district)
        self._lay_out([*self._panels, *extras])
        self.form.entered.connect(self._reveal)
        self.form.edited.connect(self._edited)
        self.form.settled.connect(lambda name, value: self._settle(self.kind, None, name, value))
        for panel in self._panels:
            panel.edited.connect(self._edited)
            panel.settled.connect(partial(self._settle_part, panel))
        self.note.chosen.connect(self.form.focus_field)
        self.note.thrown_away.connect(self.throw_away)
        self.header.more.erase_wanted.connect(self.ask_to_erase)
        self.bar.save_button.clicked.connect(lambda: self.save())
        self.bar.send_button.clicked.connect(lambda: self.save(sending=True))
        jobs.recorded.connect(self._recorded)
        jobs.exchanging.connect(self._exchanging)

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
            today = datetime.now().astimezone().date()
            self.form.set_values(beginning(self.kind, today) | values)
        if values:
            self._edited()
        self.form.focus_first()

    def _show(self, page: Page, *, again: bool) -> None:
        again = again and self.page is not None and self.page.id == page.id
        self.page = page
        may = editable(self._desk.person, self.record, page.row, page.row)
        self.form.set_links(page.links)
        if again and page.row is not None:
            self.form.rebase(page.row)
        else:
            self.form.set_row(page.row)
        self.form.set_editable(may)
        for panel in self._panels:
            panel.show_page(page, again=again)
        if not again:
            self._restore(page.draft)
            self.area.verticalScrollBar().setValue(0)
        self._show_marks(page, again=again)
        self._show_state()
        self.opened.emit(page)

    def _restore(self, draft: dict[str, Any] | None) -> None:
        self._kept = draft is not None
        if draft is None:
            return
        self.form.take_up(draft)
        for panel, state in zip(self._panels, draft["panels"], strict=False):
            panel.restore(state)

    def _show_marks(self, page: Page, *, again: bool) -> None:
        """What was said, at the fields, and what of it is open on top too; conflicts."""
        comments = [said for said in page.said if said.open]
        self.form.show_comments(page.said)
        self.form.show_conflicts(page.row, page.links, page.names)
        self.note.show_comments(comments, self.record)
        self.note.show_kept(self._kept)
        commented = [said.about for said in comments if said.about in self.form.fields]
        if commented and not again:
            first = min(commented, key=self.form.order().index)
            QTimer.singleShot(0, self, lambda: self.form.focus_field(first))

    # keeping and saving

    def dirty(self) -> bool:
        """Whether something here is not saved."""
        return self.form.dirty() or any(panel.dirty() for panel in self._panels)

    def keep(self) -> None:
        """Keep what was typed, so that a crash or another page does not lose it."""
        self._timer.stop()
        if self.page is None:
            return
        key = draft_key(self.kind, self.page.id if self.page.row else None)
        if self.dirty():
            self._kept = True
            body = {
                "id": str(self.page.id),
                **self.form.typed(),
                "panels": [panel.state() for panel in self._panels],
            }
            self._jobs.read(self, partial(drafts.keep, self._desk, key, body), _nothing)
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

    def save(
        self, *, sending: bool = False, then: Callable[[], list[Change]] | None = None
    ) -> bool:
        """Save the record with its parts, in one transaction; `then` follows in the same job.

        False: something is wrong, it is said at the fields, and nothing is saved. Sending asks
        for all that is required.
        """
        if self.page is None or not self._check(sending=sending):
            return False
        values = self.form.changes()
        whole, new = self.page.id, self.page.row is None
        edits = (
            [Edit(self.kind, values, whole, base=self.form.base, was=self.form.was())]
            if values or new
            else []
        )
        edits += [edit for panel in self._panels for edit in panel.edits(whole)]
        if sending:
            edits.append(Edit(self.kind, {"review": ReviewState.SENT.value}, whole))
        self._timer.stop()
        self._kept = False
        key = draft_key(self.kind, None if new else whole)
        work = partial(_write, self._desk, edits, key, then)
        self._jobs.write(work, self._saved, self._refused)
        return True

    def _check(self, *, sending: bool) -> bool:
        problems = self.form.problems(sending=sending)
        wrong = [panel.show_problems(sending=sending) for panel in self._panels]
        self.form.show_problems(problems)
        return not problems and not any(wrong)

    def _reveal(self, field: QWidget) -> None:
        """What has the cursor is seen, with the words about it: Qt scrolls for Tab alone."""
        self.area.ensureWidgetVisible(field, 0, 60)

    # erasing

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
        """Nothing of what was shown or typed stays on the screen."""
        self._timer.stop()
        self._kept = False
        self.page = None
        self.form.set_row(None)
        for panel in self._panels:
            panel.show_page(Page(new_id()), again=False)
        self.form.show_comments([])
        self.note.show_comments([], self.record)
        self.erased.emit()

    def _settle(self, kind: str, id: UUID | None, name: str, value: Any) -> None:
        if self.page is not None:
            id = id or self.page.id
            self._jobs.write(lambda: records.settle(self._desk, kind, id, name, value))

    def _settle_part(self, panel: Any, id: UUID, name: str, value: Any) -> None:
        self._settle(panel.record.kind, id, name, value)

    def _edited(self) -> None:
        self._timer.start()
        self._show_state()

    def _saved(self) -> None:
        messages.say(tr("Saved here."), about=messages.SAVING)

    def _refused(self, error: UserError) -> None:
        """What was typed stays, and stays kept."""
        self.keep()
        if isinstance(error, Wrong):
            self.form.show_problems(error.problems)
        messages.warn(str(error), about=messages.SAVING)

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

    # what is shown around the form

    def _show_state(self) -> None:
        if self.page is None:
            return
        row = self.page.row
        self.header.show_record(self.kind, row, dirty=self.dirty())
        may = editable(self._desk.person, self.record, row, row)
        erasable = row is not None and may_erase(self._desk.person, row["district"])
        self.header.more.setVisible(erasable)
        review = row["review"] if row else ReviewState.DRAFT.value
        self.bar.show_state(
            dirty=self.dirty() or row is None,
            sendable=may == "all" and review in SENDABLE,
            returned=review == ReviewState.RETURNED,
            closed=may != "all",
        )

    def _lay_out(self, below: Sequence[Any]) -> None:
        page = QWidget()
        page.setMaximumWidth(WIDEST)
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(24)
        for widget in (self.note, self.form, *below):
            column.addWidget(widget)
        column.addStretch(1)
        self.area = QScrollArea(widgetResizable=True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.area, 1)
        layout.addWidget(self.bar)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self.page is not None:
            self._show_marks(self.page, again=True)
            self._show_state()
        super().changeEvent(event)


def _write(
    desk: Desk, edits: list[Edit], key: str, then: Callable[[], list[Change]] | None
) -> list[Change]:
    """Save, and only then forget the draft: a crash between the two costs nothing."""
    changes = records.save_all(desk, edits) if edits else []
    drafts.drop(desk, key)
    return [*changes, *(then() if then else [])]


def _nothing(_: object) -> None:
    """The draft is on the disk; nobody waits for it."""
