"""What was said about a form, as a table: how grave, where in the workbook, and what to do."""

from collections.abc import Iterable

from desktop.surveys.messages import Message
from sync.language import mark, tr
from ui.models.row_table import RowTable

GRAVITY, WHERE, WORDS = range(3)


class VerdictTable(RowTable[Message]):
    """Errors first; each in the language spoken when it is shown."""

    heads = (mark("Kind"), mark("Where"), mark("What it is, and what to do"))

    def show_messages(self, messages: Iterable[Message]) -> None:
        """Replace them: what stops the form comes first, the rest in the order of the workbook."""
        self.show_rows(sorted(messages, key=lambda one: not one.stops))

    def text(self, row: Message, column: int) -> str:
        """What stands in a cell."""
        if column == GRAVITY:
            return tr("Error") if row.stops else tr("Remark")
        return place_words(row) if column == WHERE else row.text.words()

    def copied(self) -> str:
        """The whole list as text, a line each, to be sent to whoever mends the form."""
        return "\n".join(
            " · ".join(filter(None, (self.text(row, each) for each in range(len(self.heads)))))
            for row in self._rows
        )


def place_words(message: Message) -> str:
    """«survey, row 12, relevant», as the spreadsheet names its places."""
    parts = [
        message.sheet,
        tr("row {n}", n=message.row) if message.row else None,
        message.column,
    ]
    return ", ".join(part for part in parts if part)
