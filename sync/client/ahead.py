"""Asking ahead: while one answer is settled on the laptop, the next is on its way."""

import gc
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from functools import partial

from sync.change import SyncReply, SyncRequest
from sync.errors import UserError

Ask = Callable[[SyncRequest], SyncReply]
Coming = Callable[[], SyncReply]  # waits for the reply, and raises what asking for it raised
Ahead = Callable[[Ask, SyncRequest], Coming]


HANDOVER = 0.0005  # seconds after which a thread gives its turn: the line must not wait for rows
RUBBISH = 200_000  # new objects after which rubbish is looked for: all but a few are dropped


@contextmanager
def by_thread() -> Iterator[Ahead]:
    """Ask on a thread of its own, one request at a time. The end waits for the last one.

    The wishes that hold where it is asked for hold there, too.
    """
    with _busy(), ThreadPoolExecutor(1, "line") as line:
        yield lambda ask, request: line.submit(copy_context().run, ask, request).result


@contextmanager
def _busy() -> Iterator[None]:
    """Python's settings while an exchange runs: with its own it takes half as long again."""
    turns, rubbish = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(min(turns, HANDOVER))
    gc.set_threshold(max(rubbish[0], RUBBISH), *rubbish[1:])
    try:
        yield
    finally:
        sys.setswitchinterval(turns)
        gc.set_threshold(*rubbish)


def at_once(ask: Ask, request: SyncRequest) -> Coming:
    """Ask on this thread, before anything else is done: every run goes the same way."""
    try:
        reply = ask(request)
    except UserError as failed:
        return partial(_fail, failed)
    return lambda: reply


def _fail(error: UserError) -> SyncReply:
    raise error
