"""Places that are asked anew, for surveys whose answers do not say who gave them.

Nobody can be asked twice, for nobody is known. So a tenth of the okrugs is drawn, and somebody else
asks other people there by the same form, as a wave of its own; then distributions are compared. That
tells of a place whose answers were thought up, not of a single interview.
"""

import math
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from desktop.surveys.quality.chance import chi_square_tail, counts_statistic
from desktop.surveys.quality.rest import holm
from sync.errors import UserError
from sync.language import mark

SHARE = 0.1  # of the okrugs of a district, one at least
PEOPLE = 20  # who are asked there at least; fewer tell nothing but the grossest differences
FEWEST = 10  # answers of a place, each time, below which it is not compared

Given = Mapping[str, Counter[str]]  # {question: how often each answer}


def draw(answers: Mapping[str, Mapping[str, int]], chance: random.Random) -> dict[str, int]:
    """{district: {okrug: answers}} → {okrug: how many people are asked there anew}.

    `chance` must not be foreseeable where the draw is a real one: random.SystemRandom().
    """
    drawn: dict[str, int] = {}
    for okrugs in answers.values():
        able = sorted(okrug for okrug, number in okrugs.items() if okrug and number >= FEWEST)
        for okrug in chance.sample(able, min(len(able), math.ceil(SHARE * len(able)))):
            drawn[okrug] = max(PEOPLE, math.ceil(SHARE * okrugs[okrug]))
    return dict(sorted(drawn.items()))


@dataclass(frozen=True)
class Apart:
    """A question that a place answered otherwise the second time; shares of `answer` in percent."""

    okrug: str
    question: str
    answer: str
    first: int
    second: int

    @property
    def text(self) -> UserError:
        """What was seen, and how it may come about honestly."""
        return UserError(
            mark(
                "“{question}”: “{answer}” was {first} % of the answers, and {second} % when others"
                " were asked anew. Other people were asked, and something may have happened"
                " meanwhile: ask what."
            ),
            question=self.question,
            answer=self.answer,
            first=self.first,
            second=self.second,
        )


def apart(first: Mapping[str, Given], second: Mapping[str, Given]) -> list[Apart]:
    """{okrug: {question: answers}} of both waves → where they are further apart than chance.

    Holm-corrected over all places and questions: a place is not accused by one of a thousand tests.
    """
    tails: dict[tuple[str, str], float] = {}
    for okrug, question in _both(first, second):
        statistic, df = counts_statistic(second[okrug][question], first[okrug][question])
        if df:
            tails[okrug, question] = chi_square_tail(statistic, df)
    return [
        _named(*key, first[key[0]][key[1]], second[key[0]][key[1]]) for key in sorted(holm(tails))
    ]


def _both(first: Mapping[str, Given], second: Mapping[str, Given]) -> Iterator[tuple[str, str]]:
    for okrug in first.keys() & second.keys():
        for question in first[okrug].keys() & second[okrug].keys():
            sizes = (side[okrug][question].total() for side in (first, second))
            if okrug and min(sizes) >= FEWEST:
                yield okrug, question


def _named(okrug: str, question: str, first: Counter[str], second: Counter[str]) -> Apart:
    def share(side: Counter[str], answer: str) -> float:
        return 100 * side[answer] / side.total()

    most = max(
        {*first, *second}, key=lambda one: (abs(share(first, one) - share(second, one)), one)
    )
    return Apart(okrug, question, most, round(share(first, most)), round(share(second, most)))
