"""All pairs of many issues that were told twice, beside reading what is compared."""

import random
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sqlalchemy import insert

from desktop.actions.duplicates import asked
from desktop.actions.pairs import pairs
from desktop.session import Desk
from sync.change import id_at
from sync.records.issue import Issue
from tests.bench.material import SOZAQ
from tests.bench.ratios import Figure, in_turns
from tests.bench.report import COORDINATOR
from tests.bench.save import desk_at
from tests.labelled import labelled

FLOOR = "the same records read, and nothing compared"
RUNS, THERE = 3, 20_000
OF_A_VILLAGE = 200


def measure(runs: int | None = None, there: int | None = None) -> Figure:
    """The figure, in a file that holds so many issues, half of them told twice."""
    there = there or THERE
    with (
        TemporaryDirectory(prefix="dala-bench-") as folder,
        desk_at(Path(folder), COORDINATOR) as desk,
    ):
        fill(desk, there)
        first: list[float] = []

        def floor() -> float:
            began = perf_counter()
            with desk.store() as session:
                session.execute(asked("issue")).mappings().all()
            return perf_counter() - began

        def ours() -> float:
            began, seen = perf_counter(), list[float]()
            pairs(desk, "issue", found=lambda _: seen.append(perf_counter() - began))
            first.extend(seen[:1])
            return perf_counter() - began

        floors, owns = in_turns(floor, ours, runs or RUNS)
    facts = {"issues": float(there)}
    if first:
        facts["first pairs, ms"] = 1000 * min(first)
    return Figure("pairs", FLOOR, floors, owns, facts)


def fill(desk: Desk, there: int) -> None:
    """So many issues of the labelled set, 200 in a village."""
    count = max(1, there // OF_A_VILLAGE)
    known = labelled(6 * there // 10, 3 * there // 10, there // 10, count)
    chance, at = random.Random(5), datetime(2026, 3, 2, tzinfo=UTC)
    places = chance.sample(sorted(desk.pack.villages), k=count)
    rows: list[dict[str, Any]] = [
        {"id": id_at(at, chance.getrandbits(74)), "district": SOZAQ, "author": "a.beisenova",
         "created": at, "edited": at, "revision": 1, "conflicts": {}, "unknown": {}, "review": "approved",
         **one, "village": places[int(one["village"][4:])]}
        for one in known.issues
    ]  # fmt: skip
    with desk.store.begin() as session:
        session.execute(insert(Issue), rows)
