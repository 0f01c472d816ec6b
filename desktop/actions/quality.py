"""How the interviews of a wave look by what laptops told of them: for those who check, by pseudonym.

What the server told last is here, also without a line. Whose a pseudonym is, an officer opens.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec
from sqlalchemy import delete, select

from desktop.actions.officer import own_keys
from desktop.profile import as_told
from desktop.session import Desk
from desktop.surveys.quality import counted
from desktop.surveys.quality.card import open_card
from desktop.surveys.quality.made_of import Line, made_of
from sync.client.facts import recall, remember
from sync.client.tables import TakenAnswer, TakenCounts, TakenSigns
from sync.errors import Refused, UserError
from sync.language import mark, tr, trn
from sync.person import REGION
from sync.policy import Action, reach
from sync.quality import Ask, Row, canonical, good_reason, number_of
from sync.records.survey import Wave

ASKED = "signs_asked"  # the fact: on which day of the server the rows were asked for last
ROOM = 1.1  # so many times more answers than laptops told of interviews are worth a word
NOT_YOURS = mark("Only a coordinator sees how interviews were held.")
NO_REASON = mark(
    "Write in a sentence why this is to be known: ten characters at least. Coordinators and"
    " administrators read it in “Who looked”."
)


@dataclass(frozen=True)
class Flagged:
    """One reason to ask after somebody's work, in words, and the counts that it is made of."""

    measure: str  # in English, for programs
    number: str  # of the pseudonym, as people say it
    district: str  # in words
    text: str
    made_of: tuple[Line, ...]


@dataclass(frozen=True)
class WaveQuality:
    """A wave as it was told: `told` says what there is, `said` what else is to be known of it."""

    wave: UUID
    title: str
    interviews: int
    pseudonyms: int
    flags: tuple[Flagged, ...]
    told: str
    said: tuple[str, ...]


def may_check(desk: Desk) -> bool:
    """Whether this person is shown what laptops told."""
    return bool(reach(desk.person.role, Action.CHECK))


def may_open(desk: Desk) -> bool:
    """Whether this person opens cards."""
    return bool(reach(desk.person.role, Action.OPEN_CARDS))


def ask(desk: Desk) -> int:
    """Take what is new of the waves that have ended → how many rows came. Raises Offline, Refused."""
    with desk.store() as session:
        today = date.today()  # noqa: DTZ011  # the server gives nothing of a wave that runs
        ended = select(Wave.id).where(Wave.ends_on < today, ~Wave.removed)
        waves = session.scalars(ended.where(Wave.id.not_in(select(TakenCounts.wave)))).all()
        here = {row.wave: _read(row.body) for row in session.scalars(select(TakenSigns))}
    new = 0
    for wave in waves:
        known = len(here.get(wave, ()))
        if rows := desk.server.take_signs(wave, known):
            with desk.store.begin() as session:
                session.merge(TakenSigns(wave=wave, body=msgspec.json.encode(rows)))
            new += len(rows) - known
    return new


def ask_from_time_to_time(desk: Desk, now: datetime | None) -> None:
    """After an exchange: once on a day of the server's clock. Who checks no more keeps nothing."""
    may = may_check(as_told(desk))
    with desk.store() as session:
        due = now is not None and recall(session, ASKED, date) != now.date()
        here = session.scalar(select(TakenSigns.wave).limit(1))
    if here is not None and not may:
        with desk.store.begin() as session:
            session.execute(delete(TakenSigns))
    if not (may and due) or now is None:
        return
    ask(desk)
    with desk.store.begin() as session:
        remember(session, ASKED, now.date())


def waves(desk: Desk) -> list[tuple[UUID, str]]:
    """(id, title) of the waves that may be looked at: those that have ended, the newest first."""
    today = date.today()  # noqa: DTZ011
    with desk.store() as session:
        ended = select(Wave).where(Wave.ends_on < today, ~Wave.removed)
        found = session.scalars(ended.order_by(Wave.ends_on.desc(), Wave.id))
        return [(wave.id, wave.title or "") for wave in found]


