"""Whether links were found more often than is promised, or anything is kept that need not be."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import sqrt
from uuid import UUID

import msgspec

from sync.answers import FEWEST, ROOM, Answer
from sync.places import load_pack
from tests.anonymity.attacker import MOMENT, Guess
from tests.anonymity.field import STARTS, Seen

Z = 3.5  # of a normal distribution: one in 4,000, for a dozen attackers look


@dataclass
class Score:
    """An attacker's links. `excess` has its bounds; answers of a crowd are right or wrong together."""

    guesses: int = 0
    right: int = 0
    promised: float = 0.0
    squares: float = 0.0

    @property
    def excess(self) -> float:
        """How much more often than promised."""
        return (self.right - self.promised) / self.guesses

    @property
    def bound(self) -> float:
        """By how much chance may have moved it."""
        return Z * sqrt(self.squares) / self.guesses

    @property
    def broken(self) -> bool:
        """Whether it is more than chance."""
        return self.excess > self.bound

    def row(self) -> dict[str, float]:
        """As plain numbers."""
        return {
            "guesses": self.guesses,
            "right": round(self.right / self.guesses, 4),
            "promised": round(self.promised / self.guesses, 4),
            "at_most": round((self.right + self.bound * self.guesses) / self.guesses, 4),
        }


class Scores:
    """Of all attackers, over many waves."""

    def __init__(self) -> None:
        self.by_attacker: dict[str, Score] = defaultdict(Score)

    def add(self, guesses: Iterable[Guess]) -> None:
        """Those about one wave."""
        by_crowd: dict[tuple[str, object], float] = defaultdict(float)
        for one in guesses:
            score = self.by_attacker[one.attacker]
            score.guesses += 1
            score.right += one.right
            score.promised += one.promised
            by_crowd[one.attacker, one.crowd] += one.right - one.promised
        for (attacker, _), sum_of in by_crowd.items():
            self.by_attacker[attacker].squares += sum_of**2

    @property
    def broken(self) -> list[str]:
        """Attackers who do better than is promised."""
        return [name for name, one in self.by_attacker.items() if one.broken]


def traces(seen: Seen) -> Iterator[str]:
    """What is seen, kept or logged and should not be."""
    logins = set(seen.plan.interviewers)
    if any("answers" in line or any(login in line for login in logins) for line in seen.lines):
        yield "a line in the log"
    if any(upload.size % ROOM for upload in seen.uploads):
        yield "the length of an upload"
    names = set(Answer.__struct_fields__)
    okrugs = load_pack().okrugs
    for said in seen.kept.values():
        if set(said) != names or said["on"] != str(STARTS) or UUID(said["id"]).version != 4:
            yield "the shape of an answer"
        if said["okrug"] and said["okrug"] not in okrugs:
            yield "a place finer than an okrug"
        words = msgspec.json.encode(said["values"]).decode()
        if MOMENT.search(words):
            yield "a moment in an answer"
        if any(login in words for login in logins):
            yield "an interviewer in an answer"


def few(guesses: Iterable[Guess]) -> bool:
    """Whether some crowd was smaller than is promised."""
    sizes: dict[object, int] = defaultdict(int)
    for one in guesses:
        if one.attacker == "all ways":
            sizes[one.crowd] += 1
    return any(size < FEWEST for size in sizes.values())
