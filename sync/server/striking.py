"""Names whose consent has ended leave the server's history, thirty days after the server heard of it.

What is struck is said in `sync.striking`. That there was an edit, whose and when, stays; nothing of
it becomes a revision, for laptops do the same by themselves. A record says which end of consent it
was struck for, so that the daily run reads no record twice. Decision 40.
"""

import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from time import monotonic
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from sync.audit import Act
from sync.change import Change, encode
from sync.person import REGION, SERVER
from sync.records.consented import ENDED
from sync.server import audit, ledger
from sync.server.daily import KEEPER
from sync.server.past_term import heard
from sync.server.service import Service
from sync.server.tables import Entry, Kept, LateEdit
from sync.striking import AFTER, names_of, says_name, struck, without

BATCH = 20  # records that are struck in one transaction, while their district's stream is locked
PAGE = 1_000  # ends of consent that are looked at together
WAITS = Kept.ended.is_not(None) & Kept.ended.is_distinct_from(Kept.struck)


def strike(service: Service, district: str, *, dry: bool, stop: threading.Event) -> Counter[str]:
    """Strike the names of all records of a stream that are due → {kind: records}; `dry`: only count.

    A batch is a transaction, and others have as much time as it took before the next. Killed or
    stopped in between, the next run goes on.
    """
    done = Counter[str]()
    for batch in _batches(service, district):
        if stop.is_set():
            break
        if dry:
            with service.reading(KEEPER) as session:
                done.update(row.kind for row in _due(session, district, batch, _today(service)))
            continue
        began = monotonic()
        done += _strike_some(service, district, batch)
        stop.wait(monotonic() - began)
    return done


def _batches(service: Service, district: str) -> Iterator[list[UUID]]:
    reached = 0
    while True:
        ended = select(Kept.id, Kept.ended).where(Kept.district == district, WAITS)
        page = ended.where(Kept.ended > reached).order_by(Kept.ended).limit(PAGE)
        with service.reading(KEEPER) as session:
            rows = session.execute(page).all()
            due = _due(session, district, [row.id for row in rows], _today(service))
        ids = [row.id for row in due]
        for first in range(0, len(ids), BATCH):
            yield ids[first : first + BATCH]
        if len(rows) < PAGE:
            return
        reached = rows[-1].ended


def _due(session: Session, district: str, ids: Iterable[UUID], today: date) -> list[Any]:
    """Those of these records whose consent ended more than thirty days ago, by the day on which the
    server took that edit."""
    columns = (Kept.id, Kept.kind, Kept.ended)
    here = select(*columns).where(Kept.district == district, WAITS, Kept.id.in_(list(ids)))
    rows = session.execute(here.order_by(Kept.ended)).all()
    known = heard(session, district, {row.ended for row in rows})
    return [row for row in rows if row.ended in known and today - known[row.ended] > AFTER]


def _strike_some(service: Service, district: str, ids: list[UUID]) -> Counter[str]:
    """Those that are still due, in one transaction."""
    with service.writing(KEEPER) as session:
        ledger.lock(session, district)  # first: nobody takes one back meanwhile
        going = _due(session, district, ids, _today(service))
        streams = (REGION, *service.districts)
        for row in going:
            _strike_ledger(session, streams, row)
            _strike_late(session, streams, row)
            here = (Kept.district == district, Kept.id == row.id)
            session.execute(update(Kept).where(*here).values(struck=row.ended))
        kinds = Counter(row.kind for row in going)
        if kinds:
            told = {"district": district, "struck": dict(sorted(kinds.items()))}
            audit.note(session, SERVER, Act.STRUCK, told, service.now(), district)
    return kinds


def _strike_ledger(session: Session, streams: Iterable[str], row: Any) -> None:
    """Also of what was refused, in whichever stream and as whatever kind somebody sent it."""
    about = (Entry.district.in_(streams), Entry.record == row.id)
    names = names_of(row.kind)
    columns = (Entry.district, Entry.change, Entry.fields)
    for entry in session.execute(select(*columns).where(*about)).all():
        if names & entry.fields.keys():
            here = (Entry.district == entry.district, Entry.change == entry.change)
            left = without(entry.fields, names)
            session.execute(update(Entry).where(*here).values(fields=left))


def _strike_late(session: Session, streams: Iterable[str], row: Any) -> None:
    """Late edits of before the end; one whose author has seen it gives a consent anew."""
    about = (LateEdit.district.in_(streams), LateEdit.record == row.id)
    for change, body in session.execute(
        select(LateEdit.change, LateEdit.body).where(*about)
    ).all():
        said = msgspec.json.decode(body, type=Change)
        anew = ENDED in said.fields and said.base >= row.ended
        if anew or not says_name(said, names_of(row.kind)):
            continue
        left = struck(said, names_of(row.kind))
        one = LateEdit.change == change
        if left.fields:
            session.execute(update(LateEdit).where(one).values(body=encode(left)))
        else:
            session.execute(delete(LateEdit).where(one))


def _today(service: Service) -> date:
    return service.now().date()
