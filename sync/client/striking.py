"""Names whose consent has ended leave what a laptop keeps beside its records.

What waits to be sent loses them as soon as the end is known (`leave_out`): the server would refuse
it, and they would cross the line for nothing. All else keeps them for thirty days more, in which the
end may be taken back, and then loses them (`strike`): answered and refused edits, what is being typed,
late edits, what was kept for a restored server, the journal, the copies. Only the server's clock
counts. What is struck is said in `sync.striking`. Decision 40.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session, sessionmaker

from sync.change import Change, encode, new_id
from sync.client import earlier, late, untold
from sync.client.facts import recall, remember
from sync.client.quiet import is_due
from sync.client.scrub import UNTIDY, slices
from sync.client.tables import BODY, Attention, ConsentEnd, Draft, Pending
from sync.language import mark, tr
from sync.person import Person
from sync.records import KINDS
from sync.records.consented import ENDED
from sync.striking import AFTER, CONSENTED, names_of, says_name, struck

LOOKED = "ends_looked"  # the fact: when that was done last, by the server's clock
WITHDRAWN = mark(
    "Consent was withdrawn before this was sent, so the name and phone in it were left out; the rest "
    "of the edit goes on. If consent was given anew, say so in the record and write them there again."
)
STRUCK = mark("Name, phone and witness were struck from this edit: consent was withdrawn.")

Kinds = dict[UUID, str]  # {record: its kind}


def hear(session: Session, news: Iterable[Change], untaken: Iterable[Change]) -> None:
    """News were written, and edits that the server does not know are to be told whole: what of these
    records waits is looked at, where news say that a consent has ended."""
    ends = [one.record for one in news if one.fields.get(ENDED) and one.kind in CONSENTED]
    ends += [one.record for one in untaken if one.kind in CONSENTED]
    if ends:
        leave_out(session, ends)


def leave_out(session: Session, records: Collection[UUID], *, told: bool = True) -> None:
    """Names leave the edits of these records that wait, where consent has ended; the row has none.

    Before one's own edits are put on top. An edit that says that a consent stands again is left as it
    is, and what was written after it, unless a restored server is told again. `told`: the server told
    of the end, and the edit's person finds what was left out under needs attention. Else the edit says
    the end itself: the server, which does not know of it yet, would miss the witness of a consent that
    stands.
    """
    for some in slices(records):
        ends = [(kind, *end) for kind in CONSENTED for end in _ends(session, kind, some)]
        kinds, days = {id: kind for kind, id, _ in ends}, {id: day for _, id, day in ends}
        _empty_rows(session, kinds)
        waits = select(Pending).where(Pending.revision.is_(None), Pending.record.in_(list(kinds)))
        again: dict[UUID, bool] = {}  # whether, as far as was read, its consent stands again
        for row in session.scalars(waits.order_by(Pending.number)).all():
            change, names = _decode(row.body), names_of(kinds[row.record])
            anew = ENDED in change.fields and not change.fields[ENDED]
            if ENDED in change.fields:
                again[row.record] = anew
            if anew or (told and again.get(row.record)) or not says_name(change, names):
                continue
            left = struck(change, names)
            if told and not change.witness:
                _note(session, change, left, names)
            if not left.fields:
                session.delete(row)
                continue
            said = {} if told else {ENDED: days[row.record].isoformat()}
            row.body = encode(msgspec.structs.replace(left, fields={**said, **left.fields}))
    session.flush()


def strike(store: sessionmaker[Session], now: datetime | None) -> int:
    """Once a day by the server's clock: strike the names of the records whose time has come → how
    many. `now` is what the server said; None does nothing.

    The file keeps nothing of them; its journal and copies do until the file is tidied.
    """
    if now is None:
        return 0
    with store() as session:
        if not is_due(session, LOOKED, now):
            return 0
    with store.begin() as session:
        kinds = _look(session, now)
        for some in slices(kinds):
            _strike(session, {one: kinds[one] for one in some}, now)
        if kinds:
            remember(session, UNTIDY, True)
        remember(session, LOOKED, now)
    return len(kinds)


def ended(session: Session) -> list[UUID]:
    """The records here whose consent has ended."""
    return [record for kind in CONSENTED for record, _ in _ends(session, kind)]


def struck_on(session: Session, record: UUID) -> datetime | None:
    """When the names of a record were struck on this laptop; None where they were not."""
    row = session.get(ConsentEnd, record)
    return row.struck if row is not None else None


def _look(session: Session, now: datetime) -> Kinds:
    """Note which consents have ended, and forget those that stand again → those that are due."""
    known = {row.record: row for row in session.scalars(select(ConsentEnd))}
    again = _said_again(session, [record for record, row in known.items() if row.struck])
    due: Kinds = {}
    for kind in CONSENTED:
        for record, day in _ends(session, kind):
            row = known.pop(record, None)
            if row is None or row.ended != day or record in again or row.since > now:
                # seen for the first time, another end, or noted by a clock that was ahead
                session.merge(ConsentEnd(record=record, ended=day, since=now, struck=None))
            elif row.struck is None and now - row.since >= AFTER:
                due[record] = kind
    for record in known.keys() - _bare(session, known):  # of a bare one nobody here can tell
        session.delete(known[record])
    session.flush()
    return due


def _said_again(session: Session, records: Collection[UUID]) -> set[UUID]:
    """Of these, whose names were struck, those that edits name again: consent stood again between two
    looks, and ended by the same day."""
    found: set[UUID] = set()
    for some in slices(records):
        for table, body in ((Pending, BODY), (Attention, Attention.body)):
            bodies = session.scalars(select(body).where(table.record.in_(some)))
            edits = (_decode(body) for body in bodies)
            found.update(one.record for one in edits if says_name(one, names_of(one.kind)))
    return found


def _strike(session: Session, kinds: Kinds, now: datetime) -> None:
    _empty_rows(session, kinds)
    _strike_outbox(session, kinds)
    _strike_attention(session, kinds)
    _strike_drafts(session, kinds)
    late.strike(session, kinds)
    untold.strike(session, kinds)
    earlier.strike(session, kinds)
    here = ConsentEnd.record.in_(list(kinds))
    session.execute(update(ConsentEnd).where(here).values(struck=now))
    session.flush()
    session.expire_all()  # rows were written beside the session's own copies


def _strike_outbox(session: Session, kinds: Kinds) -> None:
    for row in session.scalars(select(Pending).where(Pending.record.in_(list(kinds)))).all():
        _rewrite(session, row, kinds[row.record])


def _strike_attention(session: Session, kinds: Kinds) -> None:
    for row in session.scalars(select(Attention).where(Attention.record.in_(list(kinds)))).all():
        if _rewrite(session, row, kinds[row.record]):
            row.reason = f"{row.reason} {tr(STRUCK, _language(session))}"


def _rewrite(session: Session, row: Pending | Attention, kind: str) -> bool:
    """Whether something was struck of an edit; one that says nothing more goes."""
    change, names = _decode(row.body), names_of(kind)
    if not says_name(change, names):
        return False
    left = struck(change, names)
    row.body = encode(left)
    if not left.fields:
        session.delete(row)
    return True


def _strike_drafts(session: Session, kinds: Kinds) -> None:
    """What is typed into a record that is there, and into one that was saved since."""
    ids = {str(record) for record in kinds}
    for draft in session.scalars(select(Draft)).all():
        kind, _, name = draft.key.partition(":")
        if kind not in CONSENTED:
            continue
        typed = msgspec.json.decode(draft.body)
        if {name, str(typed.get("id"))} & ids:
            draft.body = msgspec.json.encode(_untyped(typed, names_of(kind)))


def _untyped(typed: Any, names: frozenset[str]) -> Any:
    """Editors keep values, and what they were typed upon, each in its own way."""
    if isinstance(typed, dict):
        return {name: _untyped(one, names) for name, one in typed.items() if name not in names}
    return [_untyped(one, names) for one in typed] if isinstance(typed, list) else typed


def _empty_rows(session: Session, kinds: Kinds) -> None:
    """An edit of one's own may have put a name on top of what the server said."""
    for kind in set(kinds.values()):
        table: Any = KINDS[kind].__table__
        names = names_of(kind)
        filled = or_(*(table.c[name].is_not(None) for name in sorted(names)))
        for some in slices(record for record, of in kinds.items() if of == kind):
            here = table.c.id.in_(some) & filled
            session.execute(update(table).where(here).values(dict.fromkeys(names)))


