"""How many interviews of a wave were held: on this laptop, and by everybody as the server said last."""

from datetime import datetime
from uuid import UUID

import msgspec
from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from sync.client.facts import forget, recall, remember
from sync.client.tables import OwnDone, ToldProgress
from sync.progress import MOST, Done, Progress, Told

MARK = "progress"  # the fact: what stands for what was told
DUE = "progress_due"  # the fact: something is to be told


def count(session: Session, wave: UUID, district: str, cell: str) -> None:
    """One more interview was finished here, in this cell or in none ("")."""
    row = session.get(OwnDone, (wave, district))
    before = Done(wave=wave, district=district) if row is None else _done(row.body)
    body = msgspec.json.encode(before.and_one_more(cell))
    if row is None:
        session.add(OwnDone(wave=wave, district=district, body=body))
    else:
        row.body = body
    remember(session, DUE, True)


def for_server(session: Session) -> list[Done]:
    """What the server has not heard yet. Costs nothing where there is nothing."""
    if not recall(session, DUE, bool):
        return []
    new = or_(OwnDone.told.is_(None), OwnDone.told != OwnDone.body)
    return [_done(one) for one in session.scalars(select(OwnDone.body).where(new).limit(MOST))]


def heard(session: Session, done: list[Done]) -> None:
    """The server has these now."""
    for one in done:
        here = (OwnDone.wave == one.wave, OwnDone.district == one.district)
        session.execute(update(OwnDone).where(*here).values(told=msgspec.json.encode(one)))
    if done and not for_server(session):
        forget(session, DUE)


def tell_again(session: Session) -> None:
    """The server was restored to a time before."""
    if session.scalar(select(OwnDone.wave).limit(1)) is not None:
        session.execute(update(OwnDone).values(told=None))
        remember(session, DUE, True)


def known(session: Session) -> str:
    """The mark to ask by; "" for nothing."""
    return recall(session, MARK, str) or ""


def take(session: Session, told: Told) -> None:
    """Keep what a reply said, in the place of all that was known."""
    session.execute(delete(ToldProgress))
    session.add_all(
        ToldProgress(wave=one.wave, district=one.district, body=msgspec.json.encode(one))
        for one in told.waves
    )
    if told.mark:
        remember(session, MARK, told.mark)
    else:
        forget(session, MARK)


def of_wave(session: Session, wave: UUID) -> dict[str, Progress]:
    """{district: what is known of it}: the server's numbers, and what was finished here since."""
    found = {
        row.district: msgspec.json.decode(row.body, type=Progress)
        for row in session.scalars(select(ToldProgress).where(ToldProgress.wave == wave))
    }
    for row in session.scalars(select(OwnDone).where(OwnDone.wave == wave)):
        now, told = _done(row.body), _done(row.told) if row.told else None
        found[row.district] = _and_since(found.get(row.district), now, told)
    return found


def own(session: Session, wave: UUID) -> dict[str, Done]:
    """{district: what was finished here}."""
    rows = session.scalars(select(OwnDone).where(OwnDone.wave == wave))
    return {row.district: _done(row.body) for row in rows}


def told_at(session: Session) -> datetime | None:
    """How old the knowledge is: the last exchange, by the laptop's clock."""
    at: datetime | None = recall(session, "exchanged", datetime)
    return at


def let_go(session: Session, waves: list[UUID]) -> None:
    """The term of these waves is over."""
    session.execute(delete(OwnDone).where(OwnDone.wave.in_(waves)))
    session.execute(delete(ToldProgress).where(ToldProgress.wave.in_(waves)))


def _and_since(there: Progress | None, now: Done, told: Done | None) -> Progress:
    cells = dict(there.cells) if there else {}
    before = told.cells if told else {}
    for cell, number in now.cells.items():
        cells[cell] = cells.get(cell, 0) + number - before.get(cell, 0)
    answers = (there.answers if there else 0) + now.answers - (told.answers if told else 0)
    return Progress(wave=now.wave, district=now.district, answers=answers, cells=cells)


def _done(body: bytes) -> Done:
    return msgspec.json.decode(body, type=Done)
