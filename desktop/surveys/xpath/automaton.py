"""A regular expression as the places in it that read a character: matched in one pass over a text.

Each place knows which may follow (Glushkov's construction), so a text costs its length times the
places, however the pattern repeats: nothing is ever gone back over. What is no regular language
(looking ahead and behind, back references) is left to Python's matcher.

A pattern is `endless` where one text can be read in a number of ways that doubles with its length,
as `(a+)+` does: no other program that runs forms could be trusted with it.
"""

import re
import warnings
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

BEGIN, END = "\ufdd0", "\ufdd1"  # what `^` and `$` read; never in a text
MOST = 400  # places: `(a{1,99}){5,}` has five hundred
MOST_PAIRED = 60  # places whose pairs are gone through
DEEPEST = 40  # groups within each other
NOWHERE = {(BEGIN, BEGIN), (END, END), (END, BEGIN)}  # one after the other
_PARTS = re.compile(
    r"\\[AZ]|\\[^\dbBAZ]|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?:|\?P<\w+>)?(?!\?)|\)"
    r"|[*+?]\??|\{\d*,?\d*\}\??|\||[^\\\[(]",
    re.DOTALL,
)
_TIMES = re.compile(r"\{(\d*)(,?)(\d*)\}")


@dataclass
class Part:
    """A part of a pattern: whether it may be empty, and the places it begins and ends with."""

    empty: bool = True
    first: Counter[int] = field(default_factory=Counter)
    last: Counter[int] = field(default_factory=Counter)


class Automaton:
    """`places` test one character each; `follow` says what comes after one, and in how many ways."""

    def __init__(self, pattern: str) -> None:
        """Raises ValueError at a pattern that is not regular, or too large."""
        self._signs = _PARTS.findall(pattern)
        if "".join(self._signs) != pattern:
            raise ValueError("not regular")
        self.places: list[re.Pattern[str]] = []
        self.follow: list[Counter[int]] = []
        self._next = 0
        self._whole = self._alternatives(0)
        if self._next < len(self._signs):
            raise ValueError("a bracket too many")
        self.endless = self._is_endless()

    # Reading

    def _alternatives(self, deep: int) -> Part:
        if deep > DEEPEST:
            raise ValueError("too deep")
        found = self._sequence(deep)
        while self._sign() == "|":
            self._next += 1
            other = self._sequence(deep)
            found = Part(
                found.empty or other.empty, found.first + other.first, found.last + other.last
            )
        return found

    def _sign(self) -> str:
        return self._signs[self._next] if self._next < len(self._signs) else ""

    def _sequence(self, deep: int) -> Part:
        found = Part()
        while (sign := self._sign()) and sign not in ("|", ")"):
            found = self._then(found, self._repeated(deep))
        return found

    def _repeated(self, deep: int) -> Part:
        """One character or group as often as it says; read anew for each time it may come."""
        begin = self._next
        once = self._one(deep)
        end, times = self._next, _times(self._sign())
        if times is None:
            return once
        least, most = times
        found = Part()
        for number in range(max(least, 1) if most is None else most):
            if number:
                self._next = begin
                once = self._one(deep)
            if number >= least:
                once = Part(True, once.first, once.last)
            found = self._then(found, once)
        if most is None:
            self._link(once.last, once.first)
        self._next = end + 1
        if _times(self._sign()) is not None:
            raise ValueError("possessive")
        return found

    def _one(self, deep: int) -> Part:
        sign = self._sign()
        self._next += 1
        if sign.startswith("("):
            found = self._alternatives(deep + 1)
            if self._sign() != ")":
                raise ValueError("never closed")
            self._next += 1
            return found
        if _times(sign) is not None:
            raise ValueError("nothing to repeat")
        place = len(self.places)
        if place >= MOST:
            raise ValueError("too large")
        self.places.append(_test(sign))
        self.follow.append(Counter())
        return Part(False, Counter([place]), Counter([place]))

    def _then(self, one: Part, other: Part) -> Part:
        self._link(one.last, other.first)
        return Part(
            one.empty and other.empty,
            one.first + other.first if one.empty else one.first,
            one.last + other.last if other.empty else other.last,
        )

    def _link(self, last: Counter[int], first: Counter[int]) -> None:
        for place in last:
            self.follow[place].update(first)
            for then in first:
                if (self.places[place].pattern, self.places[then].pattern) in NOWHERE:
                    raise ValueError("two ends at one place")

    # Matching

    def search(self, text: str) -> bool:
        """Whether the pattern is found anywhere in the text."""
        if self._whole.empty:
            return True
        ends, begins = frozenset(self._whole.last), frozenset(self._whole.first)
        steps: dict[tuple[frozenset[int], str], frozenset[int]] = {}
        now = begins
        for sign in (BEGIN, *text, END):
            if (then := steps.get((now, sign))) is None:
                read = frozenset(one for one in now if self.places[one].match(sign))
                then = steps[now, sign] = begins.union(*(self.follow[one] for one in read)) | (
                    frozenset([-1]) if read & ends else frozenset()
                )
            if -1 in then:
                return True
            now = then
        return False

    # Ambiguity

    def _is_endless(self) -> bool:
        """Whether a ring of pairs of places reads the same text in two ways."""
        if len(self.places) > MOST_PAIRED:
            return False
        reads = self._reads()
        count = len(self.places)
        pairs = [
            (one, other)
            for one in range(count)
            for other in range(count)
            if reads[one] & reads[other]
        ]
        follows = {
            pair: [
                (one, other)
                for one in self.follow[pair[0]]
                for other in self.follow[pair[1]]
                if reads[one] & reads[other]
            ]
            for pair in pairs
        }
        for ring in rings(follows):
            alone = {one for one, other in ring if one == other}
            if alone and len(alone) < len(ring):
                return True
            if any(self.follow[one][then] > 1 for one in alone for then in alone):
                return True
        return False

    def _reads(self) -> list[int]:
        """Which of some characters each place reads, as bits."""
        signs = sorted({BEGIN, END, *SAMPLE, *"".join(one.pattern for one in self.places)})
        return [
            sum(1 << bit for bit, sign in enumerate(signs) if one.match(sign))
            for one in self.places
        ]


