"""Put changes into the laptop's tables: one's own edits and the server's news, the same way."""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Select, Update, bindparam, func, select, update
from sqlalchemy.dialects.sqlite import Insert, insert
from sqlalchemy.orm import Session

from sync.among import among
from sync.bulk import execute_many
from sync.change import NO_CHANGE, Change, Rival, encode
from sync.client import earlier, erasure
from sync.client.facts import recall, remember
from sync.client.tables import Foreign
from sync.records import KINDS
from sync.records.base import SYSTEM, Part, Record, Reviewed, Values
from sync.records.values import split

SYSTEM_TYPES: dict[str, Any] = {
    "author": str,
    "created": datetime,
    "removed": bool,
    "review": str,
    "conflicts": dict[str, list[Rival]],
}
ONE = "one"  # the row that is updated
LEFT_ALONE = "left_alone"  # the fact: {bare record: the revision that news in part told of}
Group = tuple[type[Record], tuple[str, ...], bool]  # kind, names, whether the rows are here


def write(session: Session, changes: Iterable[Change], *, noted: bool = True) -> None:
    """Insert or update each record; the later change of a record wins.

    `noted`: what stood there before is kept for the record's history.

    What this program does not know, it keeps: fields in `unknown`, kinds in foreign_record.
    What was erased is not written: it goes, and does not come back. Of a record that should be
    here and is not, or of a bare one, changed fields alone are not written: the self-check asks for
    the whole. One's own edit of a bare one waits until that has come.
    """
    grounded, here = _with_ground(session, erasure.sift(session, changes))
    if noted:
        earlier.note(session, grounded)
    groups: dict[Group, list[Values]] = {}
    seen: dict[UUID, Group] = {}
    for change in grounded:
        record = KINDS.get(change.kind)
        if record is None:
            _keep_foreign(session, change)
            continue
        known = _known(record, change)
        set_names = tuple(sorted(known))
        there = change.record in here and "unknown" not in known
        row = {ONE: change.record, **known} if there else _whole_row(record, change, known)
        group = (record, set_names, there)
        if seen.setdefault(change.record, group) != group:  # its order to the other group matters
            _flush(session, groups)
            seen = {change.record: group}
        groups.setdefault(group, []).append(row)
    _flush(session, groups)


def _with_ground(session: Session, changes: list[Change]) -> tuple[list[Change], Collection[UUID]]:
    """Without those that say only a part of a record that is not here, or whose words are not; and
    the records, of those that are told in part, that are here.

    The server tells what changed since `base`: where the record stands as it was before, something
    was missed, and half a record would seem to be up to date. On a bare row nobody writes a part.
    """
    partial: dict[str, set[UUID]] = {}
    by_server: set[UUID] = set()
    whole: set[UUID] = set()
    for change in changes:
        if change.kind not in KINDS or _is_whole(change):
            whole.add(change.record)
            continue
        partial.setdefault(change.kind, set()).add(change.record)
        if _is_told(change):
            by_server.add(change.record)
        else:
            whole.add(change.record)
    here: dict[UUID, int] = {}
    bare: set[UUID] = set()
    for kind, records in partial.items():
        of_kind: Any = KINDS[kind].__table__.c
        for id, revision, is_bare in among(session, _standing(KINDS[kind]), of_kind.id, records):
            here[id] = revision
            if is_bare:
                bare.add(id)
    bare -= {change.record for change in changes if _is_whole(change)}
    _note_left_alone(session, [change for change in changes if change.record in bare])
    grounded = [
        change
        for change in changes
        if change.record not in bare
        and (
            change.record in whole
            or change.record not in by_server
            or _grounded(here.get(change.record), change.base)
        )
    ]
    return grounded, here.keys()


def left_alone(session: Session) -> dict[UUID, int]:
    """{bare record: the revision that news in part told of}, of those that have not come whole."""
    return recall(session, LEFT_ALONE, dict[UUID, int]) or {}


