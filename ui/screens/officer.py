"""An integrity officer's screen: the reports that this laptop opens, one of them in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.actions import officer
from desktop.actions.officer import Standing
from desktop.actions.reports import Thread
from desktop.files import write_whole
from desktop.pictures import shrink
from desktop.reports.code import spelled
from desktop.session import Desk
from sync.errors import UserError
from sync.language import mark, tr
from sync.officers import Officer, written
from sync.records.competent_body import CompetentBody
from ui import messages
from ui.dates import plain_day
from ui.dialogs.hand_over import HandOver
from ui.icons import icon
from ui.jobs import Jobs
from ui.pictures import decoded
from ui.widgets.empty_state import EmptyState
from ui.widgets.field_row import FieldRow
from ui.widgets.fresh_page import FreshPage
from ui.widgets.labels import PlainLabel
from ui.widgets.list_pane import ListPane, ListRow
from ui.widgets.officer_bar import OfficerBar
from ui.widgets.photo_view import PhotoView
from ui.widgets.report_thread import ReportThread
from ui.widgets.scrolled import scrolled
from ui.widgets.text_inputs import LongText


@dataclass(frozen=True)
class State:
    """All that the screen shows. It is in the memory alone."""

    threads: list[Thread]
    standing: Standing


class OfficerScreen(FreshPage):
    """What is opened here is written down nowhere."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self._threads: dict[bytes, Thread] = {}
        self._images: list[QImage] = []
        self.bar, self.list = OfficerBar(), ListPane()
        self.title, self.shown = PlainLabel(role="heading"), ReportThread()
        self.word = LongText()
        self.word_row = FieldRow(mark("Answer"), self.word)
        self.answer_button, self.hand_button = QPushButton(), QPushButton()
        self.none = EmptyState(
            "sealed", mark("No sealed report has come yet. New ones come with the next sync.")
        )
        self.large = PhotoView(self)
        self._build()
        self.list.chosen.connect(lambda _: self._read())
        self.bar.card_wanted.connect(self._ask_card)
        self.bar.give_wanted.connect(self._give)
        self.answer_button.clicked.connect(self._answer)
        self.hand_button.clicked.connect(self._ask_body)
        self.shown.enlarged.connect(self._enlarge)
        jobs.recorded.connect(lambda _: self.reload() if self.isVisible() else None)
        self.retranslate()

    def reload(self) -> None:
        """Open all reports anew."""
        self._jobs.look(self, partial(_read_state, self._desk), self._show)

    @property
    def report(self) -> Thread | None:
        """The report under the cursor."""
        return self._threads.get(self.list.current_key() or b"")

    def _show(self, state: State) -> None:
        self._threads = {one.box: one for one in state.threads}
        self.bar.show_standing(state.standing)
        self.list.show_rows([_row(one) for one in state.threads])
        self.pages.setCurrentIndex(1 if state.threads else 0)
        if not state.threads:
            self._forget()
        if state.threads and self.list.current_key() is None:
            self.list.choose(state.threads[0].box)
        self._read()

    def _read(self) -> None:
        if self.report is not None:
            self._jobs.look(self, partial(_pictures, self.report), self._show_thread)

    def _forget(self) -> None:
        """Whatever was opened, and a word that was begun: it may have left the laptop."""
        self._images = []
        self.title.setText("")
        self.word.set_value(None)
        self.shown.show_thread(None)
        self.large.forget()

    def _show_thread(self, pictures: tuple[Thread, list[QImage]]) -> None:
        thread, self._images = pictures
        if thread is not self.report:
            return  # the keys were faster
        self.title.setText(
            tr("Report {number}", number=spelled(thread.number))
            if thread.number
            else tr("A report whose first letter is not for this laptop")
        )
        self.shown.show_thread(thread, self._images)

    def _answer(self) -> None:
        text = self.word.value()
        if not text or self.report is None:
            self.word_row.show_problem(tr("Write what the reporter is to read."))
            return
        work = partial(officer.answer, self._desk, self.report, text)
        self._jobs.read(self, work, self._said, self._unsaid)

    def _said(self, _: None) -> None:
        self.word.set_value(None)
        self.word_row.show_problem("")
        messages.say(tr("It waits here until the next sync."))
        self._jobs.recorded.emit([])

    def _unsaid(self, error: UserError) -> None:
        self.word_row.show_problem(str(error))

    def _ask_body(self) -> None:
        self._jobs.read(self, partial(officer.bodies, self._desk), self._show_bodies)

    def _show_bodies(self, bodies: Sequence[CompetentBody]) -> None:
        dialog = HandOver(bodies, self.window())
        dialog.wanted.connect(self._hand_over)
        dialog.open()

    def _hand_over(self, body: UUID, on: date, incoming: str, text: str) -> None:
        if self.report is not None:
            work = partial(officer.hand_over, self._desk, self.report, body, on, incoming, text)
            self._jobs.read(self, work, self._said, self._unsaid)

    def _ask_card(self) -> None:
        title = tr("The card for the custodians")
        name, _ = QFileDialog.getSaveFileName(self, title, "card.txt", "(*.txt)")
        if name:
            self.save_card(Path(name))

    def save_card(self, file: Path) -> None:
        """Make a key where there is none, and write its card into this file."""
        self._jobs.read(self, partial(_save_card, self._desk, file), self._card_saved)

    def _card_saved(self, _: Officer) -> None:
        messages.say(tr("The card was saved. Bring it to the custodians of the region's key."))
        self.reload()

    def _give(self) -> None:
        self._jobs.call(self, partial(officer.give_earlier, self._desk), self._given)

    def _given(self, _: int) -> None:
        messages.say(tr("They can open the earlier reports after their next sync."))
        self.reload()

    def _enlarge(self, number: int) -> None:
        self.large.open([""] * len(self._images), self._images, number)

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.answer_button.setText(tr("Send"))
        self.hand_button.setText(tr("Hand over…"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.large.setGeometry(self.rect())

    def _build(self) -> None:
        inside = QWidget()
        inside.setMaximumWidth(820)
        area = scrolled(inside)
        page = QVBoxLayout(inside)
        page.setContentsMargins(24, 16, 24, 24)
        page.setSpacing(14)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        self.answer_button.setIcon(icon("send", "on_accent"))
        self.answer_button.setProperty("kind", "primary")
        for button in (self.answer_button, self.hand_button):
            button.setAutoDefault(True)
            buttons.addWidget(button)
        buttons.addStretch(1)
        for part in (self.title, self.shown, self.word_row):
            page.addWidget(part)
        page.addLayout(buttons)
        page.addStretch(1)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        self.list.setMinimumWidth(340)
        split.addWidget(self.list)
        split.addWidget(area)
        split.setStretchFactor(1, 1)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.none)
        self.pages.addWidget(split)
        above = QVBoxLayout()
        above.setContentsMargins(24, 16, 24, 0)
        above.addWidget(self.bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(above)
        layout.addWidget(self.pages, 1)


def _read_state(desk: Desk) -> State:
    return State(officer.threads(desk), officer.standing(desk))


def _pictures(thread: Thread) -> tuple[Thread, list[QImage]]:
    """They come from a stranger: each is made anew before Qt decodes it, or left out."""
    images = []
    for photo in thread.report.photos if thread.report else []:
        try:
            images.append(decoded(shrink(photo)))
        except UserError:
            images.append(QImage())
    return thread, images


def _save_card(desk: Desk, file: Path) -> Officer:
    card = officer.make_key(desk)
    write_whole(file, written(card).encode())
    return card


def _row(thread: Thread) -> ListRow:
    report = thread.report
    title = spelled(thread.number) or "…"
    last = thread.said[-1].letter.on if thread.said else None
    handed = bool(thread.handed_to)
    return ListRow(
        key=thread.box,
        title=title,
        below=" ".join((report.what if report else "").split())[:120],
        when=plain_day(last) if last else "",
        badge=tr("Handed over") if handed else "",
        tone="success" if handed else "neutral",
        badge_icon="check" if handed else "",
        icon="sealed",
    )
