"""Interviews whose answers nearly repeat another's.

`m_i = max_j` of the share of equal answers among those that both interviews have (Kuriakose &
Robbins 2016). Their line of 85 % accuses honest interviewers where questions are few or answers
skewed (Simmons, Mercer, Schwarzer & Kennedy 2016), so the line is drawn by the data itself: the
99.9th percentile of m when each question's answers are shuffled among the people of a stratum.
Neighbours who think alike cross it too. So what is tested is whether more of one interviewer's
interviews cross it than of the others'.
"""

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from desktop.surveys.quality.flag import Flag, percent
from desktop.surveys.quality.interviews import Interviews
from desktop.surveys.quality.rest import standing_out
from sync.errors import UserError
from sync.language import mark

FEWEST_ITEMS = 20  # answered in both interviews; fewer are equal by chance too often
MOST = 10_000  # interviews; each is compared with each, so these take half a minute
CONSTANT = 0.98  # of the answers alike: such a question tells nothing
UNIQUE = 0.5  # as many different answers for each that was given: typed words, or a number
FEW_ANSWERS = 20  # different ones of a question that may force another's
COMPARED, AT_ONCE = 2_500, 500  # shuffled interviews, and how many of one shuffle
PERCENTILE = 0.999

Coded = tuple[Sequence[int], Sequence[int]]  # of each interview: its answers, what it answered


def near_duplicates(data: Interviews, seed: int = 0) -> list[Flag]:
    """A flag for each interviewer with more interviews above the line than the others have."""
    columns = comparable(data)
    if len(columns) < FEWEST_ITEMS or len(data) > MOST:
        return []
    line = null_line(data, columns, random.Random(seed))  # noqa: S311  # a shuffle, no secret
    alike = closest(_code(columns), range(len(data)))
    above = {row for row, share in enumerate(alike) if share is not None and share > line}
    counts = {
        interviewer: (len(above.intersection(rows)), len(rows))
        for interviewer, rows in data.rows_of.items()
    }
    return [_flag(data, interviewer, above, line) for interviewer in standing_out(counts)]


def comparable(data: Interviews) -> list[Sequence[str]]:
    """The questions that can tell people apart: none nearly constant, typed, or forced by another."""
    kept: list[Sequence[str]] = []
    for answers in data.items.values():
        given = Counter(filter(None, answers))
        number = given.total()
        if not given or max(given.values()) >= CONSTANT * number or len(given) > UNIQUE * number:
            continue
        if not any(_forces(earlier, answers) for earlier in kept):
            kept.append(answers)
    return kept


def _forces(cause: Sequence[str], answers: Sequence[str]) -> bool:
    """Whether one answer follows from the other in every interview that has both."""
    follows: dict[str, str] = {}
    for given, answer in zip(cause, answers, strict=True):
        if given and answer and follows.setdefault(given, answer) != answer:
            return False
        if len(follows) > FEW_ANSWERS:
            return False
    return bool(follows)


def null_line(data: Interviews, columns: Sequence[Sequence[str]], chance: random.Random) -> float:
    """The share of equal answers that chance alone exceeds once in a thousand interviews."""
    found: list[float] = []
    rows = range(len(data))
    at_once = min(AT_ONCE, len(rows))
    for _ in range(math.ceil(COMPARED / at_once)):
        shuffled = _code([_shuffled(data, column, chance) for column in columns])
        found += filter(None, closest(shuffled, chance.sample(rows, at_once)))
    found.sort()
    return found[int(PERCENTILE * (len(found) - 1))] if found else 1.0


def _shuffled(data: Interviews, column: Sequence[str], chance: random.Random) -> Sequence[str]:
    """The answers given to a question, exchanged among those of a stratum who answered it."""
    places: dict[str, list[int]] = defaultdict(list)
    for row, answer in enumerate(column):
        if answer:
            places[data.stratum(row)].append(row)
    shuffled = list(column)
    for rows in places.values():
        taken = rows.copy()
        chance.shuffle(taken)
        for row, source in zip(rows, taken, strict=True):
            shuffled[row] = column[source]
    return shuffled


def _code(columns: Iterable[Sequence[str]]) -> Coded:
    """Each interview as two numbers: a bit for each question's answer, a bit for each answered.

    So a pair is compared by one `&` and one count of bits, whatever the number of questions.
    """
    answers: list[Sequence[int]] = []
    answered: list[Sequence[int]] = []
    free = 0
    for place, column in enumerate(columns):
        shared = [answer for answer, times in Counter(column).items() if answer and times > 1]
        bits = {answer: 1 << free + n for n, answer in enumerate(shared)}
        free += len(bits)
        answers.append([bits.get(answer, 0) for answer in column])
        answered.append([1 << place if answer else 0 for answer in column])
    return list(map(sum, zip(*answers, strict=True))), list(map(sum, zip(*answered, strict=True)))


def closest(coded: Coded, looked: Iterable[int]) -> Iterator[float | None]:
    """m of each interview looked at; None where no other shares FEWEST_ITEMS questions with it."""
    answers, answered = coded
    groups: dict[int, list[int]] = defaultdict(list)
    place_in_group: list[int] = []
    for own, asked in zip(answers, answered, strict=True):
        place_in_group.append(len(groups[asked]))
        groups[asked].append(own)
    for row in looked:
        own, asked, best = answers[row], answered[row], 0.0
        for other, group in groups.items():
            if (shared := (asked & other).bit_count()) < FEWEST_ITEMS:
                continue
            if other == asked:
                place = place_in_group[row]
                group = group[:place] + group[place + 1 :]
            equal = max(map(int.bit_count, map(own.__and__, group)), default=0)
            best = max(best, equal / shared)
        yield best or None


def _flag(data: Interviews, interviewer: str, above: set[int], line: float) -> Flag:
    own = data.rows_of[interviewer]
    rows = tuple(row for row in own if row in above)
    text = UserError(
        mark(
            "Much like another interview: {count} of {n}; of the others' {rest} %. “Much” is over"
            " {line} % of the answers, which chance exceeds once in a thousand. Neighbours may"
            " think alike, and forms may be entered twice: compare the rows."
        ),
        count=len(rows),
        n=len(own),
        rest=percent(len(above) - len(rows), len(data) - len(own)),
        line=int(100 * line),
    )
    return Flag("near_duplicates", interviewer, rows, stands_out=True, text=text)
