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
