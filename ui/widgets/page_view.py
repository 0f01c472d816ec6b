"""The pages of a paper one below the other, as they will be on paper; drawn when they are seen."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea

from sync.language import tr
from ui import theme
from ui.drawn import Drawn, page_picture, page_size

GAP = 16  # px around each page
STEPS = (0.25, 0.33, 0.5, 0.67, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
KEPT = 12_000_000  # px of pictures of pages, and no fewer than are seen
LINE = 48  # px of a key that goes down


class PageView(QAbstractScrollArea):
    """Ctrl with the wheel makes them larger and smaller; its window has the keys."""

    moved = Signal(int)  # the page that is in front
    zoomed = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self.drawn: Drawn | None = None
        self._pictures: dict[int, QPixmap] = {}  # at this zoom; the one seen longest ago first
        self._said = -1
        self.zoom, self.fits = 1.0, True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Pages of the paper"))
        self.verticalScrollBar().valueChanged.connect(lambda _: self._tell())

    def show_drawn(self, drawn: Drawn) -> None:
        """Another paper, from its first page."""
        self.drawn, self._said = drawn, -1
        self._pictures.clear()
        self._fit()
        self.verticalScrollBar().setValue(0)
        self._tell()

    @Slot()
    def let_go(self) -> None:
        """Show nothing: letters of pages that a thread laid out cannot be drawn once it has ended."""
        self.drawn = None
        self._pictures.clear()
        self.viewport().update()

    @property
    def count(self) -> int:
        """How many pages."""
        return self.drawn.count if self.drawn is not None else 0

    @property
    def page(self) -> int:
        """The one in front: it begins above the middle of what is seen."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        return max(0, min(middle // (self._size().height() + GAP), self.count - 1))

    def go(self, page: int) -> None:
        """This page from its top."""
        page = max(0, min(page, self.count - 1))
        self.verticalScrollBar().setValue(self._top(page) - GAP)

    def fit_width(self) -> None:
        """As wide as there is room, also when that changes."""
        self.fits = True
        self._fit()

    def step(self, by: int) -> None:
        """The next larger or smaller of STEPS."""
        larger = [one for one in STEPS if one > self.zoom + 0.01]
        smaller = [one for one in STEPS if one < self.zoom - 0.01]
        if found := larger[:1] if by > 0 else smaller[-1:]:
            self.fits = False
            self._set_zoom(found[0])

    # of Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(theme.colour("ground")))
        painter.setPen(QColor(theme.colour("edge")))
        for at in range(self.count):
            place = self._place(at)
            if place.intersects(event.rect()):
                painter.drawPixmap(place.topLeft(), self._picture(at))
                painter.drawRect(place.adjusted(-1, -1, 0, 0))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    # inside

    def _fit(self) -> None:
        if self.drawn is None:
            return
        if self.fits:
            room = self.viewport().width() - 2 * GAP
            wide = page_size(self.drawn).width()
            self._set_zoom(max(STEPS[0], min(room / wide, STEPS[-1])))
        else:
            self._range()

    def _set_zoom(self, zoom: float) -> None:
        page, size = self.page, self._size().height()
        inside = self.verticalScrollBar().value() - self._top(page)
        self.zoom = zoom
        self._pictures.clear()
        self._range()
        # what stood at the upper edge stays there
        self.verticalScrollBar().setValue(
            self._top(page) + round(inside * self._size().height() / max(size, 1))
        )
        self.viewport().update()
        self.zoomed.emit(zoom)

    def _range(self) -> None:
        size, room = self._size(), self.viewport().size()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setRange(0, max(0, self._top(self.count) - room.height()))
        down.setPageStep(room.height())
        down.setSingleStep(LINE)
        across.setRange(0, max(0, size.width() + 2 * GAP - room.width()))
        across.setPageStep(room.width())
        across.setSingleStep(LINE)
        self._tell()

    def _size(self) -> QSize:
        return page_size(self.drawn) * self.zoom if self.drawn is not None else QSize(1, 1)

    def _top(self, at: int) -> int:
        return GAP + at * (self._size().height() + GAP)

    def _place(self, at: int) -> QRect:
        """Of a page, in the viewport."""
        size, room = self._size(), self.viewport().width()
        left = max(GAP, (room - size.width()) // 2) - self.horizontalScrollBar().value()
        return QRect(QPoint(left, self._top(at) - self.verticalScrollBar().value()), size)

    def _seen(self, at: int) -> bool:
        return self._place(at).intersects(self.viewport().rect())

    def _picture(self, at: int) -> QPixmap:
        found = self._pictures.pop(at, None)
        if found is None:
            assert self.drawn is not None
            fine = self.devicePixelRatioF()
            found = QPixmap.fromImage(page_picture(self.drawn, at, self.zoom * fine))
            found.setDevicePixelRatio(fine)
        self._pictures[at] = found
        for other in [one for one in self._pictures if not self._seen(one)]:
            if sum(one.width() * one.height() for one in self._pictures.values()) > KEPT:
                del self._pictures[other]
        return found

    def _tell(self) -> None:
        if self.page != self._said:
            self._said = self.page
            self.setAccessibleDescription(page_words(self.page, self.count))
            self.moved.emit(self.page)


def page_words(at: int, count: int) -> str:
    """«Page 2 of 3»."""
    return tr("Page {at} of {n}", at=at + 1, n=count) if count else ""
