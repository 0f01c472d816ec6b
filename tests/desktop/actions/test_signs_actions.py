"""What a laptop counts of its interviews: kept as sums, told once after the wave, then forgotten."""

import random
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import msgspec
import pytest
from sqlalchemy import select

from desktop.actions import answers, exchange, signs
from desktop.actions.officer import own_keys
from desktop.actions.signs import TOLD, Seen
from desktop.surveys.quality.card import NOT_FOR_US, NOT_THEIRS, open_card, seal_card
from desktop.surveys.quality.signs import Answered
from desktop.surveys.quality.timing import Timed
from sync.client import officers
from sync.client.tables import OwnSigns, WaitingAnswer
from sync.errors import Offline, Refused, UserError
from sync.quality import CARD, DAYS, FEWEST, SPREAD, Ask, Card, Signs, number_of
from sync.records.survey import Wave
from sync.sealing import Keys, new_seed
from sync.server.tables import KeptSigns
from tests.integrity import (  # noqa: F401
    given_activist,
    given_enrolled,
    given_officer,
    given_region,
    given_server,
)
from tests.servers import SAIRAM
from tests.ui.desks import record

OKRUG = "615647000"
NOW = datetime.now(UTC)
ENDED = NOW.date() - timedelta(days=SPREAD)
SEEN = Seen(Answered({"/data/q": "dont_know"}, [], []), Timed(12, 0, night=True, soon=False))


@pytest.fixture
def wave(enrolled, aidana):
    """A wave that ended so long ago that all laptops tell of it by now, on the activist's laptop."""
    coordinator = enrolled("coordinator")
    form = record(coordinator, "form", {"name": "Рейтинг", "xform": "<h:html/>"})
    values = {"title": "Рейтинг", "form": str(form), "starts_on": "2026-01-01"}
    made = record(coordinator, "wave", values | {"ends_on": ENDED.isoformat()})
    exchange.exchange(coordinator)
    exchange.exchange(aidana)
    return made


def hold(desk, wave, number, seen=SEEN):
    for _ in range(number):
        answers.finish(desk, wave, OKRUG, ENDED, {"/data/q": "dont_know"}, seen)


def at(day):
    return datetime.combine(day, time(12), UTC)


def row(desk):
    with desk.store() as session:
        return session.scalars(select(OwnSigns)).one_or_none()


def sums(desk):
    return msgspec.json.decode(row(desk).body, type=Signs)


def kept(server):
    with server.looking() as session:
        return list(session.scalars(select(KeptSigns)))


def test_an_interview_adds_to_the_sums_and_leaves_nothing_of_its_own(aidana, wave):
    hold(aidana, wave, 3)

    assert (sums(aidana).interviews, sums(aidana).night, sums(aidana).dont_know) == (3, 3, 3)
    assert sums(aidana).minutes[2] == 3


def test_an_interview_of_which_nothing_was_seen_is_not_counted(aidana, wave):
    hold(aidana, wave, 3, None)

    assert row(aidana) is None


def test_sums_and_answer_are_kept_together_or_not_at_all(aidana, wave, monkeypatch):
    def broken(*_):
        raise OSError("the disk")

    hold(aidana, wave, 1)
    monkeypatch.setattr(answers, "done_here", broken)
    with pytest.raises(OSError, match="the disk"):
        hold(aidana, wave, 1)

    assert sums(aidana).interviews == 1


def test_answers_are_compared_as_they_leave_and_with_those_that_leave_alone(aidana, wave):
    many = [f"/data/q{n}" for n in range(25)]
    for number in range(6):
        given = dict.fromkeys(many, "1" if number % 2 else str(number + 2))
        answers.finish(aidana, wave, OKRUG, ENDED, given, Seen(Answered(given, [], [])))
    assert sum(sums(aidana).alike) == 0

    answers.send(aidana)

    assert (sums(aidana).alike[-1], sums(aidana).alike[0]) == (3, 3)


