"""The window's thread goes first: long work on other threads rests while it has something to do.

Python lets one thread work at a time. Each time the window's thread comes back from Qt it asks for its turn, and
one that reckons gives it only after `HANDOVER` of ui/jobs.py: a screen of thirty milliseconds asks a hundred times.
A shorter handover is no way out: with 0.1 ms whole programs stood still for ten seconds and more (glibc 2.36).
"""

from threading import Event, get_ident

from PySide6.QtCore import QAbstractEventDispatcher, QObject

PATIENCE = 0.02  # seconds that work rests at most: a window that is never at rest holds nothing up

_at_rest = Event()
_at_rest.set()
_windows = 0  # the thread of the windows


def watch(parent: QObject) -> None:
    """From now on it is known when the thread that calls this, the windows' own, waits for what comes."""
    global _windows
    dispatcher = QAbstractEventDispatcher.instance()
    if dispatcher is None:
        return
    _windows = get_ident()
    dispatcher.awake.connect(_at_rest.clear)
    dispatcher.aboutToBlock.connect(_at_rest.set)


def give_way() -> None:
    """Call it on any thread between two pieces of long work: it returns when the windows are at rest."""
    if not _at_rest.is_set() and get_ident() != _windows:
        _at_rest.wait(PATIENCE)
