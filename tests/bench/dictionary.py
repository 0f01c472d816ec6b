"""What a trained zstd dictionary would save on the line, by its size and by that of a request.

Trained on records of other seeds. Once they share the words of those that are sent, and once they
have none of them: what people really write lies between the two.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import zstandard

from sync.change import Change, SyncRequest, encode
from sync.packing import LEVEL
from tests.bench.material import Writer, words

SIZES = (16, 32, 64, 110)  # KB of a dictionary
BATCHES = (10, 50, 250, 1_000)  # changes in a request
RECORDS = 10_000
SAMPLES = 4_000  # records that a dictionary is trained on
EDITS = "100 edits of two fields"


class _Half(Writer):
    """Writes with every other word only."""

    def __init__(self, seed: int, half: int) -> None:
        super().__init__(seed)
        self._words = words()[half::2]

    def _text(self, size: int) -> str:
        said: list[str] = []
        while size > 0:
            said.append(self._chance.choice(self._words))
            size -= len(said[-1].encode()) + 1
        return " ".join(said)


@dataclass(frozen=True)
class Table:
    """{request: {KB of the dictionary, 0 for none: bytes of all requests together}}."""

    name: str
    bytes: dict[str, dict[int, int]]

    def as_json(self) -> dict[str, Any]:
        """As it is."""
        return {"name": self.name, "bytes": self.bytes}

    def as_text(self) -> str:
        """A line for each request."""
        lines = [self.name]
        for request, by_size in self.bytes.items():
            gains = "  ".join(
                f"{size} KB {count:,} ({count / by_size[0] - 1:+.1%})"
                for size, count in by_size.items()
                if size
            )
            lines.append(f"  {request:24} none {by_size[0]:,}  {gains}")
        return "\n".join(lines)


def measure(records: int | None = None) -> list[Table]:
    """Both cases."""
    count = records or RECORDS
    return [
        _table("a dictionary of the same words", Writer(101), Writer(3), count),
        _table("a dictionary of other words", _Half(101, 0), _Half(3, 1), count),
    ]


def _table(name: str, before: Writer, now: Writer, records: int) -> Table:
    samples = [encode(change) for change in before.changes(SAMPLES)]
    trained = {
        size: zstandard.train_dictionary(size * 1_000, samples, level=LEVEL) for size in SIZES
    }
    packers = {0: zstandard.ZstdCompressor(level=LEVEL)} | {
        size: zstandard.ZstdCompressor(level=LEVEL, dict_data=one) for size, one in trained.items()
    }
    changes = now.changes(records)
    asked = {f"{records:,} in batches of {n:,}": _bodies(changes, n) for n in BATCHES}
    asked[EDITS] = [_edits(changes[:100])]
    return Table(
        name,
        {
            request: {
                size: sum(len(packer.compress(body)) for body in bodies)
                for size, packer in packers.items()
            }
            for request, bodies in asked.items()
        },
    )


def _bodies(changes: Sequence[Change], batch: int) -> list[bytes]:
    return [
        encode(SyncRequest(cursors={}, changes=list(changes[at : at + batch])))
        for at in range(0, len(changes), batch)
    ]


def _edits(changes: Sequence[Change]) -> bytes:
    """The same records, each edited in two fields."""
    edited = []
    for change in changes:
        names = sorted(change.fields)[:2]
        fields = {name: change.fields[name] for name in names}
        edited.append(
            Change(
                id=change.record,  # as unlike the next one as any id
                kind=change.kind,
                record=change.id,
                district=change.district,
                fields=fields,
                base=7,
                at=change.at,
            )
        )
    return encode(SyncRequest(cursors={}, changes=edited))
