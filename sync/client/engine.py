"""One exchange with the server: send what waits, take what is new."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from itertools import chain
from typing import Any, Protocol
from uuid import UUID

import msgspec
from sqlalchemy import Update, bindparam, delete, select, update
from sqlalchemy.orm import Session, sessionmaker

from sync.answers import mark_of
from sync.bulk import execute_many
from sync.change import Change, SyncReply, SyncRequest, read
from sync.client import (
    earlier,
    erasure,
    exported,
    identity,
    late,
    officers,
    opened,
    outbox,
    pace,
    progress,
    put_back,
    recovered,
    restored,
    scope,
    striking,
    taken,
    trust,
)
from sync.client.ahead import Ahead, at_once
from sync.client.check import Check, look_again
from sync.client.facts import forget, recall, remember
from sync.client.numbers import with_numbers
from sync.client.removals import Removals
from sync.client.rows import write
from sync.client.tables import Cursor
from sync.client.tokens import keep
from sync.enrolment import Tokens
from sync.errors import Offline, TooOld
from sync.language import mark
from sync.records import KINDS
from sync.records.base import Reviewed
from sync.records.states import ReviewState

PATIENCE = 3  # times that a server may ask a laptop to put itself right in one exchange
CONFUSED = mark("The server has a difficulty of its own. Your work is safe; try again later.")
STREAMS: Any = Cursor.__table__.c  # without objects: asked for with every exchange
CURSORS = select(STREAMS.stream, STREAMS.revision)
BEGAN = "began"  # the fact: {stream: revision} from where it is read, until all is
NOTHING = SyncRequest(cursors={}, changes=[])  # is said of edits
OUTDATED = mark(
    "This program is too old to show what is new on the server. What you recorded is sent, or "
    "kept here until you update. Please update the program."
)


class Transport(Protocol):
    """The server, as the exchange of records needs it. Raises sync.errors."""

    def exchange(self, request: SyncRequest) -> SyncReply: ...
    def expect(self, changes: list[Change]) -> None:
        """These go with the next request, unless something comes between."""

    def rename(self) -> Tokens:
        """Another name for this laptop: its new tokens, not used before they are written down."""

    def use_token(self, token: str) -> None: ...


@dataclass
class Exchange:
    """What one exchange did so far: counts, and the changes that the last page brought."""

    sent: int = 0
    taken: int = 0
    refused: int = 0
    conflicts: int = 0
    waiting: int = 0  # edits that are still to be sent
    offered_again: int = 0  # edits that the server had lost with a backup
    answers: dict[UUID, int] = field(default_factory=dict)  # {wave: how many there are}, if other
    counted: dict[UUID, int] = field(default_factory=dict)  # {wave: answers in its counts}, too
    late: bool = False  # whether other late edits wait for this person than are known here
    ahead: int = 0  # records that are still to come, at most
    now: datetime | None = None  # by the server's clock
    changes: list[Change] = field(default_factory=list)


def _untold(_: Exchange) -> None:
    """Nobody wants to know."""


def sync_once(
    store: sessionmaker[Session],
    transport: Transport,
    tell: Callable[[Exchange], None] = _untold,
    ahead: Ahead = at_once,
) -> Exchange:
    """Exchange until nothing waits here and nothing is new there.

    No session is open while the network is waited for. What was answered is settled page by
    page, so a cut costs one page at most. `tell` is told after each page; to stop between two
    pages it raises. `ahead` begins to ask, perhaps on a thread of its own.
    Raises TooOld where the server took what waits and keeps its news.
    """
    done, put_right, check, removals = Exchange(), 0, Check(), Removals()
    with store() as session:
        done.waiting = outbox.count(session)
        reading, carries = put_back.reads_first(session), pace.batch(session)
    asked, took = pace.Watched(transport.exchange), 0.0
    request = _ask(store, check, carries)
    coming = ahead(asked, request)
    while True:
        hoped = pace.hoped(carries, took)
        ready = _make_ready(store, transport, request, hoped)  # while the answer is on its way
        try:
            reply, took = coming(), asked.seconds
        except Offline:
            pace.slow_down(store, len(request.changes))
            raise
        following: SyncRequest | None
        if reply.cloned or reply.restored is not None:
            put_right += 1
            if put_right > PATIENCE:
                raise Offline(CONFUSED)
            done.offered_again += _put_right(store, transport, reply)
            following = _ask(store, check, carries)
            coming = ahead(asked, following)
        else:
            carries = pace.after(carries, len(request.changes), took)
            fits = carries >= hoped  # else it took longer than was hoped
            quick = pace.is_quick(request.quick, took)
            following = _go_on(
                store, request, reply, ready if fits else NOTHING, carries, quick=quick
            )
            if following:
                coming = ahead(asked, following)
            with store.begin() as session:
                reply = removals.sift(session, reply)
                take(session, request, reply)
                if not reply.more:
                    put_back.has_read(session)
                check.hear(session, request, reply)
                pace.keep(session, carries)
                done.waiting = _left(session, done.waiting, reply, following)
                doubt = restored.is_in_doubt(session)
            count(done, reply)
            tell(done)
            if not following:
                held_back, reading = reading, False
                if not (
                    held_back or _has_more(store, done, reply, doubt=doubt) or check.under_way
                ):
                    removals.end(store)
                    if reply.too_old:
                        raise TooOld(OUTDATED)
                    return done
                following = _ask(store, check, carries)
                coming = ahead(asked, following)
        request = following


def _left(session: Session, before: int, reply: SyncReply, following: SyncRequest | None) -> int:
    """How many edits wait. Counted at the end only: of very many that takes longer than a page."""
    if following is None:
        return outbox.count(session)
    return max(before - len(reply.accepted) - len(reply.refused), len(following.changes))


def _has_more(
    store: sessionmaker[Session], done: Exchange, reply: SyncReply, *, doubt: bool
) -> bool:
    """Whether there is more to say now that all was settled: wholes, or what is borne witness to."""
    if done.waiting and (reply.accepted or reply.refused or reply.unknown):
        return True
    if reply.too_old or not doubt:  # too old: nothing was read, and nobody bears witness yet
        return False
    with store.begin() as session:
        return bool(restored.bear_witness(session))


def _ask(store: sessionmaker[Session], check: Check, carries: int = pace.FIRST) -> SyncRequest:
    with store() as session:
        waits = _may_send(session)
        request = SyncRequest(
            cursors=dict(session.execute(CURSORS).all()),
            changes=[],
            epoch=recall(session, "epoch", str) or "",
            answered=outbox.answered(session),
            rights=recall(session, "rights", str) or "",
            began=recall(session, BEGAN, dict[str, int]) or {},
            answers=mark_of(*taken.both(session)),
            progress=progress.known(session),
            late=late.known(session),
            region_key=trust.known(session),
            officers=officers.known(session),
            recovered=recovered.for_server(session),
            exported=exported.for_server(session),
            done=progress.for_server(session),
        )
        request = with_numbers(session, check.ask(session, request))
    return _saying(request, _offer(store, carries)) if waits else request


def _saying(request: SyncRequest, edits: SyncRequest) -> SyncRequest:
    """The request with what `edits` says of them."""
    said = {"changes": edits.changes, "numbers": edits.numbers, "passed": edits.passed}
    return msgspec.structs.replace(request, **said)


def _go_on(
    store: sessionmaker[Session],
    request: SyncRequest,
    reply: SyncReply,
    ready: SyncRequest,
    carries: int,
    *,
    quick: bool,
) -> SyncRequest | None:
    """What to say next, before the reply is settled; None where that must be done first."""
    edits = ready if ready.changes else _next_edits(store, carries, _last(request))
    if not edits.changes and not reply.more:
        return None
    falling = reversed(request.changes)  # their numbers rise
    newest = next((one.number for one in falling if one.id in reply.accepted), 0)
    following = SyncRequest(
        cursors={**request.cursors, **reply.cursors},
        changes=[],
        epoch=reply.epoch,
        answered=max(request.answered, newest),
        rights=reply.scope.mark if reply.scope else request.rights,
        answers=request.answers,
        progress=request.progress,
        late=request.late,
        region_key=request.region_key,
        officers=request.officers,
        began=_began(request, reply),
        quick=quick,
    )
    return _saying(following, edits)


def _make_ready(
    store: sessionmaker[Session], transport: Transport, request: SyncRequest, carries: int
) -> SyncRequest:
    """The edits to be sent after those of this request, which are packed as well."""
    last = _last(request)
    ready = _next_edits(store, carries, last) if last else NOTHING
    transport.expect(ready.changes)
    return ready


def _last(request: SyncRequest) -> int:
    """The highest number that it carries; 0 where it carries none."""
    return request.changes[-1].number if request.changes else 0


def _next_edits(store: sessionmaker[Session], carries: int, after: int) -> SyncRequest:
    """What a request says of the next edits to leave the laptop, so many at most, with higher numbers
    than `after`; none of them while it reads first."""
    with store() as session:
        if not _may_send(session, after):
            return with_numbers(session, NOTHING)
    return _offer(store, carries, after)


def _may_send(session: Session, after: int = 0) -> bool:
    return not put_back.reads_first(session) and outbox.waits(session, after)


def _offer(store: sessionmaker[Session], carries: int, after: int = 0) -> SyncRequest:
    """Read and noted in one transaction: an edit that was typed between the two would be put into
    one that is on its way, and never be sent."""
    with store.begin() as session:
        changes = outbox.leaving(session, carries, pace.largest(carries), after)
        if changes and changes[-1].number > outbox.offered(session):
            outbox.offer(session, changes[-1].number)
        return with_numbers(session, msgspec.structs.replace(NOTHING, changes=changes))


def take(session: Session, request: SyncRequest, reply: SyncReply) -> None:
    """Settle what was answered and write what is new, by whatever way the reply came."""
    by_id = {change.id: change for change in request.changes}
    refused = [
        (read(by_id[one.change]), one.reason) for one in reply.refused if one.change in by_id
    ]
    for change, reason in refused:
        outbox.hold(session, change, reason)
    accepted = {by_id[id].number: became for id, became in reply.accepted.items() if id in by_id}
    outbox.settle(session, accepted, reply.now)
    answered = (read(by_id[id]) for id in reply.accepted if id in by_id)
    restored.hear(session, chain(answered, (one for one, _ in refused), reply.changes))
    news = _with_own_numbers(session, by_id, reply)
    if erasure.take_back(session, [change for change, _ in refused]):
        look_again(session)
    write(session, news)
    _take_back(session, [change for change, _ in refused], reply)
    untaken = [read(by_id[id]) for id in reply.unknown if id in by_id]
    restored.tell_whole(session, untaken)
    striking.hear(session, reply.changes, untaken)
    # our own unanswered edits stay on top of what came
    ours = outbox.waiting_of(session, {change.record for change in reply.changes})
    write(session, ours, noted=False)
    earlier.drop(session, reply.now)
    _go_forward(session, request, reply)
    if began := _began(request, reply):
        remember(session, BEGAN, recall(session, BEGAN) or began)
    else:
        forget(session, BEGAN)
    if reply.region_keys is not None:
        trust.take(session, reply.region_keys)
    if reply.officers is not None:
        officers.take(session, reply.officers)
    if reply.progress is not None:
        progress.take(session, reply.progress)
    if reply.scope is not None:
        scope.take(session, reply.scope)
    scope.leave(session)
    opened.has_come(session)
    recovered.told(session, request.recovered)
    exported.told(session, request.exported)
    progress.heard(session, request.done)
    remember(session, "exchanged", datetime.now(UTC))
    remember(session, "epoch", reply.epoch)


def _began(request: SyncRequest, reply: SyncReply) -> dict[str, int]:
    """Where the reading began that goes on after this page; nothing where all is read.

    By what is known there it is told what changed: while pages come, others write, and what was on its
    way by one page is then told by a later one, of which the cursor alone says that it was read.
    """
    return (request.began or request.cursors) if reply.more else {}


def _go_forward(session: Session, request: SyncRequest, reply: SyncReply) -> None:
    """A stream that was set back since it was asked for is read again from there."""
    for stream, revision in reply.cursors.items():
        cursor = session.get(Cursor, stream)
        if cursor is None or cursor.revision >= request.cursors.get(stream, 0):
            session.merge(Cursor(stream=stream, revision=revision))


def _put_right(store: sessionmaker[Session], transport: Transport, reply: SyncReply) -> int:
    """Nothing was taken. Returns how many edits the server lost and will be told again."""
    if reply.restored is None:
        tokens = transport.rename()
        with store.begin() as session:
            keep(session, tokens)
            outbox.rename(session)
            identity.renew(session)
        transport.use_token(tokens.token)
        return 0
    with store.begin() as session:
        look_again(session)  # a bare row without its number is told by nobody
        return restored.start_anew(session, reply.epoch, reply.restored)


def _take_back(session: Session, refused: list[Change], reply: SyncReply) -> None:
    """A record that the server did not take stays here as a draft: saved again, it goes whole.

    One that this laptop only bore witness to goes: it is nobody's any more.
    """
    there = {change.record for change in reply.changes}
    for change in refused:
        record = KINDS.get(change.kind)
        if record is None or change.record in there:
            continue
        if change.witness:
            session.execute(delete(record).where(record.id == change.record))
        elif issubclass(record, Reviewed):
            session.execute(
                update(record)
                .where(record.id == change.record, record.revision == 0)
                .values(review=ReviewState.DRAFT.value)
            )


def _with_own_numbers(
    session: Session, by_id: dict[UUID, Change], reply: SyncReply
) -> list[Change]:
    """Own writes do not come back: the answer says which revision each record now has.

    Those that are told of get theirs with the news: what others wrote is not here before. What the
    server filled in of a new record is written with it, in one.
    """
    newest: dict[tuple[str, UUID], int] = {}
    for id, revision in reply.accepted.items():
        if change := by_id.get(id):
            key = (change.kind, change.record)
            newest[key] = max(newest.get(key, 0), revision)
    news = []
    for change in reply.changes:
        became = newest.pop((change.kind, change.record), 0)
        alone = not change.revision and became
        news.append(msgspec.structs.replace(change, revision=became) if alone else change)
    rows: dict[str, list[dict[str, object]]] = {}
    for (kind, record), revision in newest.items():
        rows.setdefault(kind, []).append({"one": record, "became": revision})
    for kind, numbered in rows.items():
        # a record may have left this laptop meanwhile
        execute_many(session, _numbering(kind), numbered)
    return news


@cache
def _numbering(kind: str) -> Update:
    table: Any = KINDS[kind].__table__
    # A bare row keeps its old number: so the self-check finds it, and brings the whole.
    one = (table.c.id == bindparam("one")) & ~table.c.bare
    return update(table).where(one).values(revision=bindparam("became"))


def count(done: Exchange, reply: SyncReply) -> None:
    """Add what a reply did to what was done before."""
    done.sent += len(reply.accepted)
    done.refused += len(reply.refused)
    done.taken += len(reply.changes)
    done.conflicts += sum(bool(change.fields.get("conflicts")) for change in reply.changes)
    done.answers, done.counted = reply.answers or {}, reply.counted
    done.late = reply.late is not None
    done.ahead = reply.ahead
    done.now = reply.now
    done.changes = reply.changes  # not kept: there may be a hundred thousand
