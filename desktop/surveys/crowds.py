"""Which finished interviews leave a laptop together, and what of them stays behind. Pure.

Neighbours, and a clerk with the household book, know where an interviewer was and who lives there. So of an
answer they know what neighbours know: the place, sex and age, perhaps how many live in the house. A
crowd is FEWEST answers or more that leave at once and are alike in all of that. Whatever else is
known, nobody can link one of them better than by chance: 1 in as many as the crowd has (decision 58).
An answer says its district whatever it gives up, so a crowd is always of one.

What a wave's cells are made of leaves as the group that its plan names, never finer: an age as «18-29».
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import NamedTuple

import msgspec

from sync.answers import FEWEST, Answer
from sync.quotas import NO_DESIGN, Design

PLACE = "okrug"
GROUPS = ("sex", "age_group")  # names of questions that tell people apart, whatever is planned
OTHERS = "others"  # all else that neighbours know, taken together
KNOWN = frozenset(
    (
        *("age", "birth_date", "birth_year", "date_of_birth", "year_of_birth", "gender"),
        *("household", "household_size", "members", "children", "marital_status"),
        *("education", "employment", "occupation", "profession"),
        *("ethnicity", "language", "nationality", "religion"),
    )
)
PERSON = "person"  # a group of questions about the respondent
KEPT_LONGEST = ("sex", "gender", "age_group", "age")  # of what is planned; then all else

Level = tuple[str, ...]  # what the answers of a crowd have in common, and keep


class _Waiting(NamedTuple):
    """An answer in the groups of its wave, with what `what_neighbours_know` and `sorts` tell of it."""

    answer: Answer
    known: Mapping[str, str]
    sorts: Mapping[str, str]


def crowds(
    waiting: Sequence[Answer], *, ended: bool, chance: Random, design: Design = NO_DESIGN
) -> list[list[Answer]]:
    """The crowds of a wave that may leave now, their answers without what tells them apart.

    While the wave runs: of each cell in which twice FEWEST wait, all but FEWEST that stay by chance;
    so whoever is asked later is never alone in a crowd. After it has `ended`: all, unless of a
    district they are fewer than FEWEST together. What is few gives up first what else neighbours
    know, then its groups, sex last, then its place.
    """
    levels = levels_of(design)
    found: list[list[Answer]] = []
    for district in sorted({one.district for one in waiting}):
        own = [_in_groups(one, design) for one in waiting if one.district == district]
        if ended:
            found += _gathered(own, levels)
            continue
        for cell in _alike(own, levels[1]):  # nothing of a cell is given up yet
            if len(cell) >= 2 * FEWEST:
                found += _gathered(chance.sample(cell, len(cell) - FEWEST), levels[:2])
    return _shuffled(found, chance)


def levels_of(design: Design) -> tuple[Level, ...]:
    """What is alike in crowds, the finest first: each gives up one thing more than the one before."""
    planned = sorted(design.groups, key=lambda path: (_rank(path), path))
    named = [name for name in GROUPS if name not in map(_name, planned)]
    whole = (PLACE, *planned, *named)
    return ((*whole, OTHERS), *(whole[:length] for length in range(len(whole), -1, -1)))


def what_neighbours_know(answer: Answer, design: Design = NO_DESIGN) -> dict[str, str]:
    """{PLACE, a name of GROUPS, a path of the design, or OTHERS: what the answer says of it}."""
    said: dict[str, list[str]] = defaultdict(list)
    for path, sort in sorts(answer.values, design).items():
        said[sort].append(
            f"{path}={answer.values[path]}" if sort == OTHERS else str(answer.values[path])
        )
    names = (*GROUPS, *design.groups, OTHERS)
    return {name: "\n".join(said[name]) for name in names} | {PLACE: answer.okrug}


def sorts(paths: Iterable[str], design: Design = NO_DESIGN) -> dict[str, str]:
    """{path: a name of GROUPS, the path itself, or OTHERS} of those questions whose answers
    neighbours know.

    What the design makes cells of is a sort by itself. The first question of a name counts as it, the
    outermost one; what repeats tells of others.
    """
    found: dict[str, str] = {}
    taken = {*map(_name, design.groups)}
    for path in sorted(paths, key=lambda path: (path.count("/"), path)):
        parts = [part.partition("[")[0].lower() for part in path.split("/")]
        name = parts[-1]
        if path in design.groups:
            found[path] = path
        elif name in (PLACE, *GROUPS) and "[" not in path and name not in taken:
            taken.add(name)
            found[path] = name
        elif name in KNOWN.union(GROUPS) or PERSON in parts[:-1]:
            found[path] = OTHERS
    return found


def _in_groups(answer: Answer, design: Design) -> _Waiting:
    """With the group in the place of what was said; what falls into none is not said."""
    own = {path: design.group_of(path, answer.values.get(path)) for path in design.groups}
    values = {path: one for path, one in {**answer.values, **own}.items() if one != ""}
    grouped = msgspec.structs.replace(answer, values=values)
    return _Waiting(grouped, what_neighbours_know(grouped, design), sorts(values, design))


def _gathered(waiting: Iterable[_Waiting], levels: Sequence[Level]) -> list[list[Answer]]:
    """As finely as FEWEST allow. Of the last level all are one group; what is left over joins others."""
    found: list[tuple[Level, list[_Waiting]]] = []
    left = list(waiting)
    for level in levels:
        groups = _alike(left, level)
        found += [(level, group) for group in groups if len(group) >= FEWEST]
        left = [one for group in groups if len(group) < FEWEST for one in group]
    if left and found:
        place, level = _nearest(found, left, levels)
        found[place] = (level, found[place][1] + left)
    return [[_kept(one, level) for one in group] for level, group in found]


def _nearest(
    found: Sequence[tuple[Level, list[_Waiting]]], left: list[_Waiting], levels: Sequence[Level]
) -> tuple[int, Level]:
    """The crowd that gives up least for those who are left; of several the smallest one."""
    by_size = sorted(range(len(found)), key=lambda place: len(found[place][1]))
    for level in levels:
        for place in by_size:
            own, group = found[place]
            if set(level) <= set(own) and len(_alike([*group, *left], level)) == 1:
                return place, level
    raise AssertionError("the last level has all in common")


def _alike(waiting: Iterable[_Waiting], level: Level) -> list[list[_Waiting]]:
    groups: dict[tuple[str, ...], list[_Waiting]] = defaultdict(list)
    for one in waiting:
        groups[tuple(one.known[name] for name in level)].append(one)
    return [groups[key] for key in sorted(groups)]


def _kept(one: _Waiting, level: Level) -> Answer:
    """The answer with no more than this level has of what neighbours know."""
    kept = ("", *level)
    values = {p: said for p, said in one.answer.values.items() if one.sorts.get(p, "") in kept}
    okrug = one.answer.okrug if PLACE in level else ""
    return msgspec.structs.replace(one.answer, okrug=okrug, values=values)


def _name(path: str) -> str:
    return path.rpartition("/")[2].lower()


def _rank(path: str) -> int:
    name = _name(path)
    return KEPT_LONGEST.index(name) if name in KEPT_LONGEST else len(KEPT_LONGEST)


def _shuffled(found: list[list[Answer]], chance: Random) -> list[list[Answer]]:
    for crowd in found:
        chance.shuffle(crowd)
    chance.shuffle(found)
    return found
