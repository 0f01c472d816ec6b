"""An integrity officer's work: the own key, reports taken and opened, answered, handed over.

What was taken lies here as it came, sealed; it is opened to be looked at, and not written down.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import msgspec
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from desktop.actions import lost_letters, reports
from desktop.actions.reports import Thread, today
from desktop.profile import as_told
from desktop.recovery_code import canonical
from desktop.reports.code import box_of
from desktop.reports.letters import (
    MOST_TEXT,
    HandedOver,
    Read,
    Report,
    Word,
    open_letter,
    seal,
    seals_for,
)
from desktop.session import Desk
from sync.client import officers
from sync.client.facts import recall, remember
from sync.client.tables import TakenLetter
from sync.errors import Refused, UserError
from sync.language import mark
from sync.officers import Officer, Officers
from sync.person import REGION
from sync.policy import Action, may
from sync.records.competent_body import CompetentBody
from sync.reports import MOST_TAKEN, MoreSeals, OnShelf, SealedLetter, Shelf
from sync.sealing import Keys, PublicKeys, new_seed

SEEDS = "officer_keys"  # the fact: seeds, the newest first; former ones open what came before
GIVEN = "officers_given"  # the fact: the serial of the list whose readers were given all letters

NOT_READABLE = mark(
    "This report cannot be answered here: its first letter is not for this laptop."
)


@dataclass(frozen=True)
class Standing:
    """What an officer's key is good for."""

    card: Officer | None  # the own, to be brought to the custodians; None: no key was made yet
    listed: bool  # whether reports are sealed to it
    unread: int = 0  # letters on this laptop that none of its keys opens
    owed: tuple[str, ...] = ()  # officers, by name, who cannot open the earlier reports yet


def is_officer(desk: Desk) -> bool:
    """Whether this person takes reports."""
    return may(desk.person, Action.READ_REPORTS, REGION)


def opens(desk: Desk) -> bool:
    """Whether letters are worth taking: an officer, as the last exchange told, who has a key."""
    if not is_officer(as_told(desk)):
        return False
    with desk.store() as session:
        return bool(own_keys(session))


def make_key(desk: Desk) -> Officer:
    """A new key on this laptop → the card to bring to the custodians. Former keys stay.

    One that is not on the list yet is not replaced: its card is given again.
    """
    _require(desk)
    with desk.store.begin() as session:
        own, known = own_keys(session), officers.trusted(session)
        if not own or own[0].public in [one.keys for one in (known.officers if known else ())]:
            own = [Keys(new_seed()), *own]
            remember(session, SEEDS, [keys.seed for keys in own])
    return _card(desk, own)


def standing(desk: Desk) -> Standing:
    """How the officer's key stands."""
    with desk.store() as session:
        own, known = own_keys(session), officers.trusted(session)
        given = recall(session, GIVEN, int) or 0
    if not own:
        return Standing(None, listed=False)
    listed = known is not None and own[0].public in [one.keys for one in known.readers]
    owed = tuple(one.name for one in still_owed(known, given, own))
    unread = sum(1 for letter in _taken(desk) if _opened(letter, own) is None)
    return Standing(_card(desk, own), listed, unread, owed)


def take(desk: Desk) -> int:
    """Take the letters that the server has and this laptop lacks → how many. Raises Offline.

    One to which seals were added comes again: perhaps it can be opened now. Of those that the server
    has no more, it gets back what it lost, and what has ended goes (desktop.actions.lost_letters).
    """
    shelf, tells_years = _shelf(desk)
    with desk.store() as session:
        own = own_keys(session)
        here = {letter.id: len(letter.seals) for letter in _stored(session)}
    wanted = [id for id, there in shelf.letters.items() if here.get(id, 0) < there.seals]
    new = sum(id not in here for id in wanted)
    while wanted:
        came = desk.server.take_letters(wanted[:MOST_TAKEN])
        with desk.store.begin() as session:
            for letter in came:
                session.merge(TakenLetter(id=letter.id, body=msgspec.json.encode(letter)))
        got = {letter.id for letter in came}
        # where none of them came they are gone meanwhile; else the rest did not go into the answer
        again = [id for id in wanted[:MOST_TAKEN] if id not in got] if got else []
        wanted = again + wanted[MOST_TAKEN:]
    if tells_years:
        lost_letters.settle(desk, shelf, own)
    return new


def _shelf(desk: Desk) -> tuple[Shelf, bool]:
    """(what the server has, whether it takes back what it lost).

    One from before knows no years: nothing ends here, and whole letters would go to it for nothing.
    """
    try:
        return desk.server.shelf(), True
    except Refused:
        there = desk.server.letters_there()
    return Shelf({id: OnShelf(seals, None) for id, seals in there.items()}, None), False


def threads(desk: Desk) -> list[Thread]:
    """All reports that this laptop can open, the newest first."""
    with desk.store() as session:
        own, known = own_keys(session), officers.trusted(session)
    boxes: dict[bytes, list[Read]] = {}
    for letter in _taken(desk):
        if (read := _opened(letter, own)) is not None:
            boxes.setdefault(letter.box, []).append(read)
    found = [
        reports.thread(box, letters, _reporter(box, letters), known)
        for box, letters in boxes.items()
    ]
    return sorted(found, key=lambda one: (_on(one), one.box), reverse=True)


