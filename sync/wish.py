"""A person's wish that something ends, which also reaches what only waits: the sockets in use.

    wish = Wish()
    heeded(wish, work)  # on the thread of the work
    wish.make()  # on any other: what the work waits for on a line ends, and it raises Stopped

A wish holds for all that is called within the work, and for a thread that was given its context.
"""

import socket
import sys
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import suppress
from contextvars import ContextVar
from threading import Event, Lock, Thread
from time import monotonic, sleep
from typing import TypeVar
from weakref import WeakSet

from sync.errors import Stopped

TICK = 0.1  # seconds after which a wish is looked for where it cannot come by itself

T = TypeVar("T")


class Wish:
    """It is made once, and holds from then on."""

    def __init__(self) -> None:
        self._made, self._lock = Event(), Lock()
        self._lines: WeakSet[socket.socket] = WeakSet()

    def make(self) -> None:
        """What is under way ends. Waits for nothing; call on any thread, as often as you like."""
        with self._lock:
            self._made.set()
            lines = list(self._lines)
        for line in lines:
            _hang_up(line)

    def heed(self) -> None:
        """Raises Stopped where it was made."""
        if self._made.is_set():
            raise Stopped

    def _reach(self, line: socket.socket) -> None:
        with self._lock:
            self.heed()
            self._lines.add(line)

    def _let_go(self) -> None:
        with self._lock:
            self._lines.clear()


_held: ContextVar[tuple[Wish, ...]] = ContextVar("wishes", default=())


def heeded(wish: Wish, work: Callable[[], T]) -> T:
    """Do the work, which may end by this wish, as by those that hold here already: what it gives.

    Raises Stopped, and what the work raises.
    """
    token = _held.set((*_held.get(), wish))
    try:
        return work()
    finally:
        _held.reset(token)
        wish._let_go()  # the line goes on to be used, by work that nobody wants to end


def heed() -> None:
    """Raises Stopped where a wish was made that holds here."""
    for wish in _held.get():
        wish.heed()


def reach(line: socket.socket) -> None:
    """This socket is used now: it ends by a wish that holds here. Raises Stopped where one was made.

    A socket that ends so looks like a line that broke: who reads it asks `heed` what it was.
    """
    for wish in _held.get():
        wish._reach(line)


def pause(seconds: float) -> None:
    """Sleep, but not through a wish. Raises Stopped."""
    end = monotonic() + seconds
    heed()
    while (left := end - monotonic()) > 0:
        sleep(min(TICK, left))
        heed()


def awaited(work: Callable[[], T], left: Callable[[Future[T]], object]) -> T:
    """Do what cannot be ended from outside, and wait for it no longer than a wish allows: what it
    gives. Raises Stopped, and what it raises.

    After Stopped it goes on by itself, and `left` is called when it has ended, with what came of it.
    """
    if not _held.get():
        return work()
    heed()
    coming: Future[T] = Future()
    Thread(target=_do, args=(work, coming), name="awaited", daemon=True).start()
    try:
        while not wait([coming], TICK).done:
            heed()
    except Stopped:
        coming.add_done_callback(left)
        raise
    return coming.result()


def _do(work: Callable[[], T], coming: Future[T]) -> None:
    try:
        given = work()
    except BaseException as error:  # noqa: BLE001  # raised where it is waited for
        coming.set_exception(error)
    else:
        coming.set_result(given)


def _hang_up(line: socket.socket) -> None:
    with suppress(OSError):  # it has ended already
        # not that of TLS, which forgets on another thread's back that it is TLS
        socket.socket.shutdown(line, socket.SHUT_RDWR)
    if sys.platform == "win32":  # where only a closed socket is sure to wake who waits for it
        with suppress(OSError):
            socket.close(line.detach())
