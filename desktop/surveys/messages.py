"""What is said about a form: where in the workbook, and what to do."""

from dataclasses import dataclass

from sync.errors import UserError


@dataclass(frozen=True)
class Message:
    """One remark. `row` counts as the spreadsheet does, from 1; the places may be unknown."""

    text: UserError
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    stops: bool = True  # whether the form cannot be used because of it

    def as_row(self, language: str | None = None) -> dict[str, str | int | None]:
        """{sheet, row, column, text} with the words in this language."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "text": self.text.words(language),
        }


def located(message: Message, language: str | None = None) -> str:
    """«survey: 12: relevant: There is no question “age”. …», for a line of a terminal or a copy."""
    place = [message.sheet, message.row and str(message.row), message.column]
    return ": ".join([*(part for part in place if part), message.text.words(language)])
