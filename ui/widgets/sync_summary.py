"""The head of «Sync»: what is safe and where, how much waits, and the button that sends it."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from desktop.actions.exchange import Saved
from sync.language import tr, trn
from ui.dates import moment
from ui.icons import Picture, icon
from ui.widgets.cards import Card, Figure
from ui.widgets.labels import PlainLabel


class SyncSummary(Card):
    """A sign and a sentence beside `button`; three figures below."""

    def __init__(self) -> None:
        super().__init__()
        self.sign = Picture("cloud_ok", "success", 28)
        self.headline = PlainLabel("", "lead", wrap=True)
        self.waiting, self.photos, self.last = Figure(), Figure(), Figure()
        self.button = QPushButton()
        self.button.setProperty("kind", "primary")
        self.button.setIcon(icon("sync", "on_accent"))
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.headline, 1)
        head.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        figures = QHBoxLayout()
        figures.setSpacing(24)
        for figure, share in ((self.waiting, 1), (self.photos, 1), (self.last, 2)):
            figures.addWidget(figure, share)
        self.add(head)
        self.body.addSpacing(8)
        self.add(figures)

    def show_saved(self, saved: Saved) -> None:
        """In the language spoken now."""
        waiting, photos = saved.waiting, saved.photos_waiting
        self.waiting.say(str(waiting), trn("edit waits", "edits wait", waiting))
        self.photos.say(str(photos), trn("photo waits", "photos wait", photos))
        when = moment(saved.exchanged, datetime.now(UTC)) if saved.exchanged else tr("never yet")
        self.last.say(when, tr("last sync"))
        self.sign.show_icon(*_sign(saved))
        self.headline.setText(_headline(saved))

    def show_busy(self, busy: bool) -> None:
        """While an exchange runs, another one cannot be asked for."""
        self.button.setEnabled(not busy)
        self.button.setText(tr("Syncing…") if busy else tr("Sync now"))


def _sign(saved: Saved) -> tuple[str, str]:
    """(icon, role of its colour) beside the headline."""
    if saved.attention:
        return "warning", "warning"
    waits = saved.waiting or saved.photos_waiting
    return ("cloud_wait", "accent") if waits else ("cloud_ok", "success")


def _headline(saved: Saved) -> str:
    """What is safe, and where."""
    if saved.attention:
        words = trn("{n} needs your attention.", "{n} need your attention.", saved.attention)
        return f"{tr('Everything is saved on this laptop.')} {words}"
    if saved.waiting or saved.photos_waiting:
        return tr("Everything is saved on this laptop. What waits to be sent stands below.")
    if saved.exchanged:
        return tr("Everything is saved here and on the server.")
    return tr("Everything is saved on this laptop.")
