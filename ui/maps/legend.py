"""What the signs of the map mean: in words beside each, on the screen and in a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.actions.figure_words import value_words
from desktop.maps.layers import measure_of
from sync.language import tr
from ui import theme
from ui.maps.layout import Content
from ui.maps.look import Ink, name_font, role_of, shade_colour
from ui.models.map_places import measure_words, what_words

HIGH, BETWEEN, BESIDE, SIGN = 24.0, 16.0, 6.0, 18.0  # px


@dataclass(frozen=True)
class Entry:
    """A sign and its words. `sign`: a tone of numbers, "point", "hatched", "" for words alone; else
    a shade. A tone with "ring" is a number of several places."""

    words: str
    sign: str = ""
    shade: int = -1


def entries(content: Content, credits: Sequence[str]) -> list[Entry]:
    """Of what is shown now, and whose work it is."""
    wish = content.counted.wish
    layer, sort = wish.what
    found = [Entry(what_words(wish), role_of(layer, sort))]
    if sort.days:
        found.append(Entry(tr("d: days since the last visit, !: never visited")))
    found.append(Entry(tr("several places"), f"{role_of(layer, sort)} ring"))
    found.append(Entry(tr("village"), "point"))
    found += _shades(content)
    return [*found, *(Entry(one) for one in credits)]


def _shades(content: Content) -> Iterator[Entry]:
    measure = measure_of(content.counted.wish.measure)
    if measure is None:
        return
    words = measure_words(content.counted.wish)
    if content.scope:
        yield Entry(f"{words}: {content.value(content.scope) or '—'}")
        return
    one = measure.report.figure(measure.figure)
    yield Entry(f"{words}:")
    for number, shade in enumerate(content.shades):
        first, last = value_words(one, shade.first), value_words(one, shade.last)
        yield Entry(first if first == last else f"{first} – {last}", shade=number)
    if any(code not in content.counted.measured for code in content.plan.outlines):
        yield Entry(tr("not told"), "hatched")


def in_words(shown: Sequence[Entry]) -> str:
    """For who does not see it."""
    return ", ".join(entry.words for entry in shown)


def paint_legend(
    painter: QPainter | None, shown: Sequence[Entry], place: QRectF, ink: Ink, shades: int
) -> float:
    """In lines as wide as the place; how high they are. Without a painter they are only measured."""
    font = name_font(strong=False)
    metrics = QFontMetricsF(font)
    high = max(HIGH, metrics.height() + 6)
    x, y = place.left(), place.top()
    for entry in shown:
        sign = SIGN + BESIDE if entry.sign or entry.shade >= 0 else 0
        wide = sign + metrics.horizontalAdvance(entry.words)
        if x > place.left() and x + wide > place.right():
            x, y = place.left(), y + high
        if painter is not None:
            _sign(painter, entry, QRectF(x, y + (high - SIGN) / 2, SIGN, SIGN), ink, shades)
            painter.setFont(font)
            painter.setPen(QColor(ink("text")))
            words = QRectF(x + sign, y, wide - sign + 2, high)
            painter.drawText(
                words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, entry.words
            )
        x += wide + BETWEEN
    return y + high - place.top()


def _sign(painter: QPainter, entry: Entry, place: QRectF, ink: Ink, shades: int) -> None:
    painter.setPen(QPen(QColor(ink("edge")), 1))
    if entry.shade >= 0:
        painter.setBrush(shade_colour(ink, entry.shade, shades))
        painter.drawRect(place)
    elif entry.sign == "hatched":
        painter.setBrush(QBrush(QColor(ink("line")), Qt.BrushStyle.BDiagPattern))
        painter.drawRect(place)
    elif entry.sign == "point":
        painter.setPen(QPen(QColor(ink("muted")), 1.3))
        painter.setBrush(QColor(ink("surface")))
        painter.drawEllipse(place.center(), 3.5, 3.5)
    elif entry.sign:
        tone, _, ring = entry.sign.partition(" ")
        corner = 4.0 if tone == "warning" else SIGN / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ink(tone)))
        painter.drawRoundedRect(place, corner, corner)
        if ring:
            painter.setPen(QPen(QColor(ink("surface")), 1.5))
            painter.drawRoundedRect(place.adjusted(3, 3, -3, -3), corner - 2, corner - 2)


class Legend(QWidget):
    """Below the map; as high as its words need."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: Sequence[Entry] = ()
        self._shades = 0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_content(self, content: Content, credits: Sequence[str]) -> None:
        """The signs of this, and whose work it is."""
        self.shown, self._shades = entries(content, credits), len(content.shades)
        self.setAccessibleName(in_words(self.shown))
        self._fit()

    def heightForWidth(self, width: int) -> int:  # noqa: N802  # Qt's own name
        """Pixels for this width."""
        return round(paint_legend(None, self.shown, QRectF(0, 0, width, 0), theme.colour, 0)) + 1

    def sizeHint(self) -> QSize:
        return QSize(200, self.heightForWidth(max(self.width(), 200)))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, round(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_legend(painter, self.shown, QRectF(self.rect()), theme.colour, self._shades)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        self.updateGeometry()
        self.update()
