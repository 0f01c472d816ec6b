"""Departments, partners and competent bodies: a list, and the form of one beside it."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.actions import bodies, records
from desktop.actions.bodies import Body
from desktop.actions.records import Row
from desktop.session import Desk
from sync.change import Change
from sync.errors import UserError
from sync.language import mark, tr
from sync.records import KINDS
from sync.records.base import Field, fields
from sync.records.values import Wrong
from ui import messages, theme
from ui.dates import short_day
from ui.jobs import Jobs
from ui.widgets.form_field import FormField, Pairs
from ui.widgets.fresh_page import FreshPage
from ui.widgets.inputs import ChoiceInput, TextLine
from ui.widgets.labels import PlainLabel
from ui.widgets.list_pane import ListPane, ListRow
from ui.widgets.scrolled import scrolled
from ui.widgets.two_panes import TwoPanes
from ui.widgets.word_button import WordButton

PAUSE = 250  # ms after the last key until the list is searched
OFFERED = {
    "organisation": mark(
        "Who is in force today is offered where issues are handed over and partners are named."
    ),
    "competent_body": mark("Sealed reports can be handed over to those that are in force today."),
}
NEW = mark("New entry")


class BodiesPage(FreshPage):
    """Entries of one kind. Ctrl+N begins another, Ctrl+S saves."""

    def __init__(self, desk: Desk, jobs: Jobs, kind: str) -> None:
        super().__init__()
        self._desk, self._jobs, self._kind = desk, jobs, kind
        self._id: UUID | None = None
        self._clean: dict[str, Any] = {}
        self._open = False
        self.new_button = WordButton(NEW, "primary", "add", keys="Ctrl+N")
        self.search, self.list = TextLine(), ListPane()
        self.note = PlainLabel(role="muted", wrap=True)
        districts = bodies.districts(desk)
        self.fields = {
            field.name: _District(districts, field, desk)
            if field.name == "territory"
            else FormField(field, desk.pack)
            for field in fields(KINDS[kind])
        }
        self.save_button = WordButton(mark("Save"), "primary", "save", keys="Ctrl+S")
        self._seeking = QTimer(self, singleShot=True, interval=PAUSE)
        self._seeking.timeout.connect(self.reload)
        self._build()
        self.new_button.clicked.connect(self.begin)
        self.search.changed.connect(self._seeking.start)
        self.list.chosen.connect(self.open)
        self.list.opened.connect(lambda _: self.fields["name"].focus())
        self.save_button.clicked.connect(self.save)
        for keys, act in (("Ctrl+N", self.begin), ("Ctrl+S", self.save)):
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        jobs.recorded.connect(self._recorded)
        self.setFocusProxy(self.search)
        self.retranslate()
        self._fill(None)

    @Slot()
    def reload(self) -> None:
        """Read the list anew."""
        words = self.search.value() or ""
        work = partial(bodies.list_bodies, self._desk, self._kind, words)
        self._jobs.read(self, work, self._list)

    def open(self, id: UUID) -> None:
        """Show one entry."""
        work = partial(records.show, self._desk, id, self._kind)
        self._jobs.read(
            self, work, partial(self._show, id), lambda error: messages.warn(str(error))
        )

    @Slot()
    def begin(self) -> None:
        """An empty entry."""
        self.panes.turn_to(1)
        self.list.clearSelection()
        self._id = None
        self._fill(None)
        self.fields["name"].focus()

    @Slot()
    def save(self) -> None:
        """Save the entry; what is wrong is said at its field."""
        if not self.save_button.isEnabled():
            return
        self.save_button.setEnabled(False)  # pressed twice, it would be there twice
        values = self._values()
        changed = {name: v for name, v in values.items() if self._clean.get(name) != v}
        work = partial(bodies.save, self._desk, self._kind, changed, self._id)
        self._jobs.write(work, self._saved, self._refused)

    def retranslate(self) -> None:
        """Texts in the language spoken now; what was typed stays."""
        words = tr("Search: name, place")
        self.search.setPlaceholderText(words)
        self.search.setAccessibleName(words)
        self.list.setAccessibleName(tr(KINDS[self._kind].label))
        self.note.setText(tr(OFFERED[self._kind]))

    # inside

    def _values(self) -> dict[str, Any]:
        said = {name: field.value() for name, field in self.fields.items()}
        return {n: v.isoformat() if isinstance(v, date) else v for n, v in said.items()}

    def _show(self, id: UUID, row: Row) -> None:
        self._id = id
        self._fill(row)

    def _fill(self, row: Row | None) -> None:
        for name, field in self.fields.items():
            field.set_value(row.get(name) if row else None)
            field.show_problem(None)
        self._clean = self._values()
        self._open = row is not None

    def _list(self, found: Sequence[Body]) -> None:
        today = date.today()  # noqa: DTZ011  # the day of the place
        self.list.show_rows([_row(one, today) for one in found])
        if not self._open and found and self._values() == self._clean:
            self.list.choose(found[0].id)

    def _saved(self) -> None:
        messages.say(tr("Saved here."), about=messages.SAVING)
        self.save_button.setEnabled(True)
        self._clean, self._open = self._values(), False
        self.reload()
        self.list.setFocus()

    def _refused(self, error: UserError) -> None:
        self.save_button.setEnabled(True)
        if not isinstance(error, Wrong):
            messages.warn(str(error), about=messages.SAVING)
            return
        for name, field in self.fields.items():
            field.show_problem(error.problems.get(name))
        first = next((name for name in self.fields if name in error.problems), "name")
        self.fields[first].focus()

    @Slot(list)
    def _recorded(self, changes: list[Change]) -> None:
        if self.isVisible() and any(change.kind == self._kind for change in changes):
            self.reload()

    def _build(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(24, 0, 8, 16)
        column.setSpacing(12)
        column.addWidget(self.new_button)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        inside = QWidget()
        inside.setMaximumWidth(theme.grown(720))
        area = scrolled(inside)
        page = QVBoxLayout(inside)
        page.setContentsMargins(16, 4, 24, 24)
        page.setSpacing(14)
        page.addWidget(self.note)
        row = QHBoxLayout()
        for name, field in self.fields.items():
            field.label.setWordWrap(True)  # two stand beside each other, in large type too
            if not field.field.beside:
                row = QHBoxLayout()
                row.setSpacing(12)
                page.addLayout(row)
            row.addWidget(self.fields[name], 1, Qt.AlignmentFlag.AlignTop)
        page.addStretch(1)
        foot = QFrame()
        foot.setProperty("bar", "bottom")
        buttons = QHBoxLayout(foot)
        buttons.setContentsMargins(16, 10, 24, 10)
        buttons.addStretch(1)
        buttons.addWidget(self.save_button)
        right = QWidget()
        whole = QVBoxLayout(right)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        whole.addWidget(foot)
        self.panes = TwoPanes(self, left, right, 380)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.panes)


class _District(FormField):
    """A district of the region, chosen from a list."""

    def __init__(self, places: Pairs, field: Field, desk: Desk) -> None:
        self._places = places
        super().__init__(field, desk.pack)

    def _make_input(self) -> Any:
        return ChoiceInput(self._places)

    def _pairs(self) -> Pairs:
        return self._places


def _row(one: Body, today: date) -> ListRow:
    words = " · ".join(part for part in (one.sort, one.place) if part)
    if one.in_force(today):
        return ListRow(one.id, one.name, words)
    later = one.since is not None and one.since > today
    day = one.since if later else one.until
    said = tr("From {day}", day=short_day(day)) if later and day else tr("Former")
    return ListRow(one.id, one.name, words, badge=said, tone="neutral", badge_icon="clock")
