"""The copies of the work: what there is, another one now, and one of them in the place of the file."""

from collections.abc import Sequence
from datetime import UTC, datetime
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

from sync.language import tr, trn
from ui import theme
from ui.dates import moment
from ui.widgets.badges import Badge
from ui.widgets.labels import PlainLabel
from ui.widgets.rows import TaskRow

if TYPE_CHECKING:
    from desktop.backups import Backup

MEGABYTE = 2**20


class CopiesDialog(QDialog):
    """Decides nothing. `makes`: whether a copy can be made now, for the file is open."""

    make_wanted = Signal()
    folder_chosen = Signal(Path)  # copies elsewhere, on a stick perhaps
    restore_wanted = Signal(object)  # a Backup

    def __init__(self, *, makes: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Copies of your work"))
        self.setMinimumSize(theme.grown(600), theme.grown(480))
        self.rows: list[TaskRow] = []
        self._backups: list[Backup] = []
        self._group = QButtonGroup(self)
        self.problem = PlainLabel("", "problem", wrap=True)
        self.problem.hide()
        self.make_button = QPushButton(tr("Make a copy now"))
        self.make_button.setVisible(makes)
        self.make_button.clicked.connect(self._make)
        self.folder_button = QPushButton(tr("Copies elsewhere…"))
        self.folder_button.clicked.connect(self._choose_folder)
        self.restore_button = QPushButton(tr("Restore…"))
        self.restore_button.setProperty("kind", "primary")
        self.restore_button.setEnabled(False)
        self.restore_button.clicked.connect(self._restore)
        self.close_button = QPushButton(tr("Close"))
        self.close_button.clicked.connect(self.reject)
        for button in (self.make_button, self.folder_button, self.close_button):
            button.setAutoDefault(False)
        self._lay_out()

    def show_copies(self, backups: Sequence["Backup"], now: datetime | None = None) -> None:
        """The newest first; nothing is chosen."""
        now = now or datetime.now(UTC)
        self._backups = list(backups)
        self.problem.hide()
        self.make_button.setEnabled(True)
        self.restore_button.setEnabled(False)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        self.rows = []
        for number, backup in enumerate(self._backups):
            row = _row(backup, now)
            row.setProperty("kind", "choice")
            row.setCheckable(True)
            row.clicked.connect(lambda: self.restore_button.setEnabled(True))
            self._group.addButton(row, number)
            self.rows.append(row)
            column.addWidget(row)
        if not self.rows:
            words = tr("There is no copy here yet. One is made every hour while you work.")
            column.addWidget(PlainLabel(words, "muted", wrap=True))
        column.addStretch(1)
        self._area.setWidget(page)

    def show_problem(self, words: str) -> None:
        """Say below the list what did not work."""
        self.make_button.setEnabled(True)
        self.problem.setText(words)
        self.problem.show()

    def _make(self) -> None:
        self.make_button.setEnabled(False)
        self.make_wanted.emit()

    def _choose_folder(self) -> None:
        if folder := QFileDialog.getExistingDirectory(self, tr("Copies elsewhere")):
            self.folder_chosen.emit(Path(folder))

    def _restore(self) -> None:
        self.restore_wanted.emit(self._backups[self._group.checkedId()])

    def _lay_out(self) -> None:
        self._area = QScrollArea(widgetResizable=True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        above, buttons = QHBoxLayout(), QHBoxLayout()
        for row in (above, buttons):
            row.setSpacing(8)
        above.addWidget(self.make_button)
        above.addWidget(self.folder_button)
        above.addStretch(1)
        buttons.addStretch(1)
        buttons.addWidget(self.restore_button)
        buttons.addWidget(self.close_button)
        lead = tr(
            "While you work, a copy is made every hour, encrypted as the work itself. A copy that is "
            "restored takes the place of what is here; what is here is put aside, not deleted."
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(PlainLabel(tr("Copies of your work"), "heading"))
        layout.addWidget(PlainLabel(lead, "muted", wrap=True))
        layout.addLayout(above)
        layout.addWidget(self._area, 1)
        layout.addWidget(self.problem)
        layout.addLayout(buttons)


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
    return TaskRow(None, moment(backup.made, now), " · ".join(said), badge)
