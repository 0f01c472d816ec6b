"""The first exchange of a full laptop and of a new one, beside the same bytes in one stream."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import requests
import zstandard

from sync.change import encode
from sync.packing import LEVEL
from tests.bench.grounds import Ground, grounds
from tests.bench.laptops import Laptop, Passage, make_file
from tests.bench.material import Writer
from tests.bench.processes import listening
from tests.bench.ratios import Figure, in_turns

FLOOR = f"the same records posted as one zstd -{LEVEL} stream, inserted in one transaction"
RECORDS = 10_000
RUNS = 3
EDITED = 100  # records, in two fields each
FULL, EMPTY = "full.db", "empty.db"  # laptops' files; each run works on copies of them


@dataclass(frozen=True)
class Exchanges:
    """All that was measured with one kind of database at the server."""

    name: str
    up: Figure
    down: Figure
    changed: Passage  # EDITED records, edited in two fields each
    nothing: Passage  # neither here nor there was anything new

    def as_json(self) -> dict[str, Any]:
        """The figures of one database: {"up", "down", "changed", "nothing"}."""
        changed, nothing = self.changed, self.nothing
        return {
            "name": self.name,
            "up": _way(self.up, "bytes up"),
            "down": _way(self.down, "bytes down"),
            "changed": {
                "records": changed.sent,
                "requests": changed.requests,
                "seconds": changed.seconds,
                "bytes_up": changed.up,
                "bytes_down": changed.down,
            },
            "nothing": {"requests": nothing.requests, "bytes": nothing.up + nothing.down},
        }

    def as_text(self) -> str:
        """For a person."""
        changed, nothing = self.changed, self.nothing
        lines = [
            self.up.as_text(),
            self.down.as_text(),
            f"{changed.sent} records edited in two fields each, {self.name}: "
            f"{changed.requests} request, {changed.seconds:.2f} s, "
            f"{changed.up:,} bytes up, {changed.down:,} down",
            f"nothing new, {self.name}: {nothing.requests} request, "
            f"{nothing.up + nothing.down} bytes",
        ]
        return "\n".join(lines)


def measure(runs: int | None = None, records: int | None = None) -> list[Exchanges]:
    """With SQLite at the server, then with PostgreSQL where there is one."""
    changes = Writer(seed=3).changes(records or RECORDS)
    found: list[Exchanges] = []
    with TemporaryDirectory(prefix="dala-bench-") as temporary:
        folder = Path(temporary)
        make_file(folder / FULL, changes)
        make_file(folder / EMPTY)
        body = b"\n".join(map(encode, changes))
        for kind in grounds():
            with kind(folder) as ground:
                found.append(_Measured(folder, ground, body, len(changes)).take(runs or RUNS))
    return found


class _Measured:
    """The exchanges with one kind of database at the server."""

    def __init__(self, folder: Path, ground: Ground, body: bytes, records: int) -> None:
        self._folder, self._ground = folder, ground
        self._body, self._records = body, records
        self._downs: list[Passage] = []
        self._up = self._changed = self._nothing = Passage(0, 0, 0, 0, 0, 0)

    def take(self, runs: int) -> Exchanges:
        """Up and down, each beside the one floor; and what little there is to say later."""
        floor, ups = in_turns(self._post, self._exchange, runs)
        downs = [down.seconds for down in self._downs[1:]]  # the first pair is not counted
        figure = partial(Figure, floor_is=FLOOR, floor=floor)
        bare = {"bytes as one stream": len(zstandard.compress(self._body, LEVEL))}
        name = self._ground.name
        return Exchanges(
            name,
            figure(name=f"first sync up, {name}", ours=ups, facts=_facts(self._up, ups) | bare),
            figure(
                name=f"first sync down, {name}",
                ours=downs,
                facts=_facts(self._downs[-1], downs) | bare,
            ),
            self._changed,
            self._nothing,
        )

    def _post(self) -> float:
        with (
            self._home() as home,
            self._ground.blank(home) as database,
            listening("tests.bench.bare_server", database, home=home) as url,
        ):
            began = perf_counter()
            reply = requests.post(url, zstandard.compress(self._body, LEVEL), timeout=600)
            took = perf_counter() - began
        assert int(reply.text) == self._records
        return took

    def _exchange(self) -> float:
        with self._home() as home, self._ground.prepared(home) as database:
            told = {"DALA_DATA": str(home), "DALA_PORT": "0", "DALA_DATABASE": database}
            with (
                listening("sync.server", "--prepare", home=home, **told) as url,
                closing(self._laptop(home, FULL, url, "sender")) as laptop,
                closing(self._laptop(home, EMPTY, url, "taker")) as other,
            ):
                self._up = laptop.exchange()
                self._downs.append(other.exchange())
                other.exchange()  # that both hold the same is asked once
                self._nothing = other.exchange()
                laptop.exchange()
                laptop.edit(EDITED)
                self._changed = laptop.exchange()
        assert self._up.sent == self._downs[-1].taken == self._records
        return self._up.seconds

    def _laptop(self, home: Path, file: str, url: str, name: str) -> Laptop:
        shutil.copy(self._folder / file, home / file)
        return Laptop(home / file, url, self._ground.tokens[name])

    @contextmanager
    def _home(self) -> Iterator[Path]:
        with TemporaryDirectory(dir=self._folder) as home:
            yield Path(home)


def _facts(passage: Passage, seconds: list[float]) -> dict[str, float]:
    return {
        "records sent": passage.sent,
        "records taken": passage.taken,
        "records a second": max(passage.sent, passage.taken) / min(seconds),
        "requests": passage.requests,
        "bytes up": passage.up,
        "bytes down": passage.down,
    }


def _way(figure: Figure, counted: str) -> dict[str, float]:
    told, bare = figure.as_json(), figure.facts["bytes as one stream"]
    return {
        "seconds": told["ours"]["median"],
        "floor_seconds": told["floor"]["median"],
        "ratio": told["ratio"]["median"],
        "ratio_of_the_least": told["ratio"]["min"],
        "requests": figure.facts["requests"],
        "bytes": figure.facts[counted],
        "bytes_ratio": figure.facts[counted] / bare,
    }
