"""What a laptop is told that looks whether it holds what the server holds (`sync.tally`)."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from sync.server import lives
from sync.server.tables import Kept
from sync.tally import MOST_WANTED, Tally, bucket, columns, read

Buckets = dict[int, Tally]


def agreed(session: Session, cursors: Mapping[str, int]) -> dict[str, Tally]:
    """The tallies of the streams that a laptop has read to their end."""
    query = select(Kept.district, *columns(Kept.revision)).group_by(Kept.district)
    found = {
        district: read(*tally)
        for district, *tally in session.execute(query.where(Kept.district.in_(list(cursors))))
    }
    return {stream: found.get(stream, Tally()) for stream in _at_their_end(session, cursors)}


def differing(
    session: Session, cursors: Mapping[str, int], said: Mapping[str, Buckets]
) -> dict[str, dict[int, list[int]]]:
    """{stream: {bucket: its revisions here}} of the buckets that are others than was said.

    Of streams that were read to their end only: the others would differ in any case.
    """
    if not said:
        return {}
    found: dict[str, dict[int, list[int]]] = {}
    for stream in said.keys() & cursors.keys():
        here = _buckets(session, stream)
        theirs = said[stream]
        differ = [one for one in here.keys() | theirs.keys() if here.get(one) != theirs.get(one)]
        found[stream] = _revisions(session, stream, differ)
    return {stream: found[stream] for stream in _at_their_end(session, cursors) if stream in found}


def wanted(
    session: Session, cursors: Mapping[str, int], said: Mapping[str, Collection[int]]
) -> list[tuple[str, Any]]:
    """(stream, id) of the records that stand at these revisions; so many as one reply may hold."""
    asked = [(stream, one) for stream in said.keys() & cursors.keys() for one in said[stream]]
    some = asked[:MOST_WANTED]
    if not some:
        return []
    each = (_at(stream, [one for of, one in some if of == stream]) for stream in dict(some))
    rows = session.execute(select(Kept.district, Kept.id).where(or_(*each)))
    return [(row.district, row.id) for row in rows]


def _at_their_end(session: Session, cursors: Mapping[str, int]) -> list[str]:
    """Asked last: where a stream still stands at the cursor now, nothing was written meanwhile."""
    now = lives.counters(session, cursors)
    return [stream for stream, revision in now.items() if revision == cursors[stream]]


def _buckets(session: Session, stream: str) -> Buckets:
    number = bucket(Kept.revision)
    query = select(number, *columns(Kept.revision)).where(Kept.district == stream)
    return {int(one): read(*tally) for one, *tally in session.execute(query.group_by(number))}


def _revisions(session: Session, stream: str, buckets: list[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {one: [] for one in buckets}
    number = bucket(Kept.revision)
    query = select(Kept.revision).where(Kept.district == stream, number.in_(buckets))
    for revision in session.scalars(query.order_by(Kept.revision)):
        found[int(bucket(revision))].append(revision)
    return found


def _at(stream: str, revisions: list[int]) -> Any:
    return (Kept.district == stream) & Kept.revision.in_(revisions)
