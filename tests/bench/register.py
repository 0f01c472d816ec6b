"""A register of 10,000 rows in Excel becomes drafts in the encrypted file, beside its floor.

The floor reads the same workbook with the library alone, and puts as many bytes into bare SQLite by one
executemany. Ours is both steps: looked through (columns, values, consent, places, what is there
already, rights), then written with outbox and journal.
"""

import sqlite3
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from openpyxl import Workbook, load_workbook

from desktop.actions import importing
from desktop.actions.importing import Wanted
from sync.change import encode
from sync.vocabulary import choices
from tests.bench.ratios import Figure
from tests.bench.save import desk_at

FLOOR = "openpyxl reads the workbook, and one executemany of the same bytes into bare SQLite"
ROWS, RUNS = 10_000, 3
HEADS = ("Түскен күні", "Мәні", "Санаты", "Ауыл", "Нақты жері", "Қалай түсті")
VILLAGES = ("Созақ", "с. Шолаккорган", "Тасты ауылы", "Құмкент")


def measure(runs: int | None = None, rows: int | None = None) -> Figure:
    """The figure; each run imports into an empty file."""
    floors, owns, facts = [], [], {}
    with TemporaryDirectory(prefix="dala-bench-") as folder:
        path = register(Path(folder) / "register.xlsx", rows or ROWS)
        for run in range((runs or RUNS) + 1):
            place = Path(folder) / str(run)
            place.mkdir()
            took, looked, bodies = _ours(path, place)
            floor = _floor(path, place, bodies)
            if run:  # the first pair is not counted
                owns.append(took)
                floors.append(floor)
                facts = {"rows": len(bodies), "of ours, looking through": looked / took}
    return Figure("import", FLOOR, floors, owns, facts)


def register(path: Path, rows: int) -> Path:
    """A workbook as a district keeps it."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Өтініштер")
    sheet.append(["Азаматтардың өтініштері"])
    sheet.append(list(HEADS))
    category = [one.names["kk"] for one in choices("issue_category")]
    how = [one.names["ru"] for one in choices("received_how")]
    for at in range(rows):
        day = date(2026, 1, 1) + timedelta(days=at % 300)
        sheet.append([f"{day:%d.%m.%Y}" if at % 2 else day, f"Көшеде су жоқ, {at}-үй",
                      category[at % len(category)], VILLAGES[at % len(VILLAGES)],
                      f"Абай көшесі, {at % 200}", how[at % len(how)]])  # fmt: skip
    book.save(path)
    return path


def _ours(path: Path, place: Path) -> tuple[float, float, list[bytes]]:
    with desk_at(place) as desk:
        began = perf_counter()
        found = importing.check(desk, Wanted("issue", path))
        looked = perf_counter() - began
        _, changes = importing.run(desk, found)
        return perf_counter() - began, looked, list(map(encode, changes))


def _floor(path: Path, place: Path, bodies: list[bytes]) -> float:
    began = perf_counter()
    book = load_workbook(path, read_only=True)
    for row in book.active.iter_rows(values_only=True):
        assert row
    book.close()
    bare = sqlite3.connect(place / "bare.db", isolation_level=None)
    for order in ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "BEGIN",
                  "CREATE TABLE kept (number INTEGER PRIMARY KEY, body BLOB)"):  # fmt: skip
        bare.execute(order)
    bare.executemany("INSERT INTO kept (body) VALUES (?)", [(body,) for body in bodies])
    bare.execute("COMMIT")
    bare.close()
    return perf_counter() - began
