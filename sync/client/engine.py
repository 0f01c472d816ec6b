"""One exchange with the server: send what waits, take what is new."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from sync.change import Change, SyncReply, SyncRequest
from sync.client import outbox
from sync.client.facts import remember
from sync.client.rows import write
from sync.client.tables import Cursor
from sync.records import KINDS


class Transport(Protocol):
    """The server, as the exchange of records needs it. Raises sync.errors."""

    def exchange(self, request: SyncRequest) -> SyncReply: ...


@dataclass
class Exchange:
    """What one exchange did: counts, and the changes that it brought."""

    sent: int = 0
    taken: int = 0
    refused: int = 0
    conflicts: int = 0
    changes: list[Change] = field(default_factory=list)


def sync_once(store: sessionmaker[Session], transport: Transport) -> Exchange:
    """Exchange until nothing waits here and nothing is new there.

    No session is open while the network is waited for. What was answered is settled page by
    page, so a cut costs one page at most.
    """
    done = Exchange()
    while True:
        with store() as session:
            request = SyncRequest(cursors=_cursors(session), changes=outbox.waiting(session))
        reply = transport.exchange(request)
        with store.begin() as session:
            _take(session, request, reply)
            remember(session, "exchanged", datetime.now(UTC))
            remember(session, "epoch", reply.epoch)
            left = outbox.count(session)
        _count(done, reply)
        answered = len(reply.accepted) + len(reply.refused)
        if not reply.more and not (left and answered):
            return done


def _cursors(session: Session) -> dict[str, int]:
    return {row.stream: row.revision for row in session.scalars(select(Cursor))}


def _take(session: Session, request: SyncRequest, reply: SyncReply) -> None:
    by_id = {change.id: change for change in request.changes}
    for refusal in reply.refused:
        if refusal.change in by_id:
            outbox.hold(session, by_id[refusal.change], refusal.reason)
    outbox.settle(session, [*reply.accepted, *(refusal.change for refusal in reply.refused)])
    _number_own(session, by_id, reply.accepted)
    write(session, reply.changes)
    # our own unanswered edits stay on top of what came
    write(session, outbox.waiting_of(session, {change.record for change in reply.changes}))
    for stream, revision in reply.cursors.items():
        session.merge(Cursor(stream=stream, revision=revision))


def _number_own(session: Session, by_id: dict[UUID, Change], accepted: dict[UUID, int]) -> None:
    """Own writes do not come back: the answer says which revision each record now has."""
    newest: dict[tuple[str, UUID], int] = {}
    for id, revision in accepted.items():
        if change := by_id.get(id):
            key = (change.kind, change.record)
            newest[key] = max(newest.get(key, 0), revision)
    rows: dict[str, list[dict[str, object]]] = {}
    for (kind, record), revision in newest.items():
        rows.setdefault(kind, []).append({"id": record, "revision": revision})
    for kind, numbered in rows.items():
        session.execute(update(KINDS[kind]), numbered)


def _count(done: Exchange, reply: SyncReply) -> None:
    done.sent += len(reply.accepted)
    done.refused += len(reply.refused)
    done.taken += len(reply.changes)
    done.conflicts += sum(bool(change.fields.get("conflicts")) for change in reply.changes)
    done.changes += reply.changes
