"""Records from a table: the file, what its columns are, what would come of it, and then it comes."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFileDialog,
    QVBoxLayout,
    QWidget,
)

from desktop.actions import import_undone, importing
from desktop.actions.import_undone import Undone
from desktop.actions.import_words import undone_words
from desktop.actions.import_wrong import write_wrong
from desktop.actions.importing import Checked, Imported, Wanted
from desktop.file_names import tidy_name
from desktop.imports.templates import write_template
from desktop.session import Desk
from desktop.steps import Own, note_own
from sync.change import Change
from sync.errors import Stopped, UserError
from sync.language import mark, tr, trn
from sync.records import KINDS
from ui import messages, theme
from ui.how_far import HowFar
from ui.jobs import Jobs
from ui.widgets.cards import Card
from ui.widgets.column_map import ColumnMap
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.how_far_bar import HowFarBar
from ui.widgets.import_result import ImportResult
from ui.widgets.inputs import ChoiceInput
from ui.widgets.labels import PlainLabel
from ui.widgets.scrolled import scrolled
from ui.widgets.word_button import WordButton

TABLES = "Excel, CSV (*.xlsx *.csv);;* (*)"
HINT = mark(
    "An Excel workbook or CSV with a row of headings. First it is looked through, and nothing is written; "
    "what comes are drafts of yours, and the whole import can be taken back."
)
NOT_IMPORTED = mark("Stopped. Nothing was imported.")


IMPORTED = mark("imported a table")


class ImportPage(QWidget):
    """Ctrl+O chooses a file, Esc goes back. Leaving the page stops what runs."""

    back = Signal()

    def __init__(self, desk: Desk, jobs: Jobs, kind: str) -> None:
        super().__init__()
        self._desk, self._jobs, self.kind = desk, jobs, kind
        self._path: Path | None = None
        self._how_far = HowFar()
        self.found: Checked | None = None
        self._noted: Imported | None = None
        self.title = PlainLabel("", "title", wrap=True)
        self.hint = PlainLabel(role="muted", wrap=True)
        self.file_button = WordButton(mark("Choose a file…"), "primary", "document", keys="Ctrl+O")
        self.blank_button = WordButton(mark("Save the empty table…"), icon="save")
        self.back_button = WordButton(mark("Back"), "quiet", keys="Esc")
        self.columns_card = Card(mark("What the columns are"), "edit")
        self.sheet, self.columns = ChoiceInput(), ColumnMap(kind)
        self.check_button = WordButton(mark("Look through again"), icon="review", keys="Ctrl+R")
        self.result = ImportResult()
        self.counts, self.alike = self.result.counts, self.result.alike
        self.left_out, self.verdicts = self.result.left_out, self.result.verdicts
        self.run_button, self.undo_button = self.result.run_button, self.result.undo_button
        self.wrong_button = self.result.wrong_button
        self.how_far = HowFarBar()
        self.problem = PlainLabel("", "error", wrap=True)
        self._build()
        self._connect()
        self.retranslate()
        self._show(working=False)

    def begin(self) -> None:
        """As it is first seen: what was looked through before is still there."""
        self.file_button.setFocus()

    @Slot()
    def choose(self) -> None:
        """Ask which file."""
        name, _ = QFileDialog.getOpenFileName(self, tr("Choose a file…"), "", TABLES)
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Look a file through, its columns taken as they are called."""
        self._path, self.found, self._noted = path, None, None
        self._check(Wanted(self.kind, path))

    @Slot()
    def check(self) -> None:
        """Look it through anew, as the columns were chosen; the file is read again."""
        if self.check_button.isEnabled():
            self._look_again()

    def _look_again(self) -> None:
        if self._path is None or self.found is None:
            return
        sheet = self.sheet.value() or ""
        same = sheet == self.found.headed.sheet.title
        mapping = self.columns.mapping() if same else {}
        self._noted = None
        self._check(Wanted(self.kind, self._path, mapping, sheet, self.alike.isChecked()))

    @Slot()
    def run(self) -> None:
        """Import what was looked through, once."""
        found = self.found
        if found is None or not found.new or not self.run_button.isEnabled():
            return
        self._begin_work()
        self._jobs.write(partial(self._write, found), self._came, self._refused)

    @Slot()
    def undo(self) -> None:
        """Take back what was imported last."""
        if self._noted is not None:
            self._begin_work()
            self._jobs.write(partial(self._undo, self._noted.id), self._went, self._refused)

    @Slot()
    def save_wrong(self) -> None:
        """Ask where to, and write the rows that do not come."""
        if self.found is not None:
            work = partial(write_wrong, self._desk, self.found)
            self._save(tr("Save the other rows…"), work)

    @Slot()
    def save_blank(self) -> None:
        """Ask where to, and write the empty table."""
        work = partial(write_template, self._desk, self.kind)
        self._save(tr("Save the empty table…"), work)

    @Slot()
    def stop(self) -> None:
        """End what runs: nothing of it is kept."""
        self._how_far.stop()

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.title.setText(tr("Import from a table: {kind}", kind=tr(KINDS[self.kind].label)))
        self.hint.setText(tr(HINT))
        self.sheet.setAccessibleName(tr("Sheet"))
        self.result.say_names()
        self.columns.retranslate()
        if self.found is not None:
            self.result.say(self.found, done=self._noted is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nothing took for itself goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        if not event.spontaneous():
            self.stop()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _check(self, wanted: Wanted) -> None:
        self._begin_work()
        work = partial(importing.check, self._desk, wanted, self._how_far.tell)
        self._jobs.aside(self, work, self._checked, self._refused)

    def _write(self, found: Checked) -> list[Change]:
        """On the store's thread."""
        self._noted, changes = importing.run(self._desk, found, self._how_far.tell)
        back = partial(_take_back, self._desk, self._noted.id)
        note_own(Own(IMPORTED, back, about=frozenset((self._noted.id,))))
        return changes

    def _undo(self, id: UUID) -> list[Change]:
        self._undone, changes = import_undone.undo(self._desk, id, self._how_far.tell)
        return changes

    _undone: Undone | None = None

    def _begin_work(self) -> None:
        self.problem.setText("")
        self._how_far = HowFar()
        self._how_far.told.connect(self.how_far.tell)
        self.how_far.begin(tr("Being looked at…"))
        self._show(working=True)

    def _checked(self, found: Checked) -> None:
        self.found = found
        titles = [(title, title) for title in found.sheets]
        self.sheet.set_choices(titles)
        self.sheet.set_value(found.headed.sheet.title)
        self.columns.show_table(found.headed)
        self.result.show_messages(found)
        self._show(working=False)
        self.result.say(
            found, done=self._noted is not None
        )  # when it is seen: rows are as high as their width lets them
        first = self.verdicts if found.wrong else self.file_button
        (self.run_button if found.new else first).setFocus()

    def _came(self) -> None:
        self._show(working=False)
        if self._noted is not None:
            words = trn("{n} draft was imported.", "{n} drafts were imported.", self._noted.rows)
            self.counts.setText(words)
            messages.say(words, about=messages.SAVING)
        self.undo_button.setFocus()

    def _went(self) -> None:
        if self._noted is not None:
            self._jobs.steps.strike([self._noted.id])  # it was taken back here
        self._noted = None
        if self._undone is not None:
            messages.say(undone_words(self._undone), about=messages.SAVING)
        self._look_again()

    def _refused(self, error: UserError) -> None:
        self.problem.setText(tr(NOT_IMPORTED) if isinstance(error, Stopped) else str(error))
        self._show(working=False)

    def _save(self, title: str, work: Callable[[Path], object]) -> None:
        proposed = tidy_name(f"{tr(KINDS[self.kind].label)}.xlsx")
        name, _ = QFileDialog.getSaveFileName(self, title, proposed, "Excel (*.xlsx)")
        if name:
            path = Path(name).with_suffix(".xlsx")
            said = partial(messages.say, tr("Saved as {name}.", name=path.name))
            self._jobs.aside(self, partial(work, path), lambda _: said(), self._refused)

    def _show(self, *, working: bool) -> None:
        """What can be done now is seen, the rest is not."""
        found = self.found
        done = self._noted is not None
        if not working:
            self.how_far.end()
        for part in (self.file_button, self.blank_button, self.columns_card, self.check_button):
            part.setEnabled(not working)
        self.columns_card.setVisible(found is not None and not done)
        self.sheet.setVisible(found is not None and len(found.sheets) > 1)
        self.problem.setVisible(bool(self.problem.text()))
        self.result.show_state(found, working=working, done=done)

    def _connect(self) -> None:
        for button, act in (
            (self.file_button, self.choose),
            (self.blank_button, self.save_blank),
            (self.back_button, self.back.emit),
            (self.check_button, self.check),
            (self.run_button, self.run),
            (self.wrong_button, self.save_wrong),
            (self.undo_button, self.undo),
        ):
            button.clicked.connect(lambda _=False, act=act: act())
        self.how_far.stopped.connect(self.stop)
        self.alike.clicked.connect(lambda _: self.check())
        self.sheet.changed.connect(self._other_sheet)
        keyed = ("Ctrl+O", self.choose), ("Ctrl+R", self.check), ("Ctrl+Return", self.run)
        for keys, act in keyed:
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    @Slot()
    def _other_sheet(self) -> None:
        shown = self.found.headed.sheet.title if self.found is not None else None
        if shown is not None and self.sheet.value() not in (None, shown):
            self.check()

    def _build(self) -> None:
        top = FlowLayout()
        for button in (self.file_button, self.blank_button, self.back_button):
            top.addWidget(button)
        self.columns_card.add(self.sheet)
        self.columns_card.add(self.columns)
        self.columns_card.body.addWidget(self.check_button, 0, Qt.AlignmentFlag.AlignLeft)
        inside = QWidget()
        inside.setMaximumWidth(theme.grown(960))
        area = scrolled(inside)
        page = QVBoxLayout(inside)
        page.setContentsMargins(24, 20, 24, 24)
        page.setSpacing(14)
        for label in (self.title, self.hint):
            page.addWidget(label)
        page.addLayout(top)
        for part in (self.problem, self.how_far, self.result, self.columns_card):
            page.addWidget(part)
        page.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
        self.setFocusProxy(self.file_button)


def _take_back(desk: Desk, id: UUID) -> list[Change]:
    _undone, changes = import_undone.undo(desk, id)
    return changes
