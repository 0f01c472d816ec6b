"""Edits that the server has not answered yet. They survive a restart, a reset and an upgrade.

Answered ones stay for a month, so that they can be told again to a server that was restored from
a backup.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Integer, LargeBinary, bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from sync.among import among, nothing_among
from sync.bulk import execute_many
from sync.change import UNSURE, Change, Unread, encode
from sync.client.facts import recall, remember
from sync.client.rows import write
from sync.client.tables import BODY, Attention, Pending, PendingBody
from sync.elements import settles
from sync.records.base import SETTABLE

LARGEST = 4 * 2**20  # bytes of JSON in one request; the server takes 8 MiB
KEPT = timedelta(days=30)  # that an answered edit stays
OFFERED, NAMED_AT = "offered", "named_at"  # facts: numbers
PUT = "put"  # in Session.info: {edit: its body} of those that this session put in

TABLE: Any = Pending.__table__  # without objects, where only columns are wanted
ROW = TABLE.c
BODIES: Any = PendingBody.__table__
WAITS = ROW.revision.is_(None)
OLDEST = (  # built once, as those below: an exchange asks them in each transaction
    select(ROW.number, BODY)
    .where(WAITS, ROW.number > bindparam("after"))
    .order_by(ROW.number)
    .limit(bindparam("most", type_=Integer))
)
COUNT = select(func.count()).select_from(TABLE).where(WAITS)
ANSWERED = (
    select(ROW.number)
    .where(~WAITS, ROW.number > bindparam("since"))
    .order_by(ROW.number.desc())
    .limit(1)
)
WAITING = select(ROW.number, BODY).where(WAITS).order_by(ROW.number)
ANY = select(ROW.number).where(WAITS).limit(1)
PUT_ROWS = insert(TABLE)
PUT_BODIES = insert(BODIES).from_select(
    ["number", "body"],
    select(ROW.number, bindparam("said", type_=LargeBinary)).where(
        ROW.change == bindparam("edit")
    ),
)
AS_KEPT = msgspec.json.Decoder(Unread)
DROP = delete(TABLE).where(ROW.told < bindparam("told"))
SETTLE = (
    update(TABLE)
    .where(ROW.number == bindparam("one"))  # not by the id: those lie all over the file
    .values(revision=bindparam("became"), told=bindparam("now"))
)


def put(session: Session, change: Change) -> Change:
    """The only door for a person's edit: the record and its outbox row, in one transaction.

    An edit that has not left the laptop takes up what is edited after it: a hundred small edits
    of one record travel as one. Returns the edit as it waits.
    """
    write(session, [change])
    waits = _fold(session, change) or change
    if waits is change:
        session.add(
            Pending(
                change=change.id,
                record=change.record,
                district=change.district,
                body=encode(change),
            )
        )
    if not waits.witness:
        session.info.setdefault(PUT, {})[waits.id] = encode(waits)
    session.flush()
    session.expire_all()  # the row was written beside the session's own copy
    return waits


def put_many(session: Session, changes: Sequence[Change]) -> None:
    """As `put`, of many records at once, each of which has one edit here: nothing is folded."""
    write(session, changes)
    execute_many(
        session,
        PUT_ROWS,
        [{"change": one.id, "record": one.record, "district": one.district} for one in changes],
    )
    bodies = {one.id: encode(one) for one in changes}
    execute_many(session, PUT_BODIES, [{"edit": id, "said": said} for id, said in bodies.items()])
    session.info.setdefault(PUT, {}).update(bodies)
    session.expire_all()


def just_put(session: Session) -> list[bytes]:
    """The bodies of the person's edits that this session has put in, each as it waits now."""
    return list(session.info.get(PUT, {}).values())


def bodies(session: Session) -> list[bytes]:
    """The bodies of all edits of the person that wait, oldest first."""
    waits = session.scalars(select(BODY).where(WAITS).order_by(ROW.number))
    return [body for body in waits if not decode(body).witness]


def waiting(
    session: Session, limit: int | None = None, most: int = LARGEST, after: int = 0
) -> list[Change]:
    """The oldest edits that wait: one at least, and no more than `most` bytes of JSON.

    `after`: only those with a higher number than this.
    """
    return [decode(body, number) for number, body in _oldest(session, limit, most, after)]


def leaving(session: Session, limit: int, most: int, after: int) -> list[Change]:
    """The same edits, to be sent: their fields stay the JSON that they are (`sync.change.read`)."""
    return [
        msgspec.structs.replace(AS_KEPT.decode(body), number=number)
        for number, body in _oldest(session, limit, most, after)
    ]


def waits(session: Session, after: int = 0) -> bool:
    """Whether any edit with a higher number than this waits."""
    return bool(session.execute(OLDEST, {"after": after, "most": 1}).first())


def _oldest(
    session: Session, limit: int | None, most: int, after: int
) -> Iterator[tuple[int, bytes]]:
    rows = {"after": after, "most": -1 if limit is None else limit}  # of SQLite, -1 is no limit
    for found, (number, body) in enumerate(session.execute(OLDEST, rows)):
        most -= len(body)
        if found and most < 0:
            break
        yield number, body


