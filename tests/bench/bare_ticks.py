"""python -m tests.bench.bare_ticks: the floor of a stall, a bare window whose timer ticks beside ours.

What it is late by, the machine has taken. Ends when its input ends, and tells a list of milliseconds.
"""

import json
import sys
from itertools import pairwise
from threading import Thread
from time import perf_counter

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

TICK = 5  # milliseconds


def ticking() -> tuple[QTimer, list[float]]:
    """A timer that runs, and the moments of its ticks in seconds."""
    ticks: list[float] = []
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: ticks.append(perf_counter()))
    timer.start(TICK)
    return timer, ticks


def late(ticks: list[float]) -> list[float]:
    """Milliseconds by which each tick came late."""
    return [max(0.0, (after - before) * 1000 - TICK) for before, after in pairwise(ticks)]


if __name__ == "__main__":
    application = QApplication(sys.argv)
    window = QMainWindow()
    window.resize(1200, 800)
    window.show()
    timer, ticks = ticking()
    waits = Thread(target=sys.stdin.read, daemon=True)
    waits.start()
    timer.timeout.connect(lambda: waits.is_alive() or application.quit())
    application.exec()
    sys.stdout.write(json.dumps(late(ticks)))
