"""What a restored server may lack of a record that it knows again.

Somebody told the record, or their own edit of it. What another person had written into it since
the backup is named by no news: their laptop may be gone, or their rights may be other ones now.
Whoever has it keeps it in mind while the news are read, and bears witness to it afterwards.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from sync.change import UNSURE, Change
from sync.client.facts import recall, remember
from sync.client.standing import as_it_stands
from sync.records import KINDS
from sync.records.base import Record, Values
from sync.striking import names_of, without

UNTOLD = "untold"  # the fact: {record: Untold}
SLICE = 500


class Untold(msgspec.Struct, frozen=True):
    """Fields of one record that nobody has told yet, as they stood here."""

    kind: str
    base: int  # how far the restored server still knows the record's stream
    fields: Values


def hear(session: Session, points: Mapping[str, int], told: Iterable[Change]) -> None:
    """Before `told` is written: news, or one's own edits that were answered.

    Of records that are in doubt, what these do not name is kept in mind. `points` says how far the
    server still knows each stream.
    """
    named: dict[str, dict[UUID, set[str]]] = {}
    for change in told:
        if change.kind in KINDS:
            names = named.setdefault(change.kind, {}).setdefault(change.record, set())
            names.update(_named(change))
    untold = _recall(session)
    for kind, records in named.items():
        for row in _in_doubt(session, KINDS[kind], list(records)):
            stands = as_it_stands(row, "")
            if stands is None:  # its words are not here: others may have them
                continue
            fields = stands.fields
            if (before := untold.get(row.id)) is not None:  # restored once more
                fields = {**before.fields, **fields}
            untold[row.id] = Untold(kind, points.get(row.district, 0) or UNSURE, fields)
        for record in records.keys() & untold.keys():
            one = untold[record]
            left = {n: v for n, v in one.fields.items() if n not in records[record]}
            untold[record] = msgspec.structs.replace(one, fields=left)
    session.expire_all()  # the rows are about to be written beside the session's own copies
    _remember(session, untold)


def witnesses(session: Session, by: str) -> Iterator[Change]:
    """What is still untold, as changes that tell it; it is out of mind then."""
    untold = _recall(session)
    _remember(session, {})
    for record, one in untold.items():
        row: Any = session.get(KINDS[one.kind], record)
        if row is not None:  # it may have left this laptop meanwhile
            yield Change(
                kind=one.kind,
                record=record,
                district=row.district,
                parent=getattr(row, "parent", None),
                fields=one.fields,
                base=one.base,
                by=by,
                witness=True,
            )


def forget(session: Session, records: Collection[UUID]) -> None:
    """These records are no more."""
    untold = _recall(session)
    if not untold.keys().isdisjoint(records):
        _remember(session, {id: one for id, one in untold.items() if id not in records})


def strike(session: Session, kinds: Mapping[UUID, str]) -> None:
    """The names of these records, whose consent has ended, are told by nobody: {record: its kind}."""
    untold = _recall(session)
    if not untold.keys().isdisjoint(kinds):
        _remember(session, {id: _struck(one, kinds.get(id, "")) for id, one in untold.items()})


def _struck(one: Untold, kind: str) -> Untold:
    return msgspec.structs.replace(one, fields=without(one.fields, names_of(kind)))


def _named(change: Change) -> Iterable[str]:
    """A record told whole names also what was never filled in: that tells nothing."""
    if "author" not in change.fields:
        return change.fields
    return [name for name, value in change.fields.items() if value is not None]


def _in_doubt(session: Session, record: type[Record], ids: list[UUID]) -> Iterator[Record]:
    """Those that stood, here, beyond what the restored server knew."""
    for at in range(0, len(ids), SLICE):
        some = record.id.in_(ids[at : at + SLICE])
        yield from session.scalars(select(record).where(some, record.revision == 0)).all()


def _recall(session: Session) -> dict[UUID, Untold]:
    return recall(session, UNTOLD, dict[UUID, Untold]) or {}


def _remember(session: Session, untold: Mapping[UUID, Untold]) -> None:
    left = {record: one for record, one in untold.items() if one.fields}
    if left or recall(session, UNTOLD):
        remember(session, UNTOLD, left)
