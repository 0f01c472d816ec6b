"""Interviews that were too quick, at an odd hour, or begun before one can have been there.

Times come as classes, not as stamps, so each is read in the interviewer's favour: a class is too
short only if all of it is.
"""

from collections.abc import Callable, Iterator
from statistics import median, quantiles

from desktop.surveys.quality.flag import Flag, percent
from desktop.surveys.quality.interviews import Interviews, Span, Spans
from desktop.surveys.quality.rest import standing_out
from sync.errors import UserError
from sync.language import mark

FENCE = 1.5  # interquartile ranges outside the quartiles (Tukey 1977)
LEAST_OF_MEDIAN = 0.4
FEWEST_HASTY = 3  # questions; one or two are a slip of the key
MORNING, NIGHT = 7, 22
FEWEST = 20  # interviews from which quartiles can be told

SHORT = mark(
    "Short interviews: {count} of {n}, under {line} minutes; of the others' {rest} %. A form may"
    " skip much for some people, and a practised interviewer is quick: read the rows."
)
HASTY = mark(
    "Questions answered sooner than they can be read: in {count} of {n} interviews, {line} or"
    " more; of the others' {rest} %. Whoever knows a form by heart is quick: go along once."
)
AT_NIGHT = mark(
    "Interviews by night, before {morning}:00 or from {night}:00 on: {count} of {n}; of the others'"
    " {rest} %. The clock of the laptop may be wrong, and herders come home late: ask."
)
TOO_SOON = mark(
    "Begun sooner after the one before than the way takes: {count} of {n}; of the others' {rest} %."
    " Neighbours may have come together in one place: ask."
)


def speed(data: Interviews) -> list[Flag]:
    """A flag for each interviewer and reason, whether or not there are more than the others have."""
    return [flag for check in (_short, _hasty, _at_night, _too_soon) for flag in check(data)]


def _short(data: Interviews) -> Iterator[Flag]:
    middles = [span.middle for span in data.minutes if span is not None]
    if len(middles) < FEWEST:
        return iter(())
    low, _, high = quantiles(middles, n=4, method="inclusive")
    line = max(low - FENCE * (high - low), LEAST_OF_MEDIAN * median(middles))
    found = _rows(data.minutes, lambda span: span.high < line)
    return _flags("short", SHORT, data, found, line=round(line, 1))


def _hasty(data: Interviews) -> Iterator[Flag]:
    middles = [span.middle for span in data.hasty if span is not None]
    if len(middles) < FEWEST:
        return iter(())
    low, _, high = quantiles(middles, n=4, method="inclusive")
    line = max(high + FENCE * (high - low), FEWEST_HASTY)
    found = _rows(data.hasty, lambda span: span.low > line)
    return _flags("hasty", HASTY, data, found, line=int(line) + 1)


def _at_night(data: Interviews) -> Iterator[Flag]:
    found = _rows(data.hours, lambda span: span.high < MORNING or span.low >= NIGHT)
    return _flags("night", AT_NIGHT, data, found, morning=MORNING, night=NIGHT)


def _too_soon(data: Interviews) -> Iterator[Flag]:
    found = {
        row
        for row, (gap, way) in enumerate(zip(data.gaps, data.ways, strict=True))
        if gap is not None and way is not None and gap.high < way.low
    }
    return _flags("too_soon", TOO_SOON, data, found)


def _rows(spans: Spans, wanted: Callable[[Span], bool]) -> set[int]:
    return {row for row, span in enumerate(spans) if span is not None and wanted(span)}


def _flags(
    check: str, text: str, data: Interviews, found: set[int], **values: object
) -> Iterator[Flag]:
    counts = {
        interviewer: (len(found.intersection(rows)), len(rows))
        for interviewer, rows in data.rows_of.items()
    }
    noted = standing_out(counts)
    for interviewer, (count, n) in counts.items():
        if count:
            rest = percent(len(found) - count, len(data) - n)
            words = UserError(text, count=count, n=n, rest=rest, **values)
            rows = tuple(row for row in data.rows_of[interviewer] if row in found)
            yield Flag(check, interviewer, rows, interviewer in noted, words)