def look(desk: Desk, wave: UUID) -> WaveQuality:
    """What is here of a wave. Raises Refused where the person may not look, UserError: no such wave."""
    require_checking(desk)
    with desk.store() as session:
        of = session.get(Wave, wave)
        if of is None:
            raise UserError(mark("There is no survey “{id}” on this laptop."), id=wave)
        title = of.title or ""
        taken = session.get(TakenSigns, wave)
        over = session.get(TakenCounts, wave) is not None
    rows = _read(taken.body) if taken else []
    signs = {number_of(row.pseudonym): row.signs for row in rows}
    places = {number_of(row.pseudonym): _where(desk, row.district) for row in rows}
    flags = tuple(
        Flagged(
            flag.measure,
            flag.pseudonym,
            places[flag.pseudonym],
            flag.text.words(),
            tuple(made_of(flag, signs)),
        )
        for flag in counted.check(signs)
    )
    said: list[str] = []
    if rows:
        said += _more_answers(desk, wave, rows)
        said += [one.words() for one in counted.not_checked(signs)]
    told = _told(rows, places) if rows else tr(OVER if over else NONE_YET)
    interviews = sum(one.interviews for one in signs.values())
    return WaveQuality(wave, title, interviews, len(signs), flags, told, tuple(said))


NONE_YET = mark(
    "No laptop has told of this survey yet. Laptops tell within a week after its end, when they"
    " next sync; a district is shown when five of them have."
)
OVER = mark(
    "Of this survey only counts of answers are kept; what laptops told was deleted with them."
)


def who_is(desk: Desk, wave: UUID, number: str, reason: str) -> str:
    """The login behind a pseudonym, for an officer. It is in the audit before it is opened.

    Needs the network. Raises Offline, UserError: no such number, no reason, not for this laptop.
    """
    if not may_open(desk):
        raise Refused(mark("Only an integrity officer opens whose counts these are."))
    if not canonical(number):
        raise UserError(mark("A number has eight letters and digits: “3F0A-91C4”."))
    if not good_reason(reason):
        raise UserError(NO_REASON)
    with desk.store() as session:
        keys = own_keys(session)
    if not keys:
        raise UserError(mark("This laptop has no officer's key yet, so it could open nothing."))
    card = desk.server.ask_card(Ask(wave, number, reason.strip()))
    return open_card(card, wave, keys)


def require_checking(desk: Desk) -> None:
    """Raises Refused."""
    if not may_check(desk):
        raise Refused(NOT_YOURS)


def _told(rows: list[Row], places: Mapping[str, str]) -> str:
    interviews = sum(row.signs.interviews for row in rows)
    counts = Counter(places.values())
    told = "; ".join(f"{place}: {number}" for place, number in sorted(counts.items()))
    return tr(
        "Laptops told of {interviews}. By districts, how many laptops: {districts}. A district with"
        " fewer than five is not shown.",
        interviews=trn("{n} interview", "{n} interviews", interviews),
        districts=told,
    )


def _more_answers(desk: Desk, wave: UUID, rows: list[Row]) -> list[str]:
    """Where many more answers came than laptops told of interviews."""
    told = Counter[str]()
    for row in rows:
        told[row.district] += row.signs.interviews
    came = _answers_by_district(desk, wave)
    return [
        tr(
            "{district}: {answers} came, and laptops told of {n} interviews. A laptop may have been"
            " lost, put back to a copy, or not synced since; or answers were sent by something else.",
            district=_where(desk, district),
            answers=trn("{n} answer", "{n} answers", came[district]),
            n=number,
        )
        for district, number in sorted(told.items())
        if came[district] > ROOM * number
    ]


class _Place(msgspec.Struct):
    """The part of an answer that is counted here."""

    district: str


def _answers_by_district(desk: Desk, wave: UUID) -> Counter[str]:
    decoder, found = msgspec.json.Decoder(_Place), Counter[str]()
    with desk.store() as session:
        bodies = select(TakenAnswer.body).where(TakenAnswer.wave == wave)
        for body in session.scalars(bodies.execution_options(yield_per=2_000)):
            found[decoder.decode(body).district] += 1
    return found


def _read(body: bytes) -> list[Row]:
    return msgspec.json.decode(body, type=list[Row])


def _where(desk: Desk, code: str) -> str:
    district = desk.pack.district(code) if code != REGION else None
    return district.words() if district else code
