"""Files of erased records: written down with the erasure, deleted when it has committed.

Bytes cannot be rolled back, so they go last; what a crash left is done with the next erasure or
at the next start. A file that had not come whole may still be on its way, over a slow line or in a
letter: it stays written down, and is not taken.
"""

import logging
from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from sync.language import mark
from sync.server import ways
from sync.server.blobs import SHA256, StoreAway
from sync.server.problems import Problem
from sync.server.service import Service
from sync.server.store import insert_new
from sync.server.tables import Blob, Doomed

DUE = "doomed"  # in a session's info: when it has committed, there is something to sweep
GONE = mark("The record that named this file was erased. The file is not kept.")
log = logging.getLogger("dala.server")


def doom(session: Session, sums: Iterable[str]) -> None:
    """These files go when the transaction has committed, unless another record names them."""
    rows = [{"sha256": one} for one in sorted(sums) if SHA256.fullmatch(one)]
    insert_new(session, Doomed, rows)
    session.info[DUE] = True


def require_living(service: Service, sha256: str) -> None:
    """Raise Problem 410 where a file comes of which nothing but erased records told. To be held."""
    with service.store.reading() as session:
        if session.get(Doomed, sha256) is not None and not ways.is_named(session, sha256):
            raise Problem(410, GONE)


def sweep(service: Service) -> int:
    """Delete what is doomed and named by nobody → how many files. Then SQLite's journal."""
    with service.store.reading() as session:
        waiting = list(session.scalars(select(Doomed.sha256)))
    gone = 0
    for sha256 in waiting:
        try:
            gone += _sweep_one(service, sha256)
        except StoreAway:  # it waits for the next time
            log.warning("a file of an erased record could not be deleted yet")
    service.store.forget()
    return gone


def _sweep_one(service: Service, sha256: str) -> bool:
    with service.parts.held(sha256), service.store.writing.begin() as session:
        named = ways.is_named(session, sha256)
        came = session.get(Blob, sha256) is not None
        if not named:
            session.execute(delete(Blob).where(Blob.sha256 == sha256))
            service.parts.drop(sha256)
            service.blobs.drop(sha256)
        if named or came:
            session.execute(delete(Doomed).where(Doomed.sha256 == sha256))
        return not named
