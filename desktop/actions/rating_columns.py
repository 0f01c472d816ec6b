"""The lines of a list of ratings as a table: the same columns on the screen, in a file, in a command.

What is asked for `outside` is what may leave the program; else what those who rate may see. A figure
that may not be told has no number at all there, not even how many people gave it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop.actions.rating_views import By, Line, View
from desktop.actions.ratings import Rating
from desktop.surveys.ratings.differences import Difference
from desktop.surveys.ratings.estimates import Estimate, Shrunk
from sync.language import mark, tr

LOWEST, HIGHEST = 1.0, 5.0  # the scale of the marks

Value = str | float | int | None


class Part(StrEnum):
    """A column."""

    NAME = "name"
    MEAN = "mean"
    LOW = "low"
    HIGH = "high"
    ANSWERS = "answers"
    ASKED = "asked"
    RESPONSE = "response"
    EFFECT = "effect"
    EFFECTIVE = "effective"
    MODEL = "model"
    MODEL_LOW = "model_low"
    MODEL_HIGH = "model_high"
    GROUP = "group"
    PLACES = "places"
    BEFORE = "before"
    CHANGE = "change"
    CHANGE_LOW = "change_low"
    CHANGE_HIGH = "change_high"
    VERDICT = "verdict"
    STATUS = "status"
    WHY = "why"


MODEL = (Part.MODEL, Part.MODEL_LOW, Part.MODEL_HIGH)
RANK = (Part.GROUP, Part.PLACES)
CHANGE = (Part.BEFORE, Part.CHANGE, Part.CHANGE_LOW, Part.CHANGE_HIGH, Part.VERDICT)
DIGITS: Mapping[Part, int] = {  # after the sign; the others are whole
    **dict.fromkeys((Part.MEAN, Part.LOW, Part.HIGH, *MODEL, *CHANGE[:4], Part.EFFECT), 2),
    Part.RESPONSE: 0,
}
HEADS: Mapping[Part, str] = {
    Part.MEAN: mark("Mean"),
    Part.LOW: mark("Lower end"),
    Part.HIGH: mark("Upper end"),
    Part.ANSWERS: mark("Answers"),
    Part.ASKED: mark("Asked"),
    Part.RESPONSE: mark("Answered, %"),
    Part.EFFECT: mark("Design effect"),
    Part.EFFECTIVE: mark("Effective number"),
    Part.MODEL: mark("Model’s mean"),
    Part.MODEL_LOW: mark("Model’s lower end"),
    Part.MODEL_HIGH: mark("Model’s upper end"),
    Part.GROUP: mark("Group of equals"),
    Part.PLACES: mark("Places"),
    Part.BEFORE: mark("Mean before"),
    Part.CHANGE: mark("Change in the mean"),
    Part.CHANGE_LOW: mark("Change, lower end"),
    Part.CHANGE_HIGH: mark("Change, upper end"),
    Part.VERDICT: mark("Changed?"),
    Part.STATUS: mark("Status"),
    Part.WHY: mark("Why"),
}
NAMES: Mapping[By, str] = {
    By.OFFICIALS: mark("Official"),
    By.DISTRICTS: mark("District"),
    By.CRITERIA: mark("Criterion"),
    By.WAVES: mark("Survey wave"),
}


@dataclass(frozen=True)
class Spot:
    """A mean and the ends of its interval, within the scale."""

    mean: float
    low: float
    high: float


def head(part: Part, view: View) -> str:
    """What stands above a column, English and marked."""
    return NAMES[view.by] if part is Part.NAME else HEADS[part]


def parts(lines: Sequence[Line]) -> list[Part]:
    """The columns of a list: those that no line has anything for are left out."""
    has = {
        **dict.fromkeys(MODEL, any(line.rating.estimate.shrunk for line in lines)),
        **dict.fromkeys(RANK, any(line.rank for line in lines)),
        **dict.fromkeys(CHANGE, any(line.before for line in lines)),
        Part.WHY: any(line.rating.estimate.why for line in lines),
    }
    return [part for part in Part if has.get(part, True)]


def value(line: Line, part: Part, *, outside: bool) -> Value:
    """What stands in a cell: unrounded numbers, words in the language spoken now."""
    if part is Part.NAME:
        return line.name
    if part is Part.STATUS:
        return status(line.rating, outside=outside)
    if part is Part.WHY:
        return str(line.rating.estimate.why or "")
    if part in RANK:
        return _rank(line, part)
    if part in CHANGE:
        return _change(line, part, outside=outside)
    if part in MODEL:
        spot = model(line.rating, outside=outside)
        return (spot.mean, spot.low, spot.high)[MODEL.index(part)] if spot else None
    return _own(line.rating, part, outside=outside)


def own(rating: Rating, *, outside: bool) -> Spot | None:
    """The figure as people gave it; None where it may not be told.

    With few answers an estimated interval reaches beyond the scale, where no mark lies: what is told
    ends with the scale. The estimate keeps its own ends.
    """
    one = rating.estimate
    if not (one.published if outside else rating.shown):
        return None
    return _spot(one)


def model(rating: Rating, *, outside: bool) -> Spot | None:
    """What a model of all districts makes of it; None where there is none, or it may not be told."""
    shrunk = rating.estimate.shrunk
    if shrunk is None or not (shrunk.published if outside else rating.shown):
        return None
    return _spot(shrunk)


def status(rating: Rating, *, outside: bool = False) -> str:
    """Fit for publication or not."""
    if rating.estimate.published:
        return tr("May be published")
    if rating.figure.leaves:
        return tr("Only the model’s figure may be published")
    if outside:
        return tr("Not published")
    return tr("Not for publication") if rating.shown else tr("Not shown")


def verdict(change: Difference) -> str:
    """Whether a change can be told from none."""
    if change.low > 0:
        return tr("Higher")
    return tr("Lower") if change.high < 0 else tr("Cannot be told apart")


def _spot(one: Estimate | Shrunk) -> Spot | None:
    if one.mean is None or one.low is None or one.high is None:
        return None
    return Spot(one.mean, max(one.low, LOWEST), min(one.high, HIGHEST))


def _own(rating: Rating, part: Part, *, outside: bool) -> Value:
    one, spot = rating.estimate, own(rating, outside=outside)
    if part in (Part.ANSWERS, Part.ASKED, Part.RESPONSE):
        if outside and not rating.figure.leaves:
            return None
        rate = one.response_rate
        return {
            Part.ANSWERS: one.n,
            Part.ASKED: one.asked,
            Part.RESPONSE: None if rate is None else 100 * rate,
        }[part]
    if spot is None:
        return None
    found: Mapping[Part, Callable[[], Value]] = {
        Part.MEAN: lambda: spot.mean,
        Part.LOW: lambda: spot.low,
        Part.HIGH: lambda: spot.high,
        Part.EFFECT: lambda: one.deff,
        Part.EFFECTIVE: lambda: None if one.n_effective is None else int(one.n_effective),
    }
    return found[part]()


def _rank(line: Line, part: Part) -> Value:
    if line.rank is None:
        return None
    if part is Part.GROUP:
        return line.rank.group
    best, worst = line.rank.best, line.rank.worst
    return str(best) if best == worst else f"{best}–{worst}"


def _change(line: Line, part: Part, *, outside: bool) -> Value:
    if part is Part.BEFORE:
        spot = own(line.before, outside=outside) if line.before else None
        return spot.mean if spot else None
    if line.change is None:
        return None
    change = line.change
    if part is Part.VERDICT:
        return verdict(change)
    return {
        Part.CHANGE: change.value,
        Part.CHANGE_LOW: change.low,
        Part.CHANGE_HIGH: change.high,
    }[part]
