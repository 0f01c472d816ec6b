"""One save of an issue in the encrypted file, beside one bare durable commit of its bytes."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from desktop.actions import records
from desktop.actions.edits import Edit
from desktop.folder import Profile
from desktop.mending import keep_journal
from desktop.photos import PhotoFolder
from desktop.session import Desk
from desktop.store import create_store, open_store
from sync.change import encode
from sync.client.line import open_http
from sync.client.transport import HttpTransport
from sync.person import Person
from sync.places import load_pack
from tests.bench.material import KEY, SOZAQ, Writer
from tests.bench.ratios import Figure, in_turns

FLOOR = "a commit of the same bytes to bare SQLite, WAL, synchronous=FULL"
RUNS = 300
THERE = 1_000  # issues that the file holds before
ACTIVIST = Person("a.beisenova", "Айгүл Бейсенова", "activist", SOZAQ)


def measure(runs: int | None = None, there: int = THERE) -> Figure:
    """The figure, in a file that holds `there` issues already."""
    writer, runs = Writer(seed=2), runs or RUNS
    new = [writer.fields("issue") for _ in range(runs + 1)]
    bodies: list[bytes] = []
    with TemporaryDirectory(prefix="dala-bench-") as folder, desk_at(Path(folder)) as desk:
        old = [Edit("issue", writer.fields("issue")) for _ in range(there)]
        bodies += map(encode, records.save_all(desk, old))
        bare = sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            bare.execute(f"PRAGMA {pragma}")
        bare.execute("CREATE TABLE kept (number INTEGER PRIMARY KEY, body BLOB)")
        bare.executemany("INSERT INTO kept (body) VALUES (?)", [[body] for body in bodies])

        def floor() -> float:
            began = perf_counter()
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("INSERT INTO kept (body) VALUES (?)", [bodies[-1]])
            bare.execute("COMMIT")
            return perf_counter() - began

        def ours() -> float:
            values = new.pop()
            began = perf_counter()
            saved = records.save(desk, "issue", values)
            took = perf_counter() - began
            bodies.append(encode(saved[0]))
            return took

        floors, owns = in_turns(floor, ours, runs)
        bare.close()
    mean = sum(map(len, bodies)) / len(bodies)
    return Figure("save", FLOOR, floors, owns, {"bytes of one record": mean})


@contextmanager
def desk_at(folder: Path, person: Person = ACTIVIST) -> Iterator[Desk]:
    """A person's desk at the real encrypted file, with its journal."""
    profile = Profile(folder)
    create_store(profile.store, KEY, profile.copies).close()
    store = open_store(profile.store, KEY, profile.copies)
    keep_journal(profile, store, KEY)
    with open_http() as http:
        nowhere = HttpTransport(http, "http://127.0.0.1:9")
        yield Desk(person, store, PhotoFolder(folder / "photos", KEY), nowhere, load_pack())
    store.close()
