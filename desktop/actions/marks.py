"""How often each answer was given to some questions of a wave: one pass over all that came."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import msgspec
from sqlalchemy import select

from desktop.session import Desk
from sync.client.tables import TakenAnswer, WaitingAnswer

MANY = 2_000  # answers that are in memory at once

Times = dict[object, int]  # {what was answered, None for nothing: how often}


@dataclass
class Counted:
    """`times[official][okrug]` has one Times for each question, in their order."""

    answers: int = 0
    times: dict[str, dict[str, list[Times]]] = field(default_factory=dict)

    @property
    def okrugs(self) -> int:
        """In how many okrugs somebody answered."""
        return len({okrug for by_okrug in self.times.values() for okrug in by_okrug})


class _Read(msgspec.Struct):
    """The part of a sync.answers.Answer that is counted."""

    okrug: str
    values: dict[str, object]


def count_marks(desk: Desk, wave: UUID, official: str, questions: Sequence[str]) -> Counted:
    """Count by whom is rated, the value at the path `official`, and by okrug.

    The same answers as `answers.of_wave` has, but not all in memory: there may be a million.
    """
    found = Counted()
    times: dict[str, dict[str, list[Times]]] = defaultdict(
        lambda: defaultdict(lambda: [defaultdict(int) for _ in questions])
    )
    decoder = msgspec.json.Decoder(_Read)
    for body in _bodies(desk, wave):
        read = decoder.decode(body)
        found.answers += 1
        said = read.values.get
        for path, one in zip(questions, times[str(said(official, ""))][read.okrug], strict=True):
            try:
                one[said(path)] += 1
            except TypeError:  # a list, which is no mark
                one[None] += 1
    found.times = dict(times)
    return found


def _bodies(desk: Desk, wave: UUID) -> Iterator[bytes]:
    with desk.store() as session:
        for kind in (TakenAnswer, WaitingAnswer):
            chosen: Iterable[bytes] = session.scalars(
                select(kind.body).where(kind.wave == wave).execution_options(yield_per=MANY)
            )
            yield from chosen
