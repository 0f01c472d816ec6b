"""One record as a page: its head, what was said about it, its form and parts, the buttons."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Protocol
from uuid import UUID

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions.edits import Edit
from desktop.session import Desk
from sync import policy
from sync.change import new_id
from sync.erasure import may_erase
from sync.person import REGION
from sync.policy import Action
from sync.records import KINDS
from sync.records.base import Values
from sync.records.states import ReviewState
from ui.models.record_page import Page, editable
from ui.widgets.glance import Glance
from ui.widgets.record_bars import ActionBar, RecordHeader, ReturnedNote
from ui.widgets.record_form import RecordForm
from ui.widgets.scrolled import scrolled

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


class RecordSheet(QWidget):
    """Shows one page and says what was typed into it; reads and writes nothing.

    `first`: what stands between the form and the panels, a Glance above the form; `extras`: what
    follows them.
    """

    edited = Signal()
    settled = Signal(str, object, str, object)  # kind, id of a part or None, field, value
    question_chosen = Signal(str)  # of a filled-in form, by the name of its answer

    def __init__(
        self,
        desk: Desk,
        kind: str,
        panels: Sequence[Panel],
        extras: Sequence[QWidget],
        first: Sequence[QWidget] = (),
    ) -> None:
        super().__init__()
        self.kind, self.record = kind, KINDS[kind]
        self._person, self._panels = desk.person, list(panels)
        self._kept = False
        self.page: Page | None = None
        district = "" if desk.person.district == REGION else desk.person.district
        self.header, self.note, self.bar = RecordHeader(), ReturnedNote(), ActionBar()
        self.form = RecordForm(self.record, desk.pack, district)
        self._lay_out([*first, *self._panels, *extras])
        self.form.entered.connect(self._reveal)
        self.form.edited.connect(self._edited)
        self.form.settled.connect(partial(self.settled.emit, kind, None))
        for panel in self._panels:
            panel.edited.connect(self._edited)
            panel.settled.connect(partial(self._settle_part, panel))
        self.note.chosen.connect(self._go_to)

    # showing

    def show_page(self, page: Page, *, again: bool, kept: bool) -> None:
        """Another record, or the same one `again`: then what was typed stays, and the scroll.

        `kept`: what was typed and not saved is on the disk.
        """
        self.page, self._kept = page, kept
        self.form.set_links(page.links)
        if again and page.row is not None:
            self.form.rebase(page.row)
        else:
            self.form.set_row(page.row)
        self.form.set_editable(self._may())
        for panel in self._panels:
            panel.show_page(page, again=again)
        if not again:
            self._restore(page.draft)
            self.area.verticalScrollBar().setValue(0)
        self._show_marks(page, again=again)
        self.show_state()

    def clear(self) -> None:
        """Nothing of what was shown or typed stays on the screen."""
        self.page = None
        self.form.set_row(None)
        for panel in self._panels:
            panel.show_page(Page(new_id()), again=False)
        self.form.show_comments([])
        self.note.show_comments([], self.record)

    def show_state(self) -> None:
        """What is said and offered around the form."""
        if self.page is None:
            return
        row, may = self.page.row, self._may()
        self.header.show_record(self.kind, row, dirty=self.dirty())
        erasable = row is not None and may_erase(self._person, row["district"])
        removable = row is not None and policy.may(self._person, Action.REMOVE, row["district"])
        self.header.more.offer(remove=removable and not self.page.bare, erase=erasable)
        self.header.more.setVisible(row is not None)
        review = row["review"] if row else ReviewState.DRAFT.value
        self.bar.show_state(
            dirty=self.dirty() or row is None,
            sendable=may == "all" and review in SENDABLE,
            returned=review == ReviewState.RETURNED,
            closed=may != "all",
            bare=self.page.bare,
        )

    def check(self, *, sending: bool) -> bool:
        """Whether it can be saved, or sent; what is wrong is said at the fields."""
        self.form.commit()
        problems = self.form.problems(sending=sending)
        # from the last: the cursor stays where it is put last, which is to be the first problem
        wrong = [panel.show_problems(sending=sending) for panel in reversed(self._panels)]
        self.form.show_problems(problems)
        return not problems and not any(wrong)

    # what was typed

    def dirty(self) -> bool:
        """Whether something here is not saved."""
        return self.form.dirty() or any(panel.dirty() for panel in self._panels)

    def typed(self) -> Values:
        """What is not saved, to be kept as a draft."""
        return {**self.form.typed(), "panels": [panel.state() for panel in self._panels]}

    def edits(self, page: Page) -> list[Edit]:
        """What is to be saved: the record itself first, then its parts."""
        values = self.form.changes()
        whole = Edit(self.kind, values, page.id, base=self.form.base, was=self.form.was())
        parts = [edit for panel in self._panels for edit in panel.edits(page.id)]
        return [*([whole] if values or page.row is None else []), *parts]

    # inside

    def _may(self) -> str:
        row = self.page.row if self.page else None
        return editable(self._person, self.record, row, row)

    def _restore(self, draft: dict[str, Any] | None) -> None:
        if draft is None:
            return
        self.form.take_up(draft)
        # From the last: what an older program kept may begin with a panel that is gone.
        kept = reversed(draft["panels"])
        for panel, state in zip(reversed(self._panels), kept, strict=False):
            panel.restore(state)

    def _show_marks(self, page: Page, *, again: bool) -> None:
        """What was said, at the fields, and what of it is open on top too; conflicts."""
        comments = [said for said in page.said if said.open]
        self.form.show_comments(page.said)
        self.form.show_conflicts(page.row, page.links, page.names)
        questions = {fact.name: fact.label for fact in page.answered.facts}
        self.note.show_comments(comments, self.record, questions)
        self.note.show_kept(self._kept)
        commented = [said.about for said in comments if said.about in self.form.fields]
        if commented and not again:
            first = min(commented, key=self.form.order().index)
            QTimer.singleShot(0, self, lambda: self.form.focus_field(first))

    def _edited(self) -> None:
        self.show_state()
        self.edited.emit()

    def _go_to(self, name: str) -> None:
        """From a comment to what it is about."""
        if name in self.form.fields:
            self.form.focus_field(name)
        else:
            self.question_chosen.emit(name)

    def _settle_part(self, panel: Any, id: UUID, name: str, value: Any) -> None:
        self.settled.emit(panel.record.kind, id, name, value)

    def _reveal(self, field: QWidget) -> None:
        """What has the cursor is seen, with the words about it: Qt scrolls for Tab alone."""
        self.area.ensureWidgetVisible(field, 0, 60)

    def _lay_out(self, below: Sequence[Any]) -> None:
        page = QWidget()
        page.setMaximumWidth(WIDEST)
        self.area = scrolled(page)
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(24)
        glances = [one for one in below if isinstance(one, Glance)]
        rest = [one for one in below if not isinstance(one, Glance)]
        for widget in (self.note, *glances, self.form, *rest):
            column.addWidget(widget)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.area, 1)
        layout.addWidget(self.bar)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self.page is not None:
            self._show_marks(self.page, again=True)
            self.show_state()
        super().changeEvent(event)