def _note_left_alone(session: Session, changes: list[Change]) -> None:
    """By these numbers the whole is asked for: letters have no self-check that would find it."""
    if told := {one.record: one.revision for one in changes if one.revision}:
        remember(session, LEFT_ALONE, left_alone(session) | told)


def _is_told(change: Change) -> bool:
    """By the server, which alone tells parts of a record."""
    return bool(change.revision) or change.id == NO_CHANGE


def _is_whole(change: Change) -> bool:
    return _is_told(change) and "author" in change.fields


def _grounded(stands: int | None, base: int) -> bool:
    """A record without a number was told again to a restored server: it takes what comes."""
    return stands is not None and (stands == 0 or stands >= base)


@cache
def _standing(record: type[Record]) -> Select[Any]:
    """Of each record: id, revision, whether it is bare."""
    here: Any = record.__table__.c
    return select(here.id, here.revision, here.bare)


def _known(record: type[Record], change: Change) -> Values:
    """What a change says of the columns of its row."""
    told = SYSTEM & change.fields.keys()
    declared = dict(change.fields)
    for name in told:
        del declared[name]
    typed, unknown = split(record, declared)
    system = {}
    for name in told:
        try:
            typed_value = msgspec.convert(change.fields[name], SYSTEM_TYPES[name])
            system[name] = change.fields[name] if name == "conflicts" else typed_value
        except msgspec.ValidationError:  # a newer server's idea of it
            unknown[name] = change.fields[name]
    if not issubclass(record, Reviewed):
        system.pop("review", None)
    known: Values = {**system, **typed, "edited": change.at}
    if unknown:
        known["unknown"] = unknown
    if change.revision:
        known["revision"] = change.revision
    if _is_whole(change):
        known["bare"] = False
    if issubclass(record, Part):
        known["parent"] = change.parent
    return known


def _whole_row(record: type[Record], change: Change, known: Values) -> Values:
    """The row to insert where there is none."""
    return {
        **_defaults(record),
        "id": change.record,
        "district": change.district,
        "author": change.by,
        "created": change.at,
        **known,
    }


@cache
def _defaults(record: type[Record]) -> Values:
    """What a new row holds where nothing is said. None of it is ever changed in place."""
    found: Values = {}
    for column in record.__table__.columns:
        default: Any = column.default
        if default is not None:
            found[column.name] = default.arg(None) if default.is_callable else default.arg
    return found


def _flush(session: Session, groups: dict[Group, list[Values]]) -> None:
    for (record, names, there), rows in groups.items():
        execute_many(session, (_update if there else _upsert)(record, names), rows)
    groups.clear()


@cache
def _upsert(record: type[Record], names: tuple[str, ...]) -> Insert:
    """Insert the row, or update these names where it is there. Building it costs more than a row."""
    put = insert(record.__table__)  # type: ignore[arg-type]  # a mapped class has a Table
    update: dict[str, Any] = {name: put.excluded[name] for name in names}
    if "unknown" in update:
        update["unknown"] = func.json_patch(record.unknown, put.excluded.unknown)
    return put.on_conflict_do_update(index_elements=["id"], set_=update)


@cache
def _update(record: type[Record], names: tuple[str, ...]) -> Update:
    """Update these names of a row that is here, in half the time."""
    table: Any = record.__table__
    return (
        update(table)
        .where(table.c.id == bindparam(ONE))
        .values({name: bindparam(name) for name in names})
    )


def _keep_foreign(session: Session, change: Change) -> None:
    """As it came; of what is here already, news may say only what changed."""
    if (held := session.get(Foreign, change.record)) is not None:
        before = msgspec.json.decode(held.body, type=Change)
        change = msgspec.structs.replace(change, fields={**before.fields, **change.fields})
    session.merge(
        Foreign(
            record=change.record,
            district=change.district,
            kind=change.kind,
            body=encode(change),
        )
    )
