"""An interview at the keyboard: its keys, and how long the window stands still at each of them.

The real window on a real encrypted file; every key is sent to the widget that has the cursor, and
counted until the window has drawn what came of it. There is no floor: a key waits for nobody else.

What a person needs besides is estimated by the keystroke-level model (Card, Moran and Newell, 1980):
0.28 s for a key of somebody who does not type for a living, 1.35 s to think before each question.
Reading out and the respondent's own answer are not part of it.
"""

import statistics
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from tests.bench.answer import long_form, repeating_form
from tests.bench.ten_questions import ENTER, QUESTIONS, Press, xform

KEY, THOUGHT = 0.28, 1.35  # seconds, of the keystroke-level model
FEEL = 50.0  # milliseconds that a person would feel
NODES = 1_000
PRESSES = 400  # keys in a large form
OKRUG = "615647000"


@dataclass(frozen=True)
class Answered:
    """One question: how many keys, how long the window worked, how long a person would take."""

    name: str
    keys: int
    machine: float
    person: float


@dataclass(frozen=True)
class Interview:
    """A whole interview by keys alone."""

    questions: Sequence[Answered]

    @property
    def keys(self) -> int:
        """All of them, from the first page to the last Enter."""
        return sum(one.keys for one in self.questions)

    @property
    def seconds(self) -> float:
        """Of a person, the machine's own included."""
        return sum(one.person + one.machine for one in self.questions)

    def as_json(self) -> dict[str, Any]:
        """Keys and seconds by question."""
        return {
            "name": "interview of ten questions",
            "keys": self.keys,
            "seconds": round(self.seconds, 1),
            "machine_ms": round(sum(one.machine for one in self.questions) * 1000),
            "questions": {
                one.name: {"keys": one.keys, "machine_ms": round(one.machine * 1000, 1)}
                for one in self.questions
            },
        }

    def as_text(self) -> str:
        """A line for each question."""
        lines = [
            f"  {one.name:<8} {one.keys:>2} keys  {one.machine * 1000:6.1f} ms  {one.person:4.1f} s of a person"
            for one in self.questions
        ]
        whole = f"ten questions: {self.keys} keys, about {self.seconds:.0f} s of a person"
        return "\n".join([whole, *lines])


@dataclass(frozen=True)
class Stalls:
    """How long the window stood still at each key, in milliseconds."""

    name: str
    nodes: int
    late: Sequence[float]

    def as_json(self) -> dict[str, Any]:
        """The middle one, the one of a hundred, the longest."""
        return {
            "name": self.name,
            "nodes": self.nodes,
            "keys": len(self.late),
            "median_ms": round(statistics.median(self.late), 1),
            "p99_ms": round(statistics.quantiles(self.late, n=100)[98], 1),
            "most_ms": round(max(self.late), 1),
            "over_50_ms": sum(one > FEEL for one in self.late),
        }

    def as_text(self) -> str:
        """One line."""
        told = self.as_json()
        return (
            f"{self.name} ({self.nodes:,} nodes), {told['keys']} keys: median {told['median_ms']} ms, "
            f"of a hundred {told['p99_ms']} ms, most {told['most_ms']} ms"
        )


def measure(presses: int | None = None, nodes: int | None = None) -> Iterator[Interview | Stalls]:
    """Ten questions; then answers in large forms: one question a page, many a page, many people."""
    with _window(xform()) as asking:
        yield Interview(list(_by_keys(asking)))
    many, pressed = nodes or NODES, presses or PRESSES
    whole = long_form(many)
    together = whole.replace("<group ref=", "<group appearance='field-list' ref=")
    forms = {
        "a question a page": whole,
        f"{many // 40} questions a page": together,
        "people who repeat": repeating_form(many // 50),
    }
    for name, form in forms.items():
        with _window(form) as asking:
            yield Stalls(name, len(asking.walk.interview.nodes()), list(_late(asking, pressed)))


def _by_keys(asking: Any) -> Iterator[Answered]:
    for one in QUESTIONS:
        took = sum(_press(key) for key in _each(one.keys))
        keys = len(list(_each(one.keys)))
        yield Answered(one.name, keys, took, THOUGHT + keys * KEY)
    answers = asking.walk.interview.to_answers()
    assert answers == {f"/data/{one.name}": one.kept for one in QUESTIONS}
    yield Answered("saving", 1, _press(ENTER), THOUGHT + KEY)


def _late(asking: Any, presses: int) -> Iterator[float]:
    """A digit and Enter, page after page; from the end back to the beginning."""
    done = 0
    while done < presses:
        step = asking.walk.step()
        if step is None:
            asking.go_to(asking.walk.interview.pages()[0].first)
        elif asking.walk.at.endswith("/count"):
            asking.give(asking.walk.at, "50")
            yield _press(ENTER) * 1000
        else:
            yield _press("3") * 1000
            yield _press(ENTER) * 1000
        done += 2


def _each(keys: Sequence[Press]) -> Iterator[Press]:
    """One key after the other."""
    for key in keys:
        yield from key if isinstance(key, str) else [key]


def _press(key: Press) -> float:
    """Press where the cursor is → seconds until all that comes of it is drawn."""
    from PySide6.QtWidgets import QApplication

    from tests.ui.keys import press, write
    from tests.ui.typing import digits

    app = QApplication.instance()
    assert app is not None
    began = perf_counter()
    if not isinstance(key, str):
        press(key)
    elif key.isdigit():
        digits(key)
    else:
        write(key)
    app.processEvents()
    return perf_counter() - began


@contextmanager
def _window(form: str) -> Iterator[Any]:
    """The window of an activist with an interview of this form at its first question."""
    from tests.gallery import discard, make_app, settle
    from tests.ui.desks import close, make_desk
    from tests.ui.survey_waves import start_wave
    from ui import theme
    from ui.jobs import Jobs
    from ui.main_window import MainWindow
    from ui.screens import screens_for
    from ui.translation import use_language

    app = make_app()
    theme.choose(theme.LIGHT_ONLY)
    use_language("kk")
    with TemporaryDirectory() as folder:
        desk = make_desk(Path(folder), "activist")
        wave, _ = start_wave(desk, xform=form)
        jobs = Jobs()
        screens = [one for one in screens_for("activist") if one.key in ("today", "surveys")]
        window = MainWindow(screens, lambda one: one.make(desk, jobs), desk.person.name, str)
        window.resize(1366, 740)
        window.show()
        window.activateWindow()
        window.go("surveys", into=True)
        settle(app, jobs)
        shown = window.pages.currentWidget()
        shown.begin(wave)
        settle(app, jobs)
        shown.interview.start_page.okrug_input.set_value(OKRUG)
        shown.interview.setFocus()
        _press(ENTER)
        settle(app, jobs)
        try:
            yield shown.interview.asking
        finally:
            settle(app, jobs)
            discard(window)
            jobs.close()
            close(desk)
