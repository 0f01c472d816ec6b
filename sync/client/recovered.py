"""The times that this laptop's file was opened without its password: for its owner, and the server."""

from sqlalchemy.orm import Session

from sync.client.facts import recall, remember
from sync.recovery import Recovery

FOR_SERVER, FOR_OWNER = "recovered_untold", "recovered_unsaid"  # facts


def note(session: Session, recovery: Recovery) -> None:
    """To be called in the transaction of the recovery, or before it."""
    for fact in (FOR_SERVER, FOR_OWNER):
        remember(session, fact, [*_read(session, fact), recovery])


def for_server(session: Session) -> list[Recovery]:
    """Those that the server has not answered yet."""
    return _read(session, FOR_SERVER)


def told(session: Session, recoveries: list[Recovery]) -> None:
    """The server has answered a request with these."""
    if recoveries:
        left = [one for one in _read(session, FOR_SERVER) if one not in recoveries]
        remember(session, FOR_SERVER, left)


def for_owner(session: Session) -> list[Recovery]:
    """Those that the owner was not told of yet."""
    return _read(session, FOR_OWNER)


def said(session: Session) -> None:
    """The owner was told."""
    remember(session, FOR_OWNER, [])


def _read(session: Session, fact: str) -> list[Recovery]:
    return recall(session, fact, list[Recovery]) or []
