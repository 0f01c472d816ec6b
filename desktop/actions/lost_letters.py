"""Letters on an officer's laptop that the server has not: their term is over, or it lost them.

A server that was restored from a backup lost what came since. It is given back sealed as it was, under
the year in which it had come; so its reporter, who has number and code, finds it again. What ended by
its term leaves this laptop too. Both ends tell the one from the other by the year. Decision 45.
"""

import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from desktop.reports.letters import open_letter
from desktop.session import Desk
from sync.client import officers
from sync.client.facts import remember
from sync.client.scrub import AGED
from sync.client.tables import TakenLetter, WaitingLetter
from sync.errors import Refused
from sync.officers import Officers, keeps_letters
from sync.reports import MoreSeals, SealedLetter, Shelf, given_back
from sync.sealing import Keys


def settle(desk: Desk, shelf: Shelf, own: Sequence[Keys]) -> int:
    """Give back what the server lost, let go of what has ended → how many were given back.

    `own`: this laptop's keys, the newest first. What the server refuses stays here. Raises Offline.
    """
    with desk.store.begin() as session:
        known = officers.trusted(session)
        here, poorer = _look(session, shelf)
        missing = (
            here.keys() - shelf.letters.keys() - set(session.scalars(select(WaitingLetter.id)))
        )
        for id in missing:
            if here[id].year is None:
                here[id].year = _written_in(_letter(session, id), own)
        ended = {id for id in missing if _has_ended(here[id].box, here, shelf.first)}
        session.execute(delete(TakenLetter).where(TakenLetter.id.in_(ended)))
        if ended:
            remember(session, AGED, True)  # the file's free space goes with the next tidying
    hand = _hand(known, own)
    if hand is None:  # not on the list yet, or kept on it by nobody: the others give back
        return 0
    for id in poorer:
        _add_lost_seals(desk, id)
    lost = list(missing - ended)
    random.SystemRandom().shuffle(lost)
    # the newest first: the last letter of a box keeps those before it
    lost.sort(key=lambda one: here[one].year or 0, reverse=True)
    return sum(_give_back(desk, id, here[id].year, hand) for id in lost)


@dataclass
class _Here:
    """A letter on this laptop: its box, and the year in which the server took it, if it ever said."""

    box: bytes
    year: int | None


def _look(session: Session, shelf: Shelf) -> tuple[dict[UUID, _Here], list[UUID]]:
    """What is here, with the years as the server tells them; and which it has with fewer seals."""
    here, poorer = dict[UUID, _Here](), list[UUID]()
    for row in session.scalars(select(TakenLetter)):
        letter, there = msgspec.json.decode(row.body, type=SealedLetter), shelf.letters.get(row.id)
        if there is not None:
            row.year = there.year if there.year is not None else row.year
            if there.seals < len(letter.seals):
                poorer.append(row.id)
        here[row.id] = _Here(letter.box, row.year)
    return here, poorer


def _has_ended(box: bytes, here: dict[UUID, _Here], first: int | None) -> bool:
    """Whether the last letter of a box came before the first year that is kept."""
    years = [one.year for one in here.values() if one.box == box]
    return first is not None and all(year is not None and year < first for year in years)


def _written_in(letter: SealedLetter, own: Sequence[Keys]) -> int | None:
    """The year that its writer put on it, where the server never said when it came."""
    with suppress(ValueError, msgspec.MsgspecError):
        read = open_letter(letter, own)
        return read.letter.on.year if read else None
    return None


def _hand(known: Officers | None, own: Sequence[Keys]) -> Keys | None:
    """The key of this laptop by which the server believes it; None where there is none."""
    mine = [keys for keys in own if known is not None and keeps_letters(known, keys.public)]
    return mine[0] if mine else None


def _add_lost_seals(desk: Desk, id: UUID) -> None:
    """A letter may be there without the seals that were added to it since the backup."""
    with desk.store() as session:
        letter = _letter(session, id)
    with suppress(Refused):
        desk.server.add_seals(MoreSeals(id, letter.seals))


def _give_back(desk: Desk, id: UUID, year: int | None, hand: Keys) -> bool:
    with desk.store() as session:
        letter = _letter(session, id)
    try:
        desk.server.give_back(given_back(letter, year, hand))
    except Refused:  # its list is an older one, or the year ends just now
        return False
    return True


def _letter(session: Session, id: UUID) -> SealedLetter:
    return msgspec.json.decode(session.get_one(TakenLetter, id).body, type=SealedLetter)
