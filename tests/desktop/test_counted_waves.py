"""Laptops of those who rate let go of answers that became counts, and rate as before."""

import random
from datetime import date

import pytest

import resources
from desktop.actions import answers, erasure, exchange, ratings, records, surveys
from desktop.profile import close_desk, open_desk
from sync.answers import Answer
from sync.client import taken
from sync.counts import DAYS
from sync.language import speak
from sync.server.accounts import utc_now
from sync.server.retention import run
from tests.pages import decrypted
from tests.profiles import PASSWORD, MemoryKeyring, keystore, line, new_profile
from tests.servers import SOZAQ

OKRUGS = ("615647000", "615635000", "615637000", "615639000")
CRITERIA = ("knows_district", "keeps_promises", "answers_appeals", "honest", "result")
WRITTEN = "Суды Асан аға жөндесін"


@pytest.fixture(autouse=True)
def english():
    speak("en")


@pytest.fixture
def desk(own_server, tmp_path):
    """The coordinator's. The ledger writes down the true time: the clock is moved from there."""
    own_server.service.clock.time = utc_now()
    with keystore(MemoryKeyring()):
        profile = new_profile(tmp_path / "eset", own_server, "eset", "coordinator")
        desk = open_desk(profile, PASSWORD, http=line(own_server))
        exchange.exchange(desk)
        yield desk
        close_desk(desk)


@pytest.fixture
def form(desk):
    xform = resources.text("forms", "rating.xml")
    return records.save(desk, "form", {"name": "Рейтинг", "xform": xform})[0].record


@pytest.fixture
def wave(desk, form, own_server):
    """It ended today, and the server has heard of it."""
    day = own_server.service.clock.time.date().isoformat()
    values = {"title": "Күз", "form": str(form), "starts_on": "2026-11-01", "ends_on": day}
    wave = records.save(desk, "wave", values)[0].record
    exchange.exchange(desk)
    return wave


@pytest.fixture
def hear(own_server, wave, form):
    """People of these okrugs answer; somebody's laptop sends it."""
    chance = random.Random(6)
    aidana = own_server.laptop("aidana")

    def marks():
        asked = [name for name in CRITERIA if chance.random() < 0.9]
        given = {name: chance.choice(["1", "2", "4", "5", "dk"]) for name in asked}
        known = [int(mark) for mark in given.values() if mark != "dk"]
        score = {"/data/score": str(round(sum(known) / len(known), 2))} if known else {}
        said = {f"/data/marks/{name}": mark for name, mark in given.items()}
        return said | score | {"/data/proposal": WRITTEN, "/data/official": "akim"}

    def heard(**numbers):
        every = [
            Answer(wave=wave, form=form, district=SOZAQ, okrug=okrug, on=date(2026, 11, 5),
                   values=marks())
            for okrug, number in zip(OKRUGS, numbers.values(), strict=False)
            for _ in range(number)
        ]  # fmt: skip
        aidana.transport.send_answers(every)

    return heard


@pytest.fixture
def past(desk, own_server):
    """The term goes by; the server counts, and the laptop hears of it."""

    def go():
        clock = own_server.service.clock
        clock.go(days=DAYS + 1)
        run(own_server.service)
        clock.go(days=-DAYS - 1)  # its tokens would have run out
        exchange.exchange(desk)

    return go


def rated(desk, wave):
    found = ratings.rate_wave(desk, wave)
    names = ("n", "asked", "mean", "se", "low", "high", "deff", "n_effective", "df")
    return found, [
        [*(getattr(one.estimate, name) for name in names), str(one.estimate.why)]
        for one in found.ratings
        if one.official
    ]


def words(desk):
    return decrypted(desk.store.path, desk.store._key)


def test_the_rating_from_counts_is_the_one_from_answers(desk, wave, hear, past):
    hear(a=31, b=10, c=12, d=17)
    exchange.exchange(desk)
    before, figures = rated(desk, wave)
    assert any(row[2] for row in figures)

    past()

    after, counted = rated(desk, wave)
    assert counted == [
        [pytest.approx(one) if isinstance(one, float) else one for one in row] for row in figures
    ]
    assert (after.answers, after.okrugs, after.clustered) == (70, 4, True)
    assert not after.together
    assert before.title == after.title


def test_answers_leave_the_laptop_with_all_that_people_wrote(desk, wave, hear, past):
    hear(a=12)
    exchange.exchange(desk)
    assert WRITTEN.encode() in words(desk)
    assert len(answers.of_wave(desk, wave)) == 12

    past()

    assert answers.of_wave(desk, wave) == []
    assert WRITTEN.encode() not in words(desk)
    assert [one.taken for one in surveys.list_waves(desk)] == [12]


def test_okrugs_that_were_put_together_are_one_and_it_is_said(desk, wave, hear, past):
    hear(a=20, b=30, c=4, d=3)
    exchange.exchange(desk)
    past()

    found, _ = rated(desk, wave)

    assert (found.answers, found.okrugs, found.together) == (57, 4, True)
    assert {one.estimate.df for one in found.ratings if one.shown} == {1}


def test_a_laptop_that_never_had_the_answers_rates_by_the_counts(desk, wave, hear, past):
    hear(a=12, b=12)
    past()

    found, figures = rated(desk, wave)
    assert found.answers == 24
    assert any(row[2] for row in figures)


def test_what_comes_later_is_rated_with_the_counts(desk, wave, hear, past):
    hear(a=12, b=12)
    past()
    hear(a=11)
    exchange.exchange(desk)
    assert rated(desk, wave)[0].answers == 35
    assert len(answers.of_wave(desk, wave)) == 11

    past()

    assert answers.of_wave(desk, wave) == []
    assert rated(desk, wave)[0].answers == 35


def test_nothing_is_asked_where_nothing_is_new(desk, wave, hear, past, monkeypatch):
    hear(a=12)
    past()
    monkeypatch.setattr(type(desk.server), "take_counts", lambda *_: pytest.fail("asked again"))
    exchange.exchange(desk)


def test_an_erased_wave_takes_its_counts_along(desk, wave, hear, past):
    hear(a=12)
    past()

    erasure.erase(desk, wave, "request")

    with desk.store() as session:
        assert taken.both(session)[1] == {}
