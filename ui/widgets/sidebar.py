"""The list of screens at the left: icon, name, and how much waits there."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sync.language import tr, trn
from ui import theme
from ui.icons import SIZE, Picture
from ui.widgets.badges import Badge
from ui.widgets.labels import PlainLabel
from ui.widgets.restyle import set_look
from ui.widgets.tips import tip

WIDTH, NARROW = 232, 68  # px
TALL = 42  # px of an entry with the room around it, where the window is not low


@dataclass(frozen=True)
class Entry:
    """One screen in the sidebar; `label` is English and marked."""

    key: str
    icon: str
    label: str


class Sidebar(QFrame):
    """Up and Down go from screen to screen. `below` stands under the name, `foot` at the end."""

    chosen = Signal(str)

    def __init__(self, entries: Iterable[Entry], who: str = "") -> None:
        super().__init__()
        self.setProperty("ground", "side")
        self.items: dict[str, _Item] = {}
        self.who = PlainLabel(who, "strong", wrap=True)
        self.below = PlainLabel("", "hint", wrap=True)
        names = QVBoxLayout()
        names.setContentsMargins(10, 8, 4, 0)
        names.setSpacing(0)
        names.addWidget(self.who)
        names.addWidget(self.below)
        self.compact = False
        self.foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.foot.setSpacing(2)
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 16, 12, 12)
        layout.setSpacing(2)
        self._brand = Brand()
        layout.addWidget(self._brand)
        layout.addSpacing(16)
        listed = QWidget()
        listed.setProperty("ground", "side")
        self._listed = column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for number, entry in enumerate(entries, 1):
            item = self.items[entry.key] = _Item(entry, number)
            item.clicked.connect(lambda _=False, key=entry.key: self.chosen.emit(key))
            column.addWidget(item)
        column.addStretch(1)
        self._area = QScrollArea(widgetResizable=True)  # a low window does not hold all of them
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(listed)
        listed.installEventFilter(self)
        layout.addWidget(self._area, 1)
        line = QFrame()
        line.setProperty("line", "h")
        layout.addWidget(line)
        layout.addLayout(names)
        layout.addSpacing(6)
        layout.addLayout(self.foot)
        self._fit()

    def set_compact(self, compact: bool) -> None:
        """Icons alone, for narrow windows; the names are in the tips then."""
        if compact == self.compact:
            return
        self.compact = compact
        ways = QBoxLayout.Direction
        self.foot.setDirection(ways.TopToBottom if compact else ways.LeftToRight)
        here, there = (self._column, self._listed) if compact else (self._listed, self._column)
        here.removeItem(self.foot)
        self.foot.setParent(None)
        there.addLayout(self.foot)  # one below the other they scroll with the screens
        for part in (self.who, self.below, self._brand.name):
            part.setVisible(not compact)
        for item in self.items.values():
            item.set_compact(compact)
        self._fit()

    def mark(self, key: str) -> None:
        """Show which screen is open."""
        for item in self.items.values():
            item.show_chosen(item.entry.key == key)
        if key in self.items:
            self._area.ensureWidgetVisible(self.items[key], 0, 8)

    def count(self, key: str, waiting: int, tone: str = "neutral") -> None:
        """Show how much waits on a screen; 0 shows nothing. A screen that is not there: nothing."""
        if key in self.items:
            self.items[key].show_count(waiting, tone)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another language, larger letters, a count: the names may need more room."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window entries stand closer; where that is not enough there is a scroll bar."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As wide as usual; wider where the name of a screen needs it."""
        margins = self.contentsMargins() + self._column.contentsMargins()
        needed = max((item.needed() for item in self.items.values()), default=0)
        words = max(theme.grown(WIDTH), needed + margins.left() + margins.right())
        low = len(self.items) * round(TALL * theme.scale()) > self._area.height()
        for item in self.items.values():
            set_look(item, "dense", low)
        spacing = 0 if low else 2
        if self._listed.spacing() != spacing:  # else it would ask for another fit, for ever
            self._listed.setSpacing(spacing)
        listed = self._area.widget()
        scrolls = listed is not None and listed.sizeHint().height() > self._area.height()
        bar = self._area.verticalScrollBar().sizeHint().width() if scrolls else 0
        icons = max((item.minimumSizeHint().width() for item in self.items.values()), default=0)
        narrow = max(
            NARROW - SIZE + round(SIZE * theme.scale()),
            icons + margins.left() + margins.right(),
        )
        self.setFixedWidth((narrow if self.compact else words) + bar)


class Brand(QWidget):
    """The sign of the program, and its name."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(Sign(28))
        self.name = PlainLabel(tr("Dala"), "heading")
        row.addWidget(self.name, 1)


class Sign(QWidget):
    """The sun over the steppe."""

    def __init__(self, side: int) -> None:
        super().__init__()
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_sign(painter, float(self.width()))
        painter.end()


def paint_sign(painter: QPainter, side: float) -> None:
    """Draw the sign into a square of this side, in the colours of the light scheme's brand."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    frame = QPainterPath()
    frame.addRoundedRect(0, 0, side, side, side * 0.26, side * 0.26)
    painter.setClipPath(frame)
    painter.fillPath(frame, QColor("#0E6670"))
    painter.setBrush(QColor("#F0B94B"))
    painter.drawEllipse(
        round(side * 0.32), round(side * 0.24), round(side * 0.36), round(side * 0.36)
    )
    for colour, left, middle, right in (
        ("#7FC4BF", 0.58, 0.46, 0.60),
        ("#D7EEEA", 0.72, 0.84, 0.66),
    ):
        hill = QPainterPath()
        hill.moveTo(0, side * left)
        hill.quadTo(side * 0.5, side * middle, side, side * right)
        hill.lineTo(side, side)
        hill.lineTo(0, side)
        hill.closeSubpath()
        painter.fillPath(hill, QColor(colour))


class _Item(QPushButton):
    def __init__(self, entry: Entry, number: int) -> None:
        super().__init__()
        self.entry, self._number, self._count, self._compact = entry, number, 0, False
        self.setProperty("kind", "nav")
        self.setCheckable(True)
        self.setAutoExclusive(True)  # gives Up and Down too
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys to the screen
        self._picture = Picture(entry.icon, "muted")
        self._words = PlainLabel()
        self._badge = Badge()
        self._badge.hide()
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 8, 0)
        row.setSpacing(10)
        row.addWidget(self._picture)
        row.addWidget(self._words, 1)
        row.addWidget(self._badge)
        for part in (self._words, self._badge):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._retranslate()

    def show_chosen(self, chosen: bool) -> None:
        self.setChecked(chosen)
        self._picture.show_icon(self.entry.icon, "accent" if chosen else "muted")
        set_look(self, "chosen", chosen)
        set_look(self._words, "chosen", chosen)

    def set_compact(self, compact: bool) -> None:
        self._compact = compact
        self._words.setVisible(not compact)
        self._badge.setVisible(self._count > 0 and not compact)

    def needed(self) -> int:
        """The width of its words, in px, with room for what waits."""
        return self._row.sizeHint().width() + 2

    def show_count(self, waiting: int, tone: str) -> None:
        self._count = waiting
        self._badge.say(str(waiting) if waiting < 1000 else "999+", tone)
        self._badge.setVisible(waiting > 0 and not self._compact)
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        words = tr(self.entry.label)
        self._words.setText(words)
        if self._number <= 9:
            self.setToolTip(tip(tr("{screen} (Ctrl+{number})", screen=words, number=self._number)))
        waits = trn("{n} waits", "{n} wait", self._count) if self._count else ""
        self.setAccessibleName(f"{words}, {waits}" if waits else words)
