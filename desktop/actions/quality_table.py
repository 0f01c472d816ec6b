"""A table of interviews from another program, checked for the screen: flags, and the rows they name."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.surveys.quality.checking import check, not_checked
from desktop.surveys.quality.signs import CODES
from desktop.surveys.quality.straight_lines import SHORTEST
from desktop.surveys.quality.table import Columns, read_interviews, read_rows
from sync.errors import UserError
from sync.language import mark

WHO = ("interviewer", "enumerator", "username", "who", "сұхбат алушы", "интервьюер")
WHERE = ("stratum", "okrug", "village", "district", "округ", "ауыл", "село")
MINUTES = ("minutes", "duration", "минут", "минуты")


@dataclass(frozen=True)
class Guess:
    """The headings of a table, and what they may stand for; None where none looks like it."""

    heads: tuple[str, ...]
    who: str | None
    where: str | None
    minutes: str | None


@dataclass(frozen=True)
class TableFlag:
    """One flag: whose rows, which ones as a spreadsheet counts them, and why, in words."""

    interviewer: str
    text: str
    rows: tuple[int, ...]


@dataclass(frozen=True)
class CheckedTable:
    """`lines` is {row: its cells, as many as `heads`}."""

    heads: tuple[str, ...]
    lines: Mapping[int, Sequence[str]]
    interviews: int
    interviewers: int
    flags: tuple[TableFlag, ...]
    missed: tuple[str, ...]


def guess(path: Path) -> Guess:
    """What the table has. Raises UserError where it cannot be read, or has no headings."""
    heads, _ = read_rows(path)
    if not any(heads):
        raise UserError(mark("The table “{name}” has no headings."), name=path.name)
    found = [head for head in heads if head]
    return Guess(tuple(found), _like(found, WHO), _like(found, WHERE), _like(found, MINUTES))


def check_table(path: Path, who: str, where: str | None, minutes: str | None) -> CheckedTable:
    """All checks over it. `who` names the column of interviewers. Raises UserError.

    Questions whose headings have the same beginning before a “/” or “.”, as exports of XLSForms write
    groups, are a grid.
    """
    heads, lines = read_rows(path)
    taken = {who, where, minutes}
    columns = Columns(
        interviewer=who,
        stratum=where,
        measured={"minutes": minutes} if minutes else {},
        grids=_grids([head for head in heads if head not in taken]),
    )
    table = read_interviews(path, columns, CODES)
    data = table.interviews
    if not len(data):
        raise UserError(mark("The table “{name}” has no interviews."), name=path.name)
    flags = tuple(
        TableFlag(flag.interviewer, flag.text.words(), tuple(table.rows[row] for row in flag.rows))
        for flag in check(data)
    )
    missed = tuple(one.words() for one in not_checked(data))
    padded = {row: [*cells, *[""] * len(heads)][: len(heads)] for row, cells in lines}
    return CheckedTable(tuple(heads), padded, len(data), len(data.rows_of), flags, missed)


def _like(heads: Sequence[str], words: Sequence[str]) -> str | None:
    ends = {head: head.replace(".", "/").rpartition("/")[2].strip().lower() for head in heads}
    return next((head for head, end in ends.items() if end in words), None)


def _grids(heads: Sequence[str]) -> list[list[str]]:
    groups = {head: head.replace(".", "/").rpartition("/")[0] for head in heads}
    many = Counter(group for group in groups.values() if group)
    return [
        [head for head, of in groups.items() if of == group]
        for group, number in many.items()
        if number >= SHORTEST
    ]
