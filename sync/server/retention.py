"""What is past its term is erased by the server itself, a few records at a time, day by day.

The erasure is that of decision 12; its author is the server, and its reason that the term of
keeping has ended. Why so: docs/decisions/0033-retention.md. The same run strikes from history the
names whose consent has ended (`sync.server.striking`).
"""

import logging
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from time import monotonic
from uuid import UUID

from sqlalchemy import func, select

from sync.change import Change
from sync.erasure import ERASED, TERM_ENDED
from sync.errors import UserError
from sync.language import mark
from sync.person import REGION, SERVER
from sync.retention import LETTER, Hold, first_letters
from sync.server import audit, counting, doomed, ledger, past_term, reports, striking
from sync.server.audit import Act
from sync.server.daily import DAY, KEEPER, LOOK, daily
from sync.server.past_term import Due
from sync.server.service import Service
from sync.server.tables import AuditEntry, Kept, KeptLetter

BATCH = 20  # records that are erased in one transaction, while their district's stream is locked
LONGEST = timedelta(days=31)  # between two runs; more, and the clock may have been set wrong
FAILED = "records past their term could not be erased; they are tried again"
DOUBTED = (
    "nothing past its term is erased: there was no run yet, the last one was more than a month ago, "
    "or it is still to come by this clock. Look first: python -m sync.server admin retain --dry-run. "
    "If terms and clock are right, run it once without --dry-run"
)
FEW, SHARE = 10, 5  # of a kind so many records may go in one run, or one in so many
TOO_MANY = mark(
    "{number} of {there} records of the kind “{kind}” would go at once, which is more than ten and "
    "more than a fifth. Nothing was erased. Look whether terms and clock are right: “admin retain "
    "--dry-run”. If they are, run “admin retain --all” once."
)
TOO_MANY_STRUCK = mark(
    "The names in the history of {number} of {there} records of the kind “{kind}” would be struck at "
    "once, for consent was withdrawn; that is more than ten and more than a fifth. Nothing was struck "
    "or erased. Look whether the clock is right, and who withdrew: “admin retain --dry-run”. If it is "
    "right, run “admin retain --all” once."
)
log = logging.getLogger("dala.server")


class TooMany(UserError):
    """So much is past its term at once that terms or clock may be wrong."""


class Turn(Enum):
    """Whether it is time for a run."""

    NOW = "now"
    LATER = "later"
    DOUBTED = "terms or clock may be wrong"


@dataclass
class Run:
    """What a run did, or would do."""

    erased: Counter[str] = field(
        default_factory=Counter
    )  # {term: records without parts; letters; answers}
    held: Counter[Hold] = field(default_factory=Counter)  # past their term, and why they stay
    struck: Counter[str] = field(
        default_factory=Counter
    )  # {kind: records whose names were struck}
    waves: set[UUID] = field(default_factory=set)  # whose answers became counts

    def told(self) -> dict[str, dict[str, int]]:
        """As JSON."""
        return {
            "erased": dict(sorted(self.erased.items())),
            "held": {str(why): count for why, count in sorted(self.held.items())},
            "struck": dict(sorted(self.struck.items())),
        }


def run(
    service: Service,
    *,
    dry: bool = False,
    everything: bool = False,
    stop: threading.Event | None = None,
) -> Run:
    """Erase all that is past its term, and strike the names whose consent has ended, in all
    districts; `dry`: only count it.

    Raises TooMany, before anything is erased, unless `everything` may go. Each batch is a
    transaction of its own, and others have as much time as it took before the next. Killed or stopped in between, the next run goes on; two at once do no harm.
    """
    stop = stop or threading.Event()
    done = Run()
    if not (dry or everything):
        _require_few(service, run(service, dry=True, stop=stop))
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
        done.struck += striking.strike(service, district, dry=dry, stop=stop)
        if stop.is_set():
            return done
    _end_letters(service, done, dry=dry)
    _end_answers(service, done, stop, dry=dry)
    if stop.is_set():
        return done
    if not dry:
        doomed.sweep(service)
        with service.writing(KEEPER) as session:
            audit.note(session, SERVER, Act.TERMS_ENDED, done.told(), service.now())
    return done


