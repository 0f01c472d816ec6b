"""Interviews of one interviewer that are too much like one another in how content people are.

People differ, and who is content with one thing tends to be with the next, so means of marks
scatter from interview to interview. Made-up ones scatter less, whatever their middle (Schäfer,
Schräpler, Müller & Wagner 2005): the test compares distances from the interviewer's own median with
the others' distances from theirs (Brown & Forsythe 1974). Villages that think differently do not
disturb it; a village that thinks alike does.
"""

from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean, median

from desktop.surveys.quality.chance import mean_score
from desktop.surveys.quality.flag import Flag
from desktop.surveys.quality.interviews import Interviews, marks
from desktop.surveys.quality.rest import FEWEST, falling_short
from sync.errors import UserError
from sync.language import mark

FEWEST_MARKS = 4  # of an interview, for a mean that tells of the person


def evenness(data: Interviews) -> Iterator[Flag]:
    """A flag for each interviewer whose interviews' mean marks scatter less than the others'."""
    given = marks(data)
    sets = [list(given), *([item for item in grid if item in given] for grid in data.grids)]
    scattered = [_distances(data, _means(data, given, items)) for items in sets]
    scores = [_scores(by_interviewer) for by_interviewer in scattered]
    found = set[str]().union(*(falling_short(one) for one in scores))
    for interviewer in sorted(found):
        own, rest = _sides(scattered[0], interviewer)
        text = UserError(
            mark(
                "The mean mark of an interview lies {own} from the usual one here, and {rest} with"
                " others: these people are more of one mind. Neighbours may be. Have some of them"
                " asked again by somebody else."
            ),
            own=round(fmean(own), 2),
            rest=round(fmean(rest), 2),
        )
        rows = tuple(data.rows_of[interviewer])
        yield Flag("evenness", interviewer, rows, stands_out=True, text=text)


def _scores(distances: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """{interviewer: how much further interviews are from their middle than the others' are}."""
    if len(distances) < FEWEST:
        return {}
    return {interviewer: mean_score(*_sides(distances, interviewer)) for interviewer in distances}


def _sides(
    distances: Mapping[str, Sequence[float]], interviewer: str
) -> tuple[Sequence[float], list[float]]:
    others = (one for name, one in distances.items() if name != interviewer)
    return distances[interviewer], [distance for one in others for distance in one]


def _means(
    data: Interviews, given: Mapping[str, Mapping[int, float]], items: Sequence[str]
) -> dict[int, float]:
    """{row: mean of its marks}, where it has enough of them."""
    found: dict[int, float] = {}
    for row in range(len(data)):
        own = [given[item][row] for item in items if row in given[item]]
        if len(own) >= FEWEST_MARKS:
            found[row] = fmean(own)
    return found


def _distances(data: Interviews, means: Mapping[int, float]) -> dict[str, list[float]]:
    """{interviewer: how far each interview's mean is from the interviewer's median}."""
    found: dict[str, list[float]] = {}
    for interviewer, rows in data.rows_of.items():
        own = [means[row] for row in rows if row in means]
        if len(own) >= FEWEST:
            middle = median(own)
            found[interviewer] = [abs(value - middle) for value in own]
    return found
