"""One reason to look at some interviews again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypedDict

from sync.errors import UserError


class FlagRow(TypedDict):
    """A flag as plain values."""

    check: str
    interviewer: str
    rows: list[int]
    stands_out: bool
    text: str


@dataclass(frozen=True)
class Flag:
    """`text` says what was seen and how it may come about honestly: a flag is no verdict.

    `stands_out`: there are more of these among this interviewer's interviews than chance and the
    differences between interviewers explain. Otherwise only the rows are worth a look.
    """

    check: str  # which one, in English, for programs
    interviewer: str
    rows: tuple[int, ...]  # places in the table, the first interview is 0
    stands_out: bool
    text: UserError

    def as_row(self, rows: Sequence[int], language: str | None = None) -> FlagRow:
        """The same as plain values; `rows` are the numbers that the places have in the table."""
        return {
            "check": self.check,
            "interviewer": self.interviewer,
            "rows": [rows[place] for place in self.rows],
            "stands_out": self.stands_out,
            "text": self.text.words(language),
        }


def percent(part: float, whole: float) -> int:
    """A share for people; 0 of nothing."""
    return round(100 * part / whole) if whole else 0


def ordered(flags: Iterable[Flag]) -> list[Flag]:
    """What stands out first, then by the number of rows."""
    return sorted(flags, key=lambda flag: (not flag.stands_out, -len(flag.rows), flag.check))
