"""The checks where only counts are known: each pseudonym's against the sums of all others.

The same tests as over a table, as far as counts carry them. Lines of speed and likeness are drawn
over the classes of all. Evenness goes by classes of the mean mark. What takes the answers themselves
is lost: copies from another laptop, and answers unlike those that others get.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from desktop.surveys.quality.chance import Sample, share_tails, welch_score
from desktop.surveys.quality.flag import percent
from desktop.surveys.quality.interviews import Span, read_span
from desktop.surveys.quality.rest import (
    ALPHA,
    FEWEST,
    above_usual,
    falling_short,
    holm,
    standing_out,
)
from desktop.surveys.quality.speed import FENCE, FEWEST_HASTY, LEAST_OF_MEDIAN
from desktop.surveys.quality.speed import FEWEST as FEWEST_TIMED
from sync.errors import UserError
from sync.language import mark
from sync.quality import ALIKE, HASTY, LEVELS, MINUTES, Signs

LEAST_ALIKE = 80  # % of the answers; below, neighbours are as much alike
Counts = Mapping[str, tuple[int, int]]  # {pseudonym: (how many, of how many)}


@dataclass(frozen=True)
class Counted:
    """One reason to ask after an interviewer's work; `text` says how it may come about honestly.

    `own` and `rest` are (how many, of how many), of interviews or answers: see `measure`.
    """

    measure: str  # which one, in English, for programs
    pseudonym: str
    own: tuple[int, int]
    rest: tuple[int, int]
    text: UserError


SHORT = mark(
    "Short interviews: {count} of {n}, under {line} minutes; of the others' {rest} %. A form may"
    " skip much for some people, and a practised interviewer is quick: go along once."
)
HASTY_WORDS = mark(
    "Questions answered sooner than they can be read: in {count} of {n} interviews, {line} or"
    " more; of the others' {rest} %. Whoever knows a form by heart is quick: go along once."
)
NIGHT = mark(
    "Interviews by night: {count} of {n}; of the others' {rest} %. The clock of the laptop may be"
    " wrong, and herders come home late: ask."
)
SOON = mark(
    "Begun within two minutes after the one before: {count} of {n}; of the others' {rest} %."
    " Neighbours may have come together in one place: ask."
)
FLAT = mark(
    "One mark all along a grid: {count} of {n}; of the others' {rest} %. People tire, and some"
    " hold one opinion of everything: go along once."
)
RUNS = mark(
    "One mark nearly all along a grid: {count} of {n}; of the others' {rest} %. People tire, and"
    " some hold one opinion of everything: go along once."
)
ALIKE_WORDS = mark(
    "Much like another interview of the same laptop: {count} of {n}; of the others' {rest} %."
    " “Much” is {line} % of the answers or more. Neighbours may think alike, and an interview may"
    " have been entered twice: ask."
)
EVEN = mark(
    "The mean marks of interviews are nearer to one another than with others: {own} % of the scale"
    " from their middle on average, and {rest} % with others. Neighbours may be of one mind: have"
    " some people there asked again by somebody else."
)
SILENT = {
    "dont_know": mark(
        "“Don't know” is {count} of {n} answers; with the others {rest} %. Some places are asked"
        " about what they cannot know, and some interviewers help people to an answer: go along once."
    ),
    "refused": mark(
        "“Refused” is {count} of {n} answers; with the others {rest} %. Some places trust nobody,"
        " and some interviewers insist: go along once."
    ),
    "other": mark(
        "“Other” is {count} of {n} answers; with the others {rest} %. A list may not suit a place,"
        " and not every interviewer writes down what was said: ask."
    ),
}

FEW_SILENT = mark(
    "“Don't know”, “refused” and “other” together are {count} of {n} answers; with the others"
    " {rest} %. Some interviewers help people to an answer, and some places know more than others:"
    " go along once."
)


def check(signs: Mapping[str, Signs]) -> list[Counted]:
    """All flags over {pseudonym: its signs}, in the order of the pseudonyms."""
    found = [flag for one in CHECKS for flag in one(signs)]
    return sorted(found, key=lambda flag: flag.pseudonym)


def not_checked(signs: Mapping[str, Signs]) -> Iterator[UserError]:
    """What was not looked at, and why, so that no flag is not taken for nothing to be seen."""
    able = {name: one for name, one in signs.items() if one.interviews >= FEWEST}
    if len(able) < FEWEST:
        yield UserError(
            mark(
                "Interviewers were not compared: that takes {n} of them with {n} interviews each."
            ),
            n=FEWEST,
        )
    if sum(one.timed for one in signs.values()) < FEWEST_TIMED:
        yield UserError(mark("Speed was not looked at: of too few interviews the time is known."))
    if not any(one.gridded for one in signs.values()):
        yield UserError(mark("Straight lines were not looked for: the form has no grid."))
    if not any(sum(one.alike) for one in signs.values()):
        yield UserError(
            mark("Near-duplicates were not looked for: the form has too few questions for that.")
        )
    if not any(sum(one.levels) for one in signs.values()):
        yield UserError(mark("Evenness was not looked at: the form has too few marks for that."))
    yield UserError(
        mark(
            "Not looked for, as that takes answers whose interviewer is known: interviews that"
            " repeat those of another laptop, and answers unlike those that others get."
        )
    )


def _short(signs: Mapping[str, Signs]) -> Iterator[Counted]:
    spans = _spans(MINUTES)
    middles = _pooled(signs, lambda one: one.minutes, [span.middle for span in spans])
    if len(middles) < FEWEST_TIMED:
        return iter(())
    low, _, high = quantiles(middles, n=4, method="inclusive")
    line = max(low - FENCE * (high - low), LEAST_OF_MEDIAN * median(middles))
    under = [span.high < line for span in spans]
    reached = max((span.high for span in spans if span.high < line), default=0.0)
    counts = {name: _within(one.minutes, under) for name, one in signs.items()}
    return _more("short", SHORT, counts, line=int(reached))


def _hasty(signs: Mapping[str, Signs]) -> Iterator[Counted]:
    spans = _spans(HASTY)
    middles = _pooled(signs, lambda one: one.hasty, [span.middle for span in spans])
    if len(middles) < FEWEST_TIMED:
        return iter(())
    low, _, high = quantiles(middles, n=4, method="inclusive")
    line = max(high + FENCE * (high - low), FEWEST_HASTY)
    above = [span.low > line for span in spans]
    counts = {name: _within(one.hasty, above) for name, one in signs.items()}
    return _more("hasty", HASTY_WORDS, counts, line=int(line) + 1)


def _alike(signs: Mapping[str, Signs]) -> Iterator[Counted]:
    begins = [100 * place / ALIKE for place in range(ALIKE)]
    known = _pooled(signs, lambda one: one.alike, begins)
    if len(known) < FEWEST_TIMED:
        return iter(())
    low, _, high = quantiles(known, n=4, method="inclusive")
    line = max(high + FENCE * (high - low), LEAST_ALIKE)
    above = [begin >= line for begin in begins]
    counts = {name: _within(one.alike, above) for name, one in signs.items()}
    return _more("alike", ALIKE_WORDS, counts, line=math.ceil(line / 5) * 5)


def _others(signs: Mapping[str, Signs]) -> Iterator[Counted]:
    sorts: dict[str, tuple[str, Callable[[Signs], tuple[int, int]]]] = {
        "night": (NIGHT, lambda one: (one.night, one.timed)),
        "soon": (SOON, lambda one: (one.soon, one.timed)),
        "flat": (FLAT, lambda one: (one.flat, one.gridded)),
        "runs": (RUNS, lambda one: (one.runs, one.gridded)),
    }
    for measure, (text, count) in sorts.items():
        yield from _more(measure, text, {name: count(one) for name, one in signs.items()})


def _silent(signs: Mapping[str, Signs]) -> Iterator[Counted]:
    """More of one kind than others have; and fewer of all: who makes answers up forgets them."""
    able = {name: one for name, one in signs.items() if one.interviews >= FEWEST and one.answers}
    for measure, text in SILENT.items():
        counts = {name: (getattr(one, measure), one.answers) for name, one in able.items()}
        for name in holm(_ratios(counts)):
            yield _counted(measure, text, counts, name)
    kinds = ("dont_know", "refused", "other")
    silent = {
        name: (sum(getattr(one, kind) for kind in kinds), one.answers)
        for name, one in able.items()
    }
    said = {name: (n - count, n) for name, (count, n) in silent.items()}
    for name in holm(_ratios(said, silent)):
        yield _counted("few_silent", FEW_SILENT, silent, name)


def _ratios(counts: Counts, small: Counts | None = None) -> dict[str, float]:
    """How likely a share as high is, by chance and by how far interviewers differ: the larger one.

    They differ by factors, not by so many of a hundred. Of what nearly all answers are, the factors
    are those of the `small` rest.
    """
    sizes = {name: (count + 0.5) / (n + 1) for name, (count, n) in (small or counts).items()}
    usual = above_usual({name: 1 / size for name, size in sizes.items()} if small else sizes)
    found: dict[str, float] = {}
    for name, p in usual.items():
        found[name] = p
        if p <= ALPHA:  # the other tail is long to sum up, and the larger one counts
            count, n = counts[name]
            rest, size = _rest(counts, name)
            found[name] = max(p, sum(share_tails(count, n, (rest + 1) / (size + 2))))
    return found


def _even(signs: Mapping[str, Signs]) -> Iterator[Counted]:
    distances = {
        name: _distances(one.levels) for name, one in signs.items() if sum(one.levels) >= FEWEST
    }
    if len(distances) < FEWEST:
        return
    sums = {name: (len(own), sum(own), sum(x * x for x in own)) for name, own in distances.items()}
    whole = [sum(column) for column in zip(*sums.values(), strict=True)]
    samples = {
        name: (
            _sample(*own),
            _sample(*(every - mine for every, mine in zip(whole, own, strict=True))),
        )
        for name, own in sums.items()
    }  # of each and of all others: those are not gone through again for each
    scores = {name: welch_score(own, rest) for name, (own, rest) in samples.items()}
    for name in falling_short(scores):
        own, rest = samples[name]
        text = UserError(EVEN, own=round(100 * own.mean), rest=round(100 * rest.mean))
        yield Counted("even", name, (own.n, own.n), (rest.n, rest.n), text)


CHECKS = (_short, _hasty, _alike, _others, _even, _silent)


def _more(measure: str, text: str, counts: Counts, **values: object) -> Iterator[Counted]:
    for name in standing_out(counts):
        yield _counted(measure, text, counts, name, **values)


def _counted(measure: str, text: str, counts: Counts, name: str, **values: object) -> Counted:
    own, rest = counts[name], _rest(counts, name)
    said = UserError(text, count=own[0], n=own[1], rest=percent(*rest), **values)
    return Counted(measure, name, own, rest, said)


def _rest(counts: Counts, name: str) -> tuple[int, int]:
    others = [pair for key, pair in counts.items() if key != name]
    return sum(count for count, _ in others), sum(n for _, n in others)


def _distances(levels: Sequence[int]) -> list[float]:
    """How far each mean mark is from the middle one, as shares of the scale."""
    means = [(place + 0.5) / LEVELS for place, count in enumerate(levels) for _ in range(count)]
    middle = median(means)
    return [abs(mean - middle) for mean in means]


def _sample(n: float, total: float, squares: float) -> Sample:
    mean = total / n
    return Sample(int(n), mean, max(0.0, squares - n * mean * mean) / (n - 1))


def _within(classes: Sequence[int], wanted: Sequence[bool]) -> tuple[int, int]:
    found = sum(count for count, one in zip(classes, wanted, strict=True) if one)
    return found, sum(classes)


def _pooled(
    signs: Mapping[str, Signs],
    classes: Callable[[Signs], Sequence[int]],
    values: Sequence[float],
) -> list[float]:
    """The value of its class for each interview of all."""
    whole = [sum(column) for column in zip(*map(classes, signs.values()), strict=True)]
    return [value for value, count in zip(values, whole, strict=False) for _ in range(count)]


def _spans(classes: Sequence[str]) -> list[Span]:
    return [span for text in classes if (span := read_span(text)) is not None]
