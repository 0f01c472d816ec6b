"""A line of input whose words end in … where there is no room and nobody is typing."""

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame, QToolButton

from ui.widgets.tips import tip

AIR = 2  # px: QLineEdit's own, on both sides of its words
PICTURE = 4  # px: the same, between a picture and the words


class CutLine(QLineEdit):
    """Qt cuts them in the midst of a letter, as if that were all. The whole is in the tooltip."""

    def seen(self) -> str:
        """What is to be read of the words now."""
        if self.hasFocus():
            return self.text()
        room, end = self._room().width(), Qt.TextElideMode.ElideRight
        return self.fontMetrics().elidedText(self.text(), end, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        seen = self.seen()
        if self.hasFocus() or self._has_air():
            super().paintEvent(event)
            return
        painter, option = QPainter(self), QStyleOptionFrame()
        self.initStyleOption(option)
        panel = QStyle.PrimitiveElement.PE_PanelLineEdit
        self.style().drawPrimitive(panel, option, painter, self)
        painter.setPen(self.palette().text().color())
        how = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self._room(), how, seen)
        painter.end()

    def event(self, event: QEvent) -> bool:
        """The tooltip of the field stays; while the words are cut, they stand in its place."""
        if not isinstance(event, QHelpEvent) or self.seen() == self.text():
            return super().event(event)
        before = self.toolTip()
        self.setToolTip(tip(self.text()))
        done = super().event(event)
        self.setProperty("toolTip", before)  # it came through the one door already
        return done

    def _has_air(self) -> bool:
        """Whether Qt would not cut them either: it keeps more room for its pictures than they take."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        return words + self._room().height() <= self._room().width()

    def _room(self) -> QRect:
        """Between the edges, or the pictures that stand there."""
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inside = QStyle.SubElement.SE_LineEditContents
        room = self.style().subElementRect(inside, option, self)
        room = room.marginsRemoved(self.textMargins()).adjusted(AIR, 0, -AIR, 0)
        for picture in self.findChildren(QToolButton):
            if picture.isVisibleTo(self) and picture.x() > room.center().x():
                room.setRight(min(room.right(), picture.x() - AIR))
            elif picture.isVisibleTo(self):
                room.setLeft(room.left() + picture.width() + PICTURE)
        return room
