"""What a flag is made of: counts of one pseudonym beside the sums of all others; or rows of a table."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt

from desktop.surveys.quality.made_of import Line
from sync.language import mark, tr
from ui.models.row_table import RowTable

NAME, OWN, OWN_SHARE, REST, REST_SHARE = range(5)


class CountTable(RowTable[Line]):
    """A line for each class."""

    heads = (mark("Class"), mark("This one"), "%", mark("All others"), "%")

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__()
        self._own, self._rest = (sum(column) for column in zip(*((one.own, one.rest) for one in lines), strict=True))  # fmt: skip
        self.show_rows(list(lines))

    def text(self, row: Line, column: int) -> str:
        """What stands in a cell."""
        texts = {
            NAME: row.name,
            OWN: str(row.own),
            OWN_SHARE: _share(row.own, self._own),
            REST: str(row.rest),
            REST_SHARE: _share(row.rest, self._rest),
        }
        return texts[column]

    def spoken(self, row: Line) -> str:
        """The line in one sentence."""
        return tr("{name}: {own} here, {rest} with all others", name=row.name, own=row.own, rest=row.rest)  # fmt: skip

    def aligned(self, column: int) -> Qt.AlignmentFlag:
        """Numbers stand below each other."""
        side = Qt.AlignmentFlag.AlignLeft if column == NAME else Qt.AlignmentFlag.AlignRight
        return side | Qt.AlignmentFlag.AlignVCenter


class SheetRows(RowTable[int]):
    """Rows of a table that was opened, by their numbers in it; the first column is the number."""

    def __init__(
        self, heads: Sequence[str], lines: Mapping[int, Sequence[str]], rows: Sequence[int]
    ) -> None:
        super().__init__()
        self._heads, self._lines = heads, lines
        self.show_rows(list(rows))

    @property
    def heads(self) -> Sequence[str]:  # type: ignore[override]  # each table has its own
        """The row, then the headings of the table as they are."""
        return (mark("Row"), *self._heads)

    def text(self, row: int, column: int) -> str:
        """What stands in a cell."""
        return str(row) if column == 0 else self._lines[row][column - 1]


def _share(count: int, of: int) -> str:
    return str(round(100 * count / of)) if of else "—"
