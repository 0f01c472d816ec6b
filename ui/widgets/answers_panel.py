"""The answers of a filled-in form under its record: in words, by section, to be read and gone on with."""

from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.actions.edits import Edit
from sync.language import mark, tr, trn
from sync.person import Person
from sync.records.base import Values
from sync.records.filled_form import FilledForm
from ui.icons import icon
from ui.models.record_page import Page, editable
from ui.widgets.fact_sheet import FactLine, clear
from ui.widgets.labels import PlainLabel, SectionTitle

BEFORE = mark("Choose the form and say where and when; the questions come then.")
COMPLETE = mark("Everything is answered.")


class AnswersPanel(QWidget):
    """A panel of a record's page. It is saved by the interview, so it never has anything to save."""

    record = FilledForm
    edited = Signal()
    settled = Signal(object, str, object)  # None, the answer's name, the value taken
    wanted = Signal()  # the questions

    def __init__(self, person: Person) -> None:
        super().__init__()
        self._person = person
        self._page: Page | None = None
        self.lines: list[FactLine] = []
        self.title, self.state_words = SectionTitle(), PlainLabel("", "muted", wrap=True)
        self.button = QPushButton()
        self.button.setAutoDefault(True)
        self.button.clicked.connect(self.wanted)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.title)
        layout.addWidget(self.state_words)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(self._facts)
        self._retranslate()

    def show_page(self, page: Page, *, again: bool) -> None:
        """The answers of another record, or of the same one `again`."""
        self._page = page
        clear(self._facts)
        self.lines = []
        for heading, facts in page.answered.groups:
            if self._facts.count():
                self._facts.addSpacing(10)
            if heading:
                self._facts.addWidget(PlainLabel(heading, "strong", wrap=True))
            for fact in facts:
                line = FactLine(fact, digits=False)
                line.taken.connect(lambda name, value: self.settled.emit(None, name, value))
                self.lines.append(line)
                self._facts.addWidget(line)
        self._retranslate()

    def line_of(self, name: str) -> FactLine | None:
        """Where an answer stands."""
        return next((line for line in self.lines if line.fact.name == name), None)

    def pick(self, name: str) -> FactLine | None:
        """Mark the answer that is spoken of."""
        for line in self.lines:
            line.mark(picked=line.fact.name == name)
        return self.line_of(name)

    def edits(self, whole: UUID) -> list[Edit]:
        """None: the interview saves."""
        return []

    def dirty(self) -> bool:
        """Never."""
        return False

    def show_problems(self, *, sending: bool) -> bool:
        """What an answer lacks does not keep a draft from being saved, only from being sent."""
        lacking = self._page.answered.lacking if self._page is not None and sending else {}
        if lacking:
            self.pick(next(iter(lacking)))
            self.button.setFocus()
        return bool(lacking)

    def state(self) -> list[Values]:
        """Nothing: the interview keeps what is answered."""
        return []

    def restore(self, state: list[Values]) -> None:
        """Nothing."""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.title.setText(tr("Questions"))
        row = self._page.row if self._page is not None else None
        begun = bool(row and (row["answers"] or row["personal"]))
        self.button.setText(tr("Go on with the questions") if begun else tr("Ask the questions"))
        left = bool(self._page and self._page.answered.lacking)
        primary = left or not begun
        self.button.setProperty("kind", "primary" if primary else "")
        self.button.setIcon(
            icon("play" if primary else "edit", "on_accent" if primary else "text")
        )
        self.button.style().unpolish(self.button)
        self.button.style().polish(self.button)
        self.button.setVisible(editable(self._person, FilledForm, row, row) == "all")
        self.state_words.setText(self._words())
        self.state_words.setVisible(bool(self.state_words.text()))

    def _words(self) -> str:
        if self._page is None or self._page.row is None or not self._page.row["form"]:
            return tr(BEFORE)
        if (why := self._page.answered.why) is not None:
            return str(why)
        if left := len(self._page.answered.lacking):
            return trn(
                "{n} question still needs an answer.", "{n} questions still need an answer.", left
            )
        return tr(COMPLETE)
