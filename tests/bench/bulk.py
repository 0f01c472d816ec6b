"""A change of 1,000 issues at once, looked through, done and undone; beside bare commits of its bytes."""

import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from desktop.actions import bulk, records
from desktop.actions.bulk import Wish
from desktop.actions.edits import Edit
from desktop.actions.undo import Outcome, take_back
from desktop.steps import Recording, recording
from sync.change import encode
from tests.bench.material import Writer
from tests.bench.ratios import Figure, in_turns
from tests.bench.save import desk_at

FLOOR = "their edits written by one statement and committed to bare SQLite, WAL, synchronous=FULL"
RECORDS, RUNS = 1_000, 5


def measure(runs: int | None = None, there: int | None = None) -> Figure:
    """The doing; how long looking through and undoing take is told beside."""
    writer, looked, back = Writer(seed=3), [], []
    with TemporaryDirectory(prefix="dala-bench-") as folder, desk_at(Path(folder)) as desk:
        new = [Edit("issue", writer.fields("issue")) for _ in range(there or RECORDS)]
        changes = records.save_all(desk, new)
        chosen = [("issue", one.record) for one in changes]
        bodies = [[encode(one)] for one in changes]
        bare = sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            bare.execute(f"PRAGMA {pragma}")
        bare.execute("CREATE TABLE kept (number INTEGER PRIMARY KEY, body BLOB)")

        def floor() -> float:
            began = perf_counter()
            bare.execute("BEGIN IMMEDIATE")
            bare.executemany("INSERT INTO kept (body) VALUES (?)", bodies)
            bare.execute("COMMIT")
            return perf_counter() - began

        def ours() -> float:
            wish = Wish({"state": "reopened", "handed_to": "Су арнасы", "due_on": "2027-01-15"})
            began = perf_counter()
            plan = bulk.plan(desk, chosen, wish)
            looked.append(perf_counter() - began)
            wrote = Recording()
            began = perf_counter()
            with recording(wrote):
                done = bulk.run(desk, plan)
            took = perf_counter() - began
            step = wrote.step()
            assert step is not None
            assert len(done) == len(chosen)
            began = perf_counter()
            outcome = Outcome()
            take_back(desk, step, outcome)
            back.append(perf_counter() - began)
            assert outcome.done == len(chosen)
            return took

        floors, owns = in_turns(floor, ours, runs or RUNS)
        bare.close()
    beside = {"s, looked through": min(looked), "s, undone": min(back)}
    return Figure(f"bulk, {len(chosen):,} records", FLOOR, floors, owns, beside)
