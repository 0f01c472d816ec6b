"""How many parts a record has, and of which kinds."""

from collections.abc import Iterator
from functools import cache

from desktop.seeding.scene import Scene
from sync.records import KINDS
from sync.records.base import Part, Values

NEVER = ("comment", "attachment")  # one says why a record came back, the other names a file
USUAL = (0, 2)  # of a kind that nobody said more of
NUMBERS = {  # at least, at most
    "question": (1, 6),
    "decision": (1, 4),
    "step": (0, 4),
    "payment": (0, 3),
    "relocation_stage": (1, 5),
    "measure": (2, 6),
    "claim": (0, 2),
    "outing": (2, 6),
}


def parts_of(kind: str, values: Values, scene: Scene) -> Iterator[str]:
    """The kinds of the parts to be made for a record, one after another."""
    for part in _kinds(kind):
        least, most = NUMBERS.get(part, USUAL)
        if part == "step" and values.get("state") == "new":
            continue
        if part == "defect":
            least, most = (0, 0) if values.get("quality") == "good" else (1, 3)
        yield from [part] * scene.number(least, most)


@cache
def _kinds(kind: str) -> tuple[str, ...]:
    return tuple(
        name
        for name, record in KINDS.items()
        if issubclass(record, Part) and kind in record.parents and name not in NEVER
    )
