"""All that are likely one matter among many records: as comparing each with each, only much sooner.

Worth comparing are two with a phone, an IIN or a contract in common, and two of one village with a word
that not all have. What they have in common is counted as bits of two numbers; where that cannot be
enough, whatever person and address add, nothing else is looked at. No session, no screen.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from desktop.alike import LIKELY, MORE, NEAR, Told, likeness, share

COMMON: Final = (
    0.2  # of the records of a village: words that more of them have bring none together
)
ALWAYS: Final = 20  # holders of a word that bring each other together in a small village, too
ENOUGH: Final = 2 * (LIKELY - MORE) - 1e-9  # both shares together

Likely = tuple[
    int, int, float
]  # the places of two, the earlier first, and how likely they are one


def likely(every: Sequence[Told], step: Callable[[], None] = lambda: None) -> Iterator[Likely]:
    """Pairs that are LIKELY one matter, each once. `step` is called for each record of a village."""
    keyed = _keyed(every)
    yield from _scored(every, sorted(keyed))
    by_place: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(every):
        by_place[one.place].append(number)
    for place, group in by_place.items():
        if place:
            near = _in_one_place(every, group, step)
            yield from _scored(every, (pair for pair in near if pair not in keyed))


def by_keys(every: Sequence[Told]) -> Iterator[Likely]:
    """Only those with a phone, an IIN or a contract in common, wherever they are."""
    return _scored(every, sorted(_keyed(every)))


def _keyed(every: Sequence[Told]) -> set[tuple[int, int]]:
    by_key: dict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(every):
        for key in one.sure:
            by_key[key].append(number)
    return {pair for group in by_key.values() for pair in combinations(group, 2)}


def _scored(every: Sequence[Told], pairs: Iterable[tuple[int, int]]) -> Iterator[Likely]:
    for one, other in pairs:
        if (score := likeness(every[one], every[other])) >= LIKELY:
            yield one, other, score


def _in_one_place(
    every: Sequence[Told], group: Sequence[int], step: Callable[[], None]
) -> Iterator[tuple[int, int]]:
    """Those of a village that say enough in common, within days of each other."""
    holders: dict[str, list[int]] = defaultdict(list)
    for at, number in enumerate(group):
        for word in every[number].text:
            holders[word].append(at)
    most = max(ALWAYS, COMMON * len(group))
    rare = {word: some for word, some in holders.items() if len(some) <= most}
    texts = _as_bits([every[number].text for number in group])
    letters = _as_bits([every[number].letters for number in group])
    sizes = [(len(every[number].text), len(every[number].letters)) for number in group]
    days = [day.toordinal() if (day := every[number].day) else 0 for number in group]
    for at, number in enumerate(group):
        step()
        text, letter, on, (words, threes) = texts[at], letters[at], days[at], sizes[at]
        for to in set().union(*(rare.get(word, ()) for word in every[number].text)):
            if to <= at or (on and days[to] and abs(on - days[to]) > NEAR):
                continue
            said = share((letter & letters[to]).bit_count(), threes, sizes[to][1])
            said += share((text & texts[to]).bit_count(), words, sizes[to][0])
            if said >= ENOUGH:
                yield number, group[to]


def _as_bits(some: Sequence[frozenset[str]]) -> list[int]:
    """Each set as a number, in which each word has a bit of its own."""
    bits: dict[str, int] = {}
    numbers = []
    for words in some:
        number = 0
        for word in words:
            number |= bits.setdefault(word, 1 << len(bits))
        numbers.append(number)
    return numbers
