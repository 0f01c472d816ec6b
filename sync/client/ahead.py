"""Asking ahead: while one answer is settled on the laptop, the next is on its way."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

from sync.change import SyncReply, SyncRequest
from sync.errors import UserError

Ask = Callable[[SyncRequest], SyncReply]
Coming = Callable[[], SyncReply]  # waits for the reply, and raises what asking for it raised
Ahead = Callable[[Ask, SyncRequest], Coming]


@contextmanager
def by_thread() -> Iterator[Ahead]:
    """Ask on a thread of its own, one request at a time. The end waits for the last one."""
    with ThreadPoolExecutor(1, "line") as line:
        yield lambda ask, request: line.submit(ask, request).result


def at_once(ask: Ask, request: SyncRequest) -> Coming:
    """Ask on this thread, before anything else is done: every run goes the same way."""
    try:
        reply = ask(request)
    except UserError as failed:
        return partial(_fail, failed)
    return lambda: reply


def _fail(error: UserError) -> SyncReply:
    raise error
