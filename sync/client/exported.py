"""The exports of this laptop: kept for its person, and told to the server by the next exchange."""

from sqlalchemy.orm import Session

from sync.client.facts import recall, remember
from sync.exports import AT_ONCE, Exported

FOR_SERVER, KEPT = "exported_untold", "exported"  # facts
NEWEST = 1_000  # exports that the laptop remembers; the server's audit keeps all


def note(session: Session, export: Exported) -> None:
    """To be called in a transaction that ends before the file is in its place, the look shown."""
    remember(session, FOR_SERVER, [*_read(session, FOR_SERVER), export])
    if not export.looked:  # else looks would crowd out files, whose marks are asked for later
        remember(session, KEPT, [*_read(session, KEPT), export][-NEWEST:])


def for_server(session: Session) -> list[Exported]:
    """Some of those that the server has not answered yet, the oldest first."""
    return _read(session, FOR_SERVER)[:AT_ONCE]


def told(session: Session, exports: list[Exported]) -> None:
    """The server has answered a request with these."""
    if exports:
        ids = {one.id for one in exports}
        left = [one for one in _read(session, FOR_SERVER) if one.id not in ids]
        remember(session, FOR_SERVER, left)


def kept(session: Session) -> list[Exported]:
    """What left this laptop, the oldest first."""
    return _read(session, KEPT)


def _read(session: Session, fact: str) -> list[Exported]:
    return recall(session, fact, list[Exported]) or []
