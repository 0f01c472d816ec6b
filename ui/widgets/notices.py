"""Messages inside the window: small sheets over an edge of it that interrupt nobody."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sync.language import tr
from ui import theme
from ui.icons import Picture, icon
from ui.messages import Message
from ui.widgets.labels import PlainLabel
from ui.widgets.tips import tip

SEEN = 6000  # ms that a message is shown which need not be closed
MOST = 3  # at once; older ones that go by themselves give way
SIGNS = {"info": "info", "success": "check", "warning": "warning", "danger": "warning"}
MARGIN = 16  # px to the edge of the window
BARS = ("bottom", "return", "status")  # the bars below a page, as the style sheet calls them


class Notices(QWidget):
    """Lies over its parent, above the bars at its lower edge, or at the upper one. Give `post` to ui.messages.show_with()."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self.shown: list[Notice] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._above = False
        over.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)
        self.hide()

    def post(self, message: Message) -> None:
        """Show a message below the others, in the place of one about the same, or in the same words."""
        for notice in list(self.shown):
            same = message.about and notice.message.about == message.about
            if same or notice.message.words == message.words:
                self._drop(notice)
        passing = [notice for notice in self.shown if not notice.message.stays]
        for notice in passing[: max(0, len(self.shown) + 1 - MOST)]:
            self._drop(notice)
        notice = Notice(message, self)
        notice.closed.clicked.connect(lambda: self._drop(notice))
        if notice.button is not None:
            notice.button.clicked.connect(lambda: self._drop(notice))
        notice.timer.timeout.connect(lambda: self._drop(notice))
        self.shown.append(notice)
        self._column.addWidget(notice)
        notice.show()  # Qt would show it later, and measure without it until then
        self._place()
        self._make_way()
        announcement = QAccessibleAnnouncementEvent(self, message.words)
        QAccessible.updateAccessibility(announcement)

    def clear(self) -> None:
        """Take all messages away."""
        for notice in list(self.shown):
            self._drop(notice)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the lower edge, also when another page has other bars."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self._place()
        return False

    def event(self, event: QEvent) -> bool:
        """A message finds its height only when it has its font: measure again then."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return done

    def _drop(self, notice: "Notice") -> None:
        if notice in self.shown:
            self.shown.remove(notice)
            self._column.removeWidget(notice)
            notice.timer.stop()
            notice.hide()
            notice.deleteLater()
            self._place()

    def _place(self) -> None:
        self.setVisible(bool(self.shown))
        if not self.shown:
            return
        wide = max(240, min(theme.grown(560), self._over.width() - 2 * MARGIN))
        self.setFixedWidth(wide)
        high = self._column.totalHeightForWidth(wide)
        self.setFixedHeight(high if high > 0 else self._column.totalSizeHint().height())
        self._column.activate()  # each message has its place at once, also beside another one
        self.move(self._spot(above=self._above).topLeft())
        self.raise_()

    def _spot(self, *, above: bool) -> QRect:
        """Over the bars at the lower edge, or at the upper one."""
        left = (self._over.width() - self.width()) // 2
        top = MARGIN // 2 if above else self._floor() - self.height() - MARGIN
        return QRect(QPoint(left, top), self.size())

    def _focus_moved(self) -> None:
        if self.shown:
            self._make_way()

    def _make_way(self) -> None:
        """Never lie over what has the cursor, nor over the button that one would press next."""
        below, above = (self._covered(self._spot(above=one)) for one in (False, True))
        self._above = above < below
        self._place()

    def _covered(self, spot: QRect) -> tuple[bool, int]:
        """Whether the cursor is below it, and how many of the buttons that stand out."""
        focus = QApplication.focusWidget()
        buttons = self._over.findChildren(QPushButton)
        main = [one for one in buttons if one.property("kind") == "primary" and one.isEnabled()]
        return (
            focus is not None and self._lies_in(spot, focus),
            sum(self._lies_in(spot, button) for button in main),
        )

    def _lies_in(self, spot: QRect, widget: QWidget) -> bool:
        if self.isAncestorOf(widget) or not self._over.isAncestorOf(widget):
            return False
        place = widget.visibleRegion().boundingRect()
        if isinstance(widget, QAbstractItemView):  # of a list the row
            place = widget.visualRect(widget.currentIndex())
        return spot.intersects(QRect(widget.mapTo(self._over, place.topLeft()), place.size()))

    def _floor(self) -> int:
        """The upper edge of the highest bar that must be seen and pressed."""
        bars = (bar for bar in self._over.findChildren(QFrame) if bar.property("bar") in BARS)
        tops = [bar.mapTo(self._over, QPoint()).y() for bar in bars if bar.isVisible()]
        return min([self._over.height(), *tops])


class Notice(QFrame):
    """One message: its sign, its words, perhaps a button, and a cross."""

    def __init__(self, message: Message, parent: QWidget) -> None:
        super().__init__(parent)
        self.message = message
        self.setProperty("notice", message.tone)
        self.words = PlainLabel(message.words, wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.closed = QToolButton()
        self.closed.setIcon(icon("close", "text"))
        self.closed.setAccessibleName(tr("Close this message"))
        self.closed.setToolTip(tip(tr("Close this message")))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(Picture(SIGNS[message.tone], message.tone), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words, 1)
        self.button: QPushButton | None = None
        if action := message.action:
            self.button = QPushButton(action.words)
            self.button.setProperty("kind", "quiet")
            self.button.clicked.connect(lambda: action.run())
            row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.closed, 0, Qt.AlignmentFlag.AlignVCenter)
        self.timer = QTimer(self, singleShot=True, interval=SEEN)
        if not message.stays:
            self.timer.start()
