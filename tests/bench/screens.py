"""How long the window stands still on each screen of a coordinator, with very many records of all kinds.

A training profile of lifelike records, on the real encrypted file, drawn by Qt's offscreen platform, after what
screens need was loaded, as the program does it when nobody types. Each
screen is opened and walked by keys, then once more while records arrive as an exchange writes them; so are a
meeting that is held and the preview of its minutes. A timer of
the window's thread ticks every 5 ms; what it is late by is what a hand would feel, and what the thread used of the
processor meanwhile is what the program did itself. The floor is a bare window in a process of its own, at the same
time: what it is late by, the machine has taken.
"""

import os
import statistics
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory
from threading import Event
from time import perf_counter
from typing import Any

from desktop.actions.progress import Progress
from desktop.actions.seeding import seed
from desktop.folder import Profile
from desktop.index.keeping import catch_up
from desktop.profile import close_desk
from desktop.session import Desk
from desktop.training import new_profile, open_training
from sync.client import rows
from tests.bench import watchdog
from tests.bench.material import Writer
from tests.bench.stall import FEEL, floor_beside

RECORDS = 300_000
A_PAGE = 200  # records that arrive together, as in a page of an exchange
PAUSE = 0.05  # seconds between two pages: a line that is no better
LOOKED = 1_500  # ms that somebody looks at a screen while records arrive
PATIENCE = 120  # seconds that a screen may take to be at rest


@dataclass(frozen=True)
class Screens:
    """{screen: milliseconds by which the window was late on it}, beside a bare window's."""

    records: int
    arrived: int
    late: dict[str, list[float]]
    used: dict[str, list[float]]  # of it the processor's time of the window's thread
    stalls: dict[str, list[watchdog.Stall]]  # those that a person felt, as they came
    rest: dict[str, float]  # seconds until all that a screen asked for was there
    floor: list[float]
    why: bool  # the stacks were looked at

    def as_json(self) -> dict[str, Any]:
        """The longest, and the one of a hundred."""
        return {
            "name": "screens",
            "records": self.records,
            "arrived": self.arrived,
            "screens": {
                name: told(late)
                | {"used_ms": max(self.used[name]), "seconds": round(self.rest[name], 2)}
                for name, late in self.late.items()
            },
            "all": told([each for late in self.late.values() for each in late])
            | {"used_ms": max(max(each) for each in self.used.values())},
            "floor": told(self.floor),
        }

    def as_text(self) -> str:
        """A line for each screen, the slowest first."""
        found, lines = self.as_json(), []
        for name, one in [
            *sorted(found["screens"].items(), key=lambda item: -item[1]["most_ms"]),
            ("all", found["all"]),
            ("floor", found["floor"]),
        ]:
            lines.append(
                f"  {name:14} most {one['most_ms']:6.0f} ms, of a hundred {one['p99_ms']:5.0f} ms, "
                f"over {FEEL:.0f} ms: {one['over']:.0f}"
                + (f", processor {one['used_ms']:.0f} ms" if "used_ms" in one else "")
                + (f", there in {one['seconds']:.2f} s" if "seconds" in one else "")
            )
            if self.why:
                lines += watchdog.as_lines(self.stalls.get(name, []))
        head = f"screens with {self.records:,} records, while {self.arrived:,} arrive"
        return "\n".join([head, *lines])


def told(late: list[float]) -> dict[str, float]:
    """Of ticks' lateness: the longest, the one of a hundred, how many a person felt."""
    return {
        "most_ms": max(late),
        "p99_ms": statistics.quantiles(late, n=100)[-1],
        "over": float(sum(each > FEEL for each in late)),
    }


