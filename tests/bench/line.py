"""Exchanges over a slow line: 300 ms there and back, 512 kbit/s each way, with the real server.

The line is `tests.bad_line`: a new connection costs a round trip, as it does everywhere. Bytes are
all that crosses the socket, headers too; without TLS, which costs one round trip more and some
4 KB where the connection is new.
"""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sync.errors import Offline
from tests.bad_line import BadLine, Weather
from tests.bench.grounds import Ground, sqlite_ground
from tests.bench.laptops import Laptop, make_file
from tests.bench.material import Writer
from tests.bench.processes import listening

RECORDS = 1_000
EDITED = 100
SLOW = Weather(rtt=0.3, rate=512_000)
FULL = "full.db"


@dataclass(frozen=True)
class Crossing:
    """One thing that was done over the line, and what it cost."""

    name: str
    seconds: float
    requests: int
    connections: int
    bytes_up: int
    bytes_down: int
    bytes_again: int = 0  # beyond what it takes when nothing is cut

    def as_json(self) -> dict[str, Any]:
        """All of it."""
        return asdict(self)

    def as_text(self) -> str:
        """For a person."""
        again = f", {self.bytes_again:,} of them again" if self.bytes_again else ""
        return (
            f"{self.name}: {self.seconds:.2f} s, {self.requests} requests on "
            f"{self.connections} new connections, {self.bytes_up:,} bytes up{again}, "
            f"{self.bytes_down:,} down"
        )


def measure(records: int | None = None) -> list[Crossing]:
    """The first exchange up, little edits, nothing, and the first exchange once more with a cut."""
    count = records or RECORDS
    with TemporaryDirectory(prefix="dala-bench-") as temporary:
        folder = Path(temporary)
        make_file(folder / FULL, Writer(seed=3).changes(count))
        with sqlite_ground(folder) as ground:
            with _crossed(folder, ground, SLOW) as (line, laptop):
                up = _cross(f"{count:,} records up", line, laptop)
                found = [up, _cross("nothing new, connection kept", line, laptop)]
                for kept in ("new", "kept"):
                    if kept == "new":
                        laptop.hang_up()
                    laptop.edit(EDITED)
                    name = f"{EDITED} records edited in two fields each, connection {kept}"
                    found.append(_cross(name, line, laptop))
                _cross("the daily check", line, laptop)
                laptop.hang_up()
                found.append(_cross("nothing new, connection new", line, laptop))
            weather = Weather(rtt=SLOW.rtt, rate=SLOW.rate, cut_up=up.bytes_up // 2)
            with _crossed(folder, ground, weather) as (line, laptop):
                found.append(_cross(f"{count:,} records up, cut at half", line, laptop, up))
    return found


def _cross(name: str, line: BadLine, laptop: Laptop, whole: Crossing | None = None) -> Crossing:
    """One exchange; after a cut that ended it, the next one goes on."""
    line.forget()
    began, requests = perf_counter(), 0
    for _ in range(3):
        with suppress(Offline):
            requests += laptop.exchange().requests
            break
    again = line.up - whole.bytes_up if whole else 0
    took = perf_counter() - began
    return Crossing(name, took, requests, line.connections, line.up, line.down, again)


@contextmanager
def _crossed(folder: Path, ground: Ground, weather: Weather) -> Iterator[tuple[BadLine, Laptop]]:
    with TemporaryDirectory(dir=folder) as name, ground.prepared(Path(name)) as database:
        home = Path(name)
        shutil.copy(folder / FULL, home / FULL)
        told = {"DALA_DATA": name, "DALA_PORT": "0", "DALA_DATABASE": database}
        with (
            listening("sync.server", "--prepare", home=home, **told) as url,
            BadLine(url, weather) as line,
            closing(Laptop(home / FULL, line.url, ground.tokens["sender"])) as laptop,
        ):
            yield line, laptop
