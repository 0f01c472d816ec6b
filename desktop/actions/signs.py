"""What this laptop counts of its interviews, and tells once a wave has ended; see sync.quality.

Only sums are kept, a row for a wave in a district. Told they are one time, on a day that chance drew,
under a name that chance made; then they are forgotten here.
"""

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from desktop.copied_answers import DUE, forget_copied
from desktop.second_place import owe
from desktop.session import Desk
from desktop.surveys.quality.card import seal_card
from desktop.surveys.quality.signs import Answered, likeness, signs_of
from desktop.surveys.quality.timing import Timed
from desktop.tidying import empty_journal
from sync.answers import Answer
from sync.client import identity, officers
from sync.client.facts import remember
from sync.client.tables import OwnSigns
from sync.errors import Refused
from sync.quality import DAYS, FEWEST, SPREAD, Signs, Told, written
from sync.records.base import Values
from sync.records.survey import Wave

TOLD = b"told"  # in the place of what was told, when the server has it


@dataclass(frozen=True)
class Seen:
    """What the screen saw of an interview that ended; `timed`: None where no clock was looked at."""

    answered: Answered
    timed: Timed | None = None


def add(session: Session, answer: Answer, seen: Seen) -> None:
    """Add an interview to the sums, in the transaction that keeps it."""
    row = session.get(OwnSigns, (answer.wave, answer.district))
    if row is None:
        row = OwnSigns(
            wave=answer.wave,
            district=answer.district,
            pseudonym=uuid4(),
            day=random.SystemRandom().randrange(SPREAD),
            body=msgspec.json.encode(Signs()),
        )
        session.add(row)
    if row.told is not None:  # the wave was opened again: what was told stays as it is
        return
    _add(row, signs_of(seen.answered, seen.timed))


def add_likeness(session: Session, leaving: Iterable[Answer]) -> None:
    """Of answers to one wave that are to leave at once, in the transaction that names their uploads."""
    by_district: dict[tuple[UUID, str], list[Values]] = defaultdict(list)
    for answer in leaving:
        by_district[answer.wave, answer.district].append(answer.values)
    for key, values in by_district.items():
        row = session.get(OwnSigns, key)
        if row is not None and row.told is None:
            _add(row, likeness(values))


def _add(row: OwnSigns, more: Signs) -> None:
    row.body = msgspec.json.encode(msgspec.json.decode(row.body, type=Signs) + more)


def send(desk: Desk, now: datetime | None) -> int:
    """Tell what is due, and forget what is too old to be told → how many rows the server took.

    `now` is the server's clock; without it nothing is. What the server refuses is offered again.
    """
    taken = 0
    for wave, district in _due(desk, now.date()) if now is not None else ():
        if (told := _prepared(desk, wave, district)) is None:
            continue
        try:
            desk.server.tell_signs(told)
        except Refused:
            continue
        with desk.store.begin() as session:
            row = session.get_one(OwnSigns, (wave, district))
            row.body = row.told = TOLD
            owe(session, [], datetime.now(UTC))  # copies on a stick hold them
            remember(session, DUE, True)  # and those here
        taken += 1
    if taken:
        empty_journal(desk)
        forget_copied(desk)
    return taken


def _due(desk: Desk, on: date) -> list[tuple[UUID, str]]:
    """Of waves that have ended, each on its day. What nobody took for so long goes."""
    due: list[tuple[UUID, str]] = []
    with desk.store() as session:
        if session.scalar(select(OwnSigns.wave).limit(1)) is None:
            return due
    with desk.store.begin() as session:
        found = select(OwnSigns, Wave.ends_on).join(Wave, Wave.id == OwnSigns.wave)
        for row, ends_on in session.execute(found).all():
            if ends_on is None:
                continue
            if on > ends_on + timedelta(days=DAYS):
                session.delete(row)
            elif row.told != TOLD and on > ends_on + timedelta(days=row.day):
                due.append((row.wave, row.district))
        known = select(Wave.id)
        session.execute(delete(OwnSigns).where(OwnSigns.wave.not_in(known)))  # it was erased
    return due


def _prepared(desk: Desk, wave: UUID, district: str) -> Told | None:
    """The same each time it is offered, byte for byte; None where too little is to be told."""
    with desk.store.begin() as session:
        row = session.get_one(OwnSigns, (wave, district))
        if row.told is not None:
            return msgspec.json.decode(row.told, type=Told)
        signs = msgspec.json.decode(row.body, type=Signs)
        own = identity.own(session)
        if signs.interviews < FEWEST or own is None:
            return None
        known = officers.trusted(session)
        readers = [one.keys for one in known.readers] if known else []
        seals = seal_card(desk.person.id, row.pseudonym, wave, own[1], readers)
        told = Told(
            pseudonym=row.pseudonym, wave=wave, district=district, signs=signs, seals=seals
        )
        row.told = written(told)
        return told
