"""Officials: who holds which post, from when until when; a part of the directory."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.actions import directory, drafts, records
from desktop.actions.directory import SAME_POST, Entry
from desktop.forms import tidy
from desktop.session import Desk
from sync.change import Change
from sync.errors import UserError
from sync.language import mark, tr
from sync.records.base import Field, Values, field_map
from sync.records.survey import Official
from sync.records.values import Wrong, split
from sync.vocabulary import label
from ui import messages, theme
from ui.dates import short_day
from ui.jobs import Jobs
from ui.widgets.empty_state import EmptyState
from ui.widgets.form_field import FormField, Pairs
from ui.widgets.fresh_page import FreshPage
from ui.widgets.inputs import ChoiceInput, TextLine
from ui.widgets.labels import PlainLabel
from ui.widgets.list_pane import ListPane, ListRow
from ui.widgets.scrolled import scrolled
from ui.widgets.two_panes import TwoPanes
from ui.widgets.word_button import WordButton

PAUSE = 250  # ms after the last key until the list is searched and what was typed is kept
ROWS = (("post",), ("name",), ("body", "territory"), ("since", "until"))
NONE = mark(
    "No official yet. Write down the posts that people will rate: akims and heads of departments."
)
OFFICE = mark(
    "People rate the office, not the person. No party, no vote, no views are written down."
)


class OfficialsPage(FreshPage):
    """The list with a search, and beside it one entry. Ctrl+N begins another, Ctrl+S saves."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self._id: UUID | None = None
        self._before: Entry | None = None  # whom a new entry replaces
        self._clean: Values = {}
        self._entries: Sequence[Entry] = ()
        self._open = self._filling = False
        self.new_button = WordButton(mark("New official"), "primary", "add", keys="Ctrl+N")
        self.search = TextLine()
        self.list = ListPane()
        places = directory.territories(desk)
        self.fields: dict[str, FormField] = {
            name: _Territory(places, field, desk)
            if name == "territory"
            else FormField(field, desk.pack)
            for name, field in field_map(Official).items()
        }
        self.note = PlainLabel(role="muted", wrap=True)
        self.save_button = WordButton(mark("Save"), "primary", "save", keys="Ctrl+S")
        self.replace_button = WordButton(mark("Somebody else holds the post…"), icon="person")
        self.none = EmptyState("people", NONE, mark("New official"))
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self.keep)
        self._seeking = QTimer(self, singleShot=True, interval=PAUSE)
        self._seeking.timeout.connect(self.reload)
        self._build()
        self.new_button.clicked.connect(self.begin)
        self.none.clicked.connect(self.begin)
        self.search.changed.connect(self._seeking.start)
        self.list.chosen.connect(self.open)
        self.list.opened.connect(lambda _: self.fields["post"].focus())
        self.save_button.clicked.connect(self.save)
        self.replace_button.clicked.connect(self.succeed)
        for field in self.fields.values():
            field.label.setWordWrap(True)  # two stand beside each other, in large type too
            field.edited.connect(self._touched)
        for keys, act in (
            ("Ctrl+N", self.begin),
            ("Ctrl+S", self.save),
            ("Ctrl+F", self.search.setFocus),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        jobs.recorded.connect(self._recorded)
        self.setFocusProxy(self.search)

    @Slot()
    def reload(self) -> None:
        """Read the list anew."""
        work = partial(directory.list_officials, self._desk, self.search.value() or "")
        self._jobs.read(self, work, self._list)

    def open(self, id: UUID) -> None:
        """Show one entry."""
        self._leave()
        work = partial(_read, self._desk, id)
        self._jobs.read(self, work, partial(self._show, id), self._gone)

    @Slot()
    def begin(self) -> None:
        """An empty entry, or the one that was never saved."""
        self.panes.turn_to(1)
        self._leave()
        self.list.clearSelection()
        work = partial(drafts.recall, self._desk, _key(None))
        self._jobs.read(self, work, lambda draft: self._show_new({}, draft or {}))

    @Slot()
    def succeed(self) -> None:
        """Another entry for the same post; saving it ends the term of this one."""
        entry = next((one for one in self._entries if one.id == self._id), None)
        if entry is None:
            return
        self._leave()
        values = {name: self.fields[name].value() for name in SAME_POST}
        today = date.today()  # noqa: DTZ011  # the day of the place
        self._show_new(values, {"since": today.isoformat()}, before=entry)
        self.fields["name"].focus()

    @Slot()
    def save(self) -> None:
        """Save the entry; what is wrong is said at its field."""
        if not self._open or not self.save_button.isEnabled():
            return
        self._soon.stop()
        self.save_button.setEnabled(False)  # pressed twice, it would be there twice
        values = self._values()
        if self._before is not None:
            day = self.fields["since"].value()
            began = day if isinstance(day, date) else date.today()  # noqa: DTZ011  # of the place
            work = partial(directory.replace, self._desk, self._before.id, values, began)
        else:
            changed = {name: v for name, v in values.items() if self._clean.get(name) != v}
            work = partial(directory.save, self._desk, changed, self._id)
        self._jobs.write(work, self._saved, self._refused)

    def keep(self) -> None:
        """Keep what was typed, so that a crash does not cost it."""
        self._soon.stop()
        if not self._open or self._before is not None:
            return
        key, values = _key(self._id), self._values()
        typed = {name: v for name, v in values.items() if self._clean.get(name) != v}
        work = partial(drafts.keep, self._desk, key, typed) if typed else None
        self._jobs.read(self, work or partial(drafts.drop, self._desk, key), lambda _: None)

    # inside

    def _values(self) -> Values:
        return tidy({name: field.value() for name, field in self.fields.items()})

    def _leave(self) -> None:
        if self._soon.isActive():
            self.keep()

    def _show(self, id: UUID, read: tuple[Values, Values]) -> None:
        row, draft = read
        self._id, self._before = id, None
        self._fill(row, draft)

    def _show_new(self, values: Values, draft: Values, before: Entry | None = None) -> None:
        self._id, self._before = None, before
        self._fill(dict.fromkeys(self.fields), values | draft)
        if before is None:
            self.fields["post"].focus()

    def _fill(self, row: Values, draft: Values) -> None:
        self._filling = True
        for name, field in self.fields.items():
            field.set_value(row.get(name))
            field.show_problem(None)
        self._clean = self._values()
        typed, _ = split(Official, {n: v for n, v in draft.items() if n in self.fields})
        for name, value in typed.items():
            self.fields[name].set_value(value)
        self._filling, self._open = False, True
        self.pages.setCurrentIndex(1)
        self._say()

    def _list(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        today = date.today()  # noqa: DTZ011  # the day of the place
        self.list.show_rows([_row(one, today) for one in entries])
        if not self._open and entries and not self.search.value():
            self.list.choose(entries[0].id)
        elif not self._open:
            self.pages.setCurrentIndex(0)
        self._say()

    def _saved(self) -> None:
        messages.say(tr("Saved here."), about=messages.SAVING)
        self.save_button.setEnabled(True)
        self._jobs.read(self, partial(drafts.drop, self._desk, _key(self._id)), lambda _: None)
        self._open, self._before = False, None
        self.reload()
        self.list.setFocus()

    def _refused(self, error: UserError) -> None:
        self.save_button.setEnabled(True)
        self.keep()
        if not isinstance(error, Wrong):
            messages.warn(str(error), about=messages.SAVING)
        else:
            for name, field in self.fields.items():
                field.show_problem(error.problems.get(name))
            first = next((name for row in ROWS for name in row if name in error.problems), "post")
            self.fields[first].focus()

    def _gone(self, error: UserError) -> None:
        messages.warn(str(error))

    def _touched(self) -> None:
        if not self._filling:
            self._soon.start()

    @Slot(list)
    def _recorded(self, changes: list[Change]) -> None:
        if self.isVisible() and any(change.kind == "official" for change in changes):
            self.reload()

    def _say(self) -> None:
        said = tr(OFFICE)
        if self._before is not None:
            more = tr(
                "“{post}” of {name} ends the day before this begins, and stays to be read.",
                post=self._before.post,
                name=self._before.name or "—",
            )
            said = f"{said} {more}"
        self.note.setText(said)
        self.replace_button.setVisible(self._id is not None)

    def retranslate(self) -> None:
        """Texts in the language spoken now; what was typed stays."""
        self.search.setPlaceholderText(tr("Search: post, name, place"))
        self.search.setAccessibleName(tr("Search: post, name, place"))
        self.list.setAccessibleName(tr("Officials"))
        self._say()

    def hideEvent(self, event: QHideEvent) -> None:
        self._leave()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.reload()
        else:
            super().changeEvent(event)

    def _build(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(24, 0, 8, 16)
        column.setSpacing(12)
        for part in (self.new_button, self.search):
            column.addWidget(part)
        column.addWidget(self.list, 1)
        inside = QWidget()
        inside.setMaximumWidth(theme.grown(720))
        area = scrolled(inside)
        page = QVBoxLayout(inside)
        page.setContentsMargins(16, 4, 24, 24)
        page.setSpacing(14)
        page.addWidget(self.note)
        for names in ROWS:
            row = QHBoxLayout()
            row.setSpacing(12)
            for name in names:
                row.addWidget(self.fields[name], 1)
            page.addLayout(row)
        page.addWidget(self.replace_button, 0, Qt.AlignmentFlag.AlignLeft)
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
        self.pages = QStackedWidget()
        self.pages.addWidget(self.none)
        self.pages.addWidget(right)
        self.panes = TwoPanes(self, left, self.pages, 380)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.panes)
        self.retranslate()


class _Territory(FormField):
    """A district or an okrug, found by a part of its name."""

    def __init__(self, places: Pairs, field: Field, desk: Desk) -> None:
        self._places = places
        super().__init__(field, desk.pack)

    def _make_input(self) -> Any:
        return ChoiceInput(self._places)

    def _pairs(self) -> Pairs:
        return self._places


def _read(desk: Desk, id: UUID) -> tuple[Values, Values]:
    """The entry's fields, and what was typed into it and not saved."""
    return records.show(desk, id, "official"), drafts.recall(desk, _key(id)) or {}


def _key(id: UUID | None) -> str:
    return f"official:{id or 'new'}"


def _row(one: Entry, today: date) -> ListRow:
    words = " · ".join(
        part for part in (one.name, one.place or label("official_body", one.body)) if part
    )
    if one.in_office(today):
        return ListRow(one.id, one.post, words)
    later = one.since is not None and one.since > today
    day = one.since if later else one.until
    said = tr("From {day}", day=short_day(day)) if later and day else tr("Former")
    return ListRow(one.id, one.post, words, badge=said, tone="neutral", badge_icon="clock")
