"""A sealed report from the reporter's side: written, sent, followed up by number and code.

Nothing that opens it stays here: it is sealed as it is saved, and the code is shown once.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import msgspec
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from desktop.photos import read_picture
from desktop.pictures import shrink
from desktop.reports.code import Reporter, new_reporter, number_of
from desktop.reports.letters import (
    MOST_TEXT,
    AnyLetter,
    HandedOver,
    Read,
    Report,
    Word,
    open_letter,
    seal,
)
from desktop.session import Desk
from sync.client import officers
from sync.client.tables import WaitingLetter
from sync.errors import Offline, Refused, UserError
from sync.language import mark
from sync.officers import Officers
from sync.reports import SealedLetter
from sync.sealing import PublicKeys

MOST_PHOTOS = 5

NO_OFFICERS = mark(
    "This laptop has not heard yet of an integrity officer that a report could be sealed to. "
    "Nothing was kept. Sync once, then write it again."
)
TOO_LONG = mark("A text of a report has {most} characters at most. Nothing was sealed yet.")
EMPTY = mark("Write what happened.")


@dataclass(frozen=True)
class Said:
    """One letter of a box, and whose hand it is."""

    letter: AnyLetter
    by: str  # the officer's name; "" for the reporter


@dataclass(frozen=True)
class Thread:
    """What lies in one box, in order."""

    box: bytes
    reporter: PublicKeys | None  # None where the first letter is not here, or not for these eyes
    said: tuple[Said, ...]
    foreign: int = 0  # letters by nobody that is known, or that were altered: not shown

    @property
    def number(self) -> str:
        """By which people speak of it; "" where it is not known here."""
        return number_of(self.reporter) if self.reporter is not None else ""

    @property
    def report(self) -> Report | None:
        """The first letter; None where it is not here, or not for these eyes."""
        return next((one.letter for one in self.said if isinstance(one.letter, Report)), None)

    @property
    def handed_to(self) -> str:
        """The body that it was handed over to last; "" until then."""
        bodies = [one.letter.body for one in self.said if isinstance(one.letter, HandedOver)]
        return bodies[-1] if bodies else ""


def may_report(desk: Desk) -> bool:
    """Whether there is anybody that a report could be sealed to."""
    with desk.store() as session:
        return officers.trusted(session) is not None


def write(
    desk: Desk,
    *,
    what: str,
    where: str = "",
    when: str = "",
    reporter_name: str = "",
    contact: str = "",
    photos: Sequence[Path | bytes] = (),
    on: date | None = None,
) -> Reporter:
    """Seal a report for the integrity officers → what its reporter takes home, shown this once.

    Raises UserError: then nothing was kept.
    """
    texts = [text.strip() for text in (what, where, when, reporter_name, contact)]
    _check(texts)
    if len(photos) > MOST_PHOTOS:
        raise UserError(
            mark("A report has {most} pictures at most. Nothing was sealed yet."), most=MOST_PHOTOS
        )
    reporter = new_reporter()
    report = Report(
        on=on or today(),
        what=texts[0],
        where=texts[1],
        when=texts[2],
        reporter_name=texts[3],
        contact=texts[4],
        photos=[_picture(photo) for photo in photos],
    )
    _keep(desk, report, reporter)
    return reporter


def add(desk: Desk, reporter: Reporter, text: str, thread: Thread) -> bool:
    """Add a word to a report that was followed up → whether it has been sent already.

    Without a network it waits, sealed, as a report does. Raises UserError.
    """
    text = text.strip()
    _check([text])
    _keep(desk, Word(on=today(), place=len(thread.said), text=text), reporter)
    try:
        send(desk)
    except Offline:
        return False
    return True


def follow(desk: Desk, reporter: Reporter) -> Thread:
    """What lies in the reporter's box. Needs the network: raises Offline, Refused."""
    letters = desk.server.open_box(reporter.box)
    if not letters:
        raise Refused(
            mark(
                "The server has no report of this number yet. It may still wait on the laptop that "
                "it was written on."
            )
        )
    with desk.store() as session:
        known = officers.trusted(session)
    opened, altered = list[Read](), 0
    for letter in letters:
        try:
            read = open_letter(letter, [reporter.keys])
        except (ValueError, msgspec.MsgspecError):
            altered += 1
            continue
        if read is not None:
            opened.append(read)
    return thread(reporter.box, opened, reporter.keys.public, known, altered)


def thread(
    box: bytes,
    letters: Iterable[Read],
    reporter: PublicKeys | None,
    known: Officers | None,
    altered: int = 0,
) -> Thread:
    """Letters of a box as people read them: in order, and none whose hand is not known."""
    names = {one.keys: one.name for one in known.officers} if known else {}
    if reporter is not None:
        names[reporter] = ""
    read = list(letters)
    said = [(one, names[one.writer]) for one in read if one.writer in names]
    said.sort(key=lambda pair: (pair[0].letter.place, pair[0].letter.on, pair[0].id.bytes))
    return Thread(
        box,
        reporter,
        tuple(Said(one.letter, by) for one, by in said),
        altered + len(read) - len(said),
    )


def send(desk: Desk) -> int:
    """Send sealed letters that wait, in the order of chance → how many went. Raises Offline.

    What the server refuses stays here: a newer right, or a newer server, may take it.
    """
    with desk.store() as session:
        waiting = list(session.scalars(select(WaitingLetter.id)))
    random.SystemRandom().shuffle(waiting)
    return sum(_send(desk, id) for id in waiting)


def count_waiting(session: Session) -> int:
    """How many sealed letters have not been sent."""
    return session.scalar(select(func.count()).select_from(WaitingLetter)) or 0


def unsent(desk: Desk) -> int:
    """The same, for a screen."""
    with desk.store() as session:
        return count_waiting(session)


def keep(session: Session, letter: SealedLetter) -> None:
    """Let a sealed letter wait for the next exchange."""
    session.add(WaitingLetter(id=letter.id, body=msgspec.json.encode(letter)))


def _keep(desk: Desk, letter: Report | Word, reporter: Reporter) -> None:
    with desk.store() as session:
        known = officers.trusted(session)
    if known is None or not known.readers:
        raise UserError(NO_OFFICERS)
    readers = [*(one.keys for one in known.readers), reporter.keys.public]
    sealed = seal(letter, reporter.box, reporter.keys, readers)
    with desk.store.begin() as session:
        keep(session, sealed)


def _send(desk: Desk, id: UUID) -> bool:
    with desk.store() as session:
        row = session.get(WaitingLetter, id)
        body = row.body if row else None
    if body is None:  # sent meanwhile
        return False
    try:
        desk.server.hand_in(msgspec.json.decode(body, type=SealedLetter))
    except Refused:
        return False
    with desk.store.begin() as session:
        session.execute(delete(WaitingLetter).where(WaitingLetter.id == id))
    return True


def _picture(photo: Path | bytes) -> bytes:
    """Pixels only: neither the place nor the camera goes along."""
    if isinstance(photo, Path):
        return shrink(read_picture(photo), photo.name)
    return shrink(photo)


def _check(texts: Sequence[str]) -> None:
    if not texts[0]:
        raise UserError(EMPTY)
    if any(len(text) > MOST_TEXT for text in texts):
        raise UserError(TOO_LONG, most=MOST_TEXT)


def today() -> date:
    """The day that stands on a letter."""
    return date.today()  # noqa: DTZ011  # the day as people there say it
