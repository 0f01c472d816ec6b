"""An issue at a glance: what was done, both clocks, and how the second was reckoned."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.actions.records import Row
from desktop.actions.terms import ANSWER, LETTER, Clocks, Letter, clocks
from desktop.session import Desk
from sync.deadlines import Term
from sync.language import mark, tr
from sync.records.issue import Step
from sync.vocabulary import label
from ui.dates import plain_day
from ui.deadlines import Deadline, deadline
from ui.icons import Picture, icon
from ui.jobs import Jobs
from ui.models.record_page import editable
from ui.models.seen import Seen
from ui.models.terms import whose
from ui.widgets.badges import Badge
from ui.widgets.fact_sheet import clear
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.glance import Glance
from ui.widgets.labels import PlainLabel
from ui.widgets.steps_timeline import SIGNS
from ui.widgets.word_button import WordButton

NEWEST = 4  # steps that are shown here: all stand below the form
HOW, LESS = mark("How it was reckoned"), mark("Hide the reckoning")


class TermCard(Glance):
    """Stands above the form. A term that is being typed is reckoned at once, and nothing is saved here."""

    step_wanted = Signal()  # the next step is to be written down

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__(mark("Terms"), "clock")
        self._desk, self._jobs = desk, jobs
        self._found: Clocks | None = None
        self._typed: Letter | None = (
            None  # what the clocks were asked for last, if not what is saved
        )
        self._open = False
        self.badges: list[Badge] = []
        self.lines: list[str] = []  # of the reckoning, as they are shown
        self.way: list[Badge] = []  # what happened so far, the oldest first
        self.button = QPushButton()
        self.step_button = WordButton(mark("Write the next step"), "quiet", "edit")
        self.button.setProperty("kind", "quiet")
        self.button.setAutoDefault(True)
        self.button.clicked.connect(self._turn)
        self.step_button.clicked.connect(self.step_wanted)
        self._clocks, self._steps = QVBoxLayout(), QVBoxLayout()
        self._clocks.setSpacing(8)
        self._steps.setSpacing(6)
        self._way, self._way_flow = QWidget(), FlowLayout(spacing=6)
        self._way.setLayout(self._way_flow)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.step_button)
        buttons.addWidget(self.button)
        buttons.addStretch(1)
        for part in (self._way, self._clocks, buttons, self._steps):
            self.add(part)

    def tell(self, seen: Seen) -> None:
        """The clocks of another issue, or of the same one again: then it stays unfolded."""
        page, letter = seen.page, _letter(seen.row)
        if page.id != self._shown:
            self._shown, self._open = page.id, False
        if page.row is None or letter == _letter(page.row):
            self._typed, self._found = None, page.clocks
        elif letter != self._typed:
            self._typed = letter
            work = partial(clocks, self._desk, [seen.row])
            self._jobs.read(self, work, partial(self._reckoned, page.id, letter))
        self._show()

    _shown: UUID | None = None

    def _reckoned(self, id: UUID, letter: Letter, found: Mapping[UUID, Clocks]) -> None:
        if self._typed == letter and self._shown == id:  # nothing else was typed meanwhile
            self._found = found[id]
            self._show()

    def _turn(self) -> None:
        self._open = not self._open
        self._show()

    def _show(self) -> None:
        clear(self._clocks)
        clear(self._steps)
        self.badges, self.lines = [], []
        found = self._found
        if found is not None:
            self._show_clocks(found)
        self.button.setVisible(found is not None and found.term is not None)
        self.button.setText(tr(LESS if self._open else HOW))
        self.button.setIcon(icon("chevron_up" if self._open else "chevron_down", "text"))
        self._show_way()
        self.setVisible(bool(self._clocks.count() or self.way))

    def _show_way(self) -> None:
        """What was done, the newest steps; each with its day, as a chain."""
        while (item := self._way_flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.way = []
        seen = self.seen
        steps = seen.parts.get(Step.kind, []) if seen is not None else []
        if seen is not None and seen.page.row is not None and steps:
            received = seen.row.get("received_on")
            if received:
                words = tr("Received · {day}", day=plain_day(received))
                self.way.append(Badge(words, "neutral", "issues"))
            steps = sorted(steps, key=lambda row: (row["done_on"] or date.max, row["created"]))
            for row in steps[-NEWEST:]:
                what = label("step_type", row["type"]) if row["type"] else tr("Step")
                when = plain_day(row["done_on"]) if row["done_on"] else ""
                sign = SIGNS.get(row["type"], "check")
                last = row is steps[-1]
                badge = Badge(
                    " · ".join(filter(None, (what, when))), "accent" if last else "neutral", sign
                )
                self.way.append(badge)
        for badge in self.way:
            self._way_flow.addWidget(badge)
        self._way.setVisible(bool(self.way))
        whole = seen.page.row if seen is not None else None
        may = whole is not None and editable(self._desk.person, Step, None, whole) == "all"
        self.step_button.setVisible(may)

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


def _letter(row: Row) -> Letter:
    return Letter(*(row.get(column.key) for column in LETTER))
