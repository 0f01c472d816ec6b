"""What the window has to show goes first: long work on other threads rests while it is made, laid out and painted.

Python lets one thread work at a time. Each time the window's thread comes back from Qt it asks for its turn, and
one that reckons gives it up only after `HANDOVER` of ui/jobs.py: what takes the window thirty milliseconds asks a
hundred times. A shorter handover is no way out: with 0.1 ms the whole program stood still for ten seconds and more,
again and again (Python 3.11, glibc 2.36).
"""

from functools import partial
from threading import Event
from time import monotonic

from PySide6.QtCore import QTimer

MOST = 0.1  # seconds that others rest for one turn: a window that is never done holds nothing up for good
PAINTED = 10  # ms after which Qt has begun to paint what was made

_done = Event()
_done.set()
_until = 0.0
_turn = 0


def begin() -> None:
    """On the window's thread: something is about to be made that the person waits for."""
    global _until, _turn
    _until, _turn = monotonic() + MOST, _turn + 1
    _done.clear()
    laid_out = partial(QTimer.singleShot, PAINTED, partial(_end, _turn))
    QTimer.singleShot(0, laid_out)


def end() -> None:
    """Others work on, whatever the window does."""
    _end(_turn)


def give_way() -> None:
    """On any other thread, between two pieces of long work: it returns when there is no turn."""
    if not _done.is_set() and (left := _until - monotonic()) > 0:
        _done.wait(left)


def _end(turn: int) -> None:
    if turn == _turn:  # else another one has begun
        _done.set()
