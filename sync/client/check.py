"""The self-check: does this laptop hold what the server holds? If not, only that is put right.

Once a day, and after streams went on, the first request of an exchange asks for the tallies of
the streams (`sync.tally`). Where one differs from what is here, the buckets are compared, and the
records that are missing here are asked for. What the server does not have is told to it, whole.
Nothing that waits to be sent is touched.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import CompoundSelect, bindparam, select, union_all
from sqlalchemy.orm import Session

from sync.change import Change, SyncReply, SyncRequest
from sync.client import opened, restored
from sync.client.facts import forget, recall, remember
from sync.client.tables import Cursor, Erased, Foreign
from sync.records import KINDS
from sync.tally import MOST_WANTED, Tally, bucket, columns, read, tally

CHECKED = "checked"  # the fact: Checked
ROUNDS = 3  # comparisons in one exchange


class Checked(msgspec.Struct, frozen=True):
    """When both ends were found to hold the same, and how far was read then."""

    on: date
    cursors: dict[str, int]


class Check:
    """The self-check of one exchange."""

    def __init__(self) -> None:
        self._astray: set[str] = set()  # streams that differ
        self._wanted: dict[str, list[int]] = {}
        self._rounds, self._told = 0, False
        self._opened: bool | None = None  # whether records were asked for that somebody opens

    @property
    def under_way(self) -> bool:
        """Whether there is more to ask. After what was opened it is compared: that may have been
        asked for by a number that the server has no more."""
        return bool(self._wanted or self._astray or self._told or self._opened)

    def ask(self, session: Session, request: SyncRequest) -> SyncRequest:
        """The request, with what the check wants to know."""
        self._told = False
        if self._opened is None:
            self._wanted = opened.wanted(session)
            self._opened = bool(self._wanted)
        if self._wanted:
            some = _some(self._wanted)
            return msgspec.structs.replace(request, wanted=some)
        if self._astray:
            said = {stream: _buckets(session, stream) for stream in self._astray}
            return msgspec.structs.replace(request, compare=said)
        self._opened = False
        return msgspec.structs.replace(request, check=_is_due(session, request.cursors))

    def hear(self, session: Session, request: SyncRequest, reply: SyncReply) -> None:
        """Compare, once the reply was settled."""
        self._told |= restored.tell_erased(session, reply.changes) > 0
        if request.wanted:
            self._wanted = _without(self._wanted, request.wanted)
        elif request.compare:
            self._narrow(session, request, reply)
        elif request.check and not (reply.more or reply.unknown):
            self._compare(session, request, reply)

    def _compare(self, session: Session, request: SyncRequest, reply: SyncReply) -> None:
        cursors = {**request.cursors, **reply.cursors}
        self._astray = {
            stream for stream, there in reply.tallies.items() if count(session, stream) != there
        }
        if not self._astray and reply.tallies.keys() >= cursors.keys():
            remember(session, CHECKED, Checked(datetime.now(UTC).date(), cursors))

    def _narrow(self, session: Session, request: SyncRequest, reply: SyncReply) -> None:
        self._rounds += 1
        astray, self._astray = self._astray, set()
        for stream, buckets in reply.differs.items():
            here = {r for one in buckets for r in _revisions(session, stream, one)}
            there = {revision for revisions in buckets.values() for revision in revisions}
            if missing := sorted(there - here):
                self._wanted[stream] = missing
            elif lost := here - there:
                self._told |= restored.tell_lost(session, stream, lost) > 0
        if self._wanted and self._rounds < ROUNDS:
            self._astray = astray  # and then it is looked again


def count(session: Session, stream: str) -> Tally:
    """The tally of a stream on this laptop."""
    total = tally(*_foreign(session, stream))
    for found in session.execute(_tallies(_tables()), {"stream": stream}):
        total += read(*found)
    return total


@cache
def _tallies(tables: tuple[Any, ...]) -> CompoundSelect[Any]:
    """A row for each table: one statement for all of them."""
    return union_all(
        *(
            select(*columns(table.c.revision)).where(
                table.c.district == bindparam("stream"), table.c.revision > 0
            )
            for table in (one.__table__ for one in tables)
        )
    )


def agrees(session: Session) -> bool:
    """Whether both ends were found to hold the same, and nothing has come since."""
    last = recall(session, CHECKED, Checked)
    cursors = {row.stream: row.revision for row in session.scalars(select(Cursor))}
    return last is not None and last.cursors == cursors


def look_again(session: Session) -> None:
    """The next exchange compares, whatever was found before."""
    forget(session, CHECKED)


def _is_due(session: Session, cursors: dict[str, int]) -> bool:
    if not cursors or restored.is_in_doubt(session):
        return False
    last = recall(session, CHECKED, Checked)
    return last is None or last != Checked(datetime.now(UTC).date(), cursors)


def _buckets(session: Session, stream: str) -> dict[int, Tally]:
    found: dict[int, Tally] = {}
    for record in _tables():
        number = bucket(record.revision)
        query = select(number, *columns(record.revision)).group_by(number)
        for one, *here in session.execute(
            query.where(record.district == stream, record.revision > 0)
        ):
            found[one] = found.get(one, Tally()) + read(*here)
    for revision in _foreign(session, stream):
        one = bucket(revision)
        found[one] = found.get(one, Tally()) + tally(revision)
    return found


def _revisions(session: Session, stream: str, one: int) -> Iterable[int]:
    for record in _tables():
        query = select(record.revision).where(record.district == stream, record.revision > 0)
        yield from session.scalars(query.where(bucket(record.revision) == one))
    yield from (revision for revision in _foreign(session, stream) if bucket(revision) == one)


def _tables() -> tuple[Any, ...]:
    """All that hold revisions: the records, and the stones of those that were erased."""
    return (*KINDS.values(), Erased)


def _foreign(session: Session, stream: str) -> list[int]:
    """Of kinds that only a newer program knows there are few."""
    bodies = session.scalars(select(Foreign.body).where(Foreign.district == stream))
    return [msgspec.json.decode(body, type=Change).revision for body in bodies]


def _some(wanted: dict[str, list[int]]) -> dict[str, list[int]]:
    stream, revisions = next(iter(wanted.items()))
    return {stream: revisions[:MOST_WANTED]}


def _without(wanted: dict[str, list[int]], asked: dict[str, list[int]]) -> dict[str, list[int]]:
    left = {
        stream: [r for r in all if r not in asked.get(stream, ())]
        for stream, all in wanted.items()
    }
    return {stream: revisions for stream, revisions in left.items() if revisions}