def measure(
    records: int | None = None,
    kept: Path | None = None,
    *,
    why: bool = False,
    only: Collection[str] = (),
) -> Iterator[Screens]:
    """All screens of a coordinator, in their order, or `only` those. `kept`: a folder in which the invented
    data stays, for the next time; a copy of it is walked through."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with TemporaryDirectory(prefix="dala-bench-") as folder:
        records = records or RECORDS
        place = Path(folder) / "profile"
        if kept is not None and (kept / f"{records}").is_dir():
            copytree(kept / f"{records}", place)
        else:
            place.mkdir()
            _fill(Profile(place), records)
            if kept is not None:
                copytree(place, kept / f"{records}")
        desk = open_training(Profile(place))
        try:
            desk = replace(desk, training=False)
            yield _walk(desk, Path(folder), records, why=why, only=only)
        finally:
            close_desk(desk)


def _fill(profile: Profile, records: int) -> None:
    desk = new_profile(profile, role="coordinator")
    try:
        seed(desk, records)
        catch_up(desk.store)
    finally:
        close_desk(desk)


def _walk(desk: Desk, home: Path, records: int, *, why: bool, only: Collection[str]) -> Screens:
    from PySide6.QtWidgets import QApplication

    from tests.bench.inside import Inside, insides
    from tests.gallery import SIZE, discard, make_app
    from tests.ui.keys import press
    from ui import memory
    from ui.demo.hands import pause, wait
    from ui.jobs import Jobs
    from ui.main_window import MainWindow
    from ui.screens import screens_for
    from ui.warming import Warming

    make_app()
    jobs, ending = Jobs(), Event()
    screens = screens_for("coordinator")
    window = MainWindow(screens, lambda screen: screen.build(desk, jobs), "", lambda: "")
    window.resize(*SIZE)
    window.show()
    window.activateWindow()
    pause(500)
    memory.settle()
    warming = Warming(jobs)
    warming.begin(desk)
    wait(lambda: not warming.left and not jobs.working(), PATIENCE)
    arrived: list[int] = []
    found: dict[str, list[float]] = {}
    rest: dict[str, float] = {}
    used: dict[str, list[float]] = {}
    stalls: dict[str, list[watchdog.Stall]] = {}
    dog = watchdog.Watchdog(why=why)

    def visit(
        name: str, go: Callable[[], object], keys: Callable[[], object], *, arriving: bool
    ) -> None:
        dog.begin()
        began = perf_counter()
        go()
        if arriving:
            pause(LOOKED)
        else:
            wait(lambda: not jobs.working(), PATIENCE)
            rest[name] = perf_counter() - began
        keys()
        found.setdefault(name, []).extend(dog.late())
        used.setdefault(name, []).extend(dog.used())
        stalls.setdefault(name, []).extend(dog.stalls(FEEL))

    def walk() -> None:
        for each in _keys():
            press(each, widget=QApplication.focusWidget() or window)
            pause(60)

    def visit_all(inner: Iterable[Inside], *, arriving: bool) -> list[Inside]:
        for screen in screens:
            if only and screen.key not in only:
                continue
            go = partial(window.go, screen.key, into=True)
            visit(screen.key, go, walk, arriving=arriving)
        there = list[Inside]()
        for one in inner:
            if only and one.name not in only:
                continue
            one.before()
            visit(one.name, one.open, one.walk, arriving=arriving)
            one.leave()
            there.append(one)
        return there

    with floor_beside(home) as floor:
        inner = visit_all(insides(desk, window), arriving=False)
        jobs.exchange(lambda tell: _arrive(desk, tell, ending, arrived))
        visit_all(inner, arriving=True)
        ending.set()
        wait(lambda: not jobs.working(), PATIENCE)
        dog.stop()
        bare = floor()
    discard(window)
    jobs.close()
    return Screens(records, sum(arrived), found, used, stalls, rest, bare, why)


def _keys() -> tuple[Any, ...]:
    from PySide6.QtCore import Qt

    key = Qt.Key
    return (key.Key_Tab, key.Key_Down, key.Key_Down, key.Key_PageDown, key.Key_End, key.Key_Home)


def _arrive(desk: Desk, tell: Any, ending: Event, arrived: list[int]) -> None:
    """On the exchange's thread: pages of new records, as an exchange writes them."""
    writer = Writer(seed=9)
    while not ending.wait(PAUSE):
        changes = writer.changes(A_PAGE)
        with desk.store.begin() as session:
            rows.write(session, changes)
        arrived.append(len(changes))
        tell(Progress(False, 0, sum(arrived), A_PAGE, 0, 0, changes))
