"""What is seldom done with a record, behind three points."""

from PySide6.QtCore import QEvent, Signal, SignalInstance
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from sync.language import tr
from ui.icons import icon
from ui.widgets.tips import tip


class MoreButton(QToolButton):
    """How the record came to be, taking it away, and erasing it for good."""

    history_wanted = Signal()
    remove_wanted = Signal()
    erase_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setIcon(icon("more", "muted"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        entries = QMenu(self)
        self.history_action = _action(self, "history", "muted", self.history_wanted)
        self.remove_action = _action(self, "delete", "muted", self.remove_wanted)
        self.erase_action = _action(self, "delete", "danger", self.erase_wanted)
        entries.addActions((self.history_action, self.remove_action, self.erase_action))
        self.setMenu(entries)
        self._retranslate()

    def offer(self, *, remove: bool, erase: bool) -> None:
        """What this person may do with the record on the page."""
        self.remove_action.setVisible(remove)
        self.erase_action.setVisible(erase)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setToolTip(tip(tr("More")))
        self.setAccessibleName(tr("More"))
        history = tr("History")
        self.history_action.setText(f"{history}\tCtrl+H")
        self.remove_action.setText(tr("Remove"))
        self.erase_action.setText(tr("Erase for good…"))


def _action(owner: QToolButton, picture: str, ink: str, wanted: SignalInstance) -> QAction:
    action = QAction(owner)
    action.setIcon(icon(picture, ink))
    action.triggered.connect(lambda _=False: wanted.emit())
    return action