def run_daily(service: Service, look: float = LOOK) -> AbstractContextManager[None]:
    """While the block lasts, a run each day. A failed one is logged, and tried again later."""

    def work(stop: threading.Event) -> float | None:
        turn = whose_turn(service)
        if turn is Turn.NOW:
            try:
                run(service, stop=stop)
            except TooMany as fuse:
                log.warning("%s", fuse)
                return DAY.total_seconds()
        elif turn is Turn.DOUBTED:
            log.warning(DOUBTED)
            return DAY.total_seconds()
        return None

    return daily("retention", work, FAILED, look)


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


def _require_few(service: Service, looked: Run) -> None:
    """Raise TooMany where of a kind more than FEW, and more than one in SHARE, would go, or be struck,
    at once."""
    kinds = {term.key: term.kind for term in service.terms}
    going = Counter[str]()
    for key, number in looked.erased.items():
        if key != counting.TERM:
            going[kinds[key]] += number
    if looked.waves:
        going[counting.TERM] = len(looked.waves)
    if LETTER in going:
        going[LETTER] = _late_letters(service)
    for kind, number in sorted(going.items()):
        if number > FEW and number * SHARE > (there := _there(service, kind)):
            raise TooMany(TOO_MANY, kind=kind, number=number, there=there)
    for kind, number in sorted(looked.struck.items()):
        if number > FEW and number * SHARE > (there := _there(service, kind)):
            raise TooMany(TOO_MANY_STRUCK, kind=kind, number=number, there=there)


def _late_letters(service: Service) -> int:
    """Of the letters that would go, those that the new year before should have ended already.

    All of one year go on one day, each new year: where three years are kept, that is a quarter.
    """
    first = first_letters(service.terms, service.now().date())
    if first is None:
        return 0
    with service.reading(KEEPER) as session:
        return reports.end(session, first - 1, dry=True)


def _there(service: Service, kind: str) -> int:
    """How many records of a kind, sealed letters, or waves with answers the region has."""
    if kind == counting.TERM:
        with service.reading(KEEPER) as session:
            return counting.waves(session)
    if kind == LETTER:
        asked = select(func.count()).select_from(KeptLetter)
    else:
        standing = Kept.fields[ERASED].as_string().is_(None)
        asked = select(func.count()).select_from(Kept).where(Kept.kind == kind, standing)
    with service.reading(KEEPER) as session:
        return session.scalar(asked) or 0


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
            audit.note(session, SERVER, Act.TERM_ENDED, told, now, district)
    done.held += held
    done.erased += _sorts(going)


def _end_letters(service: Service, done: Run, *, dry: bool) -> None:
    """Sealed letters that are past theirs. Nobody here can read what they are about."""
    term = next(one for one in service.terms if one.kind == LETTER)
    now = service.now()
    first = first_letters(service.terms, now.date())
    if first is None:
        return
    with service.reading(KEEPER) if dry else service.writing(KEEPER) as session:
        if count := reports.end(session, first, dry=dry):
            done.erased[term.key] += count
            if not dry:
                told = {"district": REGION, "erased": {term.key: count}}
                audit.note(session, SERVER, Act.TERM_ENDED, told, now)


def _end_answers(service: Service, done: Run, stop: threading.Event, *, dry: bool) -> None:
    """Answers of waves that ended long ago become counts."""
    with service.reading(KEEPER) as session:
        past = counting.past(session, service.now().date())
    for one in past:
        if stop.is_set():
            return
        if number := one.answers if dry else counting.end(service, one):
            done.erased[counting.TERM] += number
            done.waves.add(one.wave)
    if not dry:
        counting.forget_progress(service)
        counting.forget_twice(service)


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
