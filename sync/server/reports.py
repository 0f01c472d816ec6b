"""Sealed letters on the server. Nothing is kept, and nothing logged, that tells who sent them;
of when, the year alone.

The server cannot open one. It gives a box to whoever knows its address, and everything to those
whom the table of rights names; they can open what is sealed to them.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import UUID

import msgspec
from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from sync.errors import Refused
from sync.language import mark
from sync.officers import Officers, keeps_letters
from sync.person import REGION, Person
from sync.policy import Action
from sync.reports import (
    LARGEST,
    MOST_IN_BOX,
    MOST_READERS,
    MOST_TAKEN,
    GivenBack,
    MoreSeals,
    OnShelf,
    SealedLetter,
    Shelf,
    check_given_back,
    sound,
    sound_seals,
)
from sync.rights import require
from sync.server import arrivals, audit
from sync.server.audit import Act
from sync.server.store import insert_new
from sync.server.tables import KeptLetter

AT_ONCE = 2 * LARGEST  # bytes of letters in one answer; of a larger one at least itself

WRONG = mark("This is no sealed letter. It was not taken.")
FULL = mark("So many letters to one report are not taken. Speak to an integrity officer.")
NOT_LISTED = mark(
    "Letters are taken back only from an integrity officer on the list that the region's key signed."
)
ENDED = mark("The term of this report is over. Its letters are not taken back.")
NOT_THERE = mark("This letter is not there any more.")


def keep(
    session: Session,
    letter: SealedLetter,
    person: Person,
    now: datetime,
    twice: Path | None = None,
) -> None:
    """Store one letter; `twice`: in this folder, too. Sending again is harmless. Raises Refused."""
    require(person, Action.REPORT, REGION)
    if not sound(letter):
        raise Refused(WRONG)
    _insert(session, letter, now.year, twice)


def take_back(
    session: Session,
    given: GivenBack,
    person: Person,
    now: datetime,
    known: Officers | None,
    first: int | None,
) -> None:
    """Store a letter that was here before a backup was put back. Doing it again is harmless.

    It keeps the year in which it came, so that its term is as it was: what had ended before that stays
    ended. `known` is the list of officers, `first` the first year that is still kept. Raises Refused.
    """
    require(person, Action.READ_REPORTS, REGION)
    letter = given.letter
    if not sound(letter):
        raise Refused(WRONG)
    if known is None or not keeps_letters(known, given.by):
        raise Refused(NOT_LISTED)
    try:
        check_given_back(given)
    except ValueError as error:
        raise Refused(WRONG) from error
    year = now.year if given.year is None else min(given.year, now.year)
    if first is not None and year < first and not _goes_on(session, letter.box, first):
        raise Refused(ENDED)
    if _insert(session, letter, year):
        audit.note(session, person.id, Act.GAVE_BACK, letter.id, now)


def _insert(session: Session, letter: SealedLetter, year: int, twice: Path | None = None) -> bool:
    """Put a letter into its box, once → whether it was not there. Raises Refused: the box is full."""
    there = session.scalars(select(KeptLetter.id).where(KeptLetter.box == letter.box)).all()
    if letter.id in there:
        return False
    if len(there) >= MOST_IN_BOX:
        raise Refused(FULL)
    row = {
        "id": letter.id,
        "box": letter.box,
        "seals": msgspec.msgpack.encode(letter.seals),
        "body": letter.body,
        "year": year,
    }
    arrivals.keep_twice(twice, KeptLetter.__tablename__, [row])
    insert_new(session, KeptLetter, [row])
    return True


def _goes_on(session: Session, box: bytes, first: int) -> bool:
    """Whether a letter of this box came so late that the others stay with it."""
    late = or_(KeptLetter.year.is_(None), KeptLetter.year >= first)
    found = select(KeptLetter.id).where(KeptLetter.box == box, late).limit(1)
    return session.scalar(found) is not None


def in_box(session: Session, address: bytes, person: Person) -> list[SealedLetter]:
    """What lies in a box; nothing where nobody has such a one. Raises Refused."""
    require(person, Action.REPORT, REGION)
    found = select(KeptLetter).where(KeptLetter.box == address).order_by(KeptLetter.id)
    return [_letter(row) for row in session.scalars(found)]


def there(session: Session, person: Person) -> dict[UUID, int]:
    """{letter: how many seals it has}, of all. Raises Refused."""
    require(person, Action.READ_REPORTS, REGION)
    rows = session.execute(select(KeptLetter.id, KeptLetter.seals).order_by(KeptLetter.id))
    return {row.id: len(_seals(row.seals)) for row in rows}


def shelf(session: Session, person: Person, first: int | None) -> Shelf:
    """The same, with the year in which each came, and the first one that is still kept."""
    require(person, Action.READ_REPORTS, REGION)
    rows = session.execute(select(KeptLetter.id, KeptLetter.seals, KeptLetter.year))
    return Shelf({row.id: OnShelf(len(_seals(row.seals)), row.year) for row in rows}, first)


def some(
    session: Session, ids: Sequence[UUID], person: Person, now: datetime
) -> list[SealedLetter]:
    """Of these letters as many as go into one answer. Raises Refused."""
    require(person, Action.READ_REPORTS, REGION)
    given: list[SealedLetter] = []
    size = 0
    for id in ids[:MOST_TAKEN]:
        row = session.get(KeptLetter, id)
        if row is None:
            continue
        size += len(row.body)
        if given and size > AT_ONCE:
            break
        given.append(_letter(row))
    if given:
        audit.note(session, person.id, Act.TOOK_REPORTS, [one.id for one in given], now)
    return given


def add_seals(session: Session, more: MoreSeals, person: Person, now: datetime) -> None:
    """Put seals for further readers to a letter, as far as there is room. Raises Refused."""
    require(person, Action.READ_REPORTS, REGION)
    if not sound_seals(more.seals):
        raise Refused(WRONG)
    row = session.get(KeptLetter, more.id, with_for_update=True)
    if row is None:
        raise Refused(NOT_THERE)
    here = _seals(row.seals)
    added = [one for one in more.seals if one not in here]
    row.seals = msgspec.msgpack.encode([*here, *added][:MOST_READERS])
    audit.note(session, person.id, Act.ADDED_READERS, row.id, now)


def end(session: Session, first: int, *, dry: bool) -> int:
    """Delete the boxes whose last letter came before the year `first`, or only count → letters.

    Officers' laptops let go of what has ended when they next take letters: they know the years.
    """
    old = (func.max(KeptLetter.year) < first, func.count(KeptLetter.year) == func.count())
    boxes = select(KeptLetter.box).group_by(KeptLetter.box).having(*old)
    gone = KeptLetter.box.in_(boxes)
    count = session.scalar(select(func.count()).select_from(KeptLetter).where(gone)) or 0
    if count and not dry:
        session.execute(delete(KeptLetter).where(gone))
    return count


def _letter(row: KeptLetter) -> SealedLetter:
    return SealedLetter(id=row.id, box=row.box, seals=_seals(row.seals), body=row.body)


def _seals(kept: bytes) -> list[bytes]:
    return msgspec.msgpack.decode(kept, type=list[bytes])