def _note(session: Session, change: Change, left: Change, names: frozenset[str]) -> None:
    """What was left out, as an edit of its own where the rest goes on."""
    said = {name: value for name, value in change.fields.items() if name in names and value}
    if said:
        held = msgspec.structs.replace(
            change, id=new_id() if left.fields else change.id, fields=said, was={}
        )
        reason = tr(WITHDRAWN, _language(session))
        session.merge(
            Attention(
                change=held.id,
                record=held.record,
                reason=reason,
                body=encode(held),
                since=held.at,
            )
        )


def _ends(
    session: Session, kind: str, among: Collection[UUID] | None = None
) -> list[tuple[UUID, date]]:
    """(record, the day on which its consent ended)."""
    table: Any = KINDS[kind].__table__
    asked = select(table.c.id, table.c[ENDED]).where(table.c[ENDED].is_not(None))
    if among is not None:
        asked = asked.where(table.c.id.in_(among))
    return [(record, day) for record, day in session.execute(asked)]


def _bare(session: Session, records: Collection[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    for kind in CONSENTED:
        table: Any = KINDS[kind].__table__
        for some in slices(records):
            bare = select(table.c.id).where(table.c.id.in_(some), table.c.bare)
            found.update(session.scalars(bare))
    return found


def _language(session: Session) -> str | None:
    person = recall(session, "person", Person)
    return person.language if person else None


def _decode(body: bytes) -> Change:
    return msgspec.json.decode(body, type=Change)
