"""What is seldom done with a record, behind three points."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton

from sync.language import tr
from ui.icons import icon
from ui.widgets.tips import tip


class MoreButton(QToolButton):
    """A menu of one entry so far: erasing."""

    erase_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setIcon(icon("more", "muted"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        entries = QMenu(self)
        self.erase_action = QAction(self)
        self.erase_action.setIcon(icon("delete", "danger"))
        self.erase_action.triggered.connect(self.erase_wanted)
        entries.addAction(self.erase_action)
        self.setMenu(entries)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setToolTip(tip(tr("More")))
        self.setAccessibleName(tr("More"))
        self.erase_action.setText(tr("Erase for good…"))
