"""What is saved, what waits, when the last exchange was, and what can be undone; below all else."""

from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy

from sync.language import tr, trn
from ui.dates import moment
from ui.icons import Picture, icon
from ui.widgets.labels import PlainLabel
from ui.widgets.tips import tip


@dataclass(frozen=True)
class SyncState:
    """Everything that the status line tells. Moments carry their zones."""

    saved_at: datetime | None = None
    waiting: int = 0  # edits and answers
    photos_waiting: int = 0
    attention: int = 0  # refused edits that a person must look at
    last_exchange: datetime | None = None
    busy: bool = False
    share: float | None = None  # what is done of an exchange that takes long: 0 to 1
    offline: bool = False


def sentences(state: SyncState, now: datetime) -> list[str]:
    """The state in whole sentences, in the language spoken now."""
    if state.saved_at:
        said = [tr("Saved here {when}.", when=moment(state.saved_at, now))]
    else:
        said = [tr("Everything is saved here.")]
    if state.waiting:
        said.append(trn("{n} edit waits to be sent.", "{n} edits wait to be sent.", state.waiting))
    if state.photos_waiting:
        said.append(trn("{n} photo waits.", "{n} photos wait.", state.photos_waiting))
    if state.attention:
        said.append(trn("{n} needs your attention.", "{n} need your attention.", state.attention))
    if state.busy and state.share is not None:
        said.append(tr("Syncing with the server: {percent} %.", percent=round(state.share * 100)))
    elif state.busy:
        said.append(tr("Syncing with the server…"))
    elif state.last_exchange:
        said.append(tr("Last sync {when}.", when=moment(state.last_exchange, now)))
    else:
        said.append(tr("No sync yet."))
    if state.offline and not state.busy:
        said.append(tr("The server is out of reach; work goes on."))
    return said


def sign(state: SyncState) -> tuple[str, str]:
    """(icon, role of its colour) that stands before the words."""
    if state.attention:
        return "warning", "warning"
    if state.offline:
        return "offline", "muted"
    if state.busy:
        return "sync", "accent"
    if state.waiting or state.photos_waiting:
        return "cloud_wait", "muted"
    return "cloud_ok", "success"


UNDO_SHARE = 0.32  # of the line's width, at most, for what can be undone


class StatusLine(QFrame):
    """`opened`: the person wants to see what waits. `exchange`: the person wants one now. `undo`: the
    last command is to be taken back."""

    opened = Signal()
    exchange = Signal()
    undo = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("bar", "status")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.state = SyncState()
        self._sign = Picture("cloud_ok", "success", 18)
        self.words = _OneLine()
        self._undo = ""  # what would be taken back, in words
        self.undo_button = QPushButton()
        self.undo_button.setProperty("kind", "quiet")
        self.undo_button.setIcon(icon("undo", "accent"))
        self.undo_button.clicked.connect(self.undo)
        self.more_button = QPushButton()
        self.more_button.setProperty("kind", "quiet")
        self.more_button.clicked.connect(self.opened)
        self.exchange_button = QPushButton()
        self.exchange_button.setProperty("kind", "quiet")
        self.exchange_button.setIcon(icon("sync", "accent"))
        self.exchange_button.clicked.connect(self.exchange)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 3, 12, 3)
        row.setSpacing(10)
        row.addWidget(self._sign)
        row.addWidget(self.words, 1)
        row.addWidget(self.undo_button)
        row.addWidget(self.more_button)
        row.addWidget(self.exchange_button)
        self.retranslate()

    def show_state(self, state: SyncState) -> None:
        """Tell how things stand now."""
        self.state = state
        self.retranslate()

    def show_undo(self, words: str) -> None:
        """What Ctrl+Z would take back; "" where there is nothing."""
        self._undo = words
        self._cut_undo()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is undone may be long; the rest of the line stays readable."""
        super().resizeEvent(event)
        self._cut_undo()

    def _cut_undo(self) -> None:
        button, room = self.undo_button, round(self.width() * UNDO_SHARE)
        shown = button.fontMetrics().elidedText(self._undo, Qt.TextElideMode.ElideRight, room)
        button.setText(shown)
        button.setAccessibleName(self._undo)
        button.setToolTip(tip(f"{self._undo} (Ctrl+Z)" if self._undo else ""))
        button.setVisible(bool(self._undo))

    def retranslate(self) -> None:
        """Words in the language spoken now; days are told as seen from this moment."""
        self.words.say(sentences(self.state, datetime.now(UTC)))
        self._sign.show_icon(*sign(self.state))
        self.more_button.setText(tr("Show what waits"))
        waits = self.state.waiting or self.state.photos_waiting or self.state.attention
        self.more_button.setVisible(bool(waits))
        self.exchange_button.setText(tr("Sync now"))
        self.exchange_button.setEnabled(not self.state.busy)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class _OneLine(PlainLabel):
    """Sentences; where there is no room, without the first, then ending in …; the tip has all."""

    def __init__(self) -> None:
        super().__init__(role="muted")
        self._whole = self._short = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def say(self, said: list[str]) -> None:
        """Show other sentences."""
        self._whole, self._short = " ".join(said), " ".join(said[1:])
        self.setAccessibleName(self._whole)
        self._cut()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self._cut()

    def _cut(self) -> None:
        metrics, mode = self.fontMetrics(), Qt.TextElideMode.ElideRight
        fits = metrics.horizontalAdvance(self._whole) <= self.width()
        words = self._whole if fits else self._short
        shown = metrics.elidedText(words, mode, self.width())
        self.setText(shown)
        self.setToolTip(tip(self._whole if shown != self._whole else ""))
