"""Ratings as a table: the official, the criterion, the interval as a drawing and as numbers."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont, QGuiApplication

from desktop.actions.ratings import Rating
from sync.language import mark, spoken, tr

Index = QModelIndex | QPersistentModelIndex
LOWEST, HIGHEST = 1, 5  # the scale of the answers
CRITERION, CHART, MEAN, INTERVAL, ANSWERS, STATUS = range(6)
SpotRole = Qt.ItemDataRole.UserRole + 40  # a Spot or None, of the drawn column
HEADS = (
    mark("Criterion"),
    "",
    mark("Mean"),
    mark("95 % interval"),
    mark("Answers"),
    mark("Status"),
)


@dataclass(frozen=True)
class Spot:
    """Where the dot and the ends of its whiskers stand; `firm`: fit for publication."""

    mean: float
    low: float
    high: float
    firm: bool


class RatingTable(QAbstractTableModel):
    """The ratings of one official, a row for each criterion."""

    StatusRole = Qt.ItemDataRole.UserRole + 42  # (words, tone, icon)

    def __init__(self) -> None:
        super().__init__()
        self._ratings: list[Rating] = []

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(self._ratings)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's signature
        return 0 if parent.isValid() else len(HEADS)

    def show_ratings(self, ratings: list[Rating]) -> None:
        """Replace them."""
        self.beginResetModel()
        self._ratings = ratings
        self.endResetModel()

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(HEADS[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        rating, column = self._ratings[index.row()], index.column()
        answers: dict[int, Any] = {
            Qt.ItemDataRole.AccessibleTextRole: words(rating),
            Qt.ItemDataRole.TextAlignmentRole: _aligned(column),
            SpotRole: spot(rating) if column == CHART else None,
            self.StatusRole: status(rating) if column == STATUS else None,
        }
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(rating, column)
        if role == Qt.ItemDataRole.FontRole and rating.criterion.whole and column < STATUS:
            bold = QFont(QGuiApplication.font())
            bold.setWeight(QFont.Weight.DemiBold)
            return bold
        if role == Qt.ItemDataRole.ToolTipRole and column == STATUS:
            return reason(rating)
        return answers.get(role)


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


def status(rating: Rating) -> tuple[str, str, str]:
    """(words, tone, icon): fit for publication or not."""
    if rating.estimate.published:
        return tr("May be published"), "success", "check"
    return tr("Not for publication"), "warning", "info"


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


def _text(rating: Rating, column: int) -> str:
    drawn = spot(rating)
    texts = {
        CRITERION: rating.criterion.label or tr("All criteria together"),
        MEAN: number(drawn.mean) if drawn else "—",
        INTERVAL: f"{number(drawn.low)} – {number(drawn.high)}" if drawn else "—",
        ANSWERS: str(rating.estimate.n),
        STATUS: status(rating)[0],
    }
    return texts.get(column, "")


def _aligned(column: int) -> Qt.AlignmentFlag:
    across = {MEAN: Qt.AlignmentFlag.AlignRight, ANSWERS: Qt.AlignmentFlag.AlignRight,
              INTERVAL: Qt.AlignmentFlag.AlignHCenter}  # fmt: skip
    return across.get(column, Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
