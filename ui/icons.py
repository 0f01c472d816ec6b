"""Line icons in the colours of the design. An icon takes its colour when it is painted, so that it
follows a change of the scheme by itself.
"""

from functools import cache

from PySide6.QtCore import QByteArray, QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

import resources
from ui import theme

SIZE = 20  # px, beside text
INSIDE = 0.88  # of an icon's square: buttons put their words close to it
LEAST = 16  # px, inside a field: Qt gives it no more there at any size of type


def icon(name: str, role: str = "text") -> QIcon:
    """The icon resources/icons/<name>.svg in the colour of this token.

    `role` is a name of ui.palette.Scheme: text, muted, on_accent, or a tone such as warning.
    Raises FileNotFoundError for an unknown name.
    """
    _svg(name)  # here an unknown name can still be told; inside the engine it would crash
    return QIcon(_LineIcon(name, role))


def paint_icon(painter: QPainter, rect: QRect | QRectF, name: str, colour: str) -> None:
    """Draw an icon in #RRGGBB, for delegates."""
    _drawing(name, colour).render(painter, QRectF(rect))


class Picture(QWidget):
    """An icon that stands by itself. Its meaning must also stand beside it in words."""

    def __init__(
        self, name: str, role: str = "muted", size: int = SIZE, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._side = size
        self.show_icon(name, role)
        self._fit()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_icon(self, name: str, role: str) -> None:
        """Change what is drawn."""
        _svg(name)
        self._name, self._role = name, role
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        """As large as the words beside it."""
        side = round(self._side * theme.scale())
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_icon(painter, self.rect(), self._name, theme.colour(self._role))
        painter.end()


class Painted(QIconEngine):
    """An icon that is drawn anew at each size, by `paint`."""

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, QRect(QPoint(), size), mode, state)
        painter.end()
        return drawn


class _LineIcon(Painted):
    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name, self._role = name, role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        role = "faint" if mode == QIcon.Mode.Disabled else self._role
        whole = min(rect.width(), rect.height())
        side = whole if whole <= LEAST else round(whole * INSIDE)
        square = QRect(QPoint(), QSize(side, side))
        square.moveCenter(rect.center())
        paint_icon(painter, square, self._name, theme.colour(role))

    def clone(self) -> QIconEngine:
        return _LineIcon(self._name, self._role)


@cache
def _drawing(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_svg(name).replace(b"currentColor", colour.encode())))


@cache
def _svg(name: str) -> bytes:
    return resources.data("icons", f"{name}.svg")
