"""A report of a region's year: of 300,000 issues by category, beside the bare question for one period."""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sqlalchemy import insert, text

from desktop.actions import figures
from desktop.actions.figures import Question
from desktop.figures.periods import Span, period_of
from desktop.session import Desk
from sync.change import id_at
from sync.person import REGION, Person
from sync.records.issue import Issue, Step
from sync.vocabulary import choices
from tests.bench.material import Writer
from tests.bench.ratios import Figure, in_turns
from tests.bench.save import desk_at

FLOOR = "SELECT category, count(*) of the year’s issues GROUP BY category, by the same index"
RUNS, THERE, AT_ONCE = 5, 300_000, 10_000
YEAR = 2026
COORDINATOR = Person("coordinator", "Айгүл Бейсенова", "coordinator", REGION)
BARE = text(
    "SELECT category, count(*) FROM issue WHERE received_on BETWEEN :first AND :last "
    "GROUP BY category"
)


def measure(runs: int | None = None, there: int | None = None) -> Figure:
    """The figure, in a file that holds so many issues of this year and a tenth more of the weeks before."""
    with (
        TemporaryDirectory(prefix="dala-bench-") as folder,
        desk_at(Path(folder), COORDINATOR) as desk,
    ):
        fill(desk, there or THERE)
        period = period_of(Span.YEAR, date(YEAR, 1, 1))
        question, today = Question("issues", period, "category"), date(YEAR, 12, 31)

        def floor() -> float:
            began = perf_counter()
            with desk.store() as session:
                days = {"first": f"{period.first}", "last": f"{period.last}"}
                session.execute(BARE, days).all()
            return perf_counter() - began

        def ours(question: Question = question) -> float:
            began = perf_counter()
            figures.read_report(desk, question, today)
            return perf_counter() - began

        floors, owns = in_turns(floor, ours, runs or RUNS)
        facts = {"issues of the year": float(there or THERE)}
        for by in ("district", "okrug", "time"):
            facts[f"ms, by {by}"] = 1000 * min(
                ours(Question("issues", period, by)) for _ in range(2)
            )
    return Figure("report", FLOOR, floors, owns, facts)


def fill(desk: Desk, there: int) -> None:
    """Issues on all days and in all villages, three of four with a reply."""
    for records in _in_lots(desk, there):
        with desk.store.begin() as session:
            session.execute(insert(Issue), [issue for issue, _ in records])
            session.execute(insert(Step), [step for _, step in records if step])


def _in_lots(desk: Desk, there: int) -> Iterator[list[tuple[dict[str, Any], dict[str, Any]]]]:
    chance, writer = random.Random(6), Writer(seed=6)
    villages = list(desk.pack.villages.values())
    essences = [writer.fields("issue")["essence"] for _ in range(200)]
    keys = {name: [one.key for one in choices(name)] for name in ("issue_category", "issue_state")}
    lot: list[tuple[dict[str, Any], dict[str, Any]]] = []
    start, count = datetime(YEAR - 1, 11, 25, tzinfo=UTC), there + there // 10
    step_apart = 86_400 * 400 / count
    for number in range(count):
        # as they come: written down some days after they were received, year upon year
        at = start + timedelta(seconds=number * step_apart)
        day = at.date() - timedelta(chance.randrange(4))
        village, id = chance.choice(villages), id_at(at, chance.getrandbits(74))
        common = {"district": village.district, "author": f"a{number % 170}", "created": at, "edited": at,
                  "revision": number + 1, "removed": False, "conflicts": {}, "unknown": {}, "bare": False}  # fmt: skip
        issue = common | {
            "id": id, "review": "approved", "received_on": day, "village": village.code,
            "essence": chance.choice(essences), "category": chance.choice(keys["issue_category"]),
            "state": chance.choice(keys["issue_state"]), "due_on": day + timedelta(20),
            "satisfied": chance.choice((None, True, False)),
        }  # fmt: skip
        step = common | {"id": id_at(at, chance.getrandbits(74)), "parent": id, "type": "reply",
                         "done_on": day + timedelta(chance.randrange(1, 40))}  # fmt: skip
        lot.append((issue, step if number % 4 else {}))
        if len(lot) == AT_ONCE:
            yield lot
            lot = []
    if lot:
        yield lot
