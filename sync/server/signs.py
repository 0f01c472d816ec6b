"""What laptops tell of their interviews, by pseudonym. As with answers, nothing tells who sent what.

No column holds an account, laptop, time or number; rows lie in the order of their random ids. Who a
pseudonym is, lies beside it, sealed to officers; whoever asks gives a reason, and the audit has it.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from sync.errors import Refused
from sync.language import mark
from sync.person import Person
from sync.places import Pack
from sync.policy import Action, reach
from sync.quality import CARD, FEWEST, SIZE, Ask, Card, Signs, Told, canonical, good_reason
from sync.quality import Row as SignsRow
from sync.reports import MOST_READERS
from sync.rights import require
from sync.server import arrivals, audit
from sync.server.answers import wave_of
from sync.server.audit import Act
from sync.server.store import insert_new
from sync.server.tables import Device, KeptSigns

WRONG = mark("These counts cannot be kept: something in them is not as the survey says.")
NOT_YET = mark("The survey has not ended yet; counts are told after it.")
NOT_YOURS = mark("Your role may not see the counts of interviews.")


def keep(
    session: Session,
    told: Told,
    person: Person,
    pack: Pack,
    today: date,
    twice: Path | None = None,
) -> None:
    """Store one row; `twice`: in this folder, too. Sending again is harmless. Raises Refused."""
    wave = wave_of(session, told.wave).fields
    ends_on = wave.get("ends_on")
    if not ends_on or today <= date.fromisoformat(ends_on):
        raise Refused(NOT_YET)
    fits = (
        told.pseudonym.version == 4  # any other kind tells when it was made
        and told.district in (wave.get("districts") or pack.districts)
        and told.district in pack.districts
        and told.signs.interviews >= FEWEST
        and told.signs.sound
        and len(told.seals) <= MOST_READERS
        and all(len(seal) == CARD for seal in told.seals)
    )
    if not fits:
        raise Refused(WRONG)
    require(person, Action.ANSWER, told.district)
    row: dict[str, Any] = {
        "id": told.pseudonym,
        "wave": told.wave,
        "district": told.district,
        "body": msgspec.json.encode(told.signs).ljust(SIZE),
        "seals": msgspec.msgpack.encode(told.seals),
    }
    arrivals.keep_twice(twice, KeptSigns.__tablename__, [row])
    insert_new(session, KeptSigns, [row])


def of_wave(
    session: Session, wave: UUID, person: Person, known: int, now: datetime
) -> list[SignsRow]:
    """The rows of districts that have FEWEST of them, or none if `known` of them is all."""
    if not reach(person.role, Action.CHECK):
        raise Refused(NOT_YOURS)
    many = (
        select(KeptSigns.district)
        .where(KeptSigns.wave == wave)
        .group_by(KeptSigns.district)
        .having(func.count() >= FEWEST)
    )
    shown = select(KeptSigns).where(KeptSigns.wave == wave, KeptSigns.district.in_(many))
    rows = session.scalars(shown.order_by(KeptSigns.id)).all()
    if len(rows) == known:
        return []
    told = {"wave": wave, "rows": len(rows)}
    audit.note(session, person.id, Act.READ_SIGNS, told, now)
    return [
        SignsRow(row.id, row.district, msgspec.json.decode(row.body, type=Signs)) for row in rows
    ]


def card(session: Session, ask: Ask, person: Person, now: datetime) -> Card:
    """The card of one row, for those who can open it. Who asked and why is in the audit first."""
    if not reach(person.role, Action.OPEN_CARDS):
        raise Refused(mark("Only an integrity officer opens such a card."))
    if not good_reason(ask.reason):
        raise Refused(mark("Say in words why this card is to be opened: ten characters at least."))
    found = _beginning_with(session, ask.wave, canonical(ask.number))
    if found is None:
        raise Refused(
            mark("No counts of this survey have the number “{number}”."), number=ask.number
        )
    subject = {"wave": ask.wave, "number": ask.number, "why": ask.reason.strip()}
    audit.note(session, person.id, Act.OPENED_CARD, subject, now)
    laptops: dict[str, list[bytes]] = {}
    known = select(Device.account, Device.signing_key)
    for account, key in session.execute(known):
        if key is not None:
            laptops.setdefault(account, []).append(key)
    seals = msgspec.msgpack.decode(found.seals, type=list[bytes])
    return Card(found.id, found.district, seals, laptops)


def end(session: Session, wave: UUID, district: str) -> int:
    """The term of the wave's answers is over: what was told beside them goes → how many rows."""
    here = (KeptSigns.wave == wave, KeptSigns.district == district)
    number = session.scalar(select(func.count()).select_from(KeptSigns).where(*here)) or 0
    session.execute(delete(KeptSigns).where(*here))
    return number


def there(session: Session) -> list[tuple[UUID, str]]:
    """(wave, district) of all that is kept."""
    found = select(KeptSigns.wave, KeptSigns.district).distinct()
    return [(wave, district) for wave, district in session.execute(found)]


def _beginning_with(session: Session, wave: UUID, number: str) -> KeptSigns | None:
    rows = session.scalars(select(KeptSigns).where(KeptSigns.wave == wave))
    found = [row for row in rows if number and row.id.hex.startswith(number)]
    return found[0] if len(found) == 1 else None
