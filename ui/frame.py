"""The window itself: one page after another in it, and the messages over its lower edge."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from sync.language import tr
from ui import messages
from ui.widgets.labels import PlainLabel
from ui.widgets.notices import Notices
from ui.widgets.sidebar import Sign

SIZE = (1180, 760)  # px at first; fits the 1366×768 screens of district laptops

LEAST = (900, 560)
TITLE_BAR = 36  # px


class Frame(QMainWindow):
    """Its title says for what work it is and names nobody: those who pass by may see it."""

    painted = Signal()  # once, after the first paint: now heavy things may be loaded
    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._seen = False
        self._work: Callable[[], str] = str
        # at 150 % a small screen has less room than SIZE, and the title bar needs some of it
        room = self.screen().availableSize() - QSize(0, TITLE_BAR)
        self.setMinimumSize(QSize(*LEAST).boundedTo(room))
        self.resize(QSize(*SIZE).boundedTo(room))
        self.notices = Notices(self)
        messages.show_with(self.notices.post)
        self.retranslate()

    def show_page(self, page: QWidget) -> None:
        """Put a page into the window; the one before is deleted."""
        before = self.takeCentralWidget()
        self.setCentralWidget(page)
        if before is not None:
            before.hide()
            before.deleteLater()
        self.notices.raise_()

    def name_work(self, work: Callable[[], str]) -> None:
        """Whose role and place stand in the title: `work` says them in the language spoken now."""
        self._work = work
        self.retranslate()

    def retranslate(self) -> None:
        """The title in the language spoken now."""
        work = self._work()
        self.setWindowTitle(tr("Dala — {work}", work=work) if work else tr("Dala"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Messages wait for the next window."""
        messages.stop_showing(self.notices.post)
        self.closing.emit()
        super().closeEvent(event)


class OpeningPage(QWidget):
    """What is seen while the program loads: its sign and its name, or what it does meanwhile."""

    def __init__(self, words: str = "") -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setSpacing(16)
        layout.addStretch(1)
        layout.addWidget(Sign(72), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(
            PlainLabel(words or tr("Dala"), "title"), 0, Qt.AlignmentFlag.AlignHCenter
        )
        layout.addStretch(1)
