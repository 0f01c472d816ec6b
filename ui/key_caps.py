"""A letter of the keyboard as it looks there: the icon of what is done by that key alone."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QIconEngine, QPainter, QPen

from ui import fonts, theme
from ui.icons import Painted

INSIDE, ROUND, LETTER = 0.9, 0.2, 0.66  # of the square, the cap; of the cap, its corner and letter


def key_cap(letter: str, role: str = "text") -> QIcon:
    """The key of this letter in the colour of a token, as ui.icons.icon has it."""
    return QIcon(_KeyCap(letter, role))


class _KeyCap(Painted):
    def __init__(self, letter: str, role: str) -> None:
        super().__init__()
        self._letter, self._role = letter, role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = round(min(rect.width(), rect.height()) * INSIDE)
        whole = QRect(QPoint(), QSize(side, side))
        whole.moveCenter(rect.center())
        edge = max(1.0, side / 16)
        cap = QRectF(whole).adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2)
        ink = QColor(theme.colour("faint" if mode == QIcon.Mode.Disabled else self._role))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink, edge))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cap, side * ROUND, side * ROUND)
        painter.setFont(fonts.text_font(round(side * LETTER), QFont.Weight.DemiBold))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._letter)
        painter.restore()

    def clone(self) -> QIconEngine:
        return _KeyCap(self._letter, self._role)
