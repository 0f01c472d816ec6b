"""How much one request carries: more while it is quickly answered, half when the line breaks."""

from collections.abc import Callable
from time import monotonic

from sqlalchemy.orm import Session, sessionmaker

from sync.change import SyncReply, SyncRequest
from sync.client.facts import recall, remember

FIRST, LEAST, MOST = 250, 10, 1_000  # changes
LARGEST = 1_200_000  # bytes of JSON, which pack to some 256 KB
# the same where the line is hardly felt; the server takes no more changes
MOST_AT_ONCE, LARGEST_AT_ONCE = 2_000, 3_200_000
AT_ONCE, QUICK = 1.0, 15.0  # seconds: what took longer is long enough to be lost by a cut
UNFELT = AT_ONCE / 8  # eight times as many would still be answered at once
BATCH = "batch"  # the fact


def batch(session: Session) -> int:
    """How many changes the next request may carry."""
    return recall(session, BATCH, int) or FIRST


def largest(carries: int) -> int:
    """How many bytes of JSON these changes may be."""
    return LARGEST if carries <= MOST else LARGEST_AT_ONCE


def hoped(carries: int, seconds: float) -> int:
    """How many changes to make ready while an answer is awaited: as many as may go where it comes at
    once, as one does not know yet. `seconds`: how long the last answer took; 0 before the first."""
    return _grown(carries, 8) if seconds < UNFELT else carries


def after(carries: int, carried: int, seconds: float) -> int:
    """How many changes a request may carry after one with so many was answered, in so many seconds.

    One that carried half of what it might was full where records are large.
    """
    if seconds < AT_ONCE and carried > carries // 2:
        return _grown(carries, 8 if seconds < UNFELT else 4)
    if seconds < QUICK and carried >= carries:
        return min(MOST, carries * 2)
    return min(carries, MOST) if seconds >= AT_ONCE else carries


def _grown(carries: int, times: int) -> int:
    return min(MOST_AT_ONCE, carries * times)


def is_quick(before: bool, seconds: float) -> bool:
    """Whether the line is hardly felt, after an answer that took so long; `before`: it was so, and the
    answer may have been a large one."""
    return seconds < (AT_ONCE if before else UNFELT)


def keep(session: Session, carries: int) -> None:
    """So many changes a request may carry, in the next exchange too."""
    if carries != batch(session):
        remember(session, BATCH, carries)


def slow_down(store: sessionmaker[Session], carried: int) -> None:
    """A request was not answered; one that carried little says nothing about the line."""
    if carried <= LEAST:
        return
    with store.begin() as session:
        remember(session, BATCH, max(LEAST, min(batch(session), carried) // 2))


class Watched:
    """Asks, and knows how many seconds the last answer took."""

    def __init__(self, ask: Callable[[SyncRequest], SyncReply]) -> None:
        self._ask, self.seconds = ask, 0.0

    def __call__(self, request: SyncRequest) -> SyncReply:
        """Raises what asking raises."""
        began = monotonic()
        reply = self._ask(request)
        self.seconds = monotonic() - began
        return reply
