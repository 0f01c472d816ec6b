"""How many interviews of a wave were held, cell by cell: numbers, told to those who ask people.

Answers leave a laptop in crowds, most of them after the wave (decision 58), so how far it is cannot be
seen from them. A laptop tells how many it has finished in each cell, under an id of chance that it has
for one wave and district; the server adds them up and tells the sums. A cell is made of what neighbours
know of people and of nothing they said. Why that tells nobody's answer: decision 52.
"""

import re
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID, uuid4

import msgspec

from sync.quotas import MOST as MOST_CELLS

MOST = 100  # of them in one request
MANY = 1_000_000  # more interviews than any laptop holds
KEY = re.compile(r"[^|=*]{1,200}(\|[^|=*]{1,200})*")  # of a sync.quotas.Cell

Cells = dict[str, int]  # {key of a cell: how many}, none of them 0


class Done(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one laptop has finished of a wave in a district. `answers` are all, in no cell too."""

    id: UUID = msgspec.field(default_factory=uuid4)
    wave: UUID
    district: str
    answers: int = 0
    cells: Cells = {}

    def fits(self) -> bool:
        """Whether it can be what some laptop finished."""
        counts = self.cells.values()
        return (
            self.id.version == 4  # any other kind of id tells when it was made
            and 0 < self.answers <= MANY
            and len(self.cells) <= MOST_CELLS
            and all(one > 0 for one in counts)
            and sum(counts) <= self.answers
            and all(KEY.fullmatch(key) for key in self.cells)
        )

    def and_one_more(self, cell: str) -> "Done":
        """After another interview, in this cell or in none ("")."""
        cells = {**self.cells, cell: self.cells.get(cell, 0) + 1} if cell else self.cells
        return msgspec.structs.replace(
            self, answers=self.answers + 1, cells=dict(sorted(cells.items()))
        )


class Progress(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What all laptops have finished of a wave in one district, as far as they have told."""

    wave: UUID
    district: str
    answers: int
    cells: Cells = {}


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of all waves, and the mark that stands for it."""

    mark: str
    waves: list[Progress]


def add_up(done: Iterable[Done]) -> list[Progress]:
    """The sums, wave by wave and district by district."""
    answers, cells = Counter[tuple[UUID, str]](), dict[tuple[UUID, str], Counter[str]]()
    for one in done:
        answers[one.wave, one.district] += one.answers
        cells.setdefault((one.wave, one.district), Counter()).update(one.cells)
    return [
        Progress(
            wave=wave,
            district=district,
            answers=number,
            cells=dict(sorted(cells[wave, district].items())),
        )
        for (wave, district), number in sorted(answers.items(), key=lambda one: str(one[0]))
    ]


def mark_of(said: Iterable[str]) -> str:
    """What stands for all of these marks; "" for none."""
    marks = sorted(said)
    return sha256("".join(marks).encode()).hexdigest()[:8] if marks else ""


def mark_of_done(body: bytes) -> str:
    """What stands for what one laptop told."""
    return sha256(body).hexdigest()[:8]
