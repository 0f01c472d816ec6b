"""What may be published: figures of enough people, firm enough, from which no other one follows.

A figure needs thirty people, also after the design effect, and a standard error of at most 30 % of
itself; below ten nobody is shown. What is kept back for another figure's sake: see
desktop.surveys.ratings.suppression.
"""

from sync.errors import UserError
from sync.language import mark

FEWEST = 30  # respondents, and effective respondents, of a published figure
SMALLEST_CELL = 10  # respondents in anything that is shown
ROUGHEST = 0.30  # standard error, as a part of the figure


def reason(n: int, n_effective: float, se: float, mean: float) -> UserError | None:
    """Why a figure is not published, or None."""
    if n < SMALLEST_CELL:
        return too_few_to_hide()
    if n < FEWEST:
        return UserError(mark("Fewer than {n} people answered."), n=FEWEST)
    if n_effective < FEWEST:
        text = mark("People were asked so close together that they count for fewer than {n}.")
        return UserError(text, n=FEWEST)
    return too_rough(se, mean)


def too_few_to_hide() -> UserError:
    """So few people that each could be found."""
    text = mark("Fewer than {n} people answered: they could be recognised.")
    return UserError(text, n=SMALLEST_CELL)


def too_rough(se: float, mean: float) -> UserError | None:
    """The reason, where the standard error is too large a part of the figure."""
    if se <= ROUGHEST * abs(mean):
        return None
    text = mark("The figure is too rough: its standard error is over {percent} % of it.")
    return UserError(text, percent=round(ROUGHEST * 100))


def would_tell() -> UserError:
    """The reason of a figure that is kept back for another one's sake."""
    return UserError(mark("Another figure, which is not published, could be reckoned from it."))
