"""How the map is painted: the same on the screen and in a file."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPainterPath, QPen

from desktop.maps.mercator import Box, pixels
from desktop.maps.outlines import Outline
from desktop.maps.spacing import Joined, Rect
from ui.maps.layout import RADII, Content, Key, Label, Layout
from ui.maps.look import Ink, ground_of_words, name_font, number_font, role_of, shade_colour

SEE_THROUGH = 110  # of 255: a shade over tiles
RING = 9.0  # px of the ring around a chosen point


@dataclass(frozen=True)
class Frame:
    """Which part of the world is seen: the zoom, its north-west corner in pixels, and the size."""

    zoom: float
    left: float
    top: float
    width: float
    height: float

    def rect(self, rect: Rect) -> QRectF:
        """Of something in the world, as it is seen."""
        return QRectF(rect.x - self.left, rect.y - self.top, rect.width, rect.height)

    def part(self, box: Box) -> QRectF:
        """The same of a part of the plane."""
        wide = pixels(self.zoom)
        return QRectF(
            box.left * wide - self.left,
            box.top * wide - self.top,
            box.width * wide,
            box.height * wide,
        )

    def seen(self) -> Box:
        """The part of the plane that it is."""
        wide = pixels(self.zoom)
        left, top = self.left / wide, self.top / wide
        return Box(left, top, left + self.width / wide, top + self.height / wide)

    def sees(self, rect: QRectF) -> bool:
        """Whether anything of it is to be painted."""
        return rect.intersects(QRectF(0, 0, self.width, self.height))


def path_of(outline: Outline, unit: float) -> QPainterPath:
    """The rings of a district; a hole is one where they overlap. `unit`: how wide the plane is."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for ring in outline.rings:
        path.moveTo(ring[0].x * unit, ring[0].y * unit)
        for point in ring[1:]:
            path.lineTo(point.x * unit, point.y * unit)
        path.closeSubpath()
    return path


def paint_district(
    painter: QPainter, path: QPainterPath, content: Content, code: str, ink: Ink, *, tiles: bool
) -> None:
    """Its ground and its border; what is not told is hatched."""
    painter.setPen(_cosmetic(QColor(ink("edge")), 1.2))
    painter.setBrush(_ground(content, code, ink, tiles=tiles))
    painter.drawPath(path)


def paint_chosen(painter: QPainter, path: QPainterPath, ink: Ink) -> None:
    """The border of the district that is chosen, above all others."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_cosmetic(QColor(ink("focus")), 3))
    painter.drawPath(path)


def paint_over(
    painter: QPainter, frame: Frame, layout: Layout, content: Content, ink: Ink, chosen: Key | None
) -> None:
    """Points, names and numbers, in the pixels of the frame."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _points(painter, frame, layout, ink)
    for label in layout.labels.values():
        place = frame.rect(label.rect)
        if frame.sees(place):
            _label(painter, place, label, ink)
    wish = content.counted.wish
    for number in layout.numbers:
        place = frame.rect(number.rect)
        if frame.sees(place):
            words = content.words(number.marks, by_district=layout.by_district)
            several = len(number.marks) > 1
            _number(painter, place, words, role_of(*wish.what), ink, several=several)
    if chosen is not None:
        _ring(painter, frame, layout, chosen, ink)


def number_of(layout: Layout, key: Key) -> Joined | None:
    """The mark that a place is counted in."""
    wanted = key[0] if layout.by_district else key[1]
    for joined in layout.numbers:
        if any(mark.key == wanted for mark in joined.marks):
            return joined
    return None


def _ground(content: Content, code: str, ink: Ink, *, tiles: bool) -> QBrush:
    seen = content.counted.villages or content.counted.districts
    if content.scope and code != content.scope:
        return QBrush(Qt.BrushStyle.NoBrush) if tiles else QBrush(QColor(ink("ground")))
    if content.scope or not content.counted.wish.measure:  # one district has nothing beside it
        return QBrush(Qt.BrushStyle.NoBrush) if tiles else QBrush(QColor(ink("surface")))
    shade = content.shade(code)
    if shade is None:
        return QBrush(QColor(ink("line" if seen else "ground")), Qt.BrushStyle.BDiagPattern)
    colour = shade_colour(ink, shade, len(content.shades))
    if tiles:
        colour.setAlpha(SEE_THROUGH)
    return QBrush(colour)


def _points(painter: QPainter, frame: Frame, layout: Layout, ink: Ink) -> None:
    painter.setPen(QPen(QColor(ink("muted")), 1.3))
    painter.setBrush(QColor(ink("surface")))
    for spot, x, y in layout.spots:
        at = QPointF(x - frame.left, y - frame.top)
        if -RING < at.x() < frame.width + RING and -RING < at.y() < frame.height + RING:
            painter.drawEllipse(at, RADII[spot.rank], RADII[spot.rank])


def _label(painter: QPainter, place: QRectF, label: Label, ink: Ink) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground_of_words(ink))
    painter.drawRoundedRect(place, 4, 4)
    painter.setPen(QColor(ink("text")))
    each = place.height() / len(label.lines)
    for at, words in enumerate(label.lines):
        line = QRectF(place.left(), place.top() + at * each, place.width(), each)
        _write(painter, line, words, name_font(strong=label.strong and at == 0))


def _number(
    painter: QPainter, place: QRectF, words: str, role: str, ink: Ink, *, several: bool
) -> None:
    """With a second line around it where it stands for several places."""
    corner = 5.0 if role == "warning" else place.height() / 2  # told by form, too
    painter.setBrush(QColor(ink(role)))
    painter.setPen(QPen(QColor(ink("surface")), 1.5))
    painter.drawRoundedRect(place, corner, corner)
    if several:
        inner = place.adjusted(3, 3, -3, -3)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(inner, corner - 2, corner - 2)
    painter.setPen(QColor(ink("on_accent" if role == "accent" else "surface")))
    _write(painter, place, words, number_font())


def _write(painter: QPainter, place: QRectF, words: str, font: QFont) -> None:
    painter.setFont(font)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, words)


def _ring(painter: QPainter, frame: Frame, layout: Layout, chosen: Key, ink: Ink) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(ink("focus")), 3))
    if joined := number_of(layout, chosen):
        place = frame.rect(joined.rect).adjusted(-4, -4, 4, 4)
        painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
        return
    for spot, x, y in layout.spots:
        if spot.code == chosen[1]:
            painter.drawEllipse(QPointF(x - frame.left, y - frame.top), RING, RING)


def _cosmetic(colour: QColor, width: float) -> QPen:
    """As wide at each zoom."""
    pen = QPen(colour, width)
    pen.setCosmetic(True)
    return pen
