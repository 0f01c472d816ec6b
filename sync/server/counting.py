"""Answers whose term is over become counts, wave by wave, and are deleted: see sync.counts.

The term counts from the wave's last day, or from the day on which the server heard of that day where
it is later; no laptop's clock ends it. Answers that come afterwards are taken, and added by the next
run: a laptop that was away for long must not keep them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import msgspec
from sqlalchemy import and_, delete, func, select
from sqlalchemy.orm import Session

from sync.counts import DAYS, Counts, Said, count
from sync.merge import BORN
from sync.person import REGION, SERVER
from sync.server import arrivals, audit, ledger, progress, signs
from sync.server.audit import Act
from sync.server.daily import KEEPER
from sync.server.past_term import heard
from sync.server.service import Service
from sync.server.tables import Kept, KeptAnswer, KeptCounts

AT_ONCE = 500  # rows that are read, or deleted, together
TERM = "answer"  # of the vocabulary held_term


@dataclass(frozen=True)
class Ending:
    """The answers of a district to a wave, which are past their term."""

    wave: UUID
    district: str
    answers: int


def past(session: Session, today: date) -> list[Ending]:
    """What is to be counted, in the order of waves."""
    columns = (KeptAnswer.wave, KeptAnswer.district)
    there = session.execute(select(*columns, func.count()).group_by(*columns)).all()
    found = {(wave, district): number for wave, district, number in there}
    for wave, district in signs.there(session):  # they end with the answers, also where none came
        found.setdefault((wave, district), 0)
    over = {wave for wave in {wave for wave, _ in found} if is_past(session, wave, today)}
    return sorted(
        (Ending(*key, number) for key, number in found.items() if key[0] in over),
        key=lambda one: (one.wave.bytes, one.district),
    )


def waves(session: Session) -> int:
    """How many waves have answers."""
    return session.scalar(select(func.count(KeptAnswer.wave.distinct()))) or 0


def done(session: Session, today: date) -> set[UUID]:
    """The waves that are counts, but for those that were opened again."""
    counted = session.scalars(select(KeptCounts.wave).distinct()).all()
    return {wave for wave in counted if is_past(session, wave, today)}


def is_past(session: Session, wave: UUID, today: date) -> bool:
    """Whether the term of its answers is over: DAYS after it ended, was removed, or was erased."""
    found = session.get(Kept, (REGION, wave), populate_existing=True)
    if found is None:
        return False
    gone = bool(found.fields.get("removed"))  # a stone is, too
    own = None if gone else _day(found.fields.get("ends_on"))
    if own is None and not gone:
        return False  # nobody said when it ends
    born = found.touched.get(BORN, (0, ""))
    settled = max(found.touched.get(name, born)[0] for name in ("ends_on", "removed"))
    since = heard(session, REGION, {settled}).get(settled)
    return since is not None and today > max(own or since, since) + timedelta(days=DAYS)


def end(service: Service, one: Ending) -> int:
    """Count and delete in one transaction → how many; 0 where the wave was opened again meanwhile."""
    now = service.now()
    with service.writing(KEEPER) as session:
        ledger.lock(session, REGION)  # the wave stays as it is, and two runs count nothing twice
        if not is_past(session, one.wave, now.date()):
            return 0
        signs.end(session, one.wave, one.district)
        ids: list[UUID] = []
        new = count(one.wave, one.district, _said(session, one, ids))
        if not ids:
            return 0
        _add(session, new)
        for first in range(0, len(ids), AT_ONCE):
            some = KeptAnswer.id.in_(ids[first : first + AT_ONCE])
            session.execute(delete(KeptAnswer).where(some))
        told = {"district": one.district, "erased": {TERM: len(ids)}}
        audit.note(session, SERVER, Act.TERM_ENDED, told, now, one.district)
    return len(ids)


def forget_progress(service: Service) -> None:
    """Nor how many interviews each laptop had: also of districts whose answers were too few to come."""
    with service.writing(KEEPER) as session:
        today = service.now().date()
        for wave in sorted(progress.waves(session), key=lambda one: one.bytes):
            if is_past(session, wave, today):
                progress.forget(session, wave)


def forget_twice(service: Service) -> None:
    """Nor do the answers of such a wave lie beside the backups any more.

    After the transaction, and anew with each run: a run that was killed in between is made good.
    """
    if service.backups is None:
        return
    with service.reading(KEEPER) as session:
        counted = set(session.scalars(select(KeptCounts.wave).distinct()))
        raw = set(session.scalars(select(KeptAnswer.wave).where(KeptAnswer.wave.in_(counted))))
    arrivals.forget(service.backups, counted - raw)


def _said(session: Session, one: Ending, ids: list[UUID]) -> Iterator[Said]:
    """The answers, of which not all are in memory at once; their ids are noted in `ids`."""
    here = and_(KeptAnswer.wave == one.wave, KeptAnswer.district == one.district)
    decoder = msgspec.json.Decoder(Said)
    rows = select(KeptAnswer.id, KeptAnswer.body).where(here)
    for row in session.execute(rows.execution_options(yield_per=AT_ONCE)):
        ids.append(row.id)
        yield decoder.decode(row.body)


def _add(session: Session, new: Counts) -> None:
    known = session.get(KeptCounts, (new.wave, new.district), populate_existing=True)
    if known is not None:
        new = msgspec.json.decode(known.body, type=Counts) + new
        known.answers, known.body = new.answers, msgspec.json.encode(new)
    else:
        body = msgspec.json.encode(new)
        session.add(
            KeptCounts(wave=new.wave, district=new.district, answers=new.answers, body=body)
        )
    session.flush()


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
