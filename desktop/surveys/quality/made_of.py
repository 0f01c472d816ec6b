"""The counts that a flag over counts is made of: class by class, beside the sums of all others."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.surveys.quality.counted import Counted
from sync.language import mark, tr
from sync.quality import ALIKE, HASTY, LEVELS, MINUTES, Signs


@dataclass(frozen=True)
class Line:
    """One line of the counts that a flag is made of: a class, of this one, of all others."""

    name: str
    own: int
    rest: int


def made_of(flag: Counted, signs: Mapping[str, Signs]) -> list[Line]:
    """The counts behind a flag, class by class, in the language spoken now."""
    own = signs[flag.pseudonym]
    rest = sum((one for name, one in signs.items() if name != flag.pseudonym), Signs())
    pair = (_classes(flag.measure, own), _classes(flag.measure, rest))
    return [Line(name, mine, theirs) for (name, mine), (_, theirs) in zip(*pair, strict=True)]


def _classes(measure: str, one: Signs) -> list[tuple[str, int]]:
    """(class, how many) of what a measure looks at."""
    graded = {
        "short": (MINUTES, one.minutes),
        "hasty": (HASTY, one.hasty),
        "alike": (_percents(ALIKE), one.alike),
        "even": (_percents(LEVELS), one.levels),
    }
    if measure in graded:
        names, counts = graded[measure]
        words = {"short": mark("{n} minutes"), "hasty": mark("{n} questions")}
        text = words.get(measure, "{n} %")
        pairs = zip(names, counts, strict=True)
        return [(tr(text, n=name.replace("-", "–")), count) for name, count in pairs]
    if measure in ("flat", "runs"):
        count = getattr(one, measure)
        return [(tr("With such a grid"), count), (tr("Without"), one.gridded - count)]
    if measure in ("night", "soon"):
        count = getattr(one, measure)
        return [(tr("So begun"), count), (tr("Others"), one.timed - count)]
    kinds = {
        "dont_know": tr("“Don't know”"),
        "refused": tr("“Refused”"),
        "other": tr("“Other”"),
    }
    found = [(words, getattr(one, kind)) for kind, words in kinds.items()]
    return [*found, (tr("All else"), one.answers - sum(count for _, count in found))]


def _percents(classes: int) -> list[str]:
    step = 100 // classes
    return [f"{low}-{low + step}" for low in range(0, 100, step)]