def test_the_sums_are_the_same_whoever_of_a_crowd_gave_which_answers(aidana, wave):
    """So they tell nobody who gave which, also where it is known how long each was asked."""
    chance, told = random.Random(57), set()
    sexes = ["female", "male"] * 5
    thoughts = [{f"/data/q{n}": chance.choice(["1", "2", "dk"]) for n in range(24)} for _ in sexes]
    for seed in range(6):
        with aidana.store.begin() as session:
            session.query(OwnSigns).delete()
            session.query(WaitingAnswer).delete()
        given = exchanged(sexes, thoughts, random.Random(seed))
        for person, (sex, values) in enumerate(zip(sexes, given, strict=True)):
            said = {"/data/sex": sex, **values}
            marks = [int(value) / 2 for value in values.values() if value != "dk"]
            seen = Answered(said, [list(values.values())[:5]], marks)
            timed = Timed(6 * person, person, night=person == 3, soon=person == 4)
            answers.finish(aidana, wave, OKRUG, ENDED, said, Seen(seen, timed))
        answers._gather(aidana, wave)
        told.add(row(aidana).body)

    assert len(told) == 1
    assert sum(sums(aidana).alike) == len(sexes)


def test_they_are_the_same_also_where_a_crowd_gave_up_who_is_of_which_age(aidana, wave):
    """How alike they are is told of what leaves: ages that stay here would tell whose it is."""
    chance, told = random.Random(3), set()
    ages = ["18_29", "30_44", "45_59"] * 2
    alike = {f"/data/q{n}": "1" for n in range(24)}
    thoughts = [alike] * 2 + [{name: str(n) for name in alike} for n in range(2, 6)]
    for _ in range(8):
        with aidana.store.begin() as session:
            session.query(OwnSigns).delete()
            session.query(WaitingAnswer).delete()
        for age, values in zip(ages, chance.sample(thoughts, 6), strict=True):
            said = {"/data/person/age_group": age, "/data/person/children": age, **values}
            answers.finish(aidana, wave, OKRUG, ENDED, said, Seen(Answered(said, [], [])))
        answers._gather(aidana, wave)
        told.add(row(aidana).body)

    assert len(told) == 1
    assert sums(aidana).alike[-1] == 2


def test_what_is_alike_in_another_district_is_nothing_to_this_one(aidana, wave):
    """Counts are told by district: each says how many of its own are alike."""
    for place in (OKRUG, SAIRAM):
        for number in range(FEWEST):
            given = {f"/data/q{n}": str(number) for n in range(25)}
            answers.finish(aidana, wave, place, ENDED, given, Seen(Answered(given, [], [])))

    answers.send(aidana)

    with aidana.store() as session:
        told = [msgspec.json.decode(one.body, type=Signs) for one in session.query(OwnSigns)]
    assert [(one.alike[0], sum(one.alike)) for one in told] == [(FEWEST, FEWEST)] * 2


def test_who_copies_an_interview_and_alters_the_sex_is_counted_too(aidana, wave):
    """They are compared with all that leave at once, not with their own crowd alone."""
    for sex in ("female", "male"):
        for number in range(FEWEST):
            given = {"/data/sex": sex, **{f"/data/q{n}": str(number) for n in range(25)}}
            answers.finish(aidana, wave, OKRUG, ENDED, given, Seen(Answered(given, [], [])))

    answers.send(aidana)

    assert sums(aidana).alike[-2] + sums(aidana).alike[-1] == 2 * FEWEST


def exchanged(sexes, thoughts, chance):
    """The same answers, given by others of the same sex."""
    given = list(thoughts)
    for sex in set(sexes):
        places = [place for place, one in enumerate(sexes) if one == sex]
        taken = [thoughts[place] for place in places]
        chance.shuffle(taken)
        for place, values in zip(places, taken, strict=True):
            given[place] = values
    return given