def offered(session: Session) -> int:
    """Edits up to this number may have left the laptop: from then on they stay as they are."""
    return recall(session, OFFERED, int) or 0


def newest(session: Session) -> int:
    """The highest number of those that are kept; 0 where there are none."""
    return session.scalar(select(func.max(ROW.number))) or 0


def offer(session: Session, number: int) -> None:
    """Edits up to this number are about to leave the laptop."""
    remember(session, OFFERED, number)


def waiting_of(session: Session, records: Collection[UUID]) -> list[Change]:
    """The edits of these records that wait, oldest first."""
    return _waiting_among(session, ROW.record, records)


def waiting_with(session: Session, ids: Collection[UUID]) -> list[Change]:
    """Those of the edits with these ids that wait, oldest first."""
    return _waiting_among(session, ROW.change, ids)


def _waiting_among(session: Session, column: Any, ids: Collection[UUID]) -> list[Change]:
    if nothing_among(session, ids, ANY):  # as most times
        return []
    found = among(session, WAITING, column, ids)
    return [decode(body, number) for number, body in found]


def unsent(session: Session, record: UUID | None = None) -> set[UUID]:
    """The records with edits that wait; of one record, whether it is one of them."""
    query = select(ROW.record).where(WAITS)
    return set(session.scalars(query if record is None else query.where(ROW.record == record)))


def count(session: Session, district: str | None = None) -> int:
    """How many edits wait, of all districts or of one."""
    query = COUNT if district is None else COUNT.where(ROW.district == district)
    return session.scalar(query) or 0


def answered(session: Session) -> int:
    """The highest number that was answered under the laptop's present name, of those kept."""
    since = recall(session, NAMED_AT, int) or 0
    return session.scalar(ANSWERED, {"since": since}) or 0


def rename(session: Session) -> None:
    """The laptop goes by another name: the server knows none of its numbers under it."""
    remember(session, NAMED_AT, answered(session))


def settle(session: Session, became: Mapping[int, int], now: datetime | None) -> None:
    """The server took edits: {number: the revision that it became}."""
    rows = [{"one": one, "became": revision, "now": now} for one, revision in became.items()]
    execute_many(session, SETTLE, rows)
    if now is not None:
        session.execute(DROP, {"told": now - KEPT})


def hold(session: Session, change: Change, reason: str) -> None:
    """The server refused this edit: it is kept where the person finds it, if it is the person's."""
    session.execute(delete(Pending).where(Pending.change == change.id))
    if change.witness:
        return
    session.merge(
        Attention(
            change=change.id,
            record=change.record,
            reason=reason,
            body=encode(change),
            since=change.at,
        )
    )


def tell_whole(
    session: Session, changes: Collection[Change], wholes: Mapping[UUID, Change]
) -> None:
    """The server does not know the records of these edits, and has not written the edits down.

    Under their own ids they now say all that is known: `wholes` has it by record.
    """
    for change in changes:
        said = wholes.get(change.record, change)
        fields = {**said.fields, **change.fields}  # a step of review is in the edit alone
        told = msgspec.structs.replace(
            said, id=change.id, at=change.at, fields=fields, whole=True, base=UNSURE
        )
        number = select(ROW.number).where(ROW.change == change.id).scalar_subquery()
        session.execute(
            update(PendingBody).where(PendingBody.number == number).values(body=encode(told))
        )


def wait_again(session: Session, points: Mapping[str, int]) -> int:
    """The server knows each stream up to these points only: what it was told since waits again.

    Nobody's base may lie beyond them. Returns how many edits wait again.
    """
    again = 0
    for row in session.scalars(select(Pending).order_by(Pending.number)):
        point = points.get(row.district, 0)
        if row.revision is not None and row.revision <= point:
            continue
        again += row.revision is not None
        row.revision = row.told = None
        change = decode(row.body)
        if change.base > point:
            row.body = encode(msgspec.structs.replace(change, base=point or UNSURE))
    return again


def decode(body: bytes, number: int = 0) -> Change:
    """A change as it was kept."""
    change = msgspec.json.decode(body, type=Change)
    return msgspec.structs.replace(change, number=number) if number else change


def _fold(session: Session, change: Change) -> Change | None:
    """Put an edit into the last one of the same record, if that has certainly not been sent.

    Steps of review keep their place among the edits: a comment must come before the return.
    """
    last = session.scalars(
        select(Pending)
        .where(WAITS, Pending.record == change.record)
        .order_by(Pending.number.desc())
        .limit(1)
    ).first()
    if last is None or last.number <= offered(session):
        return None
    before = decode(last.body)
    if SETTABLE & (before.fields.keys() | change.fields.keys()):
        return None
    if before.witness or change.witness:  # somebody else's words are not the person's own
        return None
    if settles(change):  # of what stood before, the first of two edits alone is told
        return None
    folded = msgspec.structs.replace(
        before,
        fields={**before.fields, **change.fields},
        was={**{n: v for n, v in change.was.items() if n not in before.fields}, **before.was},
        at=change.at,
    )
    last.body = encode(folded)
    return folded
