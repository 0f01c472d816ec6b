"""How long the window stands still while records arrive: the person goes on working.

The whole window of an activist with its list of issues open, an encrypted file, a real server.
A timer of the window's thread ticks every 5 ms; what it is late by is what a hand would feel. Twice:
once somebody only looks on, once they search, scroll, open records and write. The floor is a bare
window in a process of its own, at the same time: what it is late by, the machine has taken.
"""

import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
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
from tests.bench.growth import EMPTY, FULL, LONGEST, make_file, serving
from tests.bench.laptops import Laptop
from tests.bench.material import KEY, SOZAQ
from tests.bench.processes import surroundings

RECORDS = 100_000
FEEL = 50.0  # milliseconds that a person would feel
SCREENS = ("today", "meetings", "visits", "sync", "issues")  # all hear of what comes; one is seen


@dataclass(frozen=True)
class Stall:
    """What the window's thread was late by, in milliseconds, beside a bare window's at that time."""

    name: str
    records: int
    seconds: float
    late: list[float]
    floor: list[float]
    at_rest: list[float]
    acts: int  # of a person

    def as_json(self) -> dict[str, Any]:
        """The longest, and the one of a hundred."""
        return {
            "name": self.name,
            "records": self.records,
            "seconds": self.seconds,
            "acts": self.acts,
            "over_50_ms": sum(late > FEEL for late in self.late),
            "ours": _told(self.late),
            "floor": _told(self.floor),
            "at_rest": _told(self.at_rest),
        }

    def as_text(self) -> str:
        """For a person."""
        told = self.as_json()
        said = ", ".join(
            f"{name} most {one['most_ms']:.0f} ms, of a hundred {one['p99_ms']:.0f} ms"
            for name, one in told.items()
            if isinstance(one, dict)
        )
        return (
            f"{self.name} while {self.records:,} records arrive in {self.seconds:.1f} s, "
            f"{self.acts} acts: {told['over_50_ms']} over {FEEL:.0f} ms; {said}"
        )


def measure(records: int | None = None) -> Iterator[Stall]:
    """One laptop sends them, the window's laptop takes them."""
    records = records or RECORDS
    with TemporaryDirectory(prefix="dala-bench-") as temporary:
        folder = Path(temporary)
        with sqlite_ground(folder) as ground, serving(folder, ground) as url:
            make_file(folder / FULL, records)
            with closing(Laptop(folder / FULL, url, ground.tokens["sender"])) as laptop:
                laptop.exchange()
            for name, works in (("stall, looking on", False), ("stall, at work", True)):
                with TemporaryDirectory(dir=folder) as home:
                    yield _measure(name, Path(home), ground, url, records, works=works)


def _measure(
    name: str, home: Path, ground: Ground, url: str, records: int, *, works: bool
) -> Stall:
    make_file(home / EMPTY, 0)
    store = open_store(home / EMPTY, KEY, home / "copies")
    person = Person("taker", "Айгүл Бейсенова", "activist", SOZAQ)
    photos = PhotoFolder(home / "photos", KEY)
    server = HttpTransport(open_http(), url, ground.tokens["taker"])
    try:
        return _watch(
            name, Desk(person, store, photos, server, load_pack()), home, records, works=works
        )
    finally:
        store.close()


def _watch(name: str, desk: Desk, home: Path, records: int, *, works: bool) -> Stall:
    from tests.bench.bare_ticks import late, ticking
    from tests.bench.hands import Hands
    from tests.gallery import SIZE, discard, make_app, settle
    from ui import memory
    from ui.demo.hands import wait
    from ui.jobs import Jobs
    from ui.main_window import MainWindow
    from ui.screens import screens_for

    app, jobs = make_app(), Jobs()
    window = MainWindow(
        screens_for("activist"), lambda screen: screen.build(desk, jobs), "", lambda: ""
    )
    window.resize(*SIZE)
    window.show()
    for screen in SCREENS:
        window.go(screen, into=True)
        settle(app, jobs)
    memory.settle()  # as the program does it
    timer, ticks = ticking()
    settle(app, jobs)
    at_rest, ended = late(ticks), list[float]()
    hands = Hands(window.pages.currentWidget())
    with floor_beside(home) as tell:
        began = perf_counter()
        ticks.clear()
        jobs.exchange(
            lambda tell: exchange(desk, tell), lambda _: ended.append(perf_counter() - began)
        )
        if works:
            hands.begin()
        wait(lambda: bool(ended), LONGEST)
        hands.end()
        settle(app, jobs)
        timer.stop()
        floor = tell()
    discard(window)
    jobs.close()
    return Stall(name, records, ended[0], late(ticks), floor, at_rest, hands.acts)


@contextmanager
def floor_beside(home: Path) -> Iterator[Callable[[], list[float]]]:
    """A bare window ticks as long as the block lasts; what it was late by, once it is asked."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.bare_ticks"],
        cwd=home,
        env=surroundings(home),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield lambda: [float(each) for each in json.loads(process.communicate(timeout=LONGEST)[0])]
    finally:
        process.kill()
        process.wait(LONGEST)


def _told(late: list[float]) -> dict[str, float]:
    return {"most_ms": max(late), "p99_ms": statistics.quantiles(late, n=100)[-1]}
