"""The lives of the database: another one begins when it may have been restored from a backup.

That is at each start of the server: whoever puts a backup back stops it first, and may forget to say
what they did. Where nothing was lost a laptop is told so, once, and goes on.

A laptop that knew an earlier life is told how far each stream is still as it knows it. What it
had been answered beyond that is lost here; it has kept it, and offers it again.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from sync.server.tables import Life, Stream

# Without objects: they are asked for with every exchange.
LIVES: Any = Life.__table__
STREAMS: Any = Stream.__table__
CURRENT = select(LIVES.c.epoch).order_by(LIVES.c.number.desc()).limit(1)
COUNTERS = select(STREAMS.c.district, STREAMS.c.revision).where(
    STREAMS.c.district.in_(bindparam("streams", expanding=True))
)


def counters(session: Session, streams: Iterable[str]) -> dict[str, int]:
    """{stream: the last revision given in it}."""
    return dict(session.execute(COUNTERS, {"streams": list(streams)}).all())


def current(session: Session) -> str:
    """The name of the life that goes on now."""
    name: str = session.scalars(CURRENT).one()
    return name


def begin(
    session: Session,
    *,
    at_once: bool,
    doubt: bool = False,
    given: Mapping[str, str] | None = None,
) -> str:
    """A new life, at a start or after a restore; its name.

    `at_once`: nothing was accepted since, so all that stands here is what the laptops know.
    Otherwise nobody can tell how far that goes, and they read everything again. `doubt`: nor how far
    the numbers of the register had come. `given`: {record: number}, which the database that went
    had given (sync.server.numbers).
    """
    counters = {row.district: row.revision for row in session.scalars(select(Stream))}
    last = session.scalars(select(Life.number).order_by(Life.number.desc()).limit(1)).one()
    points = counters if at_once else {}
    life = Life(
        number=last + 1,
        epoch=uuid4().hex[:8],
        points=points,
        doubt=doubt,
        given=dict(given or {}) or None,
    )
    session.add(life)
    session.flush()
    return life.epoch


def began_at(session: Session, stream: str) -> int:
    """The revision of a stream when the life that goes on now began."""
    last = select(Life.points).order_by(Life.number.desc()).limit(1)
    points: dict[str, int] = session.scalars(last).one()
    return points.get(stream, 0)


def known_until(session: Session, epoch: str, streams: Iterable[str]) -> dict[str, int]:
    """How far each stream is still as a laptop knows it that last spoke to the life `epoch`."""
    known = session.scalar(select(Life.number).where(Life.epoch == epoch))
    if known is None:  # one that began after the backup was made
        return dict.fromkeys(streams, 0)
    later = session.scalars(select(Life.points).where(Life.number > known)).all()
    return {name: min(points.get(name, 0) for points in later) for name in streams}


def runs_ahead(session: Session, cursors: Mapping[str, int]) -> bool:
    """Whether a laptop has read more than there is: the database was restored, and nobody said."""
    newest = counters(session, cursors)
    return any(cursors[stream] > revision for stream, revision in newest.items())
