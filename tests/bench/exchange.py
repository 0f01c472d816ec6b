"""The first exchange of a full laptop and of a new one, beside the same bytes in one stream."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import requests
import zstandard

from sync.change import encode
from sync.packing import LEVEL
from tests.bench.grounds import Ground, grounds
from tests.bench.laptops import Laptop, Passage, make_file
from tests.bench.material import Writer
from tests.bench.processes import listening
from tests.bench.ratios import Figure, in_turns

FLOOR = f"the same bytes posted as one zstd -{LEVEL} stream, inserted in one transaction"
RECORDS = 10_000
RUNS = 3
FULL, EMPTY = "full.db", "empty.db"  # laptops' files; each run works on copies of them


def measure(runs: int | None = None, records: int | None = None) -> list[Figure]:
    """Up and down with SQLite at the server, then with PostgreSQL where there is one."""
    changes = Writer(seed=3).changes(records or RECORDS)
    figures: list[Figure] = []
    with TemporaryDirectory(prefix="dala-bench-") as temporary:
        folder = Path(temporary)
        make_file(folder / FULL, changes)
        make_file(folder / EMPTY)
        body = b"\n".join(map(encode, changes))
        for kind in grounds():
            with kind(folder) as ground:
                figures += _Measured(folder, ground, body, len(changes)).figures(runs or RUNS)
    return figures


class _Measured:
    """The exchanges with one kind of database at the server."""

    def __init__(self, folder: Path, ground: Ground, body: bytes, records: int) -> None:
        self._folder, self._ground = folder, ground
        self._body, self._records = body, records
        self._downs: list[Passage] = []
        self._up = self._nothing = Passage(0, 0, 0, 0, 0, 0)

    def figures(self, runs: int) -> list[Figure]:
        """Up and down, each beside the one floor."""
        floor, ups = in_turns(self._post, self._exchange, runs)
        downs = [down.seconds for down in self._downs[1:]]  # the first pair is not counted
        figure = partial(Figure, floor_is=FLOOR, floor=floor)
        name, bare = self._ground.name, len(zstandard.compress(self._body, LEVEL))
        asked = {
            "requests with nothing new": self._nothing.requests,
            "bytes up with nothing new": self._nothing.up,
            "bytes down with nothing new": self._nothing.down,
        }
        return [
            figure(
                name=f"first sync up, {name}",
                ours=ups,
                facts=_facts(self._up, ups) | {"bytes as one stream": bare},
            ),
            figure(
                name=f"first sync down, {name}",
                ours=downs,
                facts=_facts(self._downs[-1], downs) | asked,
            ),
        ]

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
            with listening("sync.server", "--prepare", home=home, **told) as url:
                with closing(self._laptop(home, FULL, url, "sender")) as laptop:
                    self._up = laptop.exchange()
                with closing(self._laptop(home, EMPTY, url, "taker")) as laptop:
                    self._downs.append(laptop.exchange())
                    self._nothing = laptop.exchange()
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