def find(desk: Desk, number: str) -> Thread:
    """The report of this number, however it was typed. Raises UserError."""
    wanted = canonical(number)
    for one in threads(desk):
        if one.number and one.number == wanted:
            return one
    raise UserError(mark("There is no report “{number}” that this laptop opens."), number=number)


def answer(desk: Desk, thread: Thread, text: str) -> None:
    """Say something to the reporter. It goes with the next exchange. Raises UserError."""
    text = text.strip()
    if not text:
        raise UserError(mark("Write what the reporter is to read."))
    _say(desk, thread, Word(on=today(), place=len(thread.said), text=text))


def hand_over(
    desk: Desk, thread: Thread, body: UUID, on: date, incoming_number: str = "", text: str = ""
) -> None:
    """The report is with a body of the directory. Raises UserError."""
    with desk.store() as session:
        found = session.get(CompetentBody, body)
        name = found.name if found and not found.removed else None
    if not name:
        raise UserError(mark("This body is not in the directory."))
    _say(
        desk,
        thread,
        HandedOver(
            on=today(),
            place=len(thread.said),
            body=name,
            handed_on=on,
            incoming_number=incoming_number.strip(),
            text=text.strip(),
        ),
    )


def bodies(desk: Desk) -> list[CompetentBody]:
    """Those of the directory that are in force today, by name."""
    in_force = and_(
        or_(CompetentBody.since.is_(None), CompetentBody.since <= today()),
        or_(CompetentBody.until.is_(None), CompetentBody.until >= today()),
    )
    with desk.store() as session:
        found = select(CompetentBody).where(~CompetentBody.removed, in_force)
        return list(session.scalars(found.order_by(CompetentBody.name)))


def give_earlier(desk: Desk) -> int:
    """Let officers who came later, or have a new key, open the earlier reports → how many letters.

    Needs the network: raises Offline.
    """
    with desk.store() as session:
        own, known = own_keys(session), officers.trusted(session)
        given = recall(session, GIVEN, int) or 0
    owed = [one.keys for one in still_owed(known, given, own)]
    done = 0
    for letter in _taken(desk):
        seals = seals_for(letter, own, owed) if owed else []
        if seals:
            try:
                desk.server.add_seals(MoreSeals(letter.id, seals))
            except Refused:  # the letter is not there any more, or waits here
                continue
            done += 1
    if known is not None:
        with desk.store.begin() as session:
            remember(session, GIVEN, known.serial)
    return done


def still_owed(known: Officers | None, given: int, own: list[Keys]) -> list[Officer]:
    """Readers that came onto the list after the one by which everything was given."""
    mine = {keys.public for keys in own}
    since = given or min(
        (one.since for one in (known.officers if known else ()) if one.keys in mine), default=0
    )
    return [
        one
        for one in (known.readers if known else ())
        if one.since > since and one.keys not in mine
    ]


def own_keys(session: Session) -> list[Keys]:
    """The officer's keys on this laptop, the newest first."""
    return [Keys(seed) for seed in recall(session, SEEDS, list[bytes]) or []]


def _say(desk: Desk, thread: Thread, letter: Word | HandedOver) -> None:
    with desk.store() as session:
        own, known = own_keys(session), officers.trusted(session)
    if thread.reporter is None:
        raise UserError(NOT_READABLE)
    readers = [one.keys for one in known.readers] if known else []
    writer = next((keys for keys in own if keys.public in readers), None)
    if writer is None:
        raise UserError(
            mark(
                "The key of this laptop is not on the list of integrity officers, so nobody would "
                "believe the answer. Bring your card to the custodians of the region's key."
            )
        )
    if len(letter.text) > MOST_TEXT:
        raise UserError(reports.TOO_LONG, most=MOST_TEXT)
    sealed = seal(letter, thread.box, writer, [*readers, thread.reporter])
    with desk.store.begin() as session:
        reports.keep(session, sealed)
        session.add(TakenLetter(id=sealed.id, body=msgspec.json.encode(sealed)))


def _reporter(box: bytes, letters: list[Read]) -> PublicKeys | None:
    """Whose box it is. The server knows its address, but not the keys that it is made of."""
    for one in letters:
        if isinstance(one.letter, Report) and box_of(one.writer) == box:
            return one.writer
    return None


def _opened(letter: SealedLetter, own: list[Keys]) -> Read | None:
    try:
        return open_letter(letter, own)
    except (ValueError, msgspec.MsgspecError):
        return None


def _on(thread: Thread) -> date:
    return max((one.letter.on for one in thread.said), default=date.min)


def _taken(desk: Desk) -> list[SealedLetter]:
    with desk.store() as session:
        return list(_stored(session))


def _stored(session: Session) -> Iterator[SealedLetter]:
    for body in session.scalars(select(TakenLetter.body)):
        yield msgspec.json.decode(body, type=SealedLetter)


def _card(desk: Desk, own: list[Keys]) -> Officer:
    return Officer(desk.person.name, own[0].public)


def _require(desk: Desk) -> None:
    if not is_officer(desk):
        raise UserError(mark("Only an integrity officer has such a key."))
