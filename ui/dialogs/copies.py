"""The copies of the work: what there is, another one now, and one of them in the place of the file."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sync.language import counted, tr, trn
from ui import theme
from ui.dates import moment
from ui.dialogs.tall import button_row
from ui.widgets.badges import Badge
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import PlainLabel
from ui.widgets.rows import TaskRow
from ui.widgets.second_place_row import SecondPlaceRow

if TYPE_CHECKING:
    from desktop.backups import Backup
    from desktop.second_place import Place

MEGABYTE = 2**20
EDGE = 14  # px between the edge of a row and its words


class CopiesDialog(QDialog):
    """Decides nothing. `makes`: whether a copy can be made now, for the file is open."""

    make_wanted = Signal()
    check_wanted = Signal()
    stop_wanted = Signal()  # of what runs
    folder_chosen = Signal(Path)  # copies elsewhere, on a stick perhaps
    restore_wanted = Signal(object)  # a Backup

    def __init__(self, *, makes: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Copies of your work"))
        self.setMinimumSize(theme.grown(600), theme.grown(480))
        self.resize(theme.grown(640), theme.grown(580))
        self.rows: list[TaskRow] = []
        self._backups: list[Backup] = []
        self._group, self._list = QButtonGroup(self), QVBoxLayout()
        self.words, self.problem = PlainLabel(wrap=True), PlainLabel("", "error", wrap=True)
        self.how_far = PlainLabel(role="muted")
        self.place = SecondPlaceRow()
        self.place.folder_chosen.connect(self._begin)
        self.place.fill_wanted.connect(self._begin)
        self.make_button = QPushButton(tr("Make a copy now"))
        self.make_button.clicked.connect(self._make)
        self.check_button = QPushButton(tr("Check and repair"))
        self.check_button.clicked.connect(self._check)
        for part in (self.make_button, self.check_button, self.place):
            part.setVisible(makes)
        self.stop_button = QPushButton(tr("Stop"))
        self.stop_button.clicked.connect(self.stop_wanted)
        self.folder_button = QPushButton(tr("Copies elsewhere…"))
        self.folder_button.clicked.connect(self._choose_folder)
        self.restore_button = QPushButton(tr("Restore…"))
        self.restore_button.setProperty("kind", "primary")
        self.restore_button.setEnabled(False)
        self.restore_button.clicked.connect(self._restore)
        self.close_button = QPushButton(tr("Close"))
        self.close_button.clicked.connect(self.reject)
        self._asking = (self.make_button, self.check_button, self.folder_button)
        for button in (*self._asking, self.stop_button, self.close_button):
            button.setAutoDefault(False)
        self._lay_out()
        self._end()

    def show_copies(self, backups: Sequence["Backup"], now: datetime | None = None) -> None:
        """The newest first; nothing is chosen."""
        now = now or datetime.now(UTC)
        self._backups = list(backups)
        self._end()
        self.restore_button.setEnabled(False)
        self.rows = []
        while (item := self._list.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        for number, backup in enumerate(self._backups):
            row = _row(backup, now)
            row.setProperty("kind", "choice")
            row.setCheckable(True)
            row.clicked.connect(lambda: self.restore_button.setEnabled(True))
            self._group.addButton(row, number)
            self.rows.append(row)
            self._list.addWidget(row)
        # the rows came last, but stand before the buttons below them
        for before, after in pairwise((*self.rows, self.restore_button, self.close_button)):
            QWidget.setTabOrder(before, after)
        if not self.rows:
            words = tr("There is no copy here yet. One is made every hour while you work.")
            self._list.addWidget(PlainLabel(words, "muted", wrap=True))

    def choose_newest(self) -> None:
        """Offer the newest copy that may take the place of a damaged file."""
        from desktop.backups import ASIDE

        for row, backup in zip(self.rows, self._backups, strict=True):
            if backup.sort != ASIDE:
                row.click()
                row.setFocus()
                return

    def show_place(self, known: "tuple[Place | None, bool]") -> None:
        """The second place, if any, and whether it is there."""
        place, there = known
        self.place.show_place(place, there=there)

    def show_progress(self, done: int, of: int) -> None:
        """Something long runs; it can be stopped."""
        self.how_far.setText(
            tr("{done} of {n} photos and files", done=counted(done), n=counted(of))
        )
        self.stop_button.setEnabled(True)
        for part in (self.how_far, self.stop_button):
            part.show()

    def show_words(self, words: str) -> None:
        """Say below the list what was done."""
        self._end()
        self.words.setText(words)
        self.words.show()

    def show_problem(self, words: str) -> None:
        """Say below the list what did not work."""
        self._end()
        self.problem.setText(words)
        self.problem.show()

    def show_found(self, words: str, problem: str) -> None:
        """What a check says: what is right by now, and what is not."""
        self._end()
        for label, said in ((self.words, words), (self.problem, problem)):
            label.setText(said)
            label.setVisible(bool(said))

    def _begin(self) -> None:
        """While something runs, nothing else is asked for."""
        self._end()
        for button in self._asking:
            button.setEnabled(False)
        self.place.set_busy(True)

    def _end(self) -> None:
        for button in self._asking:
            button.setEnabled(True)
        self.place.set_busy(False)
        for part in (self.words, self.problem, self.how_far, self.stop_button):
            part.hide()

    def _make(self) -> None:
        self._begin()
        self.make_wanted.emit()

    def _check(self) -> None:
        self._begin()
        self.check_wanted.emit()

    def _choose_folder(self) -> None:
        if folder := QFileDialog.getExistingDirectory(self, tr("Copies elsewhere")):
            self.folder_chosen.emit(Path(folder))

    def _restore(self) -> None:
        self.restore_wanted.emit(self._backups[self._group.checkedId()])

    def _lay_out(self) -> None:
        lead = tr(
            "While you work, a copy is made every hour, encrypted as the work itself. A copy that is "
            "restored takes the place of what is here; what is here is put aside, not deleted."
        )
        asking, running = FlowLayout(), QHBoxLayout()
        for button in self._asking:
            asking.addWidget(button)
        running.addWidget(self.how_far, 1)
        running.addWidget(self.stop_button)
        self._list.setSpacing(6)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(14)
        column.addWidget(PlainLabel(lead, "muted", wrap=True))
        column.addLayout(asking)
        column.addWidget(self.place)
        column.addLayout(self._list)
        column.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(PlainLabel(tr("Copies of your work"), "heading"))
        layout.addWidget(area, 1)
        layout.addLayout(running)
        layout.addWidget(self.words)
        layout.addWidget(self.problem)
        layout.addLayout(button_row(self.restore_button, self.close_button))


def _row(backup: "Backup", now: datetime) -> TaskRow:
    from desktop.backups import ASIDE, OWN

    about, said = backup.about, []
    if about is not None and backup.sort != ASIDE:
        said.append(trn("{n} record", "{n} records", about.records))
        if about.waiting:
            said.append(trn("{n} edit not sent yet", "{n} edits not sent yet", about.waiting))
    said.append(tr("{n} MB", n=max(1, round(backup.size / MEGABYTE))))
    badges = {ASIDE: tr("put aside"), OWN: tr("with photos")}
    badge = Badge(badges[backup.sort], "neutral") if backup.sort in badges else None
    row = TaskRow(None, moment(backup.made, now), " · ".join(said), badge)
    row.inset(EDGE)
    return row
