"""How often each answer was given to some questions of a wave: one pass over all that came."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from uuid import UUID

import msgspec
from sqlalchemy import select

from desktop.session import Desk
from desktop.surveys.ratings.drawn import Asked
from sync.client.tables import TakenAnswer, TakenCounts, WaitingAnswer
from sync.counts import Counts

MANY = 2_000  # answers that are in memory at once

Times = dict[object, int]  # {what was answered, None for nothing: how often}


class Said(msgspec.Struct):
    """The part of a sync.answers.Answer that is counted."""

    district: str
    okrug: str
    values: dict[str, object]


@dataclass
class Counted:
    """`times` has one Times for each question, in their order, of who was asked about whom, where."""

    answers: int = 0
    together: bool = False  # okrugs were put together, for too few answered there
    times: dict[Asked, list[Times]] = field(default_factory=dict)

    @property
    def okrugs(self) -> int:
        """In how many okrugs somebody answered, as far as they are known."""
        return len({okrug for asked in self.times for okrug in asked.okrug.split(" ") if okrug})


def count_marks(
    desk: Desk,
    wave: UUID,
    official: str,
    questions: Sequence[str],
    groups: Mapping[str, Callable[[object], str]] = MappingProxyType({}),
) -> Counted:
    """Count by whom is rated, the value at the path `official`, by district, by okrug, and by groups:
    {path: the group that a value falls into}.

    The same answers as `answers.of_wave` has, but not all in memory: there may be a million. Where
    the server has counts instead of answers, these are added: okrugs that it put together are one,
    and nobody's groups are known.
    """
    found = Counted()
    times: dict[tuple[str, str, str, tuple[str, ...]], list[Times]] = defaultdict(
        lambda: [defaultdict(int) for _ in questions]
    )
    decoder = msgspec.json.Decoder(Said)
    for body in _bodies(desk, wave):
        read = decoder.decode(body)
        found.answers += 1
        said = read.values.get
        within = tuple([find(said(path)) for path, find in groups.items()]) if groups else ()
        asked = (str(said(official, "")), read.district, read.okrug, within)
        for path, one in zip(questions, times[asked], strict=True):
            try:
                one[said(path)] += 1
            except TypeError:  # a list, which is no mark
                one[None] += 1
    for counts in _counts(desk, wave):
        found.answers += counts.answers
        for cell in counts.cells:
            found.together |= len(cell.okrugs) > 1
            unknown = ("",) * len(groups)
            here = times[cell.official, counts.district, " ".join(cell.okrugs), unknown]
            for path, one in zip(questions, here, strict=True):
                given = cell.times.get(path, {})
                for value, number in given.items():
                    one[value] += number
                one[None] += max(0, cell.answers - sum(given.values()))
    found.times = {Asked(*asked): of_all for asked, of_all in times.items()}
    return found


def _counts(desk: Desk, wave: UUID) -> list[Counts]:
    with desk.store() as session:
        found = session.get(TakenCounts, wave)
        return msgspec.json.decode(found.body, type=list[Counts]) if found else []


def _bodies(desk: Desk, wave: UUID) -> Iterator[bytes]:
    with desk.store() as session:
        for kind in (TakenAnswer, WaitingAnswer):
            chosen: Iterable[bytes] = session.scalars(
                select(kind.body).where(kind.wave == wave).execution_options(yield_per=MANY)
            )
            yield from chosen
