"""What keeps the window's thread from its turn: how late its ticks come, its own processor time, and what it did.

A timer of that thread ticks every few milliseconds. What a tick is late by is what a hand would feel; what the
thread used of the processor meanwhile is what the program itself did, whatever else the machine was at; how often
it gave the processor away tells whether it waited once for long, or many times for a little. Asked why, a second
thread looks at the stacks of all others while a tick is overdue, and tells what ran where it was itself kept from
the interpreter.
"""

import gc
import resource
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from time import perf_counter, process_time, thread_time
from types import FrameType
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer

from tests.bench.bare_ticks import TICK

LOOK = 0.004  # seconds between two looks at the stack
OVERDUE = 0.025  # seconds without a tick, after which it is looked at
HELD = 0.012  # seconds between two looks, after which somebody held the interpreter
WORTH = 5  # ms of looking for rubbish that are told
DEEP = 6  # frames of a stack that are told
NOTHING = "(Qt itself)"
MOST = 4  # stacks that are told of one stall
ROOT = Path(__file__).parent.parent.parent


class Tick(NamedTuple):
    """A moment, and what the window's thread had used of the processor by then; seconds both."""

    at: float
    used: float
    waits: int  # how often it had given the processor away
    beside: float  # what all threads of the program had used


@dataclass(frozen=True)
class Stall:
    """One turn that was too long: milliseconds, those of the processor in it, what other threads of the
    program used meanwhile, how often this one waited, {what was done: looks}."""

    late: float
    used: float
    beside: float
    waits: int
    did: Counter[str] = field(default_factory=Counter)


class Watchdog:
    """Make it on the window's thread, and `stop` it there. With `why` the stack is looked at."""

    def __init__(self, *, why: bool = False) -> None:
        self.ticks: list[Tick] = []
        self._seen: list[tuple[float, str]] = []
        self._thread = threading.get_ident()
        self._ended = threading.Event()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK)
        self._gc_began = 0.0
        if why:
            threading.Thread(target=self._look_on, daemon=True).start()
            gc.callbacks.append(self._note_rubbish)

    def begin(self) -> None:
        """Forget what was."""
        self.ticks = [_now()]
        self._seen.clear()

    def stop(self) -> None:
        """Tick no more."""
        self._ended.set()
        if self._note_rubbish in gc.callbacks:
            gc.callbacks.remove(self._note_rubbish)
        self._timer.stop()

    def late(self) -> list[float]:
        """Milliseconds by which each tick came late."""
        return [
            max(0.0, (now.at - before.at) * 1000 - TICK) for before, now in pairwise(self.ticks)
        ]

    def used(self) -> list[float]:
        """Milliseconds of the processor that the thread used before each tick."""
        return [(now.used - before.used) * 1000 for before, now in pairwise(self.ticks)]

    def stalls(self, over: float) -> Iterator[Stall]:
        """The turns that took longer than so many milliseconds, as they came."""
        for (before, now), late, used in zip(
            pairwise(self.ticks), self.late(), self.used(), strict=True
        ):
            if late > over:
                seen = Counter(what for at, what in self._seen if before.at < at <= now.at)
                beside = (now.beside - before.beside) * 1000 - used
                yield Stall(late, used, beside, now.waits - before.waits, seen)

    def _tick(self) -> None:
        self.ticks.append(_now())

    def _note_rubbish(self, phase: str, info: dict[str, int]) -> None:
        """Whichever thread looks for rubbish, all wait."""
        now = perf_counter()
        if phase == "start":
            self._gc_began = now
        elif (took := (now - self._gc_began) * 1000) > WORTH:
            what = f"(rubbish of generation {info['generation']} looked for in {took:.0f} ms)"
            self._seen.append((now, what))

    def _look_on(self) -> None:
        before = perf_counter()
        while not self._ended.wait(LOOK):
            now = perf_counter()
            gap, before = now - before, now
            if self.ticks and (gap > HELD or now - self.ticks[-1].at > OVERDUE):
                what = f"(held {gap * 1000:.0f} ms)" if gap > HELD else "(beside)"
                frames = sys._current_frames()
                for number, frame in frames.items():
                    if number == self._thread:
                        self._seen.append((now, told(frame)))
                    elif (beside := told(frame, 3)) != NOTHING:
                        self._seen.append((now, f"{what} {beside}"))


def _now() -> Tick:
    waits = resource.getrusage(resource.RUSAGE_THREAD).ru_nvcsw
    return Tick(perf_counter(), thread_time(), waits, process_time())


def told(frame: FrameType | None, deep: int = DEEP) -> str:
    """The innermost frames of the program's own code, the deepest first."""
    found: list[str] = []
    while frame is not None and len(found) < deep:
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(ROOT) and "tests" not in path.parts and ".venv" not in path.parts:
            name = path.relative_to(ROOT).as_posix()
            found.append(f"{name}:{frame.f_lineno} {frame.f_code.co_name}")
        frame = frame.f_back
    return " < ".join(found) or NOTHING


def as_lines(stalls: list[Stall]) -> list[str]:
    """What the longest did, for a person."""
    lines = []
    for one in sorted(stalls, key=lambda stall: -stall.late):
        lines.append(
            f"    {one.late:.0f} ms, of the processor {one.used:.0f} ms and other threads "
            f"{one.beside:.0f} ms, waited {one.waits} times"
        )
        lines += [f"      {looks} × {what}" for what, looks in one.did.most_common(MOST)]
    return lines
