"""What is past its term is erased by the server itself, a few records at a time, day by day.

The erasure is that of decision 12; its author is the server, and its reason that the term of
keeping has ended. Why so: docs/decisions/0033-retention.md.
"""

import logging
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from time import monotonic
from uuid import UUID

from sqlalchemy import select

from sync.change import Change
from sync.erasure import ERASED, TERM_ENDED
from sync.person import REGION, SERVER, Person
from sync.retention import LETTER, Hold, first_year
from sync.server import audit, doomed, ledger, past_term, reports
from sync.server.audit import Act
from sync.server.past_term import Due
from sync.server.service import Service
from sync.server.tables import AuditEntry

KEEPER = Person(SERVER, "", "coordinator", REGION)  # reads and erases everywhere
BATCH = 20  # records that are erased in one transaction, while their district's stream is locked
DAY = timedelta(hours=20)  # after so long it is another day's turn, also where runs take hours
LONGEST = timedelta(days=31)  # between two runs; more, and the clock may have been set wrong
LOOK = 600.0  # seconds between looks whether it is time; also before the first
DOUBTED = (
    "nothing past its term is erased: there was no run yet, the last one was more than a month ago, "
    "or it is still to come by this clock. Look first: python -m sync.server admin retain --dry-run. "
    "If terms and clock are right, run it once without --dry-run"
)
log = logging.getLogger("dala.server")


class Turn(Enum):
    """Whether it is time for a run."""

    NOW = "now"
    LATER = "later"
    DOUBTED = "terms or clock may be wrong"


@dataclass
class Run:
    """What a run did, or would do."""

    erased: Counter[str] = field(default_factory=Counter)  # {term: records without parts; letters}
    held: Counter[Hold] = field(default_factory=Counter)  # past their term, and why they stay

    def told(self) -> dict[str, dict[str, int]]:
        """As JSON."""
        return {
            "erased": dict(sorted(self.erased.items())),
            "held": {str(why): count for why, count in sorted(self.held.items())},
        }


def run(service: Service, *, dry: bool = False, stop: threading.Event | None = None) -> Run:
    """Erase all that is past its term, in all districts; `dry`: only count it.

    Each batch is a transaction of its own, and others have as much time as it took before the
    next. Killed or stopped in between, the next run goes on; two at once do no harm.
    """
    stop = stop or threading.Event()
    done = Run()
    for district in service.districts:
        for batch in _batches(service, district, done):
            if stop.is_set():
                return done
            if dry:
                _count_only(service, district, batch, done)
                continue
            began = monotonic()
            _end(service, district, batch, done)
            stop.wait(monotonic() - began)
    _end_letters(service, done, dry=dry)
    if not dry:
        doomed.sweep(service)
        with service.writing(KEEPER) as session:
            audit.note(session, SERVER, Act.TERMS_ENDED, done.told(), service.now())
    return done


@contextmanager
def daily(service: Service, look: float = LOOK) -> Iterator[None]:
    """While the block lasts, a run each day. A failed one is logged, and tried again later."""
    stop = threading.Event()

    def work() -> None:
        wait = look
        while not stop.wait(wait):
            wait = look
            try:
                turn = whose_turn(service)
                if turn is Turn.NOW:
                    run(service, stop=stop)
                elif turn is Turn.DOUBTED:
                    log.warning(DOUBTED)
                    wait = DAY.total_seconds()
            except Exception:
                log.exception("records past their term could not be erased; they are tried again")

    thread = threading.Thread(target=work, name="retention", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def whose_turn(service: Service) -> Turn:
    """NOW where the last run was a day ago.

    Before the first one, after more than a month without one, or where the last is still to come,
    terms or clock may be wrong, and what a run would end cannot be brought back: an administrator
    looks, and runs it once.
    """
    ran = select(AuditEntry.at).where(AuditEntry.act == Act.TERMS_ENDED)
    with service.reading(KEEPER) as session:
        last = session.scalar(ran.order_by(AuditEntry.number.desc()).limit(1))
    if last is None:
        return Turn.DOUBTED
    since = service.now() - last
    if since > LONGEST or since < -DAY:
        return Turn.DOUBTED
    return Turn.NOW if since >= DAY else Turn.LATER


def _batches(service: Service, district: str, done: Run) -> Iterator[list[UUID]]:
    """The records of a stream whose term is over. What is erased meanwhile stands behind them."""
    reached = 0
    with service.reading(KEEPER) as session:
        last = past_term.newest(session, district)
    while reached < last:
        today = service.now().date()
        with service.reading(KEEPER) as session:
            due, held, reached = past_term.page(
                session, district, reached, last, service.terms, today
            )
        done.held += held
        for first in range(0, len(due), BATCH):
            yield due[first : first + BATCH]


def _count_only(service: Service, district: str, ids: list[UUID], done: Run) -> None:
    today = service.now().date()
    with service.reading(KEEPER) as session:
        going, held = past_term.still_due(session, district, ids, service.terms, today)
    done.held += held
    done.erased += _sorts(going)


def _end(service: Service, district: str, ids: list[UUID], done: Run) -> None:
    """Erase those that are still due, in one transaction."""
    now = service.now()
    with service.writing(KEEPER) as session:
        ledger.lock(session, district)  # before they are looked at: nothing of them changes now
        going, held = past_term.still_due(session, district, ids, service.terms, now.date())
        if going:
            ledger.end(session, district, [_erasure(one, district, now) for one in going], KEEPER)
            told = {"district": district, "erased": dict(sorted(_sorts(going).items()))}
            audit.note(session, SERVER, Act.TERM_ENDED, told, now)
    done.held += held
    done.erased += _sorts(going)


def _end_letters(service: Service, done: Run, *, dry: bool) -> None:
    """Sealed letters that are past theirs. Nobody here can read what they are about."""
    term = next(one for one in service.terms if one.kind == LETTER)
    now = service.now()
    first = first_year(term, now.date())
    if first is None:
        return
    with service.reading(KEEPER) if dry else service.writing(KEEPER) as session:
        if count := reports.end(session, first, dry=dry):
            done.erased[term.key] += count
            if not dry:
                told = {"district": REGION, "erased": {term.key: count}}
                audit.note(session, SERVER, Act.TERM_ENDED, told, now)


def _sorts(going: list[Due]) -> Counter[str]:
    return Counter(term.key for _, term in going)


def _erasure(due: Due, district: str, now: datetime) -> Change:
    row, _ = due
    return Change(
        kind=row.kind,
        record=row.id,
        district=district,
        base=row.revision,
        fields={ERASED: TERM_ENDED},
        at=now,
    )
