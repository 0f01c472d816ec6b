"""Black boxes are drawn on a photo: by the mouse, or by keys. Nothing is changed before it is saved."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.covering import Box, pixels
from sync.language import mark, tr, trn
from ui import theme
from ui.models.boxes import Boxes
from ui.widgets.labels import PlainLabel
from ui.widgets.restyle import set_look
from ui.widgets.word_button import WordButton

STEP, FINE = 0.02, 0.0025  # shares of a side, for one press of an arrow
SEEN_THROUGH = 150  # of 255: so dark is a box that is still being placed
SAVES = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
STANDARD = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Save)
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
KEYS = (*SAVES, *ARROWS, Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class Canvas(QWidget):
    """The photo with its boxes, as they will be burned in."""

    changed = Signal()
    saved = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.boxes, self.image = Boxes(), QImage()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 160)
        self._from: QPointF | None = None  # where the mouse went down, as shares
        self._to: QPointF | None = None

    def open(self, image: QImage) -> None:
        """A photo without boxes."""
        self.boxes, self.image = Boxes(), image
        self._from = self._to = None
        self._say()

    def place(self) -> QRectF:
        """Where the photo is drawn."""
        size = self.image.size().scaled(
            self.size() - QSize(8, 8), Qt.AspectRatioMode.KeepAspectRatio
        )
        found = QRectF(0, 0, size.width(), size.height())
        found.moveCenter(QRectF(self.rect()).center())
        return found

    def drawn(self, box: Box) -> QRectF:
        """Where a box will be black."""
        place, size = self.place(), (self.image.width(), self.image.height())
        left, top, right, bottom = pixels(box, size)
        across, down = place.width() / size[0], place.height() / size[1]
        return QRectF(
            place.left() + left * across,
            place.top() + top * down,
            (right - left) * across,
            (bottom - top) * down,
        )

    def undo(self) -> None:
        """Take back what was done last."""
        self._done(self.boxes.undo)

    def take_away(self) -> None:
        """The held box goes, else the last."""
        self._done(self.boxes.take_away)

    def event(self, event: QEvent) -> bool:
        """The page's own keys do not work below: those that mean something here are ours."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (event.key() in KEYS or any(map(event.matches, STANDARD)))
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See the words above the picture."""
        key, held = Qt.Key(event.key()), event.modifiers()
        if key in ARROWS:
            self._arrow(*ARROWS[key], held)
        elif event.matches(QKeySequence.StandardKey.Save) or (
            key in SAVES and held & Qt.KeyboardModifier.ControlModifier
        ):
            self.saved.emit()
        elif key in SAVES:
            self._done(self.boxes.put)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.take_away()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self._done(partial(self.boxes.next, 1 if key == Qt.Key.Key_PageDown else -1))
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = self._to = self._share(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is not None:
            self._to = self._share(event.position())
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        start, stop = self._from, self._share(event.position())
        self._from = self._to = None
        if start is None:
            return
        if not self.boxes.draw(start.x(), start.y(), stop.x(), stop.y()):
            self.boxes.pick(stop.x(), stop.y())
        self._say()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self.place(), self.image)
        for box in self.boxes.standing:
            painter.fillRect(self.drawn(box), QColor("black"))
        if self.boxes.held is not None:
            self._paint_held(painter, self.drawn(self.boxes.held))
        if self._from is not None and self._to is not None:
            self._paint_held(painter, self._between(self._from, self._to))
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.colour("focus")), 2))
            painter.drawRect(self.place().adjusted(-2, -2, 2, 2))
        painter.end()

    def _paint_held(self, painter: QPainter, place: QRectF) -> None:
        painter.fillRect(place, QColor(0, 0, 0, SEEN_THROUGH))
        for colour, width in (("#FFFFFF", 4.0), (theme.colour("focus"), 2.0)):  # seen on any photo
            painter.setPen(QPen(QColor(colour), width))
            painter.drawRect(place)

    def _arrow(self, across: int, down: int, held: Qt.KeyboardModifier) -> None:
        step = FINE if held & Qt.KeyboardModifier.ControlModifier else STEP
        grows = bool(held & Qt.KeyboardModifier.ShiftModifier)
        act = self.boxes.grow if grows else self.boxes.move
        self._done(partial(act, across * step, down * step))

    def _share(self, point: QPointF) -> QPointF:
        place = self.place()
        return QPointF(
            (point.x() - place.left()) / max(1.0, place.width()),
            (point.y() - place.top()) / max(1.0, place.height()),
        )

    def _between(self, one: QPointF, other: QPointF) -> QRectF:
        place = self.place()
        corners = (
            QPointF(place.left() + p.x() * place.width(), place.top() + p.y() * place.height())
            for p in (one, other)
        )
        return QRectF(next(corners), next(corners)).normalized().intersected(place)

    def _done(self, act: Callable[[], object]) -> None:
        act()
        self._say()

    def _say(self) -> None:
        self.update()
        self.changed.emit()


class PhotoCover(QWidget):
    """Over the whole page: the photo, what the keys do, and the buttons."""

    saved = Signal(object)  # the boxes
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._warned = False  # Esc was pressed once, with boxes that are not saved
        self._title, self._keys = PlainLabel("", "heading"), PlainLabel("", "hint", wrap=True)
        self.state = PlainLabel(wrap=True)
        self.canvas = Canvas()
        self.save_button = WordButton(
            mark("Burn the boxes in"), "primary", "save", keys="Ctrl+Enter"
        )
        self.undo_button = WordButton(mark("Undo"), icon="undo", keys="Ctrl+Z")
        self.back_button = WordButton(mark("Leave it as it was"), keys="Esc")
        self.save_button.clicked.connect(self._save)
        self.undo_button.clicked.connect(self.canvas.undo)
        self.back_button.clicked.connect(self._close)
        self.canvas.saved.connect(self._save)
        self.canvas.left.connect(self._leave)
        self.canvas.changed.connect(self._changed)
        self._lay_out()
        parent.installEventFilter(self)
        self._retranslate()
        self.hide()

    def open(self, image: QImage) -> None:
        """Begin with a photo, which is shown as it is kept."""
        self.canvas.open(image)
        self.setGeometry(self._page().rect())
        self.show()
        self.raise_()
        self.canvas.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As large as the page, also when that changes."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._page().rect())
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc on a button is the same as on the picture; nothing reaches the page below."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round here: what lies below is not seen."""
        stops = [
            one
            for one in (self.canvas, self.undo_button, self.back_button, self.save_button)
            if one.isEnabled()
        ]
        at = next((place for place, one in enumerate(stops) if one.hasFocus()), 0)
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def _page(self) -> QWidget:
        parent = self.parentWidget()
        assert parent is not None
        return parent

    def _save(self) -> None:
        if boxes := self.canvas.boxes.every():
            self.hide()
            self.saved.emit(boxes)

    def _leave(self) -> None:
        """With boxes the second Esc leaves: one slip costs nothing."""
        if self.canvas.boxes.every() and not self._warned:
            self._warned = True
            self._say(tr("The boxes are not saved. Esc once more leaves the photo as it was."))
        else:
            self._close()

    def _close(self) -> None:
        self.hide()
        self.canvas.open(QImage())
        self.closed.emit()

    def _changed(self) -> None:
        self._warned = False
        number = len(self.canvas.boxes.every())
        self.save_button.setEnabled(number > 0)
        self.undo_button.setEnabled(self.canvas.boxes.may_undo())
        self._say(
            trn("{n} box. It is not saved yet.", "{n} boxes. They are not saved yet.", number)
            if number
            else tr("No box yet. The photo is unchanged.")
        )

    def _say(self, words: str) -> None:
        self.state.setText(words)
        set_look(self.state, "role", "error" if self._warned else "")
        held = self.canvas.boxes.held
        where = _where(held) if held is not None else ""
        self.canvas.setAccessibleDescription(f"{words} {where}".strip())

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.state, 1)
        for button in (self.undo_button, self.back_button, self.save_button):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(self._title)
        layout.addWidget(self._keys)
        layout.addWidget(self.canvas, 1)
        layout.addLayout(row)

    def _retranslate(self) -> None:
        self._title.setText(tr("Black boxes"))
        self._keys.setText(
            tr(
                "Draw a box with the mouse over each face, number plate or paper. By keys: Enter "
                "begins a box and sets it, arrows move it, Shift and arrows size it, Ctrl makes "
                "the steps small, Page Down takes up another one, Delete takes it away."
            )
        )
        self.canvas.setAccessibleName(tr("Photo with black boxes"))
        self._changed()


def _where(box: Box) -> str:
    """A box for who does not see it."""
    return tr(
        "{left} % from the left, {top} % from the top, {wide} % wide, {high} % high",
        left=round(100 * box.left),
        top=round(100 * box.top),
        wide=round(100 * box.wide),
        high=round(100 * box.high),
    )
