"""A household that moves, at a glance: the stages with their days, the checks after it, what is next."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.actions.relocation_course import (
    AFTER,
    AHEAD,
    BEFORE,
    DONE,
    NOW,
    Course,
    Passed,
    course_of,
)
from desktop.session import Desk
from sync.language import mark, spoken, tr, trn
from sync.records.relocation import RelocationStage
from sync.vocabulary import label
from ui import theme
from ui.dates import plain_day
from ui.deadlines import Deadline, deadline
from ui.icons import Picture, icon
from ui.jobs import Jobs
from ui.models.record_page import editable
from ui.models.seen import Seen
from ui.widgets.badges import Badge
from ui.widgets.fact_sheet import clear
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.glance import Glance
from ui.widgets.labels import PlainLabel
from ui.widgets.tips import tip

SIGNS = {DONE: ("success", "check"), NOW: ("accent", "place"), AHEAD: ("neutral", "later")}
SKIPPED_SIGN = ("neutral", "dash")
BESIDE = 8  # px between the months and the day
WIDE = 144  # px of a check at least, at the usual size of words
FAR = 366  # days: nobody counts more, and the day itself stands above
REASON = 140  # letters of what was found that are shown here


class RelocationGlance(Glance):
    """`wanted`: the next stage is to be written down; nothing is written here."""

    wanted = Signal(str)  # of relocation_state

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__(mark("How far it is"), "relocation")
        self._person, self._may = desk.person, False
        self.course = Course(())
        self._told: object = None  # what is on the card: it is made anew only where that changes
        self.steps: list[Badge] = []
        self.checks: list[Badge] = []
        self._before, self._after = QWidget(), QWidget()
        self._before_flow, self._after_flow = FlowLayout(spacing=6), FlowLayout(spacing=12)
        self._before.setLayout(self._before_flow)
        self._after.setLayout(self._after_flow)
        self._after_words = PlainLabel(role="label")
        self._ends = QVBoxLayout()
        self._ends.setSpacing(4)
        self.next_button = QPushButton()
        self.next_button.setAutoDefault(True)
        self.next_button.clicked.connect(self._begin)
        self.next_badge = Badge()
        following = FlowLayout(spacing=10)
        following.addWidget(self.next_button)
        following.addWidget(self.next_badge)
        for part in (self._ends, following, self._before, self._after_words, self._after):
            self.add(part)

    def tell(self, seen: Seen) -> None:
        """Of a case that is not saved yet there is nothing to tell."""
        self.setVisible(seen.page.row is not None)
        if seen.page.row is None:
            return
        self.course = course_of(seen.row, seen.parts.get("relocation_stage", []))
        today = date.today()  # noqa: DTZ011  # the day of the place
        self._may = editable(self._person, RelocationStage, None, seen.page.row) == "all"
        told = (self.course, self._may, today, spoken(), theme.scale())
        if told != self._told:
            self._told = told
            self._build(today)

    def _build(self, today: date) -> None:
        _empty(self._before_flow)
        _empty(self._after_flow)
        clear(self._ends)
        self.steps, self.checks = [], []
        for stage in self.course.stages:
            if stage.state in BEFORE:
                self.steps.append(_step(stage))
                self._before_flow.addWidget(self.steps[-1])
            else:
                self._after_flow.addWidget(self._check(stage, today))
        self._after_words.setText(tr("Checks after the move"))
        for part in (self._after_words, self._after):
            part.setVisible(bool(self.checks))
        for end in self.course.ends:
            self._ends.addWidget(_end(end))
        self._tell_next(today)
        for part in (self._before, self._after):
            part.updateGeometry()

    def _tell_next(self, today: date) -> None:
        ahead = self.course.next
        self.next_button.setVisible(ahead is not None and self._may)
        near = _near(ahead, today) if ahead is not None else None
        self.next_badge.setVisible(near is not None)
        if ahead is None:
            return
        if ahead.state in AFTER:
            what = trn("Check after {n} month", "Check after {n} months", AFTER[ahead.state])
            due = plain_day(ahead.day) if ahead.day is not None else ""
            self.next_button.setText(
                tr("{check}: due on {day}", check=what, day=due) if due else what
            )
        else:
            self.next_button.setText(
                tr("Write down: {stage}", stage=label("relocation_state", ahead.state))
            )
        self.next_button.setIcon(icon("add"))
        if near is not None:
            self.next_badge.say(near.words, near.tone, near.icon)

    def _check(self, stage: Passed, today: date) -> QWidget:
        months = trn("{n} month", "{n} months", AFTER[stage.state])
        when = PlainLabel(months, "strong")
        badge = _standing(stage, today)
        self.checks.append(badge)
        day = PlainLabel(plain_day(stage.day) if stage.day else "", "hint")
        cell = QWidget()
        for words in (when, day):
            words.ensurePolished()
        said = when.sizeHint().width() + BESIDE + day.sizeHint().width()
        wide = max(theme.grown(WIDE), badge.sizeHint().width(), said)  # none of it is cut
        cell.setFixedWidth(wide)
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        head = QHBoxLayout()
        head.setSpacing(BESIDE)
        head.addWidget(when)
        head.addWidget(day, 1)
        column.addLayout(head)
        column.addWidget(badge)
        if stage.text:
            words = PlainLabel(_cut(stage.text), "hint", wrap=True)
            column.addWidget(words)
            words.ensurePolished()
            words.setMinimumHeight(words.heightForWidth(wide))  # a flow asks no height for a width
        column.addStretch(1)
        return cell

    def _begin(self) -> None:
        if self.course.next is not None:
            self.wanted.emit(self.course.next.state)


def _empty(flow: FlowLayout) -> None:
    while (item := flow.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def _near(stage: Passed, today: date) -> Deadline | None:
    return deadline(stage.day, today) if stage.day is not None else None


def _said(stage: Passed) -> str:
    """How it stands, for who sees no sign."""
    if stage.standing == AHEAD:
        return tr("Ahead")
    if stage.standing == NOW:
        return tr("Now")
    return tr("Done") if stage.standing == DONE else tr("Not written down")


def _step(stage: Passed) -> Badge:
    """«✓ Applied · 02.03.2026»."""
    words = label("relocation_state", stage.state)
    if stage.day is not None:
        words = f"{words} · {plain_day(stage.day)}"
    badge = Badge(words, *SIGNS.get(stage.standing, SKIPPED_SIGN))
    badge.setAccessibleName(f"{words}: {_said(stage)}")
    badge.setToolTip(tip(_said(stage)))
    return badge


def _standing(stage: Passed, today: date) -> Badge:
    near = _near(stage, today)
    far = stage.day is not None and (stage.day - today).days > FAR
    if stage.standing == AHEAD and near is not None and not far:
        return Badge(near.words, near.tone, near.icon)
    return Badge(_said(stage), *SIGNS.get(stage.standing, SKIPPED_SIGN))


def _end(stage: Passed) -> QWidget:
    """«Returned · 20.11.2026: no work in winter»."""
    words = label("relocation_state", stage.state)
    if stage.day is not None:
        words = f"{words} · {plain_day(stage.day)}"
    if stage.text:
        words = f"{words}: {_cut(stage.text)}"
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(
        Picture("check" if stage.state == "closed" else "return", "warning"),
        0,
        Qt.AlignmentFlag.AlignTop,
    )
    row.addWidget(PlainLabel(words, "strong", wrap=True), 1)
    return whole


def _cut(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= REASON else f"{words[: REASON - 1].rstrip()}…"
