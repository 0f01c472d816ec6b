"""A newer version of the program: what there is, fetched with one click, and the way back."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop.updates.telling import instead_words, offer_words
from sync.language import tr
from ui import theme
from ui.dialogs.tall import TallDialog, button_row
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from desktop.updates.asking import Looked


class UpdateDialog(TallDialog):
    """Decides nothing. `asks`: whether an address is known at which may be looked."""

    look_wanted = Signal(object)  # a folder, or None for the address
    install_wanted = Signal()
    back_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, *, asks: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Version of the program"))
        self.setMinimumWidth(theme.grown(580))
        self._looked: Looked | None = None
        self.headline, self.words = PlainLabel("", "strong", wrap=True), PlainLabel("", wrap=True)
        self.problem = PlainLabel("", "error", wrap=True)
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(tr("How much has come"))
        self.look_button = QPushButton(tr("Look for a newer version"))
        self.look_button.setVisible(asks)
        self.look_button.clicked.connect(lambda: self._ask(None))
        self.stick_button = QPushButton(tr("From a stick…"))
        self.stick_button.clicked.connect(self._choose)
        self.back_button = QPushButton(tr("Back to the version before"))
        self.back_button.clicked.connect(self._go_back)
        self.install_button = QPushButton(tr("Install"))
        self.install_button.setProperty("kind", "primary")
        self.install_button.clicked.connect(self._install)
        self.stop_button = QPushButton(tr("Stop"))
        self.stop_button.clicked.connect(self.stop_wanted)
        self.close_button = QPushButton(tr("Close"))
        self.close_button.clicked.connect(self.reject)
        self._asking = (self.look_button, self.stick_button, self.back_button)
        for button in (*self._asking, self.stop_button, self.close_button):
            button.setAutoDefault(False)
        self.asks = asks
        self._lay_out()
        self.finished.connect(self.stop_wanted)

    def show_looked(self, looked: "Looked", *, asked: bool) -> None:
        """What there is. `asked`: it was looked for just now."""
        self._looked = looked
        self._end()
        self.headline.setText(tr("This is version {version}.", version=looked.current))
        words = []
        if looked.offered:
            words += [*offer_words(looked), meanwhile()]
        elif asked:
            words.append(tr("There is none that is newer."))
        elif self.asks:
            words.append(
                tr("The region is asked once a day, after a sync. Nothing is installed by itself.")
            )
        else:
            words.append(
                tr("Newer versions come on a stick from the region: no address is set here.")
            )
        if looked.failed:
            words.append(tr("Version {version} did not come up here.", version=looked.failed))
        self.words.setText("\n".join(words))
        self.words.show()
        self.install_button.setVisible(bool(looked.offered))
        self.back_button.setVisible(bool(looked.before))
        if looked.before:
            self.back_button.setText(tr("Back to version {version}", version=looked.before))
        if looked.offered:
            self.install_button.setDefault(True)
            self.install_button.setFocus()
        self.grow()

    def show_come(self, bytes: int, of: int) -> None:
        """So many bytes have come. It is said where that are others than were looked for."""
        self.bar.setRange(0, 100)
        self.bar.setValue(min(99, round(bytes / of * 100)))
        if self._looked and of != self._looked.size:
            self.words.setText("\n".join((instead_words(of), meanwhile())))

    def show_done(self, words: str, *more: str) -> None:
        """It is installed, or the way back is taken."""
        self._end()
        self.install_button.hide()
        self.headline.setText(words)
        then = tr("Close the program and open it again when it suits you.")
        self.words.setText("\n".join([*more, then]))
        self.words.show()
        for button in self._asking:
            button.hide()
        self.close_button.setFocus()
        self.grow()

    def show_problem(self, words: str) -> None:
        """What did not work."""
        self._end()
        self.problem.setText(words)
        self.problem.show()
        self.grow()

    def _ask(self, folder: Path | None) -> None:
        self._begin()
        self.look_wanted.emit(folder)

    def _choose(self) -> None:
        if folder := QFileDialog.getExistingDirectory(self, tr("Folder with updates")):
            self._ask(Path(folder))

    def _install(self) -> None:
        self._begin()
        self.install_wanted.emit()

    def _go_back(self) -> None:
        self._begin()
        self.back_wanted.emit()

    def _begin(self) -> None:
        self.problem.hide()
        for button in (*self._asking, self.install_button):
            button.setEnabled(False)
        self.bar.setRange(0, 0)
        self.bar.show()
        self.stop_button.show()
        self.stop_button.setFocus()
        self.grow()

    def _end(self) -> None:
        for button in (*self._asking, self.install_button):
            button.setEnabled(True)
        for part in (self.bar, self.stop_button, self.problem):
            part.hide()

    def _lay_out(self) -> None:
        asking = FlowLayout()
        for button in self._asking:
            asking.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(PlainLabel(tr("Version of the program"), "heading"))
        layout.addWidget(self.headline)
        layout.addWidget(self.words)
        layout.addWidget(self.bar)
        layout.addWidget(self.problem)
        layout.addLayout(asking)
        layout.addStretch(1)
        layout.addLayout(button_row(self.stop_button, self.install_button, self.close_button))
        for part in (self.bar, self.stop_button, self.problem, self.install_button):
            part.hide()
        self.back_button.hide()


def meanwhile() -> str:
    """Nobody has to wait for it."""
    return tr("Work goes on while it comes; it starts the next time Dala is opened.")
