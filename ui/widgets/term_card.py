"""The two clocks of an issue on its page: how near each is, and how the second was reckoned."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.actions.records import Edit
from desktop.actions.terms import ANSWER, Clocks
from sync.deadlines import Term
from sync.language import mark, tr
from sync.records.base import Values
from sync.records.issue import Issue
from sync.vocabulary import label
from ui.dates import plain_day
from ui.deadlines import Deadline, deadline
from ui.icons import Picture, icon
from ui.models.record_page import Page
from ui.models.terms import whose
from ui.widgets.badges import Badge
from ui.widgets.cards import Card
from ui.widgets.fact_sheet import clear
from ui.widgets.labels import PlainLabel

HOW, LESS = mark("How it was reckoned"), mark("Hide the reckoning")


class TermCard(Card):
    """A panel of an issue's page. It shows what was saved, and has nothing to save."""

    record = Issue
    edited = Signal()
    settled = Signal(object, str, object)  # as every panel

    def __init__(self) -> None:
        super().__init__(mark("Terms"), "clock")
        self._page: Page | None = None
        self._open = False
        self.badges: list[Badge] = []
        self.lines: list[str] = []  # of the reckoning, as they are shown
        self.button = QPushButton()
        self.button.setProperty("kind", "quiet")
        self.button.setAutoDefault(True)
        self.button.clicked.connect(self._turn)
        self._clocks, self._steps = QVBoxLayout(), QVBoxLayout()
        self._clocks.setSpacing(8)
        self._steps.setSpacing(6)
        self.add(self._clocks)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(self._steps)
        self.hide()

    def show_page(self, page: Page, *, again: bool) -> None:
        """The clocks of another issue, or of the same one `again`: then it stays unfolded."""
        self._page, self._open = page, self._open and again
        self._show()

    def edits(self, whole: UUID) -> list[Edit]:
        """None: it is reckoned from the fields and the steps."""
        return []

    def dirty(self) -> bool:
        """Never."""
        return False

    def show_problems(self, *, sending: bool) -> bool:
        """Nothing to say: a term is no reason not to save."""
        return False

    def state(self) -> list[Values]:
        """Nothing is typed here."""
        return []

    def restore(self, state: list[Values]) -> None:
        """Nothing."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._show()

    def _turn(self) -> None:
        self._open = not self._open
        self._show()

    def _show(self) -> None:
        clear(self._clocks)
        clear(self._steps)
        self.badges, self.lines = [], []
        found = self._page.clocks if self._page is not None else None
        if found is not None:
            self._show_clocks(found)
        self.button.setVisible(found is not None and found.term is not None)
        self.button.setText(tr(LESS if self._open else HOW))
        self.button.setIcon(icon("chevron_up" if self._open else "chevron_down", "text"))
        self.setVisible(bool(self._clocks.count()))

    def _show_clocks(self, found: Clocks) -> None:
        on = date.today()  # noqa: DTZ011  # the day of the place
        if found.own is not None:
            self._add(tr("Our control term"), found.own, deadline(found.own, on))
        if found.problem is not None:
            self._clocks.addWidget(PlainLabel(found.problem.words(), "error", wrap=True))
        if found.term is not None:
            self._show_answers(found, found.term, on)

    def _show_answers(self, found: Clocks, term: Term, on: date) -> None:
        for one in found.asked:
            near = deadline(one.due, on, found.working_days(on, one.due))
            self._add(whose(ANSWER, one.body), one.due, near if one in found.answers else None)
        if term.doubts:
            self._clocks.addWidget(PlainLabel(term.doubts[0].words(), "hint", wrap=True))
        if self._open:
            law = label("deadline_rule", term.rule.key)
            self._say(law, "strong")
            for step in term.steps:
                self._say(step.words(), "")
            for doubt in term.doubts[1:]:
                self._say(doubt.words(), "hint")

    def _add(self, words: str, day: date, term: Deadline | None) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(PlainLabel(words, wrap=True), 1)
        row.addWidget(PlainLabel(plain_day(day), "strong"))
        badge = (
            Badge(term.words, term.tone, term.icon)
            if term
            else Badge(tr("Answered"), "neutral", "check")
        )
        self.badges.append(badge)
        row.addWidget(badge)
        holder = QWidget()
        row.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(row)
        self._clocks.addWidget(holder)

    def _say(self, words: str, role: str) -> None:
        self.lines.append(words)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        if not role:
            row.addWidget(Picture("dot", "muted"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(PlainLabel(words, role, wrap=True), 1)
        holder = QWidget()
        holder.setLayout(row)
        self._steps.addWidget(holder)
