"""How the last exchange that was asked for ended, and when."""

from datetime import UTC, datetime

from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop.actions.exchange import Report
from sync.errors import Offline, Stopped, UserError
from sync.language import tr
from ui.dates import moment
from ui.models.waiting import exchange_words
from ui.widgets.labels import PlainLabel
from ui.widgets.restyle import set_look


class SyncResult(QFrame):
    """Hidden until there is something to tell."""

    def __init__(self) -> None:
        super().__init__()
        self._told: Report | UserError | None = None
        self._at = datetime.now(UTC)
        self.words = PlainLabel("", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 12, 16, 14)
        layout.addWidget(self.words)
        self.hide()

    def tell(self, result: Report | UserError) -> None:
        """What an exchange that ended just now did, or why it was refused."""
        self._told, self._at = result, datetime.now(UTC)
        self.retranslate()

    def retranslate(self) -> None:
        """Words in the language spoken now."""
        if self._told is None:
            return
        if isinstance(self._told, UserError):
            # no network is usual here, not a fault
            calm = isinstance(self._told, Offline | Stopped)
            set_look(self, "notice", "info" if calm else "warning")
            words = str(self._told)
        else:
            set_look(self, "notice", "success")
            words = exchange_words(self._told)
        when = moment(self._at, datetime.now(UTC))
        self.words.setText(tr("{when}: {words}", when=when[:1].upper() + when[1:], words=words))
        self.show()
