"""A list of very many issues: how soon it is there, and how long the window stands still as it is scrolled.

The real screen on the real encrypted file, drawn by Qt's offscreen platform. A step of the scroll is counted
until the window has drawn; lines that are not read yet come a moment later, which is counted apart. The
floor is a bare list of as many lines of text, which reads nothing. What is asked between two frames is
waited for as a window waits, without turning in between: that would take the interpreter from the list.
"""

import os
import random
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from tests.bench.ratios import Figure, in_turns
from tests.bench.report import COORDINATOR, THERE, fill
from tests.bench.save import desk_at

ANEW = "the same list as edited last, which has an index, read anew"
TICK = 5  # ms
FLOOR = "a bare list of as many lines of text"
RUNS, STEPS = 5, 300
PAGES, JUMP = 1, 10  # a step goes a page down, each tenth to anywhere


@dataclass(frozen=True)
class Scrolled:
    """Milliseconds of each step, of ours and of the floor, and until the lines were there."""

    issues: int
    ours: list[float]
    floor: list[float]
    lines: list[float]

    def as_json(self) -> dict[str, Any]:
        """Medians, the one of a hundred, the longest."""
        told = {"ours": self.ours, "floor": self.floor, "until the lines are there": self.lines}
        return {"name": "list, scrolled", "issues": self.issues, "steps": len(self.ours)} | {
            name: _told(late) for name, late in told.items()
        }

    def as_text(self) -> str:
        """A line for each."""
        told = self.as_json()
        lines = [
            f"  {name}: median {one['median_ms']} ms, of a hundred {one['p99_ms']} ms, most {one['most_ms']} ms"
            for name, one in told.items()
            if isinstance(one, dict)
        ]
        return "\n".join([f"list of {self.issues:,}, {len(self.ours)} steps of a scroll", *lines])


def measure(runs: int | None = None, there: int | None = None) -> Iterator[Figure | Scrolled]:
    """The list opened, scrolled, put in order."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEventLoop, QStringListModel
    from PySide6.QtWidgets import QListView

    from tests.gallery import discard, make_app
    from ui.jobs import Jobs
    from ui.screens.issues import IssuesScreen

    app, there = make_app(), there or THERE
    with (
        TemporaryDirectory(prefix="dala-bench-") as folder,
        desk_at(Path(folder), COORDINATOR) as desk,
    ):
        fill(desk, there)
        lines = [
            f"{number} · Көктөбе көшесінде екі аптадан бері ауыз су жоқ" for number in range(there)
        ]

        def rest(jobs: Jobs) -> None:
            while jobs.working():
                app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            app.processEvents()

        def bare() -> Any:
            view = QListView(uniformItemSizes=True)
            view.setModel(QStringListModel(lines, view))
            view.resize(360, 700)
            view.show()
            app.processEvents()
            view.grab()
            return view

        seen: list[float] = []  # seconds until lines were on the screen

        def opened() -> tuple[Any, Any]:
            jobs, began = Jobs(), perf_counter()
            screen = IssuesScreen(desk, jobs)
            screen.resize(1130, 740)
            screen.show()
            while not screen.list.model.rowCount():
                app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            screen.grab()
            seen.append(perf_counter() - began)
            rest(jobs)
            screen.grab()
            return screen, jobs

        def floor() -> float:
            began = perf_counter()
            view = bare()
            took = perf_counter() - began
            discard(view)
            return took

        def ours() -> float:
            began = perf_counter()
            screen, jobs = opened()
            took = perf_counter() - began
            discard(screen)
            jobs.close()
            return took

        floors, owns = in_turns(floor, ours, runs or RUNS)
        first = {"first lines, ms": 1000 * min(seen), "median": 1000 * statistics.median(seen)}
        yield Figure("list, opened", FLOOR, floors, owns, {"issues": float(there)} | first)
        view, (screen, jobs) = bare(), opened()
        steps = STEPS if runs is None else runs
        frames = list(_scroll(view, steps, app.processEvents))
        late, waited = [], []
        for frame in _scroll(screen.list.view, steps, app.processEvents):
            began = perf_counter()
            rest(jobs)
            late.append(frame)
            waited.append(frame + 1000 * (perf_counter() - began))
        yield Scrolled(there, late, frames, waited)
        yield _ordered(screen, runs or RUNS, lambda: rest(jobs))
        for widget in (view, screen):
            discard(widget)
        jobs.close()


def _ordered(screen: Any, runs: int, rest: Callable[[], object]) -> Figure:
    """The list put in order by a day that has no index, until all of it is there; and what the window's
    thread is late by meanwhile."""
    from PySide6.QtCore import QTimer

    late, last = [0.0], [perf_counter()]

    def tick() -> None:
        now = perf_counter()
        late.append(now - last[0] - TICK / 1000)
        last[0] = now

    def by(name: str) -> float:
        timer = QTimer(interval=TICK)
        timer.timeout.connect(tick)
        last[0] = began = perf_counter()
        timer.start()
        screen.list.order_button.choose(name)
        rest()
        timer.stop()
        return perf_counter() - began

    floors, owns = in_turns(lambda: by(""), lambda: by("due_on"), runs)
    there = float(screen.list.model.rowCount())
    facts = {"issues": there, "window late by at most, ms": 1000 * max(late)}
    return Figure("list, put in order", ANEW, floors, owns, facts)


def _scroll(view: Any, steps: int, draw: Callable[[], object]) -> Iterator[float]:
    """Milliseconds of each step until it is drawn."""
    chance, bar = random.Random(7), view.verticalScrollBar()
    for number in range(steps):
        far = number % JUMP == JUMP - 1
        to = chance.randrange(bar.maximum() + 1) if far else bar.value() + PAGES * bar.pageStep()
        began = perf_counter()
        bar.setValue(min(to, bar.maximum()))
        view.viewport().repaint()
        draw()
        yield 1000 * (perf_counter() - began)


def _told(late: list[float]) -> dict[str, float]:
    p99 = statistics.quantiles(late, n=100)[98] if len(late) > 1 else late[0]
    return {
        "median_ms": round(statistics.median(late), 1),
        "p99_ms": round(p99, 1),
        "most_ms": round(max(late), 1),
    }
