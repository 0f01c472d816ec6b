"""The map as a picture for a file: in the colours of paper, with all that must be known of it. Any thread."""

import math
from dataclasses import dataclass, replace

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from desktop.actions.map_files import Sheet
from desktop.maps.mercator import pixels
from desktop.maps.tiles import TileFile, tiles_over
from ui import fonts
from ui.maps.drawing import Frame, paint_district, paint_over, path_of
from ui.maps.layout import Content, lay_out
from ui.maps.legend import entries, paint_legend
from ui.maps.look import on_paper
from ui.maps.tile_cache import MOST, as_image, deep_enough

WIDTH, FINE = 1100.0, 2  # px of a screen, and how many times finer a picture is
MARGIN, GAP = 28.0, 10.0  # px
TITLE, BODY = 22, 12  # px of type
WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
SHEET_MARGIN = 10.0  # mm of a page


@dataclass(frozen=True)
class View:
    """What is to be drawn: the same part of the map as on the screen, and the words around it."""

    content: Content
    frame: Frame
    title: str
    below: str
    credits: tuple[str, ...]
    tiles: TileFile | None = None


def draw(view: View, sheet: Sheet) -> bytes:
    """A PNG, or a PDF of one page (A4, across)."""
    view = replace(view, content=replace(view.content, counted=sheet.counted))
    return _pdf(view, sheet) if sheet.form == "pdf" else _png(view, sheet)


def _png(view: View, sheet: Sheet) -> bytes:
    blank = QImage(1, 1, QImage.Format.Format_RGB32)
    measuring = QPainter(blank)
    high = _paint(measuring, view, sheet)
    measuring.end()
    image = QImage(round(WIDTH * FINE), round(high * FINE), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.scale(FINE, FINE)
    _paint(painter, view, sheet)
    painter.end()
    out = QBuffer()
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(out, "PNG")  # type: ignore[call-overload]  # PySide wants bytes, and takes a name
    return bytes(out.data().data())


def _pdf(view: View, sheet: Sheet) -> bytes:
    out = QBuffer()
    out.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(out)
    writer.setTitle(view.title)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Landscape,
            QMarginsF(*[SHEET_MARGIN] * 4),
            QPageLayout.Unit.Millimeter,
        )
    )
    painter = QPainter(writer)
    page = painter.viewport()
    fit = page.width() / WIDTH
    high = page.height() / fit
    painter.scale(fit, fit)
    _paint(painter, view, sheet, most=high)
    painter.end()
    return bytes(out.data().data())


def _paint(painter: QPainter, view: View, sheet: Sheet, most: float = 0.0) -> float:
    """Title, map, signs, notes from above to below; how high it became. `most`: no higher than this,
    so that the map is made smaller."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = WIDTH - 2 * MARGIN
    y = _write(painter, MARGIN, view.title, fonts.text_font(TITLE, QFont.Weight.DemiBold), "text")
    y = _write(painter, y, view.below, fonts.text_font(BODY), "muted") + GAP
    shown, shades = entries(view.content, view.credits), len(view.content.shades)
    signs = paint_legend(None, shown, QRectF(MARGIN, 0, width, 0), on_paper, shades)
    notes = "\n".join((*sheet.notes, sheet.footer))
    foot = signs + GAP + _height(painter, notes) + MARGIN
    wanted = width * view.frame.height / view.frame.width
    high = min(wanted, most - y - foot - GAP) if most else wanted
    _map(painter, view, QRectF(MARGIN, y, width, high))
    y += high + GAP
    y += paint_legend(painter, shown, QRectF(MARGIN, y, width, 0), on_paper, shades) + GAP
    return _write(painter, y, notes, fonts.text_font(BODY), "muted") + MARGIN


def _map(painter: QPainter, view: View, place: QRectF) -> None:
    """The part that is seen on the screen, in the middle of the place."""
    content, seen = view.content, view.frame
    fit = min(place.width() / seen.width, place.height() / seen.height)  # nearer: more names fit
    frame = Frame(
        seen.zoom + math.log2(fit),
        seen.left * fit - (place.width() - seen.width * fit) / 2,
        seen.top * fit - (place.height() - seen.height * fit) / 2,
        place.width(),
        place.height(),
    )
    wide, high = frame.width, frame.height
    painter.save()
    painter.setClipRect(place)
    painter.translate(place.topLeft())
    painter.fillRect(QRectF(0, 0, wide, high), QColor(on_paper("ground")))
    if view.tiles is not None:
        _tiles(painter, view.tiles, frame)
    for code, outline in content.plan.outlines.items():
        path = path_of(outline, pixels(frame.zoom)).translated(-frame.left, -frame.top)
        paint_district(painter, path, content, code, on_paper, tiles=view.tiles is not None)
    paint_over(painter, frame, lay_out(content, frame.zoom), content, on_paper, None)
    painter.setPen(QColor(on_paper("line")))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(0, 0, wide - 1, high - 1))
    painter.restore()


def _tiles(painter: QPainter, file: TileFile, frame: Frame) -> None:
    box, deep = frame.seen(), deep_enough(file, frame.zoom)
    side = 1 / (1 << deep)
    if (box.width / side + 1) * (box.height / side + 1) > MOST:
        return
    for tile in tiles_over(box, deep):
        image = as_image(file.picture(tile))
        if not image.isNull():
            painter.drawImage(frame.part(tile.box), image)


def _write(painter: QPainter, y: float, words: str, font: QFont, role: str) -> float:
    """A paragraph; where the next one begins."""
    painter.setFont(font)
    painter.setPen(QColor(on_paper(role)))
    room = QRectF(MARGIN, y, WIDTH - 2 * MARGIN, 1000)
    used = painter.boundingRect(room, WRAPPED, words)
    painter.drawText(room, WRAPPED, words)
    return y + used.height()


def _height(painter: QPainter, words: str) -> float:
    painter.setFont(fonts.text_font(BODY))
    return painter.boundingRect(QRectF(0, 0, WIDTH - 2 * MARGIN, 1000), WRAPPED, words).height()
