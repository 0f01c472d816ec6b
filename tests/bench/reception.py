"""Visitors of the reception written down by real keys: in the line of the day, and in the whole form.

The screen on the real encrypted file, drawn by Qt's offscreen platform. Every key is sent to the widget
that has the cursor, and counted until the window has drawn what came of it. Both ways keep the same:
essence, village, category, who came, how, when, by whom. A person's seconds are those of the
keystroke-level model, as in tests.bench.interview: 0.28 s a key, 1.35 s to think before each field.
"""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.interview import KEY, THOUGHT
from tests.bench.report import fill
from tests.bench.save import ACTIVIST, desk_at

VISITORS, THERE = 20, 20_000  # those who are written down; other records in the file
ESSENCES = (
    "Ауылда ауыз су екі аптадан бері келмей жатыр",
    "Жер телімін беру кезегі туралы сұрады",
    "Мектеп жанындағы жолға шам қоюды сұрайды",
    "Мүгедектігі бар балаға арба алып беруді сұрайды",
)
VILLAGE, CATEGORY, HOW, WHO = "баба", "су", "жеке қ", "жеке т"  # the first letters of each
Typed = str | int  # letters, or a key


@dataclass(frozen=True)
class Received:
    """One way. `late`: milliseconds of the window at each key; `fields`: those that are thought about."""

    name: str
    visitors: int
    keys: int
    letters: int  # of the essences, which every way needs
    fields: int
    late: Sequence[float]

    def as_json(self) -> dict[str, Any]:
        """Keys and seconds of one visitor."""
        machine = sum(self.late) / 1000
        person = self.keys * KEY + self.fields * THOUGHT
        return {
            "name": f"reception: {self.name}",
            "visitors": self.visitors,
            "keys_per_visitor": self.keys / self.visitors,
            "keys_besides_the_essence": (self.keys - self.letters) / self.visitors,
            "seconds_per_visitor": (person + machine) / self.visitors,
            "median_ms": median(self.late),
            "most_ms": max(self.late),
        }

    def as_text(self) -> str:
        """Two lines."""
        told = self.as_json()
        return (
            f"{told['name']}: {told['keys_per_visitor']:.1f} keys a visitor, "
            f"{told['keys_besides_the_essence']:.1f} of them besides the essence; about "
            f"{told['seconds_per_visitor']:.0f} s of a person\n"
            f"  the window at a key: median {told['median_ms']:.1f} ms, most {told['most_ms']:.0f} ms"
        )


def measure(visitors: int | None = None, there: int | None = None) -> Iterator[Received]:
    """The line of the day with all fields, with the essence alone, then the whole form."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from desktop.actions import records
    from sync.language import speak
    from tests.gallery import discard, make_app, settle
    from ui.jobs import Jobs
    from ui.screens.reception import ReceptionScreen

    many = visitors or VISITORS
    app = make_app()
    speak("kk")
    with (
        TemporaryDirectory(prefix="dala-bench-") as folder,
        desk_at(Path(folder), ACTIVIST) as desk,
    ):
        fill(desk, there or THERE)
        jobs = Jobs()
        screen = ReceptionScreen(desk, jobs)
        screen.resize(1130, 740)
        screen.show()
        screen.activateWindow()
        settle(app, jobs)
        for name, way, fields in (
            ("the line of the day", _line, 4),
            ("the essence alone", _essence, 1),
            ("the whole form", _whole, 8),
        ):
            late: list[float] = []
            letters = 0
            for number in range(many):
                essence = ESSENCES[number % len(ESSENCES)]
                letters += len(essence)
                late += way(screen, essence, lambda: settle(app, jobs))
            yield Received(name, many, len(late), letters, fields * many, late)
        kept = records.count_records(desk, "reception")
        if kept != 3 * many:
            raise RuntimeError(f"{kept} visitors were kept")
        full = {"village": "615633300", "visitor_type": "individual", "form": "personal"}
        if records.count_records(desk, "reception", full) != 2 * many:
            raise RuntimeError("some say less than was typed")
        discard(screen)
        jobs.close()


def _line(screen: Any, essence: str, _settle: Any) -> list[float]:
    from PySide6.QtCore import Qt

    enter, tab = Qt.Key.Key_Return, Qt.Key.Key_Tab
    screen.setFocus()
    return _press([*essence, enter, *VILLAGE, enter, tab, *CATEGORY, enter, enter])


def _essence(screen: Any, essence: str, _settle: Any) -> list[float]:
    from PySide6.QtCore import Qt

    screen.setFocus()
    return _press([*essence, Qt.Key.Key_Return, Qt.Key.Key_Return])


def _whole(screen: Any, essence: str, settled: Any) -> list[float]:
    """Ctrl+N and Ctrl+S are one key each; the day is there already."""
    from PySide6.QtCore import Qt

    enter, tab = Qt.Key.Key_Return, Qt.Key.Key_Tab
    late = [_timed(screen.begin)]
    settled()
    keys = [tab, *"1040", tab, *ACTIVIST.name, tab, *HOW, enter, tab, *VILLAGE, enter, tab]
    keys += [*essence, tab, *CATEGORY, enter, tab, tab, tab, *WHO, enter]
    late += _press(keys)
    late.append(_timed(screen.shown.editor.save))
    settled()
    return late


def _press(keys: Sequence[Any]) -> list[float]:
    from tests.ui.keys import press, write

    return [
        _timed(lambda key=key: write(key) if isinstance(key, str) else press(key)) for key in keys
    ]


def _timed(act: Any) -> float:
    """Milliseconds until all that comes of it is drawn."""
    from time import perf_counter

    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    assert app is not None
    began = perf_counter()
    act()
    app.processEvents()
    return (perf_counter() - began) * 1000
