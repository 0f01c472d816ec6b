"""Small pictures: looked at when they come, and gone from the laptop with the words of their record.

They come first, so many at a time as one answer holds.

Their sum alone says nothing: whoever made the record chose it. So one that is not as this program makes
them is not kept. Its row says so, and it is not asked for again; the photo itself comes all the same.
"""

import hashlib
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from sync.client.blobs import (
    ASKED,
    BlobTransport,
    Files,
    Holder,
    PhotoExchange,
    are_here,
    drop_those_there,
    named,
    originals,
    write_down,
)
from sync.client.facts import remember
from sync.client.quiet import is_due
from sync.client.tables import Blob
from sync.records.notes import Attachment

LOOKED = "small_looked"  # the fact: when `let_go` was done last, by the server's clock


def take_small(
    store: sessionmaker[Session],
    transport: BlobTransport,
    files: Files,
    done: PhotoExchange,
    of: UUID | None = None,
) -> None:
    """Take the small pictures whose originals are not here, a bundle at a time; `of` one record alone."""
    with store() as session:
        settled = are_here(session)
        unfit = set(session.scalars(select(Blob.sha256).where(Blob.unfit)))
        wanted = {
            small: original
            for original, smalls in named(session, of).items()
            for small in smalls
            if small not in settled and small not in unfit and original not in settled
        }
    asked = list(wanted)
    while asked:
        some = asked[:ASKED]
        given = transport.thumbnails([wanted[small] for small in some])
        got = given.keys() & set(asked)
        for small in got:
            _take(store, files, done, small, given[small])
        asked = [small for small in asked if small not in got] if got else asked[ASKED:]


def _take(
    store: sessionmaker[Session], files: Files, done: PhotoExchange, small: str, content: bytes
) -> None:
    if hashlib.sha256(content).hexdigest() != small:  # the line's fault, not the picture's
        done.refused += 1
        return
    if not files.is_small_picture(content):
        row = Blob(sha256=small, size=len(content), here=False, there=True, unfit=True)
        with store.begin() as session:
            session.merge(row)
        done.unfit += 1
        return
    try:
        files.finish(small, content)
    except ValueError:  # somebody began it as a file; the beginning is gone now
        done.refused += 1
        return
    write_down(store, small, len(content))
    done.small_taken += 1


def let_go(
    store: sessionmaker[Session], transport: BlobTransport, files: Holder, now: datetime | None
) -> int:
    """Once a day by the server's clock: drop those that only bare records name → how many.

    Who is on it is seen on a small picture as on its photo. The server is asked again for each, and one
    that it lacks is sent again instead. With the whole record they come back (`take_small`). `now` is
    what the server said; None does nothing. Raises Offline, SignInAgain: the next exchange looks again.
    """
    if now is None:
        return 0
    with store() as session:
        if not is_due(session, LOOKED, now):
            return 0
        going = _of_bare_rows(session)
    gone = 0
    for dropped, lacking in drop_those_there(transport, files, going):
        with store.begin() as session:
            session.execute(update(Blob).where(Blob.sha256.in_(dropped)).values(here=False))
            session.execute(update(Blob).where(Blob.sha256.in_(lacking)).values(there=False))
        gone += len(dropped)
    with store.begin() as session:
        remember(session, LOOKED, now)
    return gone


def _of_bare_rows(session: Session) -> list[str]:
    """Small pictures here that the server has, and that no record with its words names, nor as a file."""
    whole = select(Attachment.thumbnail).where(~Attachment.bare, Attachment.thumbnail.is_not(None))
    files = select(Attachment.sha256).where(Attachment.sha256.is_not(None))
    asked = select(Blob.sha256).where(
        ~originals(), Blob.here, Blob.there, Blob.sha256.not_in(whole), Blob.sha256.not_in(files)
    )
    return list(session.scalars(asked))
