"""The map itself: districts, villages, numbers; moved and asked by mouse and by keys alike."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsScene,
    QGraphicsView,
    QStyleOptionGraphicsItem,
    QWidget,
)

from desktop.maps.mercator import Point, pixels, zoom_that_fits
from desktop.maps.spacing import Joined
from ui import theme
from ui.maps.drawing import Frame, paint_chosen, paint_district, paint_over, path_of
from ui.maps.layout import Content, Key, Layout, lay_out, place_of
from ui.maps.picking import beyond, box_of, key_at, nearest, number_at, places
from ui.maps.tile_cache import TileCache

UNIT = pixels(12)  # the scene: pixels of a zoom in the middle
LEAST, MOST = 4.0, 16.0  # zooms
STEP, NOTCH = 0.5, 120  # of the zoom, for each notch of a wheel
NEARER = 3.0  # at most at once
MOVE = 80  # px that an arrow key moves the map by
EDGE, ROOM = 40, 16  # px around what is looked for; around what is seen whole
CLICK = 4  # px that a hand trembles by
ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
INWARD = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)


class MapView(QGraphicsView):
    """Arrows choose the next place in that direction, with Shift they move the map; + and − zoom, 0 shows
    the whole, Enter opens what is chosen."""

    chosen = Signal(object)  # Key
    opened = Signal(object)  # Key
    left = Signal()  # Backspace

    def __init__(self) -> None:
        super().__init__()
        self.setScene(QGraphicsScene(self))
        self.content: Content | None = None
        self.zoom = LEAST
        self.key: Key | None = None
        self.tiles: TileCache | None = None
        self._layouts: dict[tuple[float, Key | None], Layout] = {}
        self._items: list[_District] = []
        self._fitted: str | None = (
            None  # the scope that was shown whole, until somebody moves the map
        )
        self._pressed: QPoint | None = None
        self._moved = False
        self.scene().setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self.setSceneRect(-UNIT, -UNIT, 3 * UNIT, 3 * UNIT)  # any place can be in the middle
        self.setFrameShape(QGraphicsView.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setMinimumSize(320, 240)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # what others may ask for

    def show_content(self, content: Content) -> None:
        """Paint this; the part that is seen stays, unless it is of another district."""
        other = self.content is None or self.content.scope != content.scope
        if self.content is None or self.content.plan is not content.plan:
            self.scene().clear()
            self._items = [
                _District(self, code, path_of(outline, UNIT))
                for code, outline in content.plan.outlines.items()
            ]
            for item in self._items:
                self.scene().addItem(item)
        self.content = content
        self.forget()
        if other:
            self.key = None
            self.fit()

    def show_tiles(self, tiles: TileCache | None) -> None:
        """What lies below; None is nothing."""
        if self.tiles is not None:
            self.tiles.deleteLater()
        self.tiles = tiles
        if tiles is not None:
            tiles.came.connect(self.viewport().update)
        self.viewport().update()

    def forget(self) -> None:
        """Lay all out anew: other numbers, another language, other type."""
        self._layouts.clear()
        self.viewport().update()

    def choose(self, key: Key | None) -> None:
        """Mark a place; the map follows where it is not seen."""
        self.key = key
        content = self.content
        at = None if key is None or content is None else place_of(content, key)
        whole = content is not None and self._fitted == content.scope  # then all is seen
        if at is not None and not whole:
            seen = self.mapFromScene(QPointF(at.x * UNIT, at.y * UNIT))
            room = self.viewport().rect().adjusted(EDGE, EDGE, -EDGE, -EDGE)
            if not room.contains(seen):
                self._look_at(at)
        self.viewport().update()

    def fit(self) -> None:
        """Show the whole region, or the whole district."""
        if self.content is None:
            return
        self._fitted = self.content.scope
        box = self.content.plan.box_of(self.content.scope)
        size = self.viewport().size()
        room = (max(size.width() - 2 * ROOM, 50), max(size.height() - 2 * ROOM, 50))
        self._set_zoom(zoom_that_fits(box, *room))
        self._look_at(box.middle)

    def zoom_by(self, steps: float, at: QPoint | None = None) -> None:
        """Nearer, or farther; what lies at a point of the screen stays there."""
        held = at or self.viewport().rect().center()
        before = self.mapToScene(held)
        self._fitted = None
        self._set_zoom(self.zoom + steps * STEP)
        moved = self.mapFromScene(before) - held
        self._move(moved.x(), moved.y())

    def layout_now(self) -> Layout | None:
        """What stands where, at this zoom."""
        if self.content is None:
            return None
        kept = (self.zoom, self.key)
        if kept not in self._layouts:
            if len(self._layouts) > 40:
                self._layouts.clear()
            like = next(
                (one for (zoom, _), one in self._layouts.items() if zoom == self.zoom), None
            )
            self._layouts[kept] = lay_out(self.content, self.zoom, self.key, like)
        return self._layouts[kept]

    def frame_now(self) -> Frame:
        """The part of the world that is seen."""
        corner = self.mapToScene(QPoint(0, 0)) * (pixels(self.zoom) / UNIT)
        size = self.viewport().size()
        return Frame(self.zoom, corner.x(), corner.y(), size.width(), size.height())

    def key_at(self, point: QPoint) -> Key | None:
        """The place at a point of the screen."""
        layout, frame = self.layout_now(), self.frame_now()
        if layout is None or self.content is None:
            return None
        return key_at(self.content, layout, point.x() + frame.left, point.y() + frame.top)

    # events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """All that a mouse can do."""
        key, shift = event.key(), event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if key in ARROWS:
            across, down = ARROWS[Qt.Key(key)]
            if shift:
                self._fitted = None
                self._move(across * MOVE, down * MOVE)
            else:
                self._step(across, down)
        elif key in INWARD:
            self.zoom_by(1)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.zoom_by(-1)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key in ENTER and self.key is not None:
            self.opened.emit(self.key)
        elif key == Qt.Key.Key_Backspace:
            self.left.emit()
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom, to where the mouse is."""
        self.zoom_by(event.angleDelta().y() / NOTCH, event.position().toPoint())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._moved = event.position().toPoint(), False
            self.setFocus(Qt.FocusReason.MouseFocusReason)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the map."""
        if self._pressed is None:
            return
        at = event.position().toPoint()
        if self._moved or (at - self._pressed).manhattanLength() > CLICK:
            self._moved, self._fitted = True, None
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self._move(self._pressed.x() - at.x(), self._pressed.y() - at.y())
            self._pressed = at

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens a place; numbers that stand for several are looked at from nearer."""
        pressed, self._pressed = self._pressed, None
        self.viewport().unsetCursor()
        if pressed is None or self._moved:
            return
        layout, frame = self.layout_now(), self.frame_now()
        if layout is None or self.content is None:
            return
        joined = number_at(layout, pressed.x() + frame.left, pressed.y() + frame.top)
        if joined is not None and len(joined.marks) > 1 and self.zoom < MOST:
            self._look_nearer(layout, joined)
        elif (key := self.key_at(pressed)) is not None:
            self.choose(key)
            self.chosen.emit(key)
            if key != (self.content.scope, None):  # a click beside the villages of a district
                self.opened.emit(key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Nothing more than two clicks."""
        self.mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What was seen whole is."""
        super().resizeEvent(event)
        if self.content is not None and self._fitted == self.content.scope:
            self.fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.FontChange):
            self.forget()
        super().changeEvent(event)

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:  # noqa: N802  # Qt's own name
        """The ground, and tiles on it."""
        painter.save()
        painter.resetTransform()
        painter.fillRect(self.viewport().rect(), QColor(theme.colour("ground")))
        if self.tiles is not None:
            frame = self.frame_now()
            for tile, image in self.tiles.over(frame.seen(), self.zoom):
                painter.drawImage(frame.part(tile.box), image)
        painter.restore()

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:  # noqa: N802  # Qt's own name
        """The chosen district's border, points, names and numbers."""
        layout = self.layout_now()
        if layout is None or self.content is None:
            return
        chosen = next((one for one in self._items if self.key == (one.code, None)), None)
        if chosen is not None:
            paint_chosen(painter, chosen.path, theme.colour)
        painter.save()
        painter.resetTransform()
        paint_over(painter, self.frame_now(), layout, self.content, theme.colour, self.key)
        if self.hasFocus():
            painter.setPen(QColor(theme.colour("focus")))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.viewport().rect().adjusted(0, 0, -1, -1))
        painter.restore()

    # inside

    def _set_zoom(self, zoom: float) -> None:
        self.zoom = max(LEAST, min(MOST, round(zoom, 3)))
        scale = pixels(self.zoom) / UNIT
        self.setTransform(QTransform.fromScale(scale, scale))

    def _look_at(self, point: Point) -> None:
        self.centerOn(point.x * UNIT, point.y * UNIT)

    def _move(self, across: int, down: int) -> None:
        for bar, by in ((self.horizontalScrollBar(), across), (self.verticalScrollBar(), down)):
            bar.setValue(bar.value() + by)

    def _step(self, across: int, down: int) -> None:
        """To the next place in this direction; the first time to the one in the middle."""
        layout, frame = self.layout_now(), self.frame_now()
        if layout is None or self.content is None:
            return
        there = dict(places(self.content, layout))
        if self.key in there:
            key = beyond(there, self.key, across, down)
        else:
            key = nearest(there, frame.left + frame.width / 2, frame.top + frame.height / 2)
        if key is not None:
            self.choose(key)
            self.chosen.emit(key)

    def _look_nearer(self, layout: Layout, joined: Joined) -> None:
        """So near that numbers part."""
        box, size = box_of(layout, joined.marks), self.viewport().size()
        room = zoom_that_fits(
            box, max(size.width() - 4 * EDGE, 50), max(size.height() - 4 * EDGE, 50)
        )
        self._fitted = None
        self._set_zoom(max(self.zoom + STEP, min(room, self.zoom + NEARER)))
        self._look_at(box.middle)
        self.viewport().update()


class _District(QGraphicsItem):
    """One of them; its colours are asked for when it is painted."""

    def __init__(self, view: MapView, code: str, path: QPainterPath) -> None:
        super().__init__()
        self.code, self.path = code, path
        self._view, self._box = view, path.boundingRect()

    def boundingRect(self) -> QRectF:  # noqa: N802  # Qt's own name
        return self._box

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        content = self._view.content
        if content is not None:
            tiles = self._view.tiles is not None
            paint_district(painter, self.path, content, self.code, theme.colour, tiles=tiles)
