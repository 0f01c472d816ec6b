"""Photos of what is done with: the file leaves the laptop, and comes again when somebody opens it.

A file goes once the server has had it for 90 days, and all records that name it have been closed and
left alone as long. Its row stays; its small picture goes with the words (`small_pictures`). Only the
server's clock counts, from the day on which this laptop first saw it so: a clock that leaps here ends
nothing. Decision 37.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from sync.client.blobs import SUM, BlobTransport, Holder, drop_those_there, originals
from sync.client.facts import remember
from sync.client.kinds_here import kinds_here
from sync.client.photos import take_one
from sync.client.quiet import KEPT, is_due, quiet, wholes
from sync.client.tables import Blob
from sync.records.notes import Attachment

LOOKED = "photos_looked"  # the fact: when that was done last, by the server's clock


def let_go(
    store: sessionmaker[Session], transport: BlobTransport, files: Holder, now: datetime | None
) -> int:
    """Once a day by the server's clock: drop the files that are to be on the server alone → how many.

    The server is asked again for each: one that it lacks is sent again instead. `now` is what the
    server said; None does nothing. Raises Offline, SignInAgain: the next exchange looks again.
    """
    if now is None:
        return 0
    with store.begin() as session:
        if not is_due(session, LOOKED, now):
            return 0
        going = _look(session, now)
    gone = 0
    for dropped, lacking in drop_those_there(transport, files, going):
        with store.begin() as session:
            for one in lacking:
                if (blob := session.get(Blob, one)) is not None:
                    blob.there, blob.since = False, None
            for one in dropped:
                if (blob := session.get(Blob, one)) is not None:
                    blob.here, blob.away = False, True
        gone += len(dropped)
    with store.begin() as session:
        remember(session, LOOKED, now)
    return gone


def fetch(
    store: sessionmaker[Session], transport: BlobTransport, files: Holder, sha256: str
) -> None:
    """Somebody opens this file: it is here again, for 90 days more.

    Raises Offline, SignInAgain; Refused where the server does not give it, or gives other bytes.
    """
    take_one(store, transport, files, sha256)


def are_away(session: Session, sums: list[str]) -> set[str]:
    """Those of these files that are on the server alone."""
    return set(session.scalars(select(Blob.sha256).where(Blob.away, Blob.sha256.in_(sums))))


def _look(session: Session, now: datetime) -> list[str]:
    """Write down since when each file may go → those whose time has come."""
    done_with = quiet(session, select(Attachment.parent))
    named: dict[str, list[Attachment]] = {}
    for row in session.scalars(select(Attachment).where(Attachment.sha256.is_not(None))):
        named.setdefault(str(row.sha256), []).append(row)
    blobs = {row.sha256: row for row in session.scalars(select(Blob).where(originals()))}
    going = []
    for sha256, rows in named.items():
        stands, own = _stands(rows, done_with), _is_its_own(rows)
        blob = blobs.get(sha256)
        if blob is None:
            if (
                stands is not None
                and not own
                and _is_old(session, rows, now)
                and SUM.fullmatch(sha256)
            ):
                size = rows[0].size or 0
                session.add(Blob(sha256=sha256, size=size, here=False, there=True, away=True))
        elif stands is None or not blob.there:
            blob.stands = blob.since = None
            blob.away = False
        elif blob.stands != stands or blob.since is None or blob.since > now:
            blob.stands, blob.since = stands, now
        elif blob.here and not own and now - blob.since >= KEPT:
            going.append(sha256)
        if blob is not None and own:  # its record is here whole again
            blob.away = False
    return going


def _stands(rows: list[Attachment], done_with: dict[UUID, int]) -> int | None:
    """The newest revision of all records that name a file; None where it is to stay."""
    if any(row.parent not in done_with for row in rows):
        return None
    return max(done_with[row.parent] for row in rows)


def _is_its_own(rows: list[Attachment]) -> bool:
    """Whether it is its own small picture, being as small as one, and so stays as long as that would."""
    has_another = any(row.thumbnail or row.media_type != "image/jpeg" for row in rows)
    return not has_another and not all(row.bare for row in rows)


def _is_old(session: Session, rows: list[Attachment], now: datetime) -> bool:
    """Whether a file that never came is not to come by itself: somebody's clock may spare a download,
    for it is fetched when it is opened."""
    edited = [row.edited for row in rows]
    parents = {row.parent for row in rows}
    for record in wholes(kinds_here(session).values()):
        edited += session.scalars(select(record.edited).where(record.id.in_(parents)))
    return max(edited) <= now - KEPT
