"""Ratings as a table: the official, the criterion, the interval as a drawing and as numbers."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QFont, QGuiApplication

from desktop.actions.ratings import Rating
from sync.language import mark, spoken, tr
from ui.models.row_table import Index, RowTable

LOWEST, HIGHEST = 1, 5  # the scale of the answers
CRITERION, CHART, MEAN, INTERVAL, ANSWERS, STATUS = range(6)
SpotRole = Qt.ItemDataRole.UserRole + 40  # a Spot or None, of the drawn column


@dataclass(frozen=True)
class Spot:
    """Where the dot and the ends of its whiskers stand; `firm`: fit for publication."""

    mean: float
    low: float
    high: float
    firm: bool


class RatingTable(RowTable[Rating]):
    """The ratings of one official, a row for each criterion."""

    heads = (
        mark("Criterion"),
        "",
        mark("Mean"),
        mark("95 % interval"),
        mark("Answers"),
        mark("Status"),
    )

    def text(self, row: Rating, column: int) -> str:
        """What stands in a cell."""
        drawn = spot(row)
        texts = {
            CRITERION: row.criterion.label or tr("All criteria together"),
            MEAN: number(drawn.mean) if drawn else "—",
            INTERVAL: f"{number(drawn.low)} – {number(drawn.high)}" if drawn else "—",
            ANSWERS: str(row.estimate.n),
            STATUS: status(row),
        }
        return texts.get(column, "")

    def spoken(self, row: Rating) -> str:
        """The row in one sentence."""
        return words(row)

    def aligned(self, column: int) -> Qt.AlignmentFlag:
        """Numbers stand below each other."""
        across = {MEAN: Qt.AlignmentFlag.AlignRight, ANSWERS: Qt.AlignmentFlag.AlignRight,
                  INTERVAL: Qt.AlignmentFlag.AlignHCenter}  # fmt: skip
        return across.get(column, Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        rating, column = self._rows[index.row()], index.column()
        if role == SpotRole:
            return spot(rating) if column == CHART else None
        if role == Qt.ItemDataRole.FontRole and rating.criterion.whole and column < STATUS:
            bold = QFont(QGuiApplication.font())
            bold.setWeight(QFont.Weight.DemiBold)
            return bold
        if role == Qt.ItemDataRole.ToolTipRole and column == STATUS:
            return reason(rating)
        return super().data(index, role)


def spot(rating: Rating) -> Spot | None:
    """What to draw and to write; None where numbers may not be shown.

    With few answers an estimated interval reaches beyond the scale, where no mark lies: what is
    shown ends with the scale. The estimate keeps its own ends.
    """
    found = rating.estimate
    if not rating.shown or found.mean is None or found.low is None or found.high is None:
        return None
    low, high = max(found.low, float(LOWEST)), min(found.high, float(HIGHEST))
    return Spot(found.mean, low, high, firm=found.published)


def status(rating: Rating) -> str:
    """Fit for publication or not."""
    return tr("May be published") if rating.estimate.published else tr("Not for publication")


def reason(rating: Rating) -> str:
    """Why it is not for publication, in a sentence; "" where it is."""
    return str(rating.estimate.why) if rating.estimate.why else ""


def words(rating: Rating) -> str:
    """The row in one sentence."""
    found = rating.estimate
    name = rating.criterion.label or tr("All criteria together")
    if (drawn := spot(rating)) is None:
        return tr("{name}: not shown. {why}", name=name, why=reason(rating))
    return tr(
        "{name}: {mean}, from {low} to {high}, {n} answers",
        name=name,
        mean=number(drawn.mean),
        low=number(drawn.low),
        high=number(drawn.high),
        n=found.n,
    )


def number(value: float | None) -> str:
    """Two digits after the decimal sign of the language."""
    if value is None:
        return "—"
    return QLocale(spoken()).toString(value, "f", 2)
