"""A table from another program: which column is what, then flags, each with its rows."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.actions import quality_table
from desktop.actions.quality_table import CheckedTable, Guess
from sync.errors import UserError
from sync.language import mark, tr, trn
from ui.icons import icon
from ui.jobs import Jobs
from ui.models.count_table import SheetRows
from ui.widgets.cards import Card
from ui.widgets.fact_sheet import clear
from ui.widgets.field_row import FieldRow
from ui.widgets.flag_card import FlagCard, Reason
from ui.widgets.inputs import ChoiceInput
from ui.widgets.labels import PlainLabel

WORDS = (mark("Show the rows"), mark("Hide the rows"))


class TableCheck(QWidget):
    """Nothing of the table is kept: it is read anew each time it is checked."""

    closed = Signal()

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._path: Path | None = None
        self.back_button, self.check_button = QPushButton(), QPushButton()
        self.check_button.setProperty("kind", "primary")
        self.name, self.said = PlainLabel(role="heading"), PlainLabel(role="muted", wrap=True)
        self.who, self.where, self.minutes = ChoiceInput(), ChoiceInput(), ChoiceInput()
        self.who_row = FieldRow(mark("Who asked"), self.who, required=True)
        self._build()
        self.back_button.clicked.connect(self.closed)
        self.check_button.clicked.connect(self.check)
        self.retranslate()

    def choose(self) -> None:
        """Let the person choose a file, and read its headings."""
        title, kinds = tr("Open a table…"), tr("Tables (*.csv)")
        name, _ = QFileDialog.getOpenFileName(self, title, "", kinds)
        if name:
            self.open(Path(name))

    def open(self, path: Path) -> None:
        """Read the headings of this file."""
        self._path = path
        self.name.setText(path.name)
        self.said.setText("")
        self._clear()
        self._ask(partial(quality_table.guess, path), self._offer)

    @Slot()
    def check(self) -> None:
        """Check it by the columns that are chosen."""
        who = self.who.value()
        self.who_row.show_problem("" if who else tr("Choose the column that says who asked."))
        if self._path is None or not who:
            return
        self.check_button.setEnabled(False)
        self.said.setText(tr("Being looked at…"))
        where, minutes = self.where.value(), self.minutes.value()
        self._ask(
            partial(quality_table.check_table, self._path, who, where, minutes), self.show_checked
        )

    def _ask(self, work: Callable[[], object], then: Callable[..., None]) -> None:
        self._jobs.aside(self, work, then, self._cannot)

    def _offer(self, found: Guess) -> None:
        for input, guessed in (
            (self.who, found.who),
            (self.where, found.where),
            (self.minutes, found.minutes),
        ):
            input.set_choices([(head, head) for head in found.heads])
            input.set_value(guessed)
        self.check_button.setEnabled(True)
        self.who.setFocus()

    def _cannot(self, error: UserError) -> None:
        self.check_button.setEnabled(True)
        self._clear()
        self.said.setText(str(error))

    def show_checked(self, found: CheckedTable) -> None:
        """Flags, what stands out first; and what was not looked at."""
        self.check_button.setEnabled(True)
        self._clear()
        said = [
            trn("{n} interview", "{n} interviews", found.interviews),
            trn("{n} interviewer", "{n} interviewers", found.interviewers),
        ]
        if not found.flags:
            said.append(tr("Nothing to look at again was found."))
        self.said.setText(" · ".join(said))
        reasons: dict[str, list[Reason]] = {}
        for flag in found.flags:
            rows = partial(SheetRows, found.heads, found.lines, flag.rows)
            reason = Reason(flag.text, rows, WORDS, wide=True)
            reasons.setdefault(flag.interviewer, []).append(reason)
        for interviewer, of in reasons.items():
            self._flags.addWidget(FlagCard(interviewer, of))
        for words in found.missed:
            self._flags.addWidget(PlainLabel(words, "hint", wrap=True))

    def _clear(self) -> None:
        clear(self._flags)

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.back_button.setText(tr("Back to the surveys"))
        self.back_button.setIcon(icon("chevron_left", "muted"))
        self.check_button.setText(tr("Look through"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _build(self) -> None:
        card = Card()
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addWidget(self.who_row, 1)
        columns.addWidget(FieldRow(mark("Where people were asked"), self.where), 1)
        columns.addWidget(FieldRow(mark("Minutes"), self.minutes), 1)
        card.add(self.name)
        card.add(columns)
        card.body.addWidget(self.check_button, 0, Qt.AlignmentFlag.AlignLeft)
        card.add(self.said)
        self._flags = QVBoxLayout()
        self._flags.setSpacing(14)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(14)
        layout.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(card)
        layout.addLayout(self._flags)
        layout.addStretch(1)
