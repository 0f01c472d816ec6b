"""Which finished interviews leave a laptop together, and what of them stays behind. Pure.

Neighbours, and a clerk with the household book, know where an interviewer was and who lives there. So of an
answer they know what neighbours know: the place, sex and age, perhaps how many live in the house. A
crowd is FEWEST answers or more that leave at once and are alike in all of that. Whatever else is
known, nobody can link one of them better than by chance: 1 in as many as the crowd has (decision 58).
An answer says its district whatever it gives up, so a crowd is always of one.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from random import Random

import msgspec

from sync.answers import FEWEST, Answer

PLACE = "okrug"
GROUPS = ("sex", "age_group")  # names of the questions by which cells are made and weights fitted
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

Level = tuple[str, ...]  # what the answers of a crowd have in common, and keep
LEVELS: tuple[Level, ...] = (
    (PLACE, *GROUPS, OTHERS),
    (PLACE, *GROUPS),
    (PLACE, GROUPS[0]),
    (PLACE,),
    (),
)
WHOLE = LEVELS[1]  # while the wave runs nothing of a cell is given up


def crowds(waiting: Sequence[Answer], *, ended: bool, chance: Random) -> list[list[Answer]]:
    """The crowds of a wave that may leave now, their answers without what tells them apart.

    While the wave runs: of each cell in which twice FEWEST wait, all but FEWEST that stay by chance;
    so whoever is asked later is never alone in a crowd. After it has `ended`: all, unless of a
    district they are fewer than FEWEST together. What is few gives up first what else neighbours
    know, then its age group, its sex, its place.
    """
    found: list[list[Answer]] = []
    for district in sorted({one.district for one in waiting}):
        own = [one for one in waiting if one.district == district]
        if ended:
            found += _gathered(own, LEVELS)
            continue
        for cell in _alike(own, WHOLE):
            if len(cell) >= 2 * FEWEST:
                found += _gathered(chance.sample(cell, len(cell) - FEWEST), LEVELS[:2])
    return _shuffled(found, chance)


def what_neighbours_know(answer: Answer) -> dict[str, str]:
    """{PLACE, a name of GROUPS, or OTHERS: what the answer says of it}."""
    said: dict[str, list[str]] = defaultdict(list)
    for path, sort in sorts(answer.values).items():
        said[sort].append(
            f"{path}={answer.values[path]}" if sort == OTHERS else str(answer.values[path])
        )
    return {name: "\n".join(said[name]) for name in (*GROUPS, OTHERS)} | {PLACE: answer.okrug}


def _gathered(answers: Iterable[Answer], levels: Sequence[Level]) -> list[list[Answer]]:
    """As finely as FEWEST allow. Of the last level all are one group; what is left over joins others."""
    found: list[tuple[Level, list[Answer]]] = []
    left = list(answers)
    for level in levels:
        groups = _alike(left, level)
        found += [(level, group) for group in groups if len(group) >= FEWEST]
        left = [one for group in groups if len(group) < FEWEST for one in group]
    if left and found:
        place, level = _nearest(found, left, levels)
        found[place] = (level, found[place][1] + left)
    return [[_kept(one, level) for one in group] for level, group in found]


def _nearest(
    found: Sequence[tuple[Level, list[Answer]]], left: list[Answer], levels: Sequence[Level]
) -> tuple[int, Level]:
    """The crowd that gives up least for those who are left; of several the smallest one."""
    by_size = sorted(range(len(found)), key=lambda place: len(found[place][1]))
    for level in levels:
        for place in by_size:
            own, group = found[place]
            if set(level) <= set(own) and len(_alike([*group, *left], level)) == 1:
                return place, level
    raise AssertionError("the last level has all in common")


def _alike(answers: Iterable[Answer], level: Level) -> list[list[Answer]]:
    groups: dict[tuple[str, ...], list[Answer]] = defaultdict(list)
    for one in answers:
        said = what_neighbours_know(one)
        groups[tuple(said[name] for name in level)].append(one)
    return [groups[key] for key in sorted(groups)]


def _kept(answer: Answer, level: Level) -> Answer:
    """The answer with no more than this level has of what neighbours know."""
    known = sorts(answer.values)
    values = {
        path: one for path, one in answer.values.items() if known.get(path, "") in ("", *level)
    }
    okrug = answer.okrug if PLACE in level else ""
    return msgspec.structs.replace(answer, okrug=okrug, values=values)


def sorts(paths: Iterable[str]) -> dict[str, str]:
    """{path: PLACE, a name of GROUPS, or OTHERS} of those questions whose answers neighbours know.

    The first question of a name counts as it, the outermost one; what repeats tells of others.
    """
    found: dict[str, str] = {}
    for path in sorted(paths, key=lambda path: (path.count("/"), path)):
        parts = [part.partition("[")[0].lower() for part in path.split("/")]
        name = parts[-1]
        if name in (PLACE, *GROUPS) and "[" not in path and name not in found.values():
            found[path] = name
        elif name in KNOWN.union(GROUPS) or PERSON in parts[:-1]:
            found[path] = OTHERS
    return found


def _shuffled(found: list[list[Answer]], chance: Random) -> list[list[Answer]]:
    for crowd in found:
        chance.shuffle(crowd)
    chance.shuffle(found)
    return found
