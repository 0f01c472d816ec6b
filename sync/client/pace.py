"""How much one request carries: more while it is quickly answered, half when the line breaks."""

from collections.abc import Callable
from time import monotonic

from sqlalchemy.orm import Session, sessionmaker

from sync.change import SyncReply, SyncRequest
from sync.client.facts import recall, remember

FIRST, LEAST, MOST = 250, 10, 1_000  # changes
LARGEST = 1_200_000  # bytes of JSON, which pack to some 256 KB
# the same where the line is hardly felt; the server takes no more changes
MOST_AT_ONCE, LARGEST_AT_ONCE = 2_000, 2_400_000
AT_ONCE, QUICK = 1.0, 15.0  # seconds: what took longer is long enough to be lost by a cut
UNFELT = AT_ONCE / 8  # eight times as many would still be answered at once
BATCH = "batch"  # the fact


def batch(session: Session) -> int:
    """How many changes the next request may carry."""
    return recall(session, BATCH, int) or FIRST


def largest(session: Session) -> int:
    """How many bytes of JSON these may be."""
    return LARGEST if batch(session) <= MOST else LARGEST_AT_ONCE


def speed_up(session: Session, carried: int, seconds: float) -> None:
    """A request with so many changes was answered after so many seconds.

    One that carried half of what it might was full where records are large.
    """
    now = batch(session)
    if seconds < AT_ONCE and carried > now // 2:
        wanted = min(MOST_AT_ONCE, now * (8 if seconds < UNFELT else 4))
    elif seconds < QUICK and carried >= now:
        wanted = min(MOST, now * 2)
    else:
        wanted = min(now, MOST) if seconds >= AT_ONCE else now
    if wanted != now:
        remember(session, BATCH, wanted)


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
