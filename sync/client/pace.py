"""How much one request carries: more while it is quickly answered, half when the line breaks."""

from collections.abc import Callable
from time import monotonic

from sqlalchemy.orm import Session, sessionmaker

from sync.change import SyncReply, SyncRequest
from sync.client.facts import recall, remember

FIRST, LEAST, MOST = 250, 10, 1_000  # changes
MOST_AT_ONCE = 2_000  # where the line is hardly felt; the server takes no more
LARGEST = 2_400_000  # bytes of JSON, which pack to some 512 KB
AT_ONCE, QUICK = 1.0, 15.0  # seconds: what took longer is long enough to be lost by a cut
BATCH = "batch"  # the fact


def batch(session: Session) -> int:
    """How many changes the next request may carry."""
    return recall(session, BATCH, int) or FIRST


def speed_up(session: Session, carried: int, seconds: float) -> None:
    """A request with so many changes was answered after so many seconds."""
    now = batch(session)
    times, most = (4, MOST_AT_ONCE) if seconds < AT_ONCE else (2, MOST)
    if carried >= now and seconds < QUICK:
        remember(session, BATCH, max(now, min(most, now * times)))


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
