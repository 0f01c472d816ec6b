"""Ratings as a table: with the interval as a drawing, or with all numbers. Both say the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import QLocale, QModelIndex, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication

from desktop.actions.rating_columns import DIGITS, Part, Spot, head, model, own, parts, value
from desktop.actions.rating_views import By, Line, View
from sync.language import mark, spoken, tr
from ui import theme
from ui.models.row_table import Index, RowTable

CHART, INTERVAL, MOVE = "chart", "interval", "move"  # columns that only the drawn face has
DrawnRole = Qt.ItemDataRole.UserRole + 40  # a Drawn or None, of the drawn column
HEADS = {CHART: "", INTERVAL: mark("95 % interval"), MOVE: mark("Changed?")}
LEFT = (Part.NAME, Part.VERDICT, Part.STATUS, Part.WHY, CHART)


@dataclass(frozen=True)
class Drawn:
    """What is drawn of a line. `firm`: fit for publication; `next`: the mean of the line below it,
    where lines are the same figure in time."""

    own: Spot | None
    firm: bool
    model: Spot | None
    before: Spot | None
    above: float | None = None
    below: float | None = None


class RatingTable(RowTable[Line]):
    """A list of ratings; `drawn` chooses its face."""

    heads: ClassVar[Sequence[str]] = ()

    def __init__(self) -> None:
        super().__init__()
        self._view = View(By.OFFICIALS, "")
        self.columns: list[str] = [Part.NAME]

    def show_lines(self, view: View, lines: list[Line], *, drawn: bool) -> None:
        """Replace them."""
        self._view = view
        self.columns = _drawn_columns(lines) if drawn else list(parts(lines))
        self.show_rows(lines)

    def line(self, row: int) -> Line | None:
        """The line that stands there."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            column = self.columns[section]
            return tr(HEADS[column] if column in HEADS else head(Part(column), self._view))
        return super().headerData(section, orientation, role)

    def text(self, row: Line, column: int) -> str:
        """What stands in a cell."""
        return cell_words(row, self.columns[column])

    def spoken(self, row: Line) -> str:
        """The row in one sentence."""
        return words(row)

    def aligned(self, column: int) -> Qt.AlignmentFlag:
        """Numbers stand below each other."""
        across = (
            Qt.AlignmentFlag.AlignLeft
            if self.columns[column] in LEFT
            else Qt.AlignmentFlag.AlignRight
        )
        return across | Qt.AlignmentFlag.AlignVCenter

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = self._rows[index.row()], self.columns[index.column()]
        if role == DrawnRole:
            return self._drawn(index.row()) if column == CHART else None
        if role == Qt.ItemDataRole.FontRole and line.rating.criterion.whole and self._is_mixed():
            bold = QFont(QGuiApplication.font())
            bold.setWeight(QFont.Weight.DemiBold)
            return bold
        if role == Qt.ItemDataRole.BackgroundRole and line.rank and line.rank.group % 2:
            return QColor(theme.colour("ground"))
        if role == Qt.ItemDataRole.ToolTipRole and not line.rating.estimate.published:
            return str(line.rating.estimate.why or "")
        return super().data(index, role)

    def _is_mixed(self) -> bool:
        """Whether the mean of all marks stands among its parts."""
        return self._view.by is By.CRITERIA

    def _drawn(self, row: int) -> Drawn:
        line = self._rows[row]
        rating = line.rating
        drawn = Drawn(
            own=own(rating, outside=False),
            firm=rating.estimate.published,
            model=model(rating, outside=False),
            before=own(line.before, outside=False) if line.before else None,
        )
        if self._view.by is not By.WAVES:
            return drawn
        near = (self._mean(row - 1), self._mean(row + 1))
        return Drawn(drawn.own, drawn.firm, drawn.model, None, *near)

    def _mean(self, row: int) -> float | None:
        line = self.line(row)
        spot = own(line.rating, outside=False) if line else None
        return spot.mean if spot else None


def _drawn_columns(lines: Sequence[Line]) -> list[str]:
    """Few columns: what the drawing does not tell."""
    found = set(parts(lines))
    last = [MOVE] if Part.CHANGE in found else [Part.STATUS]
    rank = [Part.GROUP] if Part.GROUP in found else []
    return [Part.NAME, CHART, Part.MEAN, INTERVAL, Part.ANSWERS, *rank, *last]


def cell_words(line: Line, column: str) -> str:
    """A cell as it is shown to those who rate."""
    if column == CHART:
        return ""
    if column == INTERVAL:
        spot = own(line.rating, outside=False)
        return f"{number(spot.low)} – {number(spot.high)}" if spot else "—"
    if column == MOVE:
        return _moved(line)
    part = Part(column)
    found = value(line, part, outside=False)
    if found is None:
        return "—"
    if isinstance(found, str):
        return found
    return number(found, DIGITS.get(part, 0), signed=part is Part.CHANGE)


def words(line: Line) -> str:
    """The line in one sentence."""
    rating = line.rating
    spot = own(rating, outside=False)
    if spot is None:
        return tr("{name}: not shown. {why}", name=line.name, why=str(rating.estimate.why or ""))
    said = [
        tr(
            "{name}: {mean}, from {low} to {high}, {n} answers",
            name=line.name,
            mean=number(spot.mean),
            low=number(spot.low),
            high=number(spot.high),
            n=rating.estimate.n,
        )
    ]
    if line.rank:
        places = str(value(line, Part.PLACES, outside=False))
        said.append(tr("group {n}, places {places}", n=line.rank.group, places=places))
    if shrunk := model(rating, outside=False):
        said.append(tr("the model’s mean is {mean}", mean=number(shrunk.mean)))
    if line.before:
        said.append(tr("change: {change}", change=_moved(line)))
    said.append(str(value(line, Part.STATUS, outside=False)))
    return "; ".join(said)


def number(value: float | None, digits: int = 2, *, signed: bool = False) -> str:
    """With the decimal sign of the language."""
    if value is None:
        return "—"
    text = QLocale(spoken()).toString(float(value), "f", digits)
    return f"+{text}" if signed and value > 0 else text


def _moved(line: Line) -> str:
    change = line.change
    if change is None:
        return tr("Not comparable") if line.before else "—"
    if change.low <= 0 <= change.high:
        return tr("Cannot be told apart")
    return f"{number(change.value, signed=True)} ({number(change.low)} … {number(change.high)})"
