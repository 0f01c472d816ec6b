"""How the time of a first exchange grows with its records, and how much memory a laptop needs.

Sent by one laptop and taken by a new one, each a process of its own, at a real server.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from desktop.store import create_store
from sync.client import outbox
from tests.bench.grounds import Ground, grounds
from tests.bench.material import KEY, Writer
from tests.bench.processes import ROOT, listening, surroundings

SIZES = (1_000, 10_000, 100_000, 1_000_000)
MOST = 100_000  # unless more is asked for
FULL, EMPTY = "full.db", "empty.db"
PAGE = 1_000  # records that are made at a time
LONGEST = 3_600.0  # seconds that one exchange may take

Told = dict[str, Any]  # what tests.bench.passage says


@dataclass(frozen=True)
class Growth:
    """Exchanges of more and more records with one kind of database at the server."""

    name: str
    up: dict[int, Told]  # {records: …}
    down: dict[int, Told]

    def as_json(self) -> dict[str, Any]:
        """Seconds, what a record cost beside the smallest exchange, and the laptop's memory."""
        ways = {"up": self.up, "down": self.down}
        return {
            "name": self.name,
            "client_peak_mb": max(above(told) for way in ways.values() for told in way.values()),
            "growth": {
                way: {
                    str(size): told | {"per_record": _cost(passages, size)}
                    for size, told in passages.items()
                }
                for way, passages in ways.items()
            },
        }

    def as_text(self) -> str:
        """A line for each exchange."""
        lines = [f"growth, {self.name}"]
        for way, passages in (("up", self.up), ("down", self.down)):
            for size, told in passages.items():
                lines.append(
                    f"  {way:4} {size:9,} records  {told['seconds']:8.2f} s  "
                    f"a record {_cost(passages, size):.2f}× the first size's  "
                    f"{told['cpu']:8.2f} s of the laptop's processor  "
                    f"{above(told):6.0f} MB above idle  {told['requests']} requests"
                )
        return "\n".join(lines)


def above(told: Told) -> float:
    """MB above idle at the most."""
    return round(told["peak_mb"] - told["idle_mb"], 1)


def measure(sizes: tuple[int, ...]) -> list[Growth]:
    """Up and down with SQLite at the server, then with PostgreSQL where there is one."""
    found = []
    with TemporaryDirectory(prefix="dala-bench-") as temporary:
        folder = Path(temporary)
        for kind in grounds():
            with kind(folder) as ground:
                up: dict[int, Told] = {}
                down: dict[int, Told] = {}
                for size in sizes:
                    up[size], down[size] = _exchange(folder, ground, size)
                found.append(Growth(ground.name, up, down))
    return found


def make_file(path: Path, records: int) -> None:
    """A laptop's encrypted file with so many new records that wait. Made by pages: quickly."""
    writer = Writer(seed=3)
    store = create_store(path, KEY, path.parent / "copies")
    for start in range(0, records, PAGE):
        changes = writer.changes(min(PAGE, records - start))
        with store.begin() as session:
            outbox.put_many(session, changes)
    store.close()


def _exchange(folder: Path, ground: Ground, size: int) -> tuple[Told, Told]:
    with TemporaryDirectory(dir=folder) as temporary, serving(Path(temporary), ground) as url:
        home = Path(temporary)
        make_file(home / FULL, size)
        make_file(home / EMPTY, 0)
        up = _passage(home, home / FULL, url, ground.tokens["sender"])
        down = _passage(home, home / EMPTY, url, ground.tokens["taker"])
    assert up["sent"] == down["taken"] == size
    return up, down


@contextmanager
def serving(home: Path, ground: Ground) -> Iterator[str]:
    """The real server's process on this ground; its URL."""
    with ground.prepared(home) as database:
        told = {"DALA_DATA": str(home), "DALA_PORT": "0", "DALA_DATABASE": database}
        with listening("sync.server", "--prepare", home=home, **told) as url:
            yield url


def _passage(home: Path, file: Path, url: str, token: str) -> Told:
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.passage", str(file), url, token],
        cwd=ROOT,
        env=surroundings(home),
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        timeout=LONGEST,
    )
    told: Told = json.loads(done.stdout)
    return told


def _cost(passages: dict[int, Told], size: int) -> float:
    """What a record cost in this exchange, beside one in the smallest."""
    least = min(passages)
    each = passages[size]["seconds"] / size
    return round(each / (passages[least]["seconds"] / least), 3)
