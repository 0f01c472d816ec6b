"""What the checks find in made-up waves, and whom they trouble without reason."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from desktop.surveys.quality.checking import check
from desktop.surveys.quality.flag import Flag
from tests.faked.waves import KINDS, SHARE, Wave, make_wave

WHOLESALE = {"answers", "all_questions", "evenness", "dont_know", "refused", "other"}
NAMED = ("copied", "desk", "quick")  # kinds whose interviews a check can tell from honest ones


@dataclass(frozen=True)
class Figure:
    """How many of how many."""

    count: int
    of: int

    @property
    def share(self) -> float:
        return self.count / self.of if self.of else 0.0

    def __add__(self, other: "Figure") -> "Figure":
        return Figure(self.count + other.count, self.of + other.of)

    def __str__(self) -> str:
        return f"{100 * self.share:.1f} % ({self.count} of {self.of})"


NONE = Figure(0, 0)


@dataclass(frozen=True)
class Checked:
    """A wave with its flags."""

    wave: Wave
    flags: tuple[Flag, ...]

    def flagged(self, without: Collection[str] = ()) -> Iterator[Flag]:
        return (flag for flag in self.flags if flag.check not in without)


@cache
def checked(seed: int, kinds: tuple[str, ...] = KINDS, share: float = SHARE) -> Checked:
    """A made-up wave, checked."""
    wave = make_wave(seed, kinds, share)
    return Checked(wave, tuple(check(wave.data)))


def recall(waves: Iterable[Checked], kind: str, without: Collection[str] = ()) -> Figure:
    """Of the faked *interviews* of a kind, how many a flag names.

    A flag that names all rows of an interviewer tells no interview from another, so it counts for
    partly real ones alone: for them there is no other sign.
    """
    without = {*without, *(WHOLESALE if kind in NAMED else ())}
    found = NONE
    for one in waves:
        fakes = {row for row, faked in one.wave.fakes.items() if faked == kind}
        named = {row for flag in one.flagged(without) for row in flag.rows}
        found += Figure(len(fakes & named), len(fakes))
    return found


def fakers_found(waves: Iterable[Checked], kind: str) -> Figure:
    """Of the *interviewers* who fake in this way, how many stand out."""
    found = NONE
    for one in waves:
        names = one.wave.data.interviewers
        fakers = {names[row] for row, faked in one.wave.fakes.items() if faked == kind}
        found += Figure(len(fakers & _standing_out(one)), len(fakers))
    return found


def honest_interviews_flagged(waves: Iterable[Checked]) -> Figure:
    """Of the honest *interviews*, those of interviewers who never fake, how many a flag names."""
    found = NONE
    for one in waves:
        data = one.wave.data
        fakers = _fakers(one)
        honest = {row for row, name in enumerate(data.interviewers) if name not in fakers}
        named = {row for flag in one.flags for row in flag.rows}
        found += Figure(len(honest & named), len(honest))
    return found


def honest_interviewers_flagged(waves: Iterable[Checked]) -> Figure:
    """Of the *interviewers* who never fake, how many stand out."""
    found = NONE
    for one in waves:
        honest = set(one.wave.data.rows_of) - _fakers(one)
        found += Figure(len(honest & _standing_out(one)), len(honest))
    return found


def _fakers(one: Checked) -> set[str]:
    return {one.wave.data.interviewers[row] for row in one.wave.fakes}


def _standing_out(one: Checked) -> set[str]:
    return {flag.interviewer for flag in one.flags if flag.stands_out}
