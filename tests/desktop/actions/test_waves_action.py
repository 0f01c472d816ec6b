"""A wave on laptops that are mostly offline: cells that fill, what is known of others, and the lock."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from desktop.actions import answers, exchange, records, surveys, waves
from desktop.profile import close_desk, open_desk
from desktop.surveys.bundled import bundled_forms, rating_xform
from desktop.surveys.waves.cells import cell_words
from sync.client import progress
from sync.client.tables import OwnDone, ToldProgress, WaitingAnswer
from sync.counts import DAYS
from sync.errors import Refused, UserError
from sync.records.survey import Form as FormRecord
from sync.records.values import Wrong
from sync.server import lives
from sync.server.accounts import utc_now
from sync.server.tables import KeptDone
from tests.profiles import PASSWORD, line, new_profile
from tests.servers import SAIRAM, SOZAQ
from tests.ui.desks import record

OKRUG, OTHER = "615647000", "615635000"
SEX, AGE = "/data/person/sex", "/data/person/age_group"
GROUPS = [f"{SEX}=female", f"{SEX}=male", f"{AGE}=18_29 30_44", f"{AGE}=45_59 60_plus"]
WOMAN = {SEX: "female", AGE: "60_plus"}
MAN = {SEX: "male", AGE: "18_29"}
TODAY = date(2026, 11, 24)


def new_wave(desk, **more):
    form = record(desk, "form", {"name": "Рейтинг", "xform": rating_xform()})
    values = {
        "title": "Рейтинг",
        "form": str(form),
        "districts": [SOZAQ, SAIRAM],
        "starts_on": "2026-11-20",
        "ends_on": "2099-01-01",
        "cell_place": "okrug",
        "places": [OKRUG, OTHER],
        "groups": GROUPS,
        "quotas": ["*|*|*=2", f"{OTHER}|*|*=1"],
        **more,
    }
    return record(desk, "wave", values)


@pytest.fixture
def wave(coordinator):
    return new_wave(coordinator)


def ask(desk, wave, values=WOMAN, okrug=OKRUG, times=1):
    for _ in range(times):
        answers.finish(desk, wave, okrug, TODAY, values)


def counts(desk, wave, district=SOZAQ):
    found = waves.read_progress(desk, wave).of(district)
    return {one.cell.key: (one.done, one.here) for one in found.cells if one.done}


def test_an_interview_is_counted_in_its_cell_as_it_is_kept_and_nowhere_else(desk, wave):
    ask(desk, wave, times=2)
    ask(desk, wave, MAN, OTHER)
    ask(desk, wave, {SEX: "female"})  # her age is not said: in no cell

    found = waves.read_progress(desk, wave)

    assert counts(desk, wave) == {
        f"{OKRUG}|45_59 60_plus|female": (2, 2),
        f"{OTHER}|18_29 30_44|male": (1, 1),
    }
    assert found.of(SOZAQ).answers == found.of(SOZAQ).here == found.done == 4


def test_what_cannot_be_kept_is_not_counted(desk, wave, monkeypatch):
    monkeypatch.setattr(progress, "remember", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        ask(desk, wave)

    with desk.store() as session:
        assert session.scalars(select(OwnDone)).all() == []
        assert session.scalars(select(WaitingAnswer)).all() == []


def test_those_cells_come_first_that_lack_most_and_are_proposed(desk, wave):
    ask(desk, wave, times=2)

    found = waves.read_progress(desk, wave).of(SOZAQ)

    assert [one.lacks for one in found.cells] == [2, 2, 2, 1, 1, 1, 1, 0]
    assert found.proposed == found.cells[:3]
    assert found.planned == 12
    assert found.cells[-1].full
    assert found.cells[-1].cell.key == f"{OKRUG}|45_59 60_plus|female"


def test_a_cell_is_named_by_the_words_of_the_form(desk, wave):
    found = waves.read_progress(desk, wave, "kk")
    words = {
        cell_words(one.cell, found.design, found.words, desk.pack) for one in found.of(SOZAQ).cells
    }

    assert len(words) == 8
    assert any("Әйел" in one and "60 жас және одан үлкен" in one for one in words)


def test_a_full_cell_is_told_in_an_interview_which_may_go_on(desk, wave):
    def full(values):
        return waves.full_cell(waves.read_progress(desk, wave), OKRUG, values, desk.pack)

    assert full(WOMAN) is None
    ask(desk, wave, times=2)

    assert full(WOMAN).done == 2
    assert full(MAN) is None
    assert full({SEX: "female"}) is None
    ask(desk, wave)
    assert full(WOMAN).done == 3


def test_an_okrug_is_full_when_all_its_cells_are(desk, wave):
    for values in (WOMAN, MAN, WOMAN | {AGE: "18_29"}):
        ask(desk, wave, values, OTHER)
    assert not waves.full_place(waves.read_progress(desk, wave).of(SOZAQ), OTHER)

    ask(desk, wave, MAN | {AGE: "60_plus"}, OTHER)

    assert waves.full_place(waves.read_progress(desk, wave).of(SOZAQ), OTHER)
    assert not waves.full_place(waves.read_progress(desk, wave).of(SOZAQ), OKRUG)


def test_a_group_by_what_people_think_counts_nothing_whatever_the_record_says(desk, wave):
    """A record may come from another program: how many are in a cell is told."""
    with desk.store.begin() as session:
        row = session.get(waves.Wave, wave)
        row.groups = [*GROUPS, "/data/awareness=well", "/data/awareness=no"]
    ask(desk, wave, WOMAN | {"/data/awareness": "well"})

    with desk.store() as session:
        [done] = progress.own(session, wave).values()
    assert list(done.cells) == [f"{OKRUG}|45_59 60_plus|female"]


@pytest.fixture
def region(own_server, tmp_path):
    """The coordinator and two activists of one district at a real server."""
    own_server.service.clock.time = utc_now()
    people = {"eset": "coordinator", "aidana": "activist", "dana": "activist"}
    desks = []
    for name, role in people.items():
        profile = new_profile(tmp_path / name, own_server, name, role)
        desks.append(open_desk(profile, PASSWORD, http=line(own_server)))
    yield desks
    for desk in desks:
        close_desk(desk)


@pytest.fixture
def opened(region):
    """A wave that all three have."""
    wave = new_wave(region[0])
    for desk in region:
        exchange.exchange(desk)
    return wave


def test_after_an_exchange_each_laptop_knows_what_all_of_them_have(region, opened):
    eset, aidana, dana = region
    ask(aidana, opened, times=2)
    ask(dana, opened, MAN)
    assert counts(aidana, opened) == {f"{OKRUG}|45_59 60_plus|female": (2, 2)}

    for desk in (aidana, dana, aidana, eset):
        exchange.exchange(desk)

    woman, man = f"{OKRUG}|45_59 60_plus|female", f"{OKRUG}|18_29 30_44|male"
    assert counts(aidana, opened) == {woman: (2, 2), man: (1, 0)}
    assert counts(dana, opened) == {woman: (2, 0), man: (1, 1)}
    assert counts(eset, opened) == {woman: (2, 0), man: (1, 0)}
    assert [one.district for one in waves.read_progress(eset, opened).districts] == [SOZAQ, SAIRAM]


def test_what_is_finished_afterwards_is_added_once_also_while_an_exchange_is_on_its_way(
    region, opened, monkeypatch
):
    _, aidana, _ = region
    ask(aidana, opened)
    plain = aidana.server.exchange

    def meanwhile(request):
        reply = plain(request)
        if request.done:
            ask(aidana, opened)
        return reply

    monkeypatch.setattr(aidana.server, "exchange", meanwhile)
    exchange.exchange(aidana)
    assert waves.read_progress(aidana, opened).of(SOZAQ).answers == 2
    monkeypatch.undo()

    exchange.exchange(aidana)
    assert waves.read_progress(aidana, opened).of(SOZAQ).answers == 2
    ask(aidana, opened)
    assert waves.read_progress(aidana, opened).of(SOZAQ).answers == 3


def test_how_old_the_knowledge_is_is_told_with_it(region, opened):
    _, aidana, _ = region
    before = waves.read_progress(aidana, opened).told_at

    exchange.exchange(aidana)

    assert waves.read_progress(aidana, opened).told_at > before


def test_a_restored_server_hears_the_numbers_again(region, opened, own_server):
    _, aidana, dana = region
    ask(aidana, opened, times=2)
    exchange.exchange(aidana)
    with own_server.service.store.writing.begin() as session:
        for row in session.scalars(select(KeptDone)):
            session.delete(row)
        lives.begin(session, at_once=True)

    exchange.exchange(aidana)
    exchange.exchange(dana)

    assert waves.read_progress(dana, opened).of(SOZAQ).answers == 2


def test_ninety_days_after_the_wave_no_number_of_a_cell_is_left(region, opened, own_server):
    eset, aidana, _ = region
    ask(aidana, opened)
    exchange.exchange(aidana)
    yesterday = date.today() - timedelta(days=1)  # noqa: DTZ011  # the wave's own calendar
    records.save(eset, "wave", {"ends_on": str(yesterday)}, opened)
    for desk in (eset, aidana):
        exchange.exchange(desk)

    own_server.service.clock.go(days=DAYS + 5)
    exchange.exchange(aidana)

    with aidana.store() as session:
        assert session.scalars(select(OwnDone)).all() == []
        assert session.scalars(select(ToldProgress)).all() == []
    found = waves.read_progress(aidana, opened)
    assert found.done == 1  # how many were finished here, of which nothing is told but the number
    assert found.of(SOZAQ).answers == 0


def test_figures_of_a_linked_wave_stay_here_in_the_silent_days_and_without_a_passport(coordinator):
    day = date(2027, 3, 14)
    wave = new_wave(coordinator, linked_to="election", polling_day=str(day))

    with pytest.raises(Refused, match=r"14\.03\.2027"):
        waves.require_may_leave(coordinator, wave, day)
    with pytest.raises(Refused, match="Who asks"):
        waves.require_may_leave(coordinator, wave, day + timedelta(days=1))
    assert waves.read_passport(coordinator, wave).lacks


def test_figures_of_other_waves_may_leave(coordinator, wave):
    waves.require_may_leave(coordinator, wave)


NAMED = next(one for one in bundled_forms() if one.use == "named")


@pytest.mark.parametrize(
    ("use", "xform", "says"),
    [("survey", NAMED.xform(), "A survey is anonymous"), ("named", rating_xform(), "by name")],
    ids=["asks who answers", "is filled in by name"],
)
def test_a_wave_is_not_saved_with_a_form_that_says_who_answers(coordinator, use, xform, says):
    form = record(coordinator, "form", {"name": "Қабылдау", "use": use, "xform": xform})
    values = {"title": "Т", "starts_on": "2026-11-20", "ends_on": "2026-11-30", "form": str(form)}

    with pytest.raises(Wrong) as wrong:
        records.save(coordinator, "wave", values)

    assert says in wrong.value.problems["form"].words("en")
    records.save(coordinator, "wave", {**values, "form": None})


def test_nobody_is_asked_by_such_a_form_where_the_wave_came_from_elsewhere(
    coordinator, desk, wave
):
    with desk.store.begin() as session:
        form = session.get_one(FormRecord, UUID(session.get_one(waves.Wave, wave).form))
        form.xform = NAMED.xform()

    with pytest.raises(UserError, match="A survey is anonymous"):
        surveys.form_to_ask(desk, wave)


def test_a_wave_is_not_saved_with_cells_that_its_form_does_not_make(coordinator):
    with pytest.raises(Wrong) as wrong:
        new_wave(coordinator, groups=["/data/awareness=well"], quotas=[])

    assert list(wrong.value.problems) == ["groups"]
