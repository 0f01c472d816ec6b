"""How the interviews of a wave were held: reasons to ask, in words, and what could not be looked at.

For who checks; an integrity officer learns here whose a number is.
"""

from functools import partial
from itertools import groupby
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.actions import quality
from desktop.actions.quality import Flagged, WaveQuality
from desktop.session import Desk
from sync.errors import UserError
from sync.language import mark, tr
from ui import messages
from ui.icons import Picture
from ui.jobs import Jobs
from ui.models.count_table import CountTable
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.fact_sheet import clear
from ui.widgets.flag_card import FlagCard, Reason
from ui.widgets.fresh_page import FreshPage
from ui.widgets.header_choice import HeaderChoice
from ui.widgets.labels import PlainLabel
from ui.widgets.scrolled import scrolled
from ui.widgets.table_check import TableCheck
from ui.widgets.whose_card import WhoseCard

WORDS = (mark("Show the counts"), mark("Hide the counts"))
NONE, WAVE, TABLE = range(3)


class QualityScreen(FreshPage):
    """One wave at a time, or a table that was opened."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self._checks, self._opens = quality.may_check(desk), quality.may_open(desk)
        self.header = HeaderChoice()
        self.ask_button, self.table_button = QPushButton(), QPushButton()
        self.whose, self.table = WhoseCard(), TableCheck(jobs)
        self.cards: list[FlagCard] = []
        self.none = EmptyState(
            "surveys",
            mark("No survey has ended yet. How its interviews were held is looked at afterwards."),
            mark("Open a table…") if self._checks else "",
        )
        self._build()
        self.header.changed.connect(self._read)
        self.ask_button.clicked.connect(self.ask)
        self.table_button.clicked.connect(self.open_table)
        self.none.clicked.connect(self.open_table)
        self.table.closed.connect(self.reload)
        self.whose.asked.connect(self._open_card)
        self.retranslate()

    @Slot()
    def reload(self) -> None:
        """Read the waves, then the one that is chosen. A table that is open stays."""
        if self.sender() is not self.table and self.pages.currentIndex() == TABLE:
            return
        self._jobs.read(self, partial(quality.waves, self._desk), self._offer)

    @Slot()
    def ask(self) -> None:
        """Ask the server now."""
        self.ask_button.setEnabled(False)
        self._jobs.call(self, partial(quality.ask, self._desk), self._asked, self._not_asked)

    @Slot()
    def open_table(self) -> None:
        """Choose a table and look through it."""
        self.pages.setCurrentIndex(TABLE)
        self.table.choose()

    def _asked(self, _: int) -> None:
        self.ask_button.setEnabled(True)
        self._read()

    def _not_asked(self, error: UserError) -> None:
        self.ask_button.setEnabled(True)
        messages.warn(str(error))

    def _open_card(self, number: str, reason: str) -> None:
        if wave := self.header.value():
            work = partial(quality.who_is, self._desk, UUID(wave), number, reason)
            self._jobs.call(self, work, self._opened, lambda error: self.whose.tell(str(error)))

    def _opened(self, login: str) -> None:
        self.whose.tell(tr("These interviews were held on the laptop of: {login}", login=login))

    def _offer(self, waves: list[tuple[UUID, str]]) -> None:
        pairs = [(str(id), title) for id, title in waves]
        self.header.set_choices(pairs)
        if self.header.value() not in dict(pairs):
            self.header.blockSignals(True)
            self.header.set_value(pairs[0][0] if pairs else None)
            self.header.blockSignals(False)
        self._read()

    def _read(self) -> None:
        wave = self.header.value()
        self.pages.setCurrentIndex(WAVE if wave else NONE)
        if wave and self._checks:
            work = partial(quality.look, self._desk, UUID(wave))
            self._jobs.aside(self, work, self._show, self._cannot)

    def _cannot(self, error: UserError) -> None:
        clear(self._flags)
        messages.warn(str(error))

    def _show(self, found: WaveQuality) -> None:
        clear(self._flags)
        self.title.setText(found.title)
        self.told.setText(found.told)
        flags = groupby(found.flags, key=lambda flag: (flag.district, flag.number))
        self.cards = [self._card(" · ".join(whose), list(of)) for whose, of in flags]
        for card in self.cards:
            self._flags.addWidget(card)
        if found.pseudonyms and not found.flags:
            self._flags.addWidget(PlainLabel(tr("Nothing to look at again was found."), "strong"))
        for words in found.said:
            self._flags.addWidget(PlainLabel(words, "hint", wrap=True))
        if found.flags:
            self._flags.addWidget(PlainLabel(tr(NEXT), "hint", wrap=True))

    def _card(self, whose: str, flags: list[Flagged]) -> FlagCard:
        tables = [partial(CountTable, flag.made_of) for flag in flags]
        pairs = zip(flags, tables, strict=True)
        return FlagCard(whose, [Reason(flag.text, table, WORDS) for flag, table in pairs])

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.header.setAccessibleName(tr("Survey wave"))
        self.ask_button.setText(tr("Ask the server"))
        self.table_button.setText(tr("Open a table…"))
        self.caution.setText(tr(CAUTION))

    def _build(self) -> None:
        self.title, self.caution = PlainLabel("", "heading", wrap=True), PlainLabel(wrap=True)
        self.told = PlainLabel(role="muted", wrap=True)
        notice = Card()
        notice.setProperty("card", "")
        notice.setProperty("notice", "info")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Picture("info", "accent"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.caution, 1)
        notice.add(row)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.title, 1)
        top.addWidget(self.table_button, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.ask_button, 0, Qt.AlignmentFlag.AlignTop)
        self._flags = QVBoxLayout()
        self._flags.setSpacing(14)
        wave = QWidget()
        inside = QVBoxLayout(wave)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(14)
        inside.addLayout(top)
        inside.addWidget(self.told)
        inside.addWidget(notice)
        inside.addLayout(self._flags)
        inside.addWidget(self.whose)
        inside.addStretch(1)
        for part in (notice, self.told, self.ask_button, self.table_button):
            part.setVisible(self._checks)
        self.whose.setVisible(self._opens)
        self.pages = QStackedWidget()
        for page in (self.none, _scrolling(wave), _scrolling(self.table)):
            self.pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)


def _scrolling(page: QWidget) -> QScrollArea:
    inside = QWidget()
    area = scrolled(inside)
    layout = QVBoxLayout(inside)
    layout.setContentsMargins(24, 12, 24, 24)
    layout.addWidget(page)
    return area


CAUTION = mark(
    "A flag is a reason to ask, never a proof: each says how the same may come about honestly. Who"
    " stands behind a number nobody sees here. Answers are not linked to it."
)
NEXT = mark(
    "What to do: go along once, or have some people of that place asked again by somebody else. If"
    " that does not settle it, an integrity officer can open whose number it is, for a reason that"
    " is written down."
)