def test_it_is_told_after_the_wave_and_forgotten_here(aidana, wave, server):
    hold(aidana, wave, FEWEST)

    exchange.exchange(aidana)

    [there] = kept(server)
    assert there.id == row(aidana).pseudonym
    assert msgspec.json.decode(there.body, type=Signs).interviews == FEWEST
    assert row(aidana).body == row(aidana).told == TOLD


def test_each_laptop_tells_on_a_day_that_chance_drew(aidana, wave):
    hold(aidana, wave, FEWEST)
    day = ENDED + timedelta(days=row(aidana).day)

    assert 0 <= row(aidana).day < SPREAD
    assert signs.send(aidana, at(day)) == 0
    assert signs.send(aidana, at(day + timedelta(days=1))) == 1


def test_the_days_are_drawn_evenly(aidana, wave):
    drawn = set()
    for _ in range(60):
        with aidana.store.begin() as session:
            session.query(OwnSigns).delete()
        hold(aidana, wave, 1)
        drawn.add(row(aidana).day)

    assert drawn == set(range(SPREAD))


def test_fewer_than_five_interviews_are_never_told(aidana, wave, server):
    """The laptop does not even offer them."""
    hold(aidana, wave, FEWEST - 1)
    aidana.server.tell_signs = pytest.fail

    exchange.exchange(aidana)

    assert row(aidana).told is None


def test_what_is_told_again_after_a_cut_is_the_same_and_counts_once(aidana, wave, server):
    hold(aidana, wave, FEWEST)
    tell, said = aidana.server.tell_signs, []

    def cut(told):
        said.append(told)
        tell(told)
        if len(said) < 3:
            raise Offline("cut")

    aidana.server.tell_signs = cut
    for _ in range(2):
        with pytest.raises(Offline):
            signs.send(aidana, NOW)
    hold(aidana, wave, 1)
    signs.send(aidana, NOW)

    assert said[0] == said[1] == said[2]
    assert len(kept(server)) == 1


def test_a_laptop_that_was_put_back_to_a_copy_tells_nothing_twice(aidana, wave, server):
    hold(aidana, wave, FEWEST)
    before = row(aidana).pseudonym
    signs.send(aidana, NOW)
    with aidana.store.begin() as session:
        again = session.scalars(select(OwnSigns)).one()
        again.told, again.body = None, msgspec.json.encode(Signs(interviews=9))

    signs.send(aidana, NOW)

    [there] = kept(server)
    assert msgspec.json.decode(there.body, type=Signs).interviews == FEWEST
    assert there.id == before


def test_what_was_told_grows_no_more(aidana, wave, server):
    hold(aidana, wave, FEWEST)
    signs.send(aidana, NOW)
    hold(aidana, wave, 1)

    assert row(aidana).body == TOLD
    assert signs.send(aidana, NOW) == 0
    assert answers.send(aidana).sent == FEWEST + 1
    assert row(aidana).body == TOLD


def test_a_server_that_refuses_it_is_asked_again_and_the_rest_goes_on(aidana, wave, server):
    hold(aidana, wave, FEWEST)
    tell = aidana.server.tell_signs

    def refuse(_):
        raise Refused("not yet")

    aidana.server.tell_signs = refuse
    assert signs.send(aidana, NOW) == 0
    exchange.exchange(aidana)

    aidana.server.tell_signs = tell
    assert signs.send(aidana, NOW) == 1


def test_what_nobody_took_for_ninety_days_goes(aidana, wave):
    hold(aidana, wave, FEWEST - 1)

    signs.send(aidana, at(ENDED + timedelta(days=DAYS)))
    assert row(aidana) is not None
    signs.send(aidana, at(ENDED + timedelta(days=DAYS + 1)))

    assert row(aidana) is None


def test_what_was_counted_of_a_wave_that_was_erased_goes_with_it(aidana, wave):
    hold(aidana, wave, FEWEST)
    with aidana.store.begin() as session:
        session.delete(session.get_one(Wave, wave))

    signs.send(aidana, NOW)

    assert row(aidana) is None


