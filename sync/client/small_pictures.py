"""Small pictures come first, so many at a time as one answer holds, and are looked at when they come.

Their sum alone says nothing: whoever made the record chose it. So one that is not as this program makes
them is not kept. Its row says so, and it is not asked for again; the photo itself comes all the same.
"""

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from sync.client.blobs import (
    ASKED,
    BlobTransport,
    Files,
    PhotoExchange,
    are_here,
    named,
    write_down,
)
from sync.client.tables import Blob


def take_small(
    store: sessionmaker[Session], transport: BlobTransport, files: Files, done: PhotoExchange
) -> None:
    """Take the small pictures whose originals are not here, a bundle at a time."""
    with store() as session:
        settled = are_here(session)
        unfit = set(session.scalars(select(Blob.sha256).where(Blob.unfit)))
        wanted = {
            small: original
            for original, smalls in named(session).items()
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
