"""How a wave's interviews look to who checks, by what laptops told; and who a pseudonym is."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import msgspec
import pytest
from sqlalchemy import select

from desktop.actions import answers, exchange, quality, who_looked
from desktop.actions.signs import Seen
from desktop.surveys.quality.signs import Answered
from desktop.surveys.quality.timing import Timed
from sync.answers import Answer
from sync.client.facts import remember
from sync.client.tables import TakenAnswer, TakenSigns
from sync.errors import Refused, UserError
from sync.language import speak
from sync.person import Person
from sync.quality import FEWEST, Signs, number_of
from sync.server.tables import KeptSigns
from tests.integrity import (  # noqa: F401
    given_activist,
    given_enrolled,
    given_officer,
    given_region,
    given_server,
)
from tests.told_waves import DISTRICTS, EACH, keep, rows, take
from tests.ui.desks import record

ENDED = datetime.now(UTC).date() - timedelta(days=9)
REASON = "Many short interviews in one evening"


@pytest.fixture(autouse=True)
def english():
    speak("en")


@pytest.fixture
def eset(enrolled):
    desk = enrolled("coordinator")
    exchange.exchange(desk)
    return desk


@pytest.fixture
def wave(eset):
    form = record(eset, "form", {"name": "Рейтинг", "xform": "<h:html/>"})
    values = {"title": "Күз", "form": str(form), "starts_on": "2026-01-01"}
    made = record(eset, "wave", values | {"ends_on": ENDED.isoformat()})
    exchange.exchange(eset)
    return made


def here(desk):
    with desk.store() as session:
        return {
            row.wave: msgspec.json.decode(row.body) for row in session.scalars(select(TakenSigns))
        }


def test_what_laptops_told_comes_with_a_sync_once_a_day(eset, wave, server):
    keep(server, wave, rows())
    exchange.exchange(eset)
    assert here(eset) == {}  # it was asked today already

    forget_day(eset)
    exchange.exchange(eset)

    assert len(here(eset)[wave]) == 2 * EACH


def forget_day(desk):
    with desk.store.begin() as session:
        remember(session, quality.ASKED, date(2026, 1, 1))


def test_it_is_asked_for_at_once_by_who_wants_it(eset, wave, server):
    keep(server, wave, rows())

    assert quality.ask(eset) == 2 * EACH
    assert quality.ask(eset) == 0


def test_who_checks_no_more_keeps_nothing(eset, wave, server):
    take(eset, wave, rows())
    with eset.store.begin() as session:
        remember(session, "person", Person(eset.person.id, "", "activist", DISTRICTS[0]))

    quality.ask_from_time_to_time(eset, datetime.now(UTC))

    assert here(eset) == {}


def test_nobody_else_is_shown_it(enrolled, eset, wave):
    for role in ("activist", "leader", "analyst", "integrity_officer"):
        with pytest.raises(Refused):
            quality.look(enrolled(role), wave)


def test_flags_say_in_words_what_was_seen_and_of_what_counts(eset, wave):
    take(eset, wave, rows())

    found = quality.look(eset, wave)

    assert found.pseudonyms == 2 * EACH
    flags = {flag.measure: flag for flag in found.flags}
    assert {"short", "hasty", "flat", "alike"} <= set(flags)
    short = flags["short"]
    assert "a practised interviewer is quick" in short.text
    assert short.number in {number_of(row.pseudonym) for row in rows()}
    assert [line.name for line in short.made_of][:2] == ["<5 minutes", "5–10 minutes"]
    assert (
        sum(line.own for line in short.made_of) + sum(line.rest for line in short.made_of)
        == found.interviews
    )
    assert all(sum(line.rest for line in flag.made_of) for flag in found.flags)


def test_what_could_not_be_looked_at_is_said(eset, wave):
    take(eset, wave, rows())

    found = quality.look(eset, wave)

    assert "Laptops told of" in found.told
    assert "A district with fewer than five is not shown" in found.told
    said = " ".join(found.said)
    assert "that repeat those of another laptop" in said


def test_before_any_laptop_told_it_says_when_they_do(eset, wave):
    assert "No laptop has told of this survey yet" in quality.look(eset, wave).told


def test_too_few_are_not_compared(eset, wave):
    take(eset, wave, rows(each=2))

    found = quality.look(eset, wave)

    assert found.flags == ()
    assert "Interviewers were not compared" in " ".join(found.said)


def test_more_answers_than_interviews_are_told_of(eset, wave):
    five = [msgspec.structs.replace(row, signs=Signs(interviews=10)) for row in rows(each=5)]
    take(eset, wave, five)
    with eset.store.begin() as session:
        for number in range(65):
            one = Answer(
                wave=wave,
                form=uuid4(),
                district=DISTRICTS[number < 5],
                okrug="",
                on=ENDED,
                values={},
            )
            session.add(TakenAnswer(id=one.id, wave=wave, body=msgspec.json.encode(one)))

    said = [one for one in quality.look(eset, wave).said if "answers were sent by" in one]

    assert len(said) == 1
    assert "60 answers came, and laptops told of 50" in said[0]


def test_a_wave_that_is_not_here_is_told_in_words(eset):
    with pytest.raises(UserError):
        quality.look(eset, uuid4())


# whose


@pytest.fixture
def told(aidana, wave, server, eset):
    """An activist's own counts on the server → the number."""
    exchange.exchange(aidana)
    seen = Seen(Answered({"/q": "1"}, [], []), Timed(3, 9, night=True, soon=True))
    for _ in range(FEWEST):
        answers.finish(aidana, wave, "615647000", ENDED, {"/q": "1"}, seen)
    exchange.exchange(aidana)
    with server.looking() as session:
        [there] = session.scalars(select(KeptSigns))
    return number_of(there.id)


def test_an_officer_learns_who_it_is_and_coordinators_read_why(aigul, aidana, eset, wave, told):
    exchange.exchange(aigul)

    assert quality.who_is(aigul, wave, told.lower(), REASON) == aidana.person.id

    acts = [(row.act, row.about) for row in eset.server.audit(0, 0).rows]
    assert ("opened_card", REASON) in acts


def test_who_looked_tells_it_in_words(aigul, eset, wave, told, server):
    keep(server, wave, rows())
    quality.ask(eset)
    exchange.exchange(aigul)
    quality.who_is(aigul, wave, told, REASON)

    who_looked.ask(eset)

    seen = {(row.what, row.count) for row in who_looked.look(eset).rows}
    assert (f"Opened whose counts of interviews these are ({REASON})", "") in seen
    assert ("Read counts of interviews", f"{2 * EACH + 1} laptops") in seen


def test_without_reason_number_or_right_nothing_is_asked(aigul, eset, wave, told):
    for desk, number, reason in (
        (aigul, told, "  short  "),
        (aigul, "3F0A", REASON),
        (aigul, "0000-0000", REASON),
        (eset, told, REASON),
    ):
        with pytest.raises(UserError):
            quality.who_is(desk, wave, number, reason)

    assert "opened_card" not in {row.act for row in eset.server.audit(0, 0).rows}


def test_an_officer_without_a_key_asks_for_none(enrolled, eset, wave, told):
    with pytest.raises(UserError, match="no officer's key"):
        quality.who_is(enrolled("integrity_officer"), wave, told, REASON)
