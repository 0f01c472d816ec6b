"""Which figures about people stay inside: those of a few, where they were in one village or okrug.

Of a whole district no number is held back: «three asked about gas» points at nobody there.
"""

from collections.abc import Sequence

from desktop.figures.declared import Report, Shape
from desktop.figures.sums import FEW, Value, Values

LEAST = 5  # people, or records about them, that are told of one place


def held_back(report: Report, lines: Sequence[Values]) -> list[Values]:
    """The lines of one period without numbers from 1 to 4, and what these could be reckoned from.

    Where one number alone would be missing from its column, the sum of all lines would tell it: then
    the least of the others is held back with it. Shares, medians and sums of money of a line that
    has such a number stay inside, too.
    """
    counts = [one.name for one in report.figures if one.shape is Shape.COUNT]
    few = [{name for name in counts if 0 < _number(line[name]) < LEAST} for line in lines]
    for name in counts:
        hidden = [at for at, names in enumerate(few) if name in names]
        others = [at for at in range(len(lines)) if at not in hidden and _number(lines[at][name])]
        if len(hidden) == 1 and others:
            few[min(others, key=lambda at: _number(lines[at][name]))].add(name)
    return [_without(report, line, names) for line, names in zip(lines, few, strict=True)]


def _without(report: Report, line: Values, names: set[str]) -> Values:
    if not names:
        return line
    kept = {one.name for one in report.figures if one.shape in (Shape.COUNT, Shape.DATE)} - names
    return {name: value if name in kept or value is None else FEW for name, value in line.items()}


def _number(value: Value) -> float:
    return value if isinstance(value, int | float) else 0
