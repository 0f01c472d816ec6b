"""An anonymous answer to a survey: no author, device, number, point, or time finer than the day.

Answers travel apart from changes, in shuffled batches of at least five, and the server keeps
nothing that links an upload to what was in it.
"""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from uuid import UUID, uuid4

import msgspec

from sync.records.base import Values

FEWEST = 5  # answers of one wave that are sent together, unless the wave has ended
MOST = 1_000  # answers in one batch, as many as the server takes


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """One respondent's answers to one form."""

    id: UUID = msgspec.field(default_factory=uuid4)  # random: an ordered id would tell the order
    wave: UUID
    form: UUID
    district: str
    okrug: str  # not finer, unless the settlement has 500 people
    on: date
    values: Values  # {path of the question: value}; what was not relevant is left out


def mark_of(counts: Mapping[UUID, int], counted: Mapping[UUID, int] | None = None) -> str:
    """What stands for these numbers of answers by wave, and of those that are counts; "" for none."""
    said = [_in_order(one) for one in (counts, counted) if one]
    if counted and not counts:
        said.insert(0, [])
    return sha256(b"".join(map(msgspec.json.encode, said))).hexdigest()[:8] if said else ""


def _in_order(counts: Mapping[UUID, int]) -> list[tuple[str, int]]:
    return sorted((wave.hex, count) for wave, count in counts.items())
