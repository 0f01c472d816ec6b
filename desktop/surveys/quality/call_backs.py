"""People who are asked again: who, and how their second answers agree with the first.

For an anonymous survey this is done in the field, by the interviewer's leader on the same day:
the answers do not say who gave them.
"""

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.surveys.quality.flag import Flag, percent
from desktop.surveys.quality.interviews import Interviews, as_number
from desktop.surveys.quality.rest import standing_out
from sync.errors import UserError
from sync.language import mark

SHARE = 0.1


def draw(data: Interviews, chance: random.Random, share: float = SHARE) -> list[int]:
    """The rows to be asked again, in their order: of each interviewer this share, at least one.

    `chance` must not be foreseeable where the draw is a real one: random.SystemRandom().
    """
    drawn: list[int] = []
    for rows in data.rows_of.values():
        drawn += chance.sample(rows, max(1, math.ceil(share * len(rows))))
    return sorted(drawn)


@dataclass(frozen=True)
class Agreement:
    """One question, asked twice. `reliability` is None where answers are no numbers."""

    n: int
    error_rate: float  # answers that differ, as a share
    reliability: float | None


def agreement(first: Sequence[str], second: Sequence[str]) -> Agreement | None:
    """How far second answers agree with the first ones, pair by pair; None without a pair.

    reliability = 1 − SRV/Var, with the simple response variance SRV = Σ(x₁ − x₂)²/2n and Var the
    variance of all answers, so 1 − index of inconsistency (Hansen, Hurwitz & Bershad 1961; bcstats
    of Innovations for Poverty Action).
    """
    pairs = [pair for pair in zip(first, second, strict=True) if all(pair)]
    if not pairs:
        return None
    n = len(pairs)
    wrong = sum(one != other for one, other in pairs) / n
    return Agreement(n, wrong, _reliability(pairs))


def _reliability(pairs: Sequence[tuple[str, str]]) -> float | None:
    numbers = [
        (one, other)
        for texts in pairs
        if (one := as_number(texts[0])) is not None and (other := as_number(texts[1])) is not None
    ]
    if len(numbers) < len(pairs):
        return None
    values = [number for pair in numbers for number in pair]
    middle = math.fsum(values) / len(values)
    variance = math.fsum((value - middle) ** 2 for value in values) / (len(values) - 1)
    if not variance:
        return None
    responses = math.fsum((one - other) ** 2 for one, other in numbers) / (2 * len(numbers))
    return 1 - responses / variance


def compare(
    first: Interviews, second: Mapping[str, Sequence[str]], rows: Sequence[int]
) -> dict[str, Agreement]:
    """{question: agreement} of the interviews at `rows`; `second` has their second answers."""
    return {
        item: found
        for item, answers in second.items()
        if item in first.items
        and (found := agreement([first.items[item][row] for row in rows], answers)) is not None
    }


def differing(
    first: Interviews, second: Mapping[str, Sequence[str]], rows: Sequence[int]
) -> Iterator[Flag]:
    """A flag for each interviewer of whose answers more were given otherwise the second time."""
    counts: dict[str, tuple[int, int]] = {}
    wrong: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        pairs = [
            (first.items[item][row], answers[place])
            for item, answers in second.items()
            if item in first.items and first.items[item][row] and answers[place]
        ]
        differ = sum(one != other for one, other in pairs)
        interviewer = first.interviewers[row]
        count, n = counts.get(interviewer, (0, 0))
        counts[interviewer] = (count + differ, n + len(pairs))
        if differ:
            wrong.setdefault(interviewer, []).append(row)
    total, size = (sum(column) for column in zip((0, 0), *counts.values(), strict=True))
    for interviewer in sorted(standing_out(counts)):
        count, n = counts[interviewer]
        text = UserError(
            mark(
                "Asked again, people gave {own} % of the answers otherwise; with the others"
                " {rest} %. People change their minds, and somebody else may ask otherwise: speak"
                " with those who were asked twice."
            ),
            own=percent(count, n),
            rest=percent(total - count, size - n),
        )
        yield Flag("call_backs", interviewer, tuple(sorted(wrong[interviewer])), True, text)
