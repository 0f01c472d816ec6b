"""All checks of a wave's interviews, as far as its table allows."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from desktop.surveys.quality.effects import effects
from desktop.surveys.quality.evenness import FEWEST_MARKS, evenness
from desktop.surveys.quality.flag import Flag, ordered
from desktop.surveys.quality.interviews import Interviews, marks
from desktop.surveys.quality.near_duplicates import (
    FEWEST_ITEMS,
    MOST,
    comparable,
    near_duplicates,
)
from desktop.surveys.quality.rest import FEWEST
from desktop.surveys.quality.speed import speed
from desktop.surveys.quality.straight_lines import SHORTEST, straight_lines
from sync.errors import UserError
from sync.language import mark

CHECKS: tuple[Callable[[Interviews], Iterable[Flag]], ...] = (
    near_duplicates,
    straight_lines,
    speed,
    evenness,
    effects,
)


def check(
    data: Interviews, checks: Sequence[Callable[[Interviews], Iterable[Flag]]] = CHECKS
) -> list[Flag]:
    """The flags of all checks, what stands out first."""
    return ordered(flag for one in checks for flag in one(data))


def not_checked(data: Interviews) -> Iterator[UserError]:
    """What was not looked at, and why, so that no flag is not taken for nothing to be seen."""
    able = sum(len(rows) >= FEWEST for rows in data.rows_of.values())
    if able < FEWEST:
        yield UserError(
            mark(
                "Interviewers were not compared: that takes {n} of them with {n} interviews each."
            ),
            n=FEWEST,
        )
    if len(comparable(data)) < FEWEST_ITEMS:
        yield UserError(
            mark(
                "Near-duplicates were not looked for: that takes {n} questions to which people"
                " give different answers."
            ),
            n=FEWEST_ITEMS,
        )
    if len(data) > MOST:
        yield UserError(
            mark("Near-duplicates were not looked for: more than {n} interviews. Take a part."),
            n=MOST,
        )
    if not any(len(grid) >= SHORTEST for grid in data.grids):
        yield UserError(
            mark("Straight lines were not looked for: no grid of {n} questions was named."),
            n=SHORTEST,
        )
    if len(marks(data)) < FEWEST_MARKS:
        yield UserError(
            mark("Evenness was not looked at: that takes {n} questions answered by marks."),
            n=FEWEST_MARKS,
        )
    if not any((data.minutes, data.hasty, data.hours, data.gaps)):
        yield UserError(mark("Speed was not looked at: the table has no times."))
