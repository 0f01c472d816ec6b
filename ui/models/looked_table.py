"""Who looked, as a table: when, who, what, how many, and where."""

from desktop.actions.who_looked import Looked
from sync.language import mark
from ui.models.row_table import RowTable

WHEN, WHO, WHAT, COUNT, WHERE = range(5)


class LookedTable(RowTable[Looked]):
    """Rows that were put into words elsewhere, the newest first."""

    heads = (mark("When"), mark("Person"), mark("What"), mark("How many"), mark("District"))

    def text(self, row: Looked, column: int) -> str:
        """What stands in a cell."""
        texts = {
            WHEN: row.at.astimezone().strftime("%d.%m.%Y %H:%M"),
            WHO: row.who,
            WHAT: row.what,
            COUNT: row.count,
            WHERE: row.district,
        }
        return texts[column]
