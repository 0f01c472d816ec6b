"""How far an exchange is that is not over at once, in words and as a bar; and how to stop it."""

from math import ceil

from PySide6.QtCore import QEvent, QLocale, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop.actions.progress import Progress
from sync.language import counted, spoken, tr
from ui.widgets.labels import PlainLabel
from ui.widgets.restyle import set_look

FINE = 1000  # steps of the bar
MINUTE = 60  # seconds
PATIENCE = 1_000  # ms for the first word about an exchange: most of them are over by then


class SyncProgress(QFrame):
    """`stopped`: the person does not want to wait for the rest."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._progress: Progress | None = None
        set_look(self, "notice", "info")
        self.words = PlainLabel("", wrap=True)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setRange(0, FINE)
        self.stop_button = QPushButton()
        self.stop_button.clicked.connect(self._stop)
        self.unheard = QTimer(self, singleShot=True, interval=PATIENCE)
        self.unheard.timeout.connect(self._appear)
        told = QVBoxLayout()
        told.setSpacing(8)
        told.addWidget(self.words)
        told.addWidget(self.bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 12, 16, 14)
        row.setSpacing(16)
        row.addLayout(told, 1)
        row.addWidget(self.stop_button)
        self.hide()

    def begin(self) -> None:
        """One runs, and has told nothing yet: it can be stopped, too, where it goes on to be silent."""
        self.bar.setValue(0)
        self.unheard.start()

    def show_progress(self, progress: Progress) -> None:
        """Tell how far it is."""
        self._progress = progress
        self.bar.setValue(round(progress.share * FINE))
        self._appear()

    def end(self) -> None:
        """Nothing runs any more."""
        self.unheard.stop()
        self._progress = None
        self.hide()

    def retranslate(self) -> None:
        """Words in the language spoken now."""
        self.stop_button.setText(tr("Stop") if self.stop_button.isEnabled() else tr("Stopping…"))
        told = self._progress
        self.words.setText(progress_words(told) if told else tr("Waiting for an answer…"))
        self.bar.setAccessibleName(self.words.text())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _appear(self) -> None:
        if self.isHidden():
            self.stop_button.setEnabled(True)
        self.unheard.stop()
        self.show()
        self.retranslate()

    def _stop(self) -> None:
        self.stop_button.setEnabled(False)
        self.retranslate()
        self.stopped.emit()


def progress_words(progress: Progress) -> str:
    """What went, what came, what is left and for how long, and how much went over the line."""
    words = (
        tr(
            "Photos: {sent} sent, {taken} received, {left} to go.",
            **_counts(progress),
        )
        if progress.photos
        else tr(
            "Records: {sent} sent, {taken} received, {left} to go.",
            **_counts(progress),
        )
    )
    moved, traditional = progress.bytes_up + progress.bytes_down, QLocale.DataSizeFormat
    size = QLocale(spoken()).formattedDataSize(moved, 1, traditional.DataSizeTraditionalFormat)
    moved_words = tr("{size} over the line.", size=size)
    return " ".join(filter(None, (words, moved_words, _left_words(progress.seconds_left))))


def _left_words(seconds: float | None) -> str:
    if seconds is None:
        return ""
    if seconds < MINUTE:
        return tr("Less than a minute left.")
    return tr("About {minutes} min left.", minutes=counted(ceil(seconds / MINUTE)))


def _counts(progress: Progress) -> dict[str, str]:
    return {name: counted(getattr(progress, name)) for name in ("sent", "taken", "left")}
