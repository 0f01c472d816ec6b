"""How much one request carries: more while the line holds, half as much when it breaks."""

from sqlalchemy.orm import Session, sessionmaker

from sync.client.facts import recall, remember

FIRST, LEAST, MOST = 250, 10, 1_000  # changes
BATCH = "batch"  # the fact


def batch(session: Session) -> int:
    """How many changes the next request may carry."""
    return recall(session, BATCH, int) or FIRST


def speed_up(session: Session, carried: int) -> None:
    """A full request was answered."""
    now = batch(session)
    if carried >= now < MOST:
        remember(session, BATCH, min(MOST, now * 2))


def slow_down(store: sessionmaker[Session], carried: int) -> None:
    """A request was not answered; one that carried little says nothing about the line."""
    if carried <= LEAST:
        return
    with store.begin() as session:
        remember(session, BATCH, max(LEAST, min(batch(session), carried) // 2))
