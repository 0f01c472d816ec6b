"""What is held about a person: looked for, ticked, saved for them, erased."""

from collections.abc import Container, Mapping
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sync.language import tr
from ui import theme
from ui.dialogs.tall import button_row, fitting
from ui.widgets.labels import PlainLabel
from ui.widgets.text_inputs import TextLine
from ui.widgets.tips import tip

if TYPE_CHECKING:
    from desktop.holdings.findings import Findings, Holding

MOST_LINES = 8  # of a record: the rest stands on the paper


class HeldDialog(QDialog):
    """Decides nothing. Which records are this person's says whoever sits here: names repeat."""

    typed = Signal(str, str)  # name (or a phone), phone
    paper_wanted = Signal(list)  # ids of the records
    preview_wanted = Signal(list)
    erase_wanted = Signal(list)
    fetch_wanted = Signal()  # what could not be searched
    open_wanted = Signal(str, object)  # kind, id: the dialog goes

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("What is held about a person"))
        self.setMinimumSize(fitting(self, 600, 420))
        self.resize(fitting(self, 680, 620))
        self.cards: dict[UUID, HoldingCard] = {}
        self.whom = TextLine()
        self.phone = TextLine()
        for line, words in ((self.whom, tr("Person's name")), (self.phone, tr("Phone number"))):
            line.setPlaceholderText(words)
            line.setAccessibleName(words)
        self.rest = PlainLabel(wrap=True)  # where what was erased lies on
        self.words, self.problem = PlainLabel(wrap=True), PlainLabel("", "error", wrap=True)
        self.find_button = QPushButton(tr("Find"))
        self.find_button.setDefault(True)
        self.find_button.clicked.connect(self._find)
        self.paper_button = QPushButton(tr("Save for the person…"))
        self.paper_button.clicked.connect(lambda: self.paper_wanted.emit(self.chosen()))
        self.preview_button = QPushButton(tr("Preview"))
        self.preview_button.setShortcut("Ctrl+P")
        self.preview_button.setToolTip(tip(f"{tr('Preview')} (Ctrl+P)"))
        self.preview_button.clicked.connect(lambda: self.preview_wanted.emit(self.chosen()))
        self.erase_button = QPushButton(tr("Erase for good…"))
        self.erase_button.setProperty("kind", "danger")
        self.erase_button.clicked.connect(lambda: self.erase_wanted.emit(self.chosen()))
        self.close_button = QPushButton(tr("Close"))
        self.close_button.clicked.connect(self.reject)
        self.fetch_button = QPushButton(tr("Fetch the others first"))
        self.fetch_button.clicked.connect(self.fetch_wanted)
        self.fetch_button.hide()
        papers = (self.preview_button, self.paper_button)
        for button in (*papers, self.erase_button, self.close_button, self.fetch_button):
            button.setAutoDefault(False)
        self._erasable: frozenset[UUID] = frozenset()
        self._list = QVBoxLayout()
        self._lay_out()
        self._choose()

    def chosen(self) -> list[UUID]:
        """The records that are ticked, in their order."""
        return [id for id, card in self.cards.items() if card.tick.isChecked()]

    def show_problem(self, words: str) -> None:
        """What went wrong; "" takes it away."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def show_rest(self, words: str) -> None:
        """Where what was erased still lies; stands until something else is looked for."""
        self.rest.setText(words)
        self.rest.setVisible(bool(words))

    def show_found(
        self,
        found: "Findings",
        words: str,
        erasable: frozenset[UUID],
        advice: Mapping[UUID, str],
        opened: Container[str],
    ) -> None:
        """The surest first, nothing is ticked. `erasable`: what the person at the desk may erase;
        `advice`: what to do about the others; `opened`: the kinds that have a screen.
        """
        self.show_problem("")
        self.words.setText(words)
        self.fetch_button.setVisible(found.bare > 0)
        self._erasable = erasable
        self._empty()
        for holding in found.holdings:
            card = self.cards[holding.id] = HoldingCard(
                holding, advice.get(holding.id, ""), opens=holding.kind in opened
            )
            card.tick.toggled.connect(self._choose)
            card.open_button.clicked.connect(partial(self._open, holding.kind, holding.id))
            self._list.addWidget(card)
        for loose in found.loose:
            self._list.addWidget(
                PlainLabel(f"{tr(loose.what)}\n{loose.words}", "muted", wrap=True)
            )
        self._list.addStretch(1)
        self._choose()
        if self.cards:
            next(iter(self.cards.values())).tick.setFocus()

    def _find(self) -> None:
        self.show_problem("")
        self.show_rest("")
        self.typed.emit(self.whom.value() or "", self.phone.value() or "")

    def _open(self, kind: str, id: UUID) -> None:
        self.accept()
        self.open_wanted.emit(kind, id)

    def _choose(self) -> None:
        chosen = self.chosen()
        for button in (self.preview_button, self.paper_button):
            button.setEnabled(bool(chosen))
        self.erase_button.setVisible(bool(self._erasable))
        self.erase_button.setEnabled(bool(chosen) and self._erasable.issuperset(chosen))

    def _empty(self) -> None:
        self.cards = {}
        while (item := self._list.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()

    def _lay_out(self) -> None:
        asked, page = QHBoxLayout(), QWidget()
        asked.setSpacing(8)
        asked.addWidget(self.whom, 3)
        asked.addWidget(self.phone, 2)
        asked.addWidget(self.find_button)
        scrolls = QVBoxLayout(page)  # what was found out may be longer than the window
        scrolls.setContentsMargins(0, 0, 8, 0)
        scrolls.setSpacing(12)
        for part in (self.rest, self.words):
            scrolls.addWidget(part)
        scrolls.addWidget(self.fetch_button, 0, Qt.AlignmentFlag.AlignLeft)
        scrolls.addLayout(self._list)
        self._list.setSpacing(12)
        area = QScrollArea(widgetResizable=True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.erase_button, 0, Qt.AlignmentFlag.AlignTop)
        rest = button_row(self.preview_button, self.paper_button, self.close_button)
        buttons.addLayout(rest, 1)
        lead = tr(
            "Whoever asks what is written about them has a right to know it. Tick the records that "
            "are theirs: another person may have the same name."
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(PlainLabel(tr("What is held about a person"), "heading"))
        layout.addWidget(PlainLabel(lead, "muted", wrap=True))
        layout.addLayout(asked)
        layout.addWidget(area, 1)
        layout.addWidget(self.problem)
        layout.addLayout(buttons)
        self.problem.hide()
        self.rest.hide()


class HoldingCard(QWidget):
    """One record: a tick, what it is, what it says, and where an erasure does not reach."""

    def __init__(self, holding: "Holding", advice: str, *, opens: bool) -> None:
        super().__init__()
        from desktop.holdings import paper

        self.tick = QCheckBox(paper.heading(holding))
        self.tick.setProperty("role", "strong")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.tick)
        lines = _lines(holding)
        shown = lines[:MOST_LINES]
        if holding.about and not holding.consent:
            shown.insert(0, f"{tr('Consent')}: {paper.consent_words(holding)}")
        if len(lines) > MOST_LINES:
            shown.append(tr("The rest stands on the paper for the person."))
        text = PlainLabel("\n".join(shown), "muted", wrap=True)
        text.setContentsMargins(theme.grown(28), 0, 0, 0)
        layout.addWidget(text)
        self.advice = PlainLabel(advice, wrap=True)
        self.advice.setContentsMargins(theme.grown(28), 0, 0, 0)
        self.open_button = QPushButton(tr("Open the record"))
        self.open_button.setAutoDefault(False)
        row = QHBoxLayout()
        row.setContentsMargins(theme.grown(28), 4, 0, 0)
        row.addWidget(self.open_button)
        row.addStretch(1)
        layout.addWidget(self.advice)
        layout.addLayout(row)
        self.advice.setVisible(bool(advice))
        by_hand = bool(advice) and not holding.erasable and not holding.removed
        self.open_button.setVisible(by_hand and opens)


def _lines(holding: "Holding") -> list[str]:
    return [
        f"{line.label}: {line.words}" for section in holding.sections for line in section.lines
    ]
