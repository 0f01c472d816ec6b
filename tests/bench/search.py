"""Search in a file of many issues, beside the bare question to SQLite's index that finds the most.

The program reads what was typed, asks for the best in up to eight steps, reads the rows of the hits and
marks in them what was found; the floor is one question of SQLite's language, and the numbers of the rows.
"""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from desktop.actions.search import search
from desktop.index.keeping import catch_up
from sync.client.rows import write
from tests.bench.material import Writer, words
from tests.bench.ratios import Figure, in_turns
from tests.bench.save import desk_at

FLOOR = "the bare question to FTS5 for fifty of them, with their rows' numbers"
THERE = 300_000  # issues
RUNS = 20
PAGE = 1_000  # records that are made at a time
BARE = "SELECT rowid FROM word_index WHERE word_index MATCH ? ORDER BY rowid DESC LIMIT 50"


def measure(runs: int | None = None, there: int | None = None) -> Iterator[Figure]:
    """A figure for each sort of search."""
    runs, there = runs or RUNS, there or THERE
    writer = Writer(seed=5)
    with TemporaryDirectory(prefix="dala-bench-") as folder, desk_at(Path(folder)) as desk:
        for start in range(0, there, PAGE):
            with desk.store.begin() as session:
                write(session, writer.issues(min(PAGE, there - start)))
        began = perf_counter()
        catch_up(desk.store)
        indexing = perf_counter() - began
        for name, typed, bare in _asked():

            def floor(bare: str = bare) -> float:
                with desk.store() as session:
                    connection = session.connection()
                    began = perf_counter()
                    connection.exec_driver_sql(BARE, (bare,)).all()
                    return perf_counter() - began

            def ours(typed: str = typed) -> float:
                began = perf_counter()
                search(desk, typed)
                return perf_counter() - began

            floors, owns = in_turns(floor, ours, runs)
            more = {"issues": float(there), "seconds of indexing": indexing}
            yield Figure(f"search, {name}", FLOOR, floors, owns, more)


def _asked() -> Iterator[tuple[str, str, str]]:
    """(what sort, as typed, the least that finds it)."""
    often = max(words(), key=len)
    yield "a word that many have", "Көктөбе", '"cкоктобе" OR "fкоктобе"'
    yield "typed on a Russian keyboard", "коктобе", '"cкоктобе" OR "fкоктобе"'
    yield "three letters", "кок", '"aкок"* OR "cкок"* OR "dкок"* OR "fкок"*'
    yield "five letters", "кокто", '"aкокто"* OR "cкокто"* OR "dкокто"* OR "fкокто"*'
    yield "two words", "су көшесі", '("dсу" OR "aсу") AND ("eкөшесі" OR "bкөшесі")'
    yield "a phone", "8 701 123", '"a701123"*'
    yield "a word that nobody has", "щщщщ", '"aщщщщ"*'
    yield "the longest word", often, f'"e{often.lower()}" OR "d{often.lower()}"'
