"""The second place for copies: which it is, how old the copy there is, and another one now."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QPushButton, QVBoxLayout, QWidget

from sync.language import tr
from ui.dates import moment
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from desktop.second_place import Place


class SecondPlaceRow(QFrame):
    """Decides nothing."""

    folder_chosen = Signal(Path)
    fill_wanted = Signal()
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "plain")
        self._busy = self._there = False
        self.words = PlainLabel(role="muted", wrap=True)
        self.fill_button = QPushButton(tr("Copy there now"))
        self.fill_button.clicked.connect(self.fill_wanted)
        self.choose_button = QPushButton(tr("Choose a folder…"))
        self.choose_button.clicked.connect(self._choose)
        self.give_up_button = QPushButton(tr("No second place"))
        self.give_up_button.setProperty("kind", "quiet")
        self.give_up_button.clicked.connect(self.given_up)
        buttons = FlowLayout()
        for button in (self.fill_button, self.choose_button, self.give_up_button):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(8)
        layout.addWidget(PlainLabel(tr("A second place"), "strong"))
        layout.addWidget(self.words)
        layout.addLayout(buttons)
        self.show_place(None, there=False)

    def show_place(
        self, place: "Place | None", *, there: bool, now: datetime | None = None
    ) -> None:
        """`there`: whether the stick is in."""
        self._there = there
        self.words.setText(_words(place, there, now or datetime.now(UTC)))
        self.fill_button.setVisible(place is not None)
        self.give_up_button.setVisible(place is not None)
        self.set_busy(False)

    def set_busy(self, busy: bool) -> None:
        """While something runs, nothing can be pressed twice."""
        self._busy = busy
        self.fill_button.setEnabled(self._there and not busy)
        self.choose_button.setEnabled(not busy)
        self.give_up_button.setEnabled(not busy)

    def _choose(self) -> None:
        if folder := QFileDialog.getExistingDirectory(self, tr("A second place")):
            self.folder_chosen.emit(Path(folder))


def _words(place: "Place | None", there: bool, now: datetime) -> str:
    if place is None:
        return tr(
            "If the laptop is lost or broken, a stick or another disk still has your work. It is "
            "encrypted there as it is here."
        )
    folder = place.folder
    if place.holds is None:
        return tr("{folder}: nothing was copied there yet.", folder=folder)
    made = moment(place.holds, now)
    if there:
        return tr("{folder}: the newest copy there is of {moment}.", folder=folder, moment=made)
    return tr(
        "{folder}: not there now. The newest copy there is of {moment}.",
        folder=folder,
        moment=made,
    )
