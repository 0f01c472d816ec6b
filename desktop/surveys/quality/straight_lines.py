"""Grids answered with one mark all along, or nearly.

Two measures: no variance in a whole grid, and the longest run of one mark within it (Krosnick 1991
on satisficing; Johnson 2005 on runs). Tired people do this as well, and some hold one opinion of
everything, so the test is the interviewer's share against the rest.
"""

from collections.abc import Sequence
from itertools import groupby

from desktop.surveys.quality.flag import Flag, percent
from desktop.surveys.quality.interviews import Interviews
from desktop.surveys.quality.rest import standing_out
from sync.errors import UserError
from sync.language import mark

SHORTEST = 4  # answers of a grid; three alike are no pattern
LONG_RUN = 0.75  # of a grid's answers


def straight_lines(data: Interviews) -> list[Flag]:
    """A flag for each interviewer with more straight grids or long runs than the others have."""
    rows, grids = range(len(data)), data.grids
    flat = {row for row in rows if any(is_flat(_answers(data, row, grid)) for grid in grids)}
    runs = {row for row in rows if any(has_run(_answers(data, row, grid)) for grid in grids)}
    counts = {
        (interviewer, measure): (len(found.intersection(own)), len(own))
        for interviewer, own in data.rows_of.items()
        for measure, found in (("flat", flat), ("runs", runs))
    }
    # Each measure is tested by itself; together they would be corrected for being one another.
    noted = {
        key
        for measure in ("flat", "runs")
        for key in standing_out({key: pair for key, pair in counts.items() if key[1] == measure})
    }
    return [
        _flag(data, interviewer, flat | runs)
        for interviewer in data.rows_of
        if {(interviewer, "flat"), (interviewer, "runs")} & noted
    ]


def _answers(data: Interviews, row: int, grid: Sequence[str]) -> list[str]:
    return [answer for item in grid if (answer := data.items[item][row])]


def is_flat(answers: Sequence[str]) -> bool:
    """Whether a grid was answered with one mark."""
    return len(answers) >= SHORTEST and len(set(answers)) == 1


def has_run(answers: Sequence[str]) -> bool:
    """Whether most of a grid, one after another, was answered with one mark."""
    longest = max((len(list(run)) for _, run in groupby(answers)), default=0)
    return longest >= max(SHORTEST, LONG_RUN * len(answers))


def _flag(data: Interviews, interviewer: str, straight: set[int]) -> Flag:
    own = data.rows_of[interviewer]
    rows = tuple(row for row in own if row in straight)
    text = UserError(
        mark(
            "One mark all along a grid, or nearly: {count} of {n}; of the others' {rest} %."
            " People tire, and some hold one opinion of everything: look where these rows differ."
        ),
        count=len(rows),
        n=len(own),
        rest=percent(len(straight) - len(rows), len(data) - len(own)),
    )
    return Flag("straight_lines", interviewer, rows, stands_out=True, text=text)
