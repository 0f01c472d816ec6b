"""The surveys that run here: how far they are, what waits to be sent, and the next interview."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QPushButton, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop.actions.waves import read_passport
from desktop.session import Desk
from desktop.surveys.waves.passport import Passport
from sync.change import Change
from sync.language import mark
from ui.dialogs.passport import PassportDialog
from ui.jobs import Jobs
from ui.models.waves import ShownWave, read_waves
from ui.screens.interview import InterviewScreen
from ui.widgets.empty_state import EmptyState
from ui.widgets.fact_sheet import clear
from ui.widgets.scrolled import scrolled
from ui.widgets.wave_card import WaveCard


class SurveysScreen(QWidget):
    """The list of waves; an interview takes its place and gives it back."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self._waves: list[ShownWave] = []
        self.cards: list[WaveCard] = []
        self.buttons: dict[UUID, QPushButton] = {}
        self.interview = InterviewScreen(desk, jobs)
        self.none = EmptyState(
            "surveys",
            mark("No survey runs here now. A new one comes with the next sync."),
        )
        self.pages = QStackedWidget()
        for page in (self.none, self._list(), self.interview):
            self.pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)
        self.interview.closed.connect(self._closed)
        self.interview.finished.connect(lambda _: self.reload())
        jobs.recorded.connect(self.refresh)
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Read the waves anew."""
        self._jobs.read(self, partial(read_waves, self._desk), self._show)

    @Slot(list)
    def refresh(self, changes: list[Change]) -> None:
        """After an exchange or an interview: figures may have changed."""
        if not changes or any(change.kind in ("wave", "form") for change in changes):
            self.reload()

    def begin(self, wave: UUID) -> None:
        """Hold an interview of this wave."""
        self.pages.setCurrentWidget(self.interview)
        self.interview.open(wave)

    def _closed(self) -> None:
        self.pages.setCurrentIndex(1 if self._waves else 0)
        self.reload()
        if self.buttons:
            next(iter(self.buttons.values())).setFocus()

    def _show(self, waves: list[ShownWave]) -> None:
        self._waves, self.buttons, self.cards = waves, {}, []
        clear(self._cards)
        for one in waves:
            card = WaveCard(one, self._desk.pack)
            card.started.connect(self.begin)
            card.passport_wanted.connect(self.show_passport)
            if card.start_button is not None:
                self.buttons[one.state.id] = card.start_button
            self.cards.append(card)
            self._cards.addWidget(card)
        self._cards.addStretch(1)
        if self.pages.currentWidget() is not self.interview:
            self.pages.setCurrentIndex(1 if waves else 0)

    def show_passport(self, wave: UUID) -> None:
        """What is said with the figures of a wave."""
        work = partial(read_passport, self._desk, wave)
        self._jobs.read(self, work, self._open_passport)

    def _open_passport(self, found: Passport) -> None:
        self.passport = PassportDialog(found, self)
        self.passport.open()

    def _list(self) -> QScrollArea:
        inside = QWidget()
        area = scrolled(inside)
        self._cards = QVBoxLayout(inside)
        self._cards.setContentsMargins(24, 16, 24, 24)
        self._cards.setSpacing(16)
        inside.setMaximumWidth(880)
        return area

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show(self._waves)
            self.reload()  # the words of cells are of the form
        super().changeEvent(event)
