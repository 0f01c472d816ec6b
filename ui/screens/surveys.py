"""The surveys that run here: how many are done, what waits to be sent, and the next interview."""

from datetime import date
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.actions import drafts, surveys
from desktop.actions.answers import draft_key
from desktop.actions.surveys import WaveState
from desktop.session import Desk
from sync.answers import FEWEST
from sync.change import Change
from sync.language import mark, tr, trn
from ui.dates import short_day
from ui.icons import icon
from ui.jobs import Jobs
from ui.screens.interview import InterviewScreen
from ui.widgets.badges import Badge
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.fact_sheet import clear
from ui.widgets.labels import PlainLabel


class SurveysScreen(QWidget):
    """The list of waves; an interview takes its place and gives it back."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self._waves: list[tuple[WaveState, bool]] = []
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
        self._jobs.read(self, partial(_read_waves, self._desk), self._show)

    @Slot(list)
    def refresh(self, changes: list[Change]) -> None:
        """After an exchange or an interview: figures may have changed."""
        if not changes or any(change.kind in ("wave", "form") for change in changes):
            self.reload()

    def begin(self, wave: UUID) -> None:
        """Hold an interview of this wave."""
        self.pages.setCurrentWidget(self.interview)
        self.interview.open(wave)

    def _start(self, wave: UUID, _: bool = False) -> None:
        self.begin(wave)

    def _closed(self) -> None:
        self.pages.setCurrentIndex(1 if self._waves else 0)
        self.reload()
        if self.buttons:
            next(iter(self.buttons.values())).setFocus()

    def _show(self, waves: list[tuple[WaveState, bool]]) -> None:
        self._waves, self.buttons = waves, {}
        clear(self._cards)
        for wave, begun in waves:
            self._cards.addWidget(self._card(wave, begun=begun))
        self._cards.addStretch(1)
        if self.pages.currentWidget() is not self.interview:
            self.pages.setCurrentIndex(1 if waves else 0)

    def _card(self, wave: WaveState, *, begun: bool) -> Card:
        runs = wave.runs(_today())
        card = Card()
        title = PlainLabel(wave.title, "heading", wrap=True)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(_state_badge(wave, runs=runs), 0, Qt.AlignmentFlag.AlignTop)
        card.add(head)
        card.add(PlainLabel(_dates(wave), "muted"))
        if wave.target:
            card.add(_progress(wave))
        card.add(PlainLabel(progress_words(wave), "strong"))
        if wave.unsent:
            card.add(PlainLabel(unsent_words(wave), "muted", wrap=True))
        if runs:
            words = tr("Go on with the interview") if begun else tr("Start an interview")
            button = QPushButton(words)
            button.setProperty("kind", "primary")
            button.setAutoDefault(True)  # Enter starts it
            button.setIcon(icon("play", "on_accent"))
            button.clicked.connect(partial(self._start, wave.id))
            self.buttons[wave.id] = button
            card.body.addSpacing(4)
            card.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _list(self) -> QScrollArea:
        inside = QWidget()
        self._cards = QVBoxLayout(inside)
        self._cards.setContentsMargins(24, 16, 24, 24)
        self._cards.setSpacing(16)
        inside.setMaximumWidth(880)
        area = QScrollArea(widgetResizable=True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show(self._waves)
        super().changeEvent(event)


def progress_words(wave: WaveState) -> str:
    """«7 of 40 are done here»"""
    if wave.target:
        return tr("{done} of {target} are done here.", done=wave.done, target=wave.target)
    return trn("{n} is done here.", "{n} are done here.", wave.done)


def unsent_words(wave: WaveState) -> str:
    """What waits, and why it may wait on."""
    waits = trn("{n} waits to be sent.", "{n} wait to be sent.", wave.unsent)
    today = _today()
    if not wave.gathers(today):
        return waits
    if wave.ends_on is not None and wave.ends_on < today:
        few = tr(
            "They are fewer than {fewest}, and stay on this laptop: it could be told whose they are.",
            fewest=FEWEST,
        )
        return f"{waits} {few}"
    why = tr(
        "Interviews are sent with at least {others} others of the same place, sex and age, so that "
        "nobody can be told apart; the rest when the survey has ended.",
        others=FEWEST - 1,
    )
    return f"{waits} {why}"


def _read_waves(desk: Desk) -> list[tuple[WaveState, bool]]:
    """Each wave, and whether an interview of it was begun; those that run come first."""
    waves = surveys.list_waves(desk)
    begun = [bool(drafts.recall(desk, draft_key(wave.id))) for wave in waves]
    on = _today()
    return sorted(zip(waves, begun, strict=True), key=lambda each: not each[0].runs(on))


def _dates(wave: WaveState) -> str:
    if wave.starts_on is None or wave.ends_on is None:
        return ""
    return f"{short_day(wave.starts_on)} – {short_day(wave.ends_on)}"


def _state_badge(wave: WaveState, *, runs: bool) -> Badge:
    if runs:
        return Badge(tr("Runs"), "success", "play")
    if wave.starts_on and wave.starts_on > _today():
        return Badge(tr("Not begun yet"), "neutral", "clock")
    return Badge(tr("Ended"), "neutral", "check")


def _progress(wave: WaveState) -> QProgressBar:
    bar = QProgressBar(textVisible=False)
    bar.setMaximum(wave.target or max(wave.done, 1))
    bar.setValue(min(wave.done, bar.maximum()))
    bar.setAccessibleName(progress_words(wave))
    return bar


def _today() -> date:
    return date.today()  # noqa: DTZ011  # the day of the place
