"""Rows of docs/ux.md that nothing else measures: autosave, the palette, charts; and those of `acts`.

The screens are the real ones, of a coordinator, drawn by Qt's offscreen platform, with lifelike records in
the encrypted file. `--only` names rows.
"""

import os
import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from sqlalchemy import text

from desktop.actions import drafts
from desktop.actions.seeding import seed
from desktop.folder import Profile
from desktop.index.keeping import catch_up
from desktop.profile import close_desk
from desktop.session import Desk
from desktop.training import new_profile
from tests.bench import acts
from tests.bench.ratios import Figure, in_turns

RECORDS = 20_000
RUNS = 30
CHARTS = 5
LARGE, FEW = 100, 3  # MB of a file that is checked; times that it is
BETWEEN = 150  # ms from one key to the next, of somebody who types well
TYPED = "қаркарвстфиглоқ"  # three letters each, then the line is emptied


def measure(
    runs: int | None = None, records: int | None = None, only: Collection[str] = ()
) -> Iterator[Figure]:
    """A figure for each row, or `only` for those."""
    runs, records = runs or RUNS, records or RECORDS

    def wanted(*names: str) -> bool:
        return not only or not set(only).isdisjoint(names)

    if wanted("draft", "palette", "charts"):
        with _worked(records) as (desk, app):
            for name, take in (("draft", _draft), ("palette", _palette), ("charts", _charts)):
                if wanted(name):
                    yield take(desk, app, runs)
    if wanted("hints"):
        yield acts.hints(runs, records)
    if wanted("photo"):
        yield acts.photo(runs)
    if wanted("check"):
        yield acts.checked(min(runs, FEW), LARGE * records // RECORDS)
    if wanted("restarts"):
        yield acts.restarts(max(2, 100 * records // RECORDS))


@contextmanager
def _worked(records: int) -> Iterator[tuple[Desk, Any]]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.gallery import make_app

    app = make_app()
    with TemporaryDirectory(prefix="dala-bench-") as folder:
        desk = new_profile(Profile(Path(folder)), role="coordinator")
        try:
            seed(desk, records)
            catch_up(desk.store)
            yield replace(desk, training=False), app
        finally:
            close_desk(desk)


def _until(app: Any, there: Callable[[], object]) -> None:
    while not there():
        app.processEvents()


def _shown(app: Any, widget: Any) -> None:
    widget.resize(1366, 740)
    widget.show()
    widget.activateWindow()
    app.processEvents()


def _draft(desk: Desk, app: Any, runs: int) -> Figure:
    """A letter is typed into a new issue; beside a bare commit of as many bytes."""
    from tests.gallery import discard
    from tests.ui.keys import write
    from ui.jobs import Jobs
    from ui.models.record_page import draft_key
    from ui.screens.issues import IssuesScreen

    jobs, key, waited = Jobs(), draft_key("issue", None), list[float]()
    screen = IssuesScreen(desk, jobs)
    _shown(app, screen)
    screen.begin()
    _until(app, lambda: not jobs.working())
    typed = screen.editor.form.fields["essence"].input
    with TemporaryDirectory(prefix="dala-bench-") as folder:
        bare = sqlite3.connect(Path(folder) / "bare.db", isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL"):
            bare.execute(f"PRAGMA {pragma}")
        bare.execute("CREATE TABLE kept (body BLOB)")

        def floor() -> float:
            began = perf_counter()
            bare.execute("INSERT INTO kept VALUES (?)", [bytes(500)])
            return perf_counter() - began

        def ours() -> float:
            before = drafts.recall(desk, key)
            began = perf_counter()
            write("ө", typed)
            _until(app, lambda: drafts.recall(desk, key) != before)
            waited.append(perf_counter() - began)
            body = drafts.recall(desk, key) or {}
            began = perf_counter()
            drafts.keep(desk, key, body)
            return perf_counter() - began

        floors, owns = in_turns(floor, ours, runs)
        bare.close()
    discard(screen)
    jobs.close()
    facts = {"s from a key to the disk": median(waited), "s, most": max(waited)}
    return Figure("autosave, the write", "a bare durable commit of 500 bytes", floors, owns, facts)


def _palette(desk: Desk, app: Any, runs: int) -> Figure:
    """From a key until the list is drawn with what can be done; records come after it."""
    from PySide6.QtWidgets import QLineEdit, QListWidget, QVBoxLayout, QWidget

    from tests.gallery import discard
    from tests.ui.keys import write
    from ui.demo.hands import pause
    from ui.jobs import Jobs
    from ui.main_window import MainWindow
    from ui.screens import screens_for
    from ui.searching import ask_search

    jobs, later, letters = Jobs(), list[float](), cycle(enumerate(TYPED))
    window = MainWindow(
        screens_for("coordinator"), lambda one: one.build(desk, jobs), "", lambda: ""
    )
    _shown(app, window)
    dialog = ask_search(desk, jobs, window, window)
    app.processEvents()
    bare, line, rows = QWidget(), QLineEdit(), QListWidget()
    layout = QVBoxLayout(bare)
    layout.addWidget(line)
    layout.addWidget(rows)
    bare.resize(dialog.size())
    bare.show()

    def floor() -> float:
        began = perf_counter()
        write("қ", line)
        rows.clear()
        rows.addItems([f"{line.text()} {number}" for number in range(50)])
        bare.grab()
        return perf_counter() - began

    def ours() -> float:
        at, letter = next(letters)
        if at % 3 == 0:
            dialog.words.clear()
        pause(BETWEEN)
        asked = dialog.asked
        answered = list[str]()
        asked.connect(answered.append)
        began = perf_counter()
        write(letter, dialog.words)
        dialog.grab()
        took = perf_counter() - began
        _until(app, lambda: answered and not jobs.working())
        dialog.grab()
        if at % 3:
            later.append(perf_counter() - began)
        asked.disconnect(answered.append)
        return took

    floors, owns = in_turns(floor, ours, runs)
    dialog.reject()
    discard(bare)
    discard(window)
    jobs.close()
    told = {"ms, most": 1000 * max(owns), "ms until records are there": 1000 * median(later)}
    told["ms until records are there, most"] = 1000 * max(later)
    return Figure(
        "palette, a key", "a bare line above a list of fifty lines, drawn", floors, owns, told
    )


def _charts(desk: Desk, app: Any, runs: int) -> Figure:
    """Five reports of a year of the region, each from its choice until it is drawn."""
    from desktop.figures.periods import Span, period_of
    from desktop.figures.reports import REPORTS
    from tests.gallery import discard
    from ui.jobs import Jobs
    from ui.screens.figures import FiguresScreen

    jobs, each = Jobs(), list[float]()
    screen = FiguresScreen(desk, jobs)
    screen.bar.period = period_of(Span.YEAR, date.today())  # noqa: DTZ011  # the day of the place
    _shown(app, screen)
    _until(app, lambda: not jobs.working())

    def floor() -> float:
        began = perf_counter()
        for _ in range(CHARTS):
            with desk.store() as session:
                session.execute(text("SELECT district, count(*) FROM issue GROUP BY 1")).all()
        return perf_counter() - began

    def ours() -> float:
        taken = []
        for name in list(REPORTS)[:CHARTS]:
            began = perf_counter()
            screen.choose(name)
            _until(app, lambda: not jobs.working())
            screen.grab()
            taken.append(perf_counter() - began)
        each.extend(taken)
        return sum(taken)

    floors, owns = in_turns(floor, ours, runs)
    discard(screen)
    jobs.close()
    facts = {"ms, one": 1000 * median(each), "ms, one, most": 1000 * max(each)}
    said = "SELECT district, count(*) of the issues GROUP BY district, five times"
    return Figure("five charts", said, floors, owns, facts)
