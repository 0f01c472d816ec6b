"""How long the window stands still while records arrive: the person goes on working.

The whole window of an activist with its list of issues open, an encrypted file, a real server.
A timer of the window's thread ticks every 5 ms; what it is late by is what a hand would feel.
"""

import statistics
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from desktop.actions.exchange import exchange
from desktop.photos import PhotoFolder
from desktop.session import Desk
from desktop.store import open_store
from sync.client.line import open_http
from sync.client.transport import HttpTransport
from sync.person import Person
from sync.places import load_pack
from tests.bench.grounds import Ground, sqlite_ground
from tests.bench.growth import EMPTY, FULL, make_file, serving
from tests.bench.laptops import Laptop
from tests.bench.material import KEY, SOZAQ

RECORDS = 100_000
TICK = 5  # milliseconds
FEEL = 50.0  # milliseconds that a person would feel


@dataclass(frozen=True)
class Stall:
    """What the window's thread was late by, in milliseconds, beside the same window at rest."""

    records: int
    seconds: float
    late: list[float]
    at_rest: list[float]

    def as_json(self) -> dict[str, Any]:
        """The longest, and the one of a hundred."""
        return {
            "name": "stall",
            "records": self.records,
            "seconds": self.seconds,
            "most_ms": max(self.late),
            "p99_ms": _of_hundred(self.late),
            "over_50_ms": sum(late > FEEL for late in self.late),
            "at_rest": {"most_ms": max(self.at_rest), "p99_ms": _of_hundred(self.at_rest)},
        }

    def as_text(self) -> str:
        """For a person."""
        told = self.as_json()
        return (
            f"stall while {self.records:,} records arrive in {self.seconds:.1f} s: "
            f"most {told['most_ms']:.0f} ms, of a hundred {told['p99_ms']:.0f} ms, "
            f"{told['over_50_ms']} over {FEEL:.0f} ms; at rest {told['at_rest']['most_ms']:.0f} ms"
        )


def measure(records: int | None = None) -> list[Stall]:
    """One laptop sends them, the window's laptop takes them."""
    with TemporaryDirectory(prefix="dala-bench-") as temporary:
        folder = Path(temporary)
        with sqlite_ground(folder) as ground:
            return [_measure(folder, ground, records or RECORDS)]


def _measure(folder: Path, ground: Ground, records: int) -> Stall:
    with TemporaryDirectory(dir=folder) as temporary, serving(Path(temporary), ground) as url:
        home = Path(temporary)
        make_file(home / FULL, records)
        make_file(home / EMPTY, 0)
        with closing(Laptop(home / FULL, url, ground.tokens["sender"])) as laptop:
            laptop.exchange()
        store = open_store(home / EMPTY, KEY, home / "copies")
        person = Person("taker", "Айгүл Бейсенова", "activist", SOZAQ)
        photos = PhotoFolder(home / "photos", KEY)
        server = HttpTransport(open_http(), url, ground.tokens["taker"])
        try:
            return _watch(Desk(person, store, photos, server, load_pack()), records)
        finally:
            store.close()


def _watch(desk: Desk, records: int) -> Stall:
    from PySide6.QtCore import Qt, QTimer

    from tests.gallery import SIZE, discard, make_app, settle
    from ui import memory
    from ui.jobs import Jobs
    from ui.main_window import MainWindow
    from ui.screens import screens_for

    app, jobs = make_app(), Jobs()
    window = MainWindow(
        screens_for("activist"), lambda screen: screen.make(desk, jobs), "", lambda: ""
    )
    window.resize(*SIZE)
    window.show()
    window.go("issues", into=True)
    settle(app, jobs)
    memory.settle()  # as the program does it
    ticks: list[float] = []
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: ticks.append(perf_counter()))
    timer.start(TICK)
    settle(app, jobs)
    at_rest, began = _late(ticks), perf_counter()
    ticks.clear()
    ended: list[float] = []
    jobs.exchange(
        lambda tell: exchange(desk, tell), lambda report: ended.append(perf_counter() - began)
    )
    settle(app, jobs)
    timer.stop()
    discard(window)
    jobs.close()
    return Stall(records, ended[0], _late(ticks), at_rest)


def _late(ticks: list[float]) -> list[float]:
    pairs = pairwise(ticks)
    return [max(0.0, (after - before) * 1000 - TICK) for before, after in pairs]


def _of_hundred(late: list[float]) -> float:
    return statistics.quantiles(late, n=100)[-1]
