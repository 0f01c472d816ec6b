"""How many were asked in each cell: places down, groups across, a bar under each number."""

from itertools import product

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from desktop.actions.waves import DistrictProgress, WaveProgress
from desktop.surveys.waves.cells import CellState, cell_words, place_words
from sync import quotas
from sync.language import tr
from sync.places import Pack
from ui import fonts, theme
from ui.widgets.labels import PlainLabel
from ui.widgets.tips import tip

MOST = 10  # groups across; more of them are a list
BAR, GAP, ROUND = 4, 3, 2  # px
WIDE = 150  # px of a bar in a row
LARGE = 120  # percent of the usual size of type, above which names stand above their cells


def asked_words(done: int, planned: int | None) -> str:
    """«2 of 4», or the number alone where nobody planned one."""
    return str(done) if planned is None else tr("{done} of {planned}", done=done, planned=planned)


class CellBox(QWidget):
    """One cell of the grid. A screen reader hears its place, its groups and its number."""

    def __init__(self, state: CellState, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = state
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        said = f"{words}: {asked_words(state.done, state.planned)}"
        self.setAccessibleName(said)
        self.setToolTip(tip(said))

    def sizeHint(self) -> QSize:
        """As high as its number with the bar below."""
        high = self._metrics().height() + GAP + BAR + theme.grown(6)
        return QSize(theme.grown(52), high)

    def minimumSizeHint(self) -> QSize:
        """So that «100/100» is not cut."""
        return QSize(self._metrics().horizontalAdvance("00/00"), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        state, painter = self.state, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = "success" if state.full else "text" if state.done else "muted"
        painter.setPen(QColor(theme.colour(tone)))
        painter.setFont(_font(bold=state.full))
        rect = self.rect().adjusted(0, 0, 0, -BAR - GAP)
        number = str(state.done) if state.planned is None else f"{state.done}/{state.planned}"
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, number)
        if state.planned:
            bar = QRectF(4, self.height() - BAR - 1, self.width() - 8, BAR)
            _fill(painter, bar, "neutral_soft")
            bar.setWidth(bar.width() * min(state.done / state.planned, 1))
            _fill(painter, bar, "success" if state.full else "accent")
        painter.end()

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(_font(bold=True))


class CellGrid(QWidget):
    """All cells of a district. Where there are too many groups across, they are rows."""

    def __init__(self, found: DistrictProgress, wave: WaveProgress, pack: Pack) -> None:
        super().__init__()
        self.boxes: list[CellBox] = []
        self._wave, self._pack = wave, pack
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(6)
        self._layout.setVerticalSpacing(6)
        across = list(product(*wave.design.groups.values()))
        if len(across) > MOST:
            for row, state in enumerate(found.cells):
                self._layout.addWidget(cell_row(state, wave, pack), row, 0)
            return
        states = {one.cell: one for one in found.cells}
        row = self._heads(across)
        beside = wave.design.by_okrug and theme.grown(100) <= LARGE
        for place in sorted(
            {one.place for one in states}, key=lambda code: place_words(code, pack)
        ):
            if beside:
                self._layout.addWidget(PlainLabel(place_words(place, pack), wrap=True), row, 0)
            elif wave.design.by_okrug:  # above its cells
                name = PlainLabel(place_words(place, pack), "muted", wrap=True)
                self._layout.addWidget(name, row, 1, 1, len(across))
                row += 1
            for column, groups in enumerate(across, 1):
                self._add(states[quotas.Cell(place, groups)], row, column)
            row += 1
        self._layout.setColumnStretch(0, 3 if beside else 0)
        for column in range(1, len(across) + 1):
            self._layout.setColumnStretch(column, 1)

    def _heads(self, across: list[tuple[str, ...]]) -> int:
        """A row of names for each question; how many rows there are."""
        paths = list(self._wave.design.groups)
        for row, path in enumerate(paths):
            column = 0
            while column < len(across):
                head = across[column][: row + 1]
                wide = sum(one[: row + 1] == head for one in across)
                words = self._wave.words.get(quotas.group_line(path, head[-1]), head[-1])
                label = PlainLabel(words, "hint", wrap=True)
                label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
                self._layout.addWidget(label, row, column + 1, 1, wide)
                column += wide
        return len(paths)

    def _add(self, state: CellState, row: int, column: int) -> None:
        words = cell_words(state.cell, self._wave.design, self._wave.words, self._pack)
        box = CellBox(state, words)
        self.boxes.append(box)
        self._layout.addWidget(box, row, column)


def cell_row(state: CellState, wave: WaveProgress, pack: Pack) -> QWidget:
    """One cell in words, with its bar and number."""
    words = cell_words(state.cell, wave.design, wave.words, pack, place=wave.design.by_okrug)
    return bar_row(words, state.done, state.planned)


def bar_row(words: str, done: int, planned: int | None) -> QWidget:
    """A name, a bar, «2 of 4»."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(12)
    number = PlainLabel(asked_words(done, planned), "muted")
    number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    number.setMinimumWidth(theme.grown(76))
    layout.addWidget(PlainLabel(words, wrap=True), 1)
    if planned:
        bar = QProgressBar(textVisible=False)
        bar.setMaximum(planned)
        bar.setValue(min(done, planned))
        bar.setFixedWidth(theme.grown(WIDE))
        bar.setAccessibleName(f"{words}: {asked_words(done, planned)}")
        layout.addWidget(bar)
    layout.addWidget(number)
    return row


def _font(*, bold: bool) -> QFont:
    weight = QFont.Weight.DemiBold if bold else QFont.Weight.Normal
    return fonts.text_font(theme.size("caption"), weight)


def _fill(painter: QPainter, rect: QRectF, role: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.colour(role)))
    painter.drawRoundedRect(rect, ROUND, ROUND)
