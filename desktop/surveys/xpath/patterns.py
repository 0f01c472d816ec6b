"""Regular expressions that a form brings are not trusted: one can keep a laptop busy for years.

Python's matcher goes back over what it tried. `(a+)+b` takes time that doubles with each letter,
`a?a?a?…aaa` with each sign, `a*a*a*a*b` grows with the fourth power of the text. So the ways in
which a pattern can be laid over a text are counted before it runs: of `?`, of what is repeated a
few times, and of each `|` the choices are multiplied; what repeats without an end is counted apart.
A pattern that may begin anywhere is tried from each character of the text. Where that could take
long, an automaton reads the text once instead, which any regular pattern has. One that no program
could be trusted with is refused, as is one that could take long and has no automaton.
"""

import re
import warnings
from dataclasses import dataclass
from functools import lru_cache
from math import comb

from desktop.surveys.xpath.automaton import Automaton, automaton_of
from desktop.surveys.xpath.errors import XPathError
from sync.language import mark

LONGEST = 1_000  # characters of a pattern
MOST = 5_000_000  # ways; a laptop tries some ten million in a second
MOST_READ = 4_000_000  # characters of a text times places of an automaton
MANY = 20  # times: more often than this is without an end
ENDLESS = MOST + 1
_PARTS = re.compile(
    r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?[:=!]|\?<[=!]|\?P<\w+>)?|\)|[*+?][?+]?"
    r"|\{\d*,?\d*\}[?+]?|\||.",
    re.DOTALL,
)
_QUANTIFIER = re.compile(r"[*+?][?+]?|\{(\d*)(,?)(\d*)\}[?+]?")

FOREVER = mark(
    "The regular expression “{pattern}” could take forever: it repeats a group that "
    "itself repeats. Write it without a repetition inside a repeated group."
)
UNREADABLE = mark("The regular expression “{pattern}” cannot be read.")
TOO_LONG = mark(
    "The answer is too long for the regular expression “{pattern}”: it could take forever. Write "
    "the expression with fewer repetitions."
)


@dataclass(frozen=True)
class Ways:
    """In how many ways something may match, besides parts that repeat without an end."""

    choices: int = 1
    endless: int = 0

    def then(self, other: "Ways") -> "Ways":
        """One after the other."""
        return Ways(min(self.choices * other.choices, ENDLESS), self.endless + other.endless)

    def otherwise(self, other: "Ways") -> "Ways":
        """One or the other."""
        choices = min(self.choices + other.choices, ENDLESS)
        return Ways(choices, max(self.endless, other.endless))

    def repeated(self, least: int, most: int | None) -> "Ways":
        """So many times; None for as often as it goes."""
        if self == Ways():  # each time it matches in one way only
            return Ways(1, 1) if most is None else Ways(max(1, most - least + 1))
        if most is None or self.choices**most > MOST:
            return Ways(ENDLESS)
        return Ways((self.choices + (least < most)) ** most, self.endless * most)

    def over(self, length: int) -> int:
        """In how many ways it may be laid over a text of so many characters."""
        if self.choices > MOST or self.endless > LONGEST:
            return ENDLESS
        return self.choices * comb(length + self.endless, self.endless)


@dataclass(frozen=True)
class Matcher:
    """A pattern with what may run it: Python's matcher where there are few ways, or an automaton."""

    pattern: re.Pattern[str]
    ways: Ways
    automaton: Automaton | None

    def finds(self, text: str) -> bool:
        """Whether it is found anywhere in a text. Raises XPathError where that could take long."""
        begins = 1 if _begins_once(self.pattern.pattern) else len(text) + 1
        if self.ways.over(len(text)) * begins <= MOST:
            return self.pattern.search(text) is not None
        if self.automaton is None or len(text) * len(self.automaton.places) > MOST_READ:
            raise XPathError(TOO_LONG, pattern=self.pattern.pattern[:80])
        return self.automaton.search(text)


@lru_cache(maxsize=512)
def matcher_of(text: str) -> Matcher:
    """Raises XPathError at a pattern that cannot be read, or could take forever."""
    if len(text) > LONGEST:
        raise XPathError(FOREVER, pattern=text[:80])
    try:
        with warnings.catch_warnings(action="ignore"):  # of what may mean something else one day
            pattern = re.compile(text)
    except (re.error, RecursionError, OverflowError) as wrong:
        raise XPathError(UNREADABLE, pattern=text[:80]) from wrong
    ways, automaton = _count(text), automaton_of(text)
    if automaton.endless if automaton is not None else ways.over(0) > MOST:
        raise XPathError(FOREVER, pattern=text[:80])
    return Matcher(pattern, ways, automaton)


def _begins_once(pattern: str) -> bool:
    """Whether it is tried from the first character only, not from each."""
    return pattern.startswith(("^", ".*")) and "|" not in pattern


def _count(pattern: str) -> Ways:
    groups: list[tuple[Ways | None, Ways]] = []  # what is open: alternatives so far, and this one
    before, here, last = None, Ways(), Ways()
    for part in _PARTS.findall(pattern):
        if (repeats := _QUANTIFIER.fullmatch(part)) is not None:
            last = last.repeated(*_times(part, repeats))
            continue
        here, last = here.then(last), Ways()
        if part.startswith("("):
            groups.append((before, here))
            before, here = None, Ways()
        elif part == "|":
            before, here = _either(before, here), Ways()
        elif part == ")" and groups:
            last = _either(before, here)
            before, here = groups.pop()
    return _either(before, here.then(last))


def _either(before: Ways | None, here: Ways) -> Ways:
    return here if before is None else before.otherwise(here)


def _times(part: str, found: re.Match[str]) -> tuple[int, int | None]:
    """(least, most) of a quantifier; None for more than MANY."""
    if part[0] == "?":
        return 0, 1
    if part[0] in "*+":
        return 0, None
    least, comma, most = found.groups(default="")
    low = int(least or 0)
    if comma and not most:
        return low, None
    high = int(most or least or 0)
    return (low, None) if high > MANY and high != low else (low, high)
