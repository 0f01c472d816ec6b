"""The map of a region with very many issues: how soon it is painted and counted, and how smoothly it is moved.

The real screen on the real encrypted file, drawn by Qt's offscreen platform. A frame is counted until it is
painted. The floor is a bare view of the same outlines and as many dots, without numbers and names.
"""

import os
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from desktop.actions.on_map import Wish, read_map
from tests.bench.bare_ticks import late, ticking
from tests.bench.ratios import Figure, in_turns
from tests.bench.report import COORDINATOR, THERE, fill
from tests.bench.save import desk_at

FLOOR = "a bare view of the same outlines and dots, which counts nothing"
RUNS, FRAMES = 5, 200
STEP = 12  # px of a frame
LEVELS = (0, 2, 2, 2, 2)  # steps of the zoom, from the whole to where all names stand
SIZE = (1130, 740)


@dataclass(frozen=True)
class Walked:
    """Milliseconds of frames while the map is moved, ours and the floor's; of a first frame at another
    zoom, where all is laid out anew; and what the window was late by while numbers were counted."""

    issues: int
    ours: list[float]
    floor: list[float]
    zoomed: list[float]
    stalls: list[float]
    counted: float  # ms

    def as_json(self) -> dict[str, Any]:
        """Medians, the one of a hundred, the longest."""
        told = {
            "ours": self.ours,
            "floor": self.floor,
            "first frame of a zoom": self.zoomed,
            "late while counting": self.stalls,
        }
        return {
            "name": "map, moved",
            "issues": self.issues,
            "frames": len(self.ours),
            "frames_a_second": round(1000 / statistics.mean(self.ours)),
            "counted_ms": round(self.counted),
        } | {name: _told(each) for name, each in told.items()}

    def as_text(self) -> str:
        """A line for each."""
        told = self.as_json()
        lines = [
            f"  {name}: median {one['median_ms']} ms, of a hundred {one['p99_ms']} ms, most {one['most_ms']} ms"
            for name, one in told.items()
            if isinstance(one, dict)
        ]
        head = (
            f"map of {self.issues:,} issues, {len(self.ours)} frames, {told['frames_a_second']} a second; "
            f"counted in {self.counted:.0f} ms"
        )
        return "\n".join([head, *lines])


def measure(runs: int | None = None, there: int | None = None) -> Iterator[Figure | Walked]:
    """The map painted first, then moved at several zooms."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.gallery import discard, make_app
    from ui.jobs import Jobs
    from ui.screens.map import MapScreen

    app, there = make_app(), there or THERE
    with (
        TemporaryDirectory(prefix="dala-bench-") as folder,
        desk_at(Path(folder), COORDINATOR) as desk,
    ):
        fill(desk, there)

        def rest(jobs: Jobs) -> None:
            while jobs.working():
                app.processEvents()
            app.processEvents()

        def floor() -> float:
            began = perf_counter()
            view = bare_view(desk.pack)
            took = perf_counter() - began
            discard(view)
            return took

        def ours() -> float:
            jobs = Jobs()
            began = perf_counter()
            screen = MapScreen(desk, jobs)
            screen.resize(*SIZE)
            screen.show()
            app.processEvents()
            screen.grab()
            took = perf_counter() - began
            rest(jobs)
            discard(screen)
            jobs.close()
            return took

        floors, owns = in_turns(floor, ours, runs or RUNS)
        yield Figure("map, first paint", FLOOR, floors, owns, {"issues": float(there)})
        jobs = Jobs()
        screen = MapScreen(desk, jobs)
        screen.resize(*SIZE)
        screen.show()
        timer, ticks = ticking()
        rest(jobs)
        timer.stop()
        began = perf_counter()
        read_map(desk, Wish("issues", "open", measure="late"), date(2026, 12, 31))
        counted = 1000 * (perf_counter() - began)
        bare = bare_view(desk.pack)
        frames = runs * 10 if runs else FRAMES
        floor_frames = [frame for _ in LEVELS for frame in _moved(bare, frames // len(LEVELS))]
        own, zoomed = list[float](), list[float]()
        for steps in LEVELS:
            began = perf_counter()
            screen.map.zoom_by(steps)
            screen.map.viewport().repaint()
            zoomed.append(1000 * (perf_counter() - began))
            own += _moved(screen.map, frames // len(LEVELS))
        yield Walked(there, own, floor_frames, zoomed, late(ticks), counted)
        for widget in (bare, screen):
            discard(widget)
        jobs.close()


def bare_view(pack: Any) -> Any:
    """Qt alone, painted once."""
    from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView

    from desktop.maps.outlines import plan_of
    from ui.maps.drawing import path_of

    plan, view = plan_of(pack), QGraphicsView()
    scene, unit = QGraphicsScene(view), 65_536.0
    for outline in plan.outlines.values():
        scene.addPath(path_of(outline, unit))
    for spot in plan.spots.values():
        scene.addEllipse(spot.at.x * unit, spot.at.y * unit, 5, 5)
    view.setScene(scene)
    view.setSceneRect(0, 0, unit, unit)  # so that it can be moved
    view.resize(800, 560)
    view.show()
    middle = plan.box.middle
    view.centerOn(middle.x * unit, middle.y * unit)
    QApplication.processEvents()
    view.grab()
    return view


def _moved(view: Any, frames: int) -> list[float]:
    """Milliseconds of each frame while the map goes to and fro."""
    bar, found = view.horizontalScrollBar(), []
    for number in range(frames):
        way = STEP if (number // 20) % 2 else -STEP
        began = perf_counter()
        bar.setValue(bar.value() + way)
        view.viewport().repaint()
        found.append(1000 * (perf_counter() - began))
    return found


def _told(each: list[float]) -> dict[str, float]:
    p99 = statistics.quantiles(each, n=100)[98] if len(each) > 1 else each[0]
    return {
        "median_ms": round(statistics.median(each), 1),
        "p99_ms": round(p99, 1),
        "most_ms": round(max(each), 1),
    }
