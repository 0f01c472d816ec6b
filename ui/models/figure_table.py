"""A report as a table: one figure drawn as bars beside another period, or all figures in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QFont, QGuiApplication

from desktop.actions.figure_words import change_words, spoken_line, value_words
from desktop.actions.figures import Answer, Line
from desktop.figures.declared import Figure, Shape
from desktop.figures.sums import Value, Values
from sync.language import mark, tr
from ui.models.row_table import Index, RowTable

NAME, BAR, NOW, BESIDE, CHANGE = "name", "bar", "now", "beside", "change"
DRAWN = (NAME, BAR, NOW, BESIDE, CHANGE)  # columns of the face with bars
HEADS = {BAR: "", BESIDE: mark("Before"), CHANGE: mark("Difference")}
DrawnRole = Qt.ItemDataRole.UserRole + 41  # a Drawn or None, of the drawn column


@dataclass(frozen=True)
class Drawn:
    """How long a bar is, and how long it was in the other period: parts of the longest one."""

    now: float | None
    beside: float | None


class FigureTable(RowTable[Line]):
    """The lines of a report, and last all of them together."""

    heads: ClassVar[Sequence[str]] = ()

    def __init__(self) -> None:
        super().__init__()
        self.columns: list[str] = [NAME]
        self._answer: Answer | None = None
        self._figure: Figure | None = None
        self._earlier = False
        self._longest = 0.0

    def show_answer(self, answer: Answer, figure: str, *, earlier: bool, drawn: bool) -> None:
        """Replace them. `figure` is drawn; `earlier`: beside the year before, not the period before."""
        self._answer, self._earlier = answer, earlier
        self._figure = answer.report.figure(figure)
        compared = [NAME, BAR, NOW] if not self._figure.compared else list(DRAWN)
        self.columns = compared if drawn else [NAME, *(one.name for one in answer.report.figures)]
        sizes = [_size(value) for line in answer.lines for value in self._both(line)]
        most = 100.0 if self._figure.shape is Shape.SHARE else 0.0
        self._longest = max([most, *(one for one in sizes if one is not None)])
        self.show_rows([*answer.lines, answer.whole])

    def line(self, row: int) -> Line | None:
        """The line that stands there; None for the last one, which is all of them."""
        return self._rows[row] if 0 <= row < len(self._rows) - 1 else None

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._head(self.columns[section])
        return super().headerData(section, orientation, role)

    def text(self, row: Line, column: int) -> str:
        """What stands in a cell."""
        name = self.columns[column]
        if name == NAME:
            return row.name
        if name == BAR or self._answer is None or self._figure is None:
            return ""
        if name == NOW:
            return value_words(self._figure, row.now[self._figure.name])
        beside = self._beside(row)[self._figure.name]
        if name == BESIDE:
            return value_words(self._figure, beside)
        if name == CHANGE:
            return change_words(self._figure, row.now[self._figure.name], beside)
        return value_words(self._answer.report.figure(name), row.now[name])

    def spoken(self, row: Line) -> str:
        """The row in one sentence."""
        return spoken_line(self._answer, row) if self._answer else ""

    def aligned(self, column: int) -> Qt.AlignmentFlag:
        """Numbers stand below each other."""
        left = self.columns[column] in (NAME, BAR)
        side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        last = index.row() == len(self._rows) - 1
        if role == DrawnRole:
            drawn = self.columns[index.column()] == BAR and not last
            return self._drawn(self._rows[index.row()]) if drawn else None
        if role == Qt.ItemDataRole.FontRole and last:
            bold = QFont(QGuiApplication.font())
            bold.setWeight(QFont.Weight.DemiBold)
            return bold
        return super().data(index, role)

    def _head(self, column: str) -> str:
        if self._answer is None or self._figure is None:
            return ""
        if column == NAME:
            return tr(self._answer.grouping.label)
        if column == NOW:
            return tr(self._figure.label)
        if column == BESIDE and self._earlier:
            return tr("A year earlier")
        return (
            tr(HEADS[column]) if column in HEADS else tr(self._answer.report.figure(column).label)
        )

    def _drawn(self, line: Line) -> Drawn:
        now, beside = (_size(value) for value in self._both(line))
        if not self._longest:
            return Drawn(None, None)
        return Drawn(*(None if one is None else one / self._longest for one in (now, beside)))

    def _both(self, line: Line) -> tuple[Value, Value]:
        assert self._figure is not None
        name = self._figure.name
        return line.now[name], self._beside(line)[name] if self._figure.compared else None

    def _beside(self, line: Line) -> Values:
        return line.earlier if self._earlier else line.before


def _size(value: Value) -> float | None:
    return float(value) if isinstance(value, int | float) else None