SAMPLE = (
    "abcxyzABCXYZ0123456789 \t\n_-.,:;@/+*()[]'\"#%&!?аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
    "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯé漢"
)


def _times(sign: str) -> tuple[int, int | None] | None:
    """(least, most) of a quantifier; None for what is none."""
    if sign[:1] and sign[0] in "*+?":
        return (1 if sign[0] == "+" else 0), (1 if sign[0] == "?" else None)
    found = _TIMES.match(sign)
    if found is None or not (found[1] or found[3]):
        return None
    least = int(found[1] or 0)
    most = (int(found[3]) if found[3] else None) if found[2] else least
    if max(least, most or 0) > MOST:
        raise ValueError("too large")
    return least, most


@lru_cache(maxsize=4096)
def _test(sign: str) -> re.Pattern[str]:
    """A character, class or anchor → what one character is tested by."""
    if sign in ("^", "\\A"):
        return re.compile(BEGIN)
    if sign in ("$", "\\Z"):
        return re.compile(END)
    with warnings.catch_warnings(action="ignore"):  # of what may mean something else one day
        return re.compile(rf"(?![{BEGIN}{END}])(?:{re.escape(sign) if sign in '{}' else sign})")


Pair = tuple[int, int]


def rings(follows: dict[Pair, list[Pair]]) -> list[set[Pair]]:
    """Sets of pairs that each lead to all others of the set, and at least back to itself."""
    leads: dict[Pair, list[Pair]] = {pair: [] for pair in follows}
    for pair, then in follows.items():
        for one in then:
            leads[one].append(pair)
    found: list[set[Pair]] = []
    taken: set[Pair] = set()
    for begin in reversed(_left_in_order(follows)):
        ring: set[Pair] = set()
        waiting = [begin]
        while waiting:
            pair = waiting.pop()
            if pair not in taken:
                taken.add(pair)
                ring.add(pair)
                waiting += leads[pair]
        if len(ring) > 1 or (ring and begin in follows[begin]):
            found.append(ring)
    return found


def _left_in_order(follows: dict[Pair, list[Pair]]) -> list[Pair]:
    """All pairs as they are left behind when one goes from each as far as it leads (Kosaraju)."""
    order: list[Pair] = []
    seen: set[Pair] = set()
    for begin in follows:
        pending = [(begin, False)]
        while pending:
            pair, done = pending.pop()
            if done:
                order.append(pair)
            elif pair not in seen:
                seen.add(pair)
                pending.append((pair, True))
                pending += [(one, False) for one in follows[pair] if one not in seen]
    return order


@lru_cache(maxsize=512)
def automaton_of(pattern: str) -> Automaton | None:
    """The automaton of a pattern; None where it has none. Of a pattern that Python takes."""
    try:
        return Automaton(pattern)
    except (ValueError, re.error, RecursionError):
        return None
