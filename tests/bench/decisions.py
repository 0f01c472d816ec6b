"""Sixty clean records decided by real keys, without a network: what the program takes of five minutes.

The coordinator's screen on the real encrypted file, drawn by Qt's offscreen platform. One key decides, and
the next record is there by itself; its time ends when that one is drawn and may be decided. Nobody reads
here: what is left of a person's five minutes, record by record, is the figure.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from tests.bench.report import COORDINATOR, fill
from tests.bench.save import ACTIVIST, desk_at

CLEAN, MINUTES = 60, 5.0
THERE = 20_000  # other records in the file
PATIENCE = 10.0  # seconds


@dataclass(frozen=True)
class Decided:
    """Milliseconds from a key until the next record can be decided; how many keys it took."""

    late: list[float]
    keys: int

    def as_json(self) -> dict[str, Any]:
        """By record, and what is left of the five minutes."""
        whole = sum(self.late) / 1000
        return {
            "name": "review by keys",
            "records": len(self.late),
            "keys": self.keys,
            "keys_per_record": self.keys / len(self.late),
            "seconds": whole,
            "median_ms": median(self.late),
            "most_ms": max(self.late),
            "seconds_left_to_read_each": (MINUTES * 60 - whole) / len(self.late),
        }

    def as_text(self) -> str:
        """Two lines."""
        told = self.as_json()
        return (
            f"review by keys: {told['records']} records by {self.keys} keys in {told['seconds']:.1f} s\n"
            f"  from a key to the next record: median {told['median_ms']:.0f} ms, "
            f"most {told['most_ms']:.0f} ms; of five minutes "
            f"{told['seconds_left_to_read_each']:.2f} s are left to read each"
        )


def measure(there: int | None = None) -> Iterator[Decided]:
    """One queue, decided."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from desktop.actions import records, review
    from tests.bench.material import Writer
    from tests.gallery import discard, make_app
    from tests.ui.keys import write
    from ui.jobs import Jobs
    from ui.screens.review import ReviewScreen

    app = make_app()
    with (
        TemporaryDirectory(prefix="dala-bench-") as folder,
        desk_at(Path(folder), ACTIVIST) as desk,
    ):
        fill(desk, there or THERE)
        chance = Writer(seed=60)
        for _ in range(CLEAN):
            made = records.save(desk, "issue", chance.fields("issue"))[0].record
            review.decide(desk, made, review.Decision.SEND)
        jobs = Jobs()
        screen = ReviewScreen(_as(desk, COORDINATOR), jobs)
        screen.resize(1130, 740)
        screen.show()

        def ready(before: object) -> None:
            until = perf_counter() + PATIENCE
            while screen.case is None or screen.case.id == before:
                app.processEvents()
                if before and not screen.queue.rowCount():
                    return  # that was the last one
                if perf_counter() > until:
                    raise TimeoutError("the next record does not come")
            screen.repaint()

        ready(None)
        late, keys = [], 0
        while screen.queue.rowCount():
            before = screen.case.id if screen.case else None
            began = perf_counter()
            write("a", screen.list)
            keys += 1
            ready(before)
            late.append(1000 * (perf_counter() - began))
        while jobs.working():
            app.processEvents()
        if review.count_waiting(_as(desk, COORDINATOR)):
            raise RuntimeError("some were not decided")
        yield Decided(late, keys)
        discard(screen)
        jobs.close()


def _as(desk: Any, person: Any) -> Any:
    from dataclasses import replace

    return replace(desk, person=person)