def test_without_the_servers_clock_nothing_is_told_or_ended(aidana, wave, server):
    hold(aidana, wave, FEWEST)

    assert signs.send(aidana, None) == 0
    assert sums(aidana).interviews == FEWEST


# whose it is


def opened(desk, wave, server, **more):
    [there] = kept(server)
    ask = Ask(wave, number_of(there.id), "Five short ones in one evening")
    card = desk.server.ask_card(ask)
    return open_card(msgspec.structs.replace(card, **more), wave, keys_of(desk))


def keys_of(desk):
    with desk.store() as session:
        return own_keys(session)


def test_an_officer_opens_who_it_is(aidana, aigul, wave, server):
    hold(aidana, wave, FEWEST)
    exchange.exchange(aidana)

    assert opened(aigul, wave, server) == aidana.person.id


def test_the_server_cannot_read_it(aidana, wave, server):
    hold(aidana, wave, FEWEST)
    exchange.exchange(aidana)

    [there] = kept(server)
    assert aidana.person.id.encode() not in there.seals + there.body
    assert len(msgspec.msgpack.decode(there.seals)) == 1


def test_a_name_that_is_not_ones_own_is_told_apart(aidana, aigul, wave, server):
    """Another's name under one's own key; and one's own key said to be another's."""
    pseudonym = uuid4()
    officer = keys_of(aigul)[0]
    forger = Keys(new_seed())
    seals = seal_card("victim", pseudonym, wave, forger, [officer.public])

    for laptops in ({}, {"victim": [Keys(new_seed()).public.signing]}):
        with pytest.raises(UserError) as refused:
            open_card(Card(pseudonym, "615600000", seals, laptops), wave, [officer])
        assert refused.value.text == NOT_THEIRS
    theirs = {"victim": [forger.public.signing]}
    assert open_card(Card(pseudonym, "615600000", seals, theirs), wave, [officer]) == "victim"


def test_a_card_holds_for_its_own_counts_alone(aidana, aigul, wave, server):
    hold(aidana, wave, FEWEST)
    exchange.exchange(aidana)

    with pytest.raises(UserError) as refused:
        opened(aigul, wave, server, pseudonym=uuid4())

    assert refused.value.text == NOT_FOR_US


def test_a_signature_that_was_altered_is_none(aigul, wave):
    officer, laptop, one = keys_of(aigul)[0], Keys(new_seed()), uuid4()
    [good] = seal_card("aidana", one, wave, laptop, [officer.public])
    about = b"dala whose interviews " + one.bytes + wave.bytes
    said = officer.open(good, about)
    bad = officer.public.seal(said[:-1] + bytes([said[-1] ^ 1]), about)
    laptops = {"aidana": [laptop.public.signing]}

    assert open_card(Card(one, "d", [good], laptops), wave, [officer]) == "aidana"
    with pytest.raises(UserError):
        open_card(Card(one, "d", [bad], laptops), wave, [officer])


def test_cards_have_one_length_whoever_it_is():
    keys, one = Keys(new_seed()), uuid4()
    lengths = {
        len(seal)
        for login in ("a", "aidana", "ұ" * 64)
        for seal in seal_card(login, one, one, keys, [keys.public])
    }

    assert lengths == {CARD}
    assert seal_card("ұ" * 65, one, one, keys, [keys.public]) == []


def test_without_officers_it_is_told_without_a_card(enrolled, server, tmp_path):
    desk = enrolled()
    coordinator = enrolled("coordinator")
    form = record(coordinator, "form", {"name": "Рейтинг", "xform": "<h:html/>"})
    values = {"title": "Рейтинг", "form": str(form), "ends_on": ENDED.isoformat()}
    wave = record(coordinator, "wave", values)
    exchange.exchange(coordinator)
    exchange.exchange(desk)
    hold(desk, wave, FEWEST)
    exchange.exchange(desk)

    [there] = kept(server)
    with desk.store() as session:
        assert officers.trusted(session) is None
    assert msgspec.msgpack.decode(there.seals) == []
