from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from desktop.actions import answers, drafts, exchange, records, surveys
from desktop.actions.answers import Given
from desktop.actions.marks import count_marks
from desktop.surveys.waves.cells import design_of
from sync.answers import FEWEST, MOST
from sync.client import taken
from sync.counts import DAYS
from sync.errors import Offline, Refused, UserError
from sync.records.survey import Wave
from sync.server import answers as kept
from tests.servers import SAIRAM
from tests.ui.desks import SOZAQ, record

OKRUG, KENTAU = "615647000", "612000000"
DAY = timedelta(days=1)


@pytest.fixture
def wave(coordinator):
    return new_wave(coordinator)


def new_wave(coordinator, **more):
    form = record(coordinator, "form", {"name": "Рейтинг", "xform": "<h:html/>"})
    values = {"title": "Рейтинг", "form": str(form), "districts": [SOZAQ], "target": 10}
    days = {"starts_on": "2026-11-01", "ends_on": "2099-01-01"}
    return record(coordinator, "wave", values | days | more)


@pytest.fixture
def ask(desk, wave):
    return lambda n=1: [
        answers.finish(desk, wave, OKRUG, date(2026, 11, 24), {"/data/keeps": str(i % 5 + 1)})
        for i in range(n)
    ]


class Server:
    """Takes answers and keeps what it was given, but for waves in `gone` and districts in `left`."""

    def __init__(self):
        self.batches, self.gone, self.left = [], set(), set()

    def send_answers(self, batch):
        if self.gone & {answer.wave for answer in batch}:
            raise Refused("The server does not know this survey.")
        if self.left & {answer.district for answer in batch}:
            raise Refused("Your role does not allow this.")
        self.batches.append(batch)

    def counts(self):
        return Counter(answer.wave for batch in self.batches for answer in batch)

    def take_answers(self, wave, known):
        every = [answer for batch in self.batches for answer in batch if answer.wave == wave]
        return every if len(every) != known else []


def with_server(desk):
    return replace(desk, server=Server())


@pytest.fixture
def end(coordinator):
    """Let a wave have ended yesterday."""
    yesterday = date.today() - timedelta(days=1)  # noqa: DTZ011  # the wave's own calendar
    return lambda wave: records.save(coordinator, "wave", {"ends_on": str(yesterday)}, wave)


def test_a_finished_interview_is_counted_and_waits(desk, wave, ask):
    ask(2)

    [state] = surveys.list_waves(desk)
    assert (state.done, state.unsent, state.target, state.taken) == (2, 2, 10, 0)


def test_an_answer_says_where_and_in_which_wave_but_not_who_and_when(desk, wave, ask):
    ask()

    [answer] = answers.of_wave(desk, wave)

    assert (answer.district, answer.okrug, answer.on) == (SOZAQ, OKRUG, date(2026, 11, 1))
    assert answer.values == {"/data/keeps": "1"}
    assert desk.person.id not in repr(answer)


def test_fewer_than_ten_of_a_cell_wait_while_the_wave_runs(desk, ask):
    desk = with_server(desk)
    ask(2 * FEWEST - 1)

    assert answers.send(desk) == Given(0, 0)
    assert desk.server.batches == []


def test_of_ten_five_are_sent_together_and_five_wait_on(desk, wave, ask):
    desk = with_server(desk)
    ask(2 * FEWEST)

    assert answers.send(desk) == Given(FEWEST, 0)
    [state] = surveys.list_waves(desk)
    assert (state.done, state.unsent) == (2 * FEWEST, FEWEST)
    assert answers.send(desk) == Given(0, 0)


def test_an_ended_wave_sends_all_that_there_is(desk, wave, ask, end):
    desk = with_server(desk)
    ask(FEWEST)
    end(wave)

    assert answers.send(desk) == Given(FEWEST, 0)
    assert surveys.list_waves(desk)[0].unsent == 0


@pytest.mark.parametrize("years", [-6, 6])
def test_a_wave_ends_by_the_servers_clock_whatever_that_of_the_laptop_says(
    desk, wave, ask, monkeypatch, years
):
    """A dead battery sets a laptop back by years: its answers would wait until they are deleted."""
    desk, ends_on = with_server(desk), records.show(desk, wave)["ends_on"]
    ask(FEWEST)
    monkeypatch.setattr(answers, "date", Calendar(ends_on + timedelta(days=365 * years)))

    assert answers.send(desk, datetime.combine(ends_on, time(12), UTC)) == Given(0, 0)
    assert answers.send(desk, datetime.combine(ends_on, time(12), UTC) + DAY) == Given(FEWEST, 0)


class Calendar:
    """Takes the place of `date` on a laptop whose clock is wrong."""

    def __init__(self, day):
        self.today = lambda: day


def test_fewer_than_five_are_never_sent_and_go_when_answers_would_be_counts(desk, wave, ask, end):
    desk = with_server(desk)
    ask(FEWEST - 1)
    end(wave)
    ended = datetime.combine(records.show(desk, wave)["ends_on"], time(12), UTC)

    assert answers.send(desk) == Given(0, 0)
    assert answers.let_go(desk, None) == 0
    assert answers.let_go(desk, ended + timedelta(days=DAYS)) == 0
    assert answers.let_go(desk, ended + timedelta(days=DAYS + 1)) == FEWEST - 1
    assert surveys.list_waves(desk)[0].unsent == 0


def test_those_that_may_have_come_to_the_server_already_stay_when_the_few_go(desk, wave, ask, end):
    """They are offered again: nobody here knows that the server has none of them."""
    desk = with_server(desk)
    desk.server.gone = {wave}
    ask(2 * FEWEST)
    answers.send(desk)
    end(wave)
    ended = datetime.combine(records.show(desk, wave)["ends_on"], time(12), UTC)

    assert answers.let_go(desk, ended + timedelta(days=DAYS + 1)) == FEWEST
    assert surveys.list_waves(desk)[0].unsent == FEWEST
    desk.server.gone = set()
    assert answers.send(desk) == Given(FEWEST, 0)


def test_a_batch_whose_answer_was_lost_is_offered_again_as_it_was(desk, wave, ask):
    """Another five of the ten might be few beside those that the server took."""
    desk = with_server(desk)
    ask(2 * FEWEST)
    lost, desk.server.send_answers = [], lambda batch: lost.append(batch) or fail()

    with pytest.raises(Offline):
        answers.send(desk)
    ask(2 * FEWEST)
    del desk.server.send_answers
    answers.send(desk)

    assert ids(lost[0]) in [ids(batch) for batch in desk.server.batches]
    assert all(len(ids(batch)) >= FEWEST for batch in desk.server.batches)


def fail():
    raise Offline("The line was cut.")


def ids(batch):
    return {answer.id for answer in batch}


def test_what_the_form_noted_by_itself_is_not_in_an_answer(desk, wave):
    told = {"/data/keeps": "5", "/data/born": "1990-05-01", "/data/price": "41.5"}
    noted = {
        "/data/start": "2026-11-24T10:03:12.123+05:00",
        "/data/today": "2026-11-24",
        "/data/spot": "43.301 68.270 0 0",
        "/data/way": "43.301 68.270 0 0; 43.302 68.271 0 0",
    }

    answers.finish(desk, wave, OKRUG, date(2026, 11, 24), told | noted)

    assert answers.of_wave(desk, wave)[0].values == told


def test_answers_wait_on_when_the_server_is_away(desk, wave, ask):
    ask(2 * FEWEST)

    with pytest.raises(Offline):
        answers.send(desk)

    assert surveys.list_waves(desk)[0].unsent == 2 * FEWEST


def test_the_coordinator_takes_answers_once(desk, coordinator, wave, ask):
    desk = with_server(desk)
    ask(2 * FEWEST)
    answers.send(desk)
    coordinator = replace(coordinator, server=desk.server)

    assert answers.take(coordinator, desk.server.counts()) == FEWEST
    assert answers.take(coordinator, desk.server.counts()) == 0
    assert taken_here(coordinator, wave) == FEWEST


def taken_here(desk, wave):
    with desk.store() as session:
        return taken.counts(session)[wave]


def test_of_waves_with_as_many_answers_as_here_nothing_is_asked(desk, coordinator, wave, ask):
    ask(2 * FEWEST)
    desk = with_server(desk)
    answers.send(desk)
    answers.take(replace(coordinator, server=desk.server), {wave: FEWEST})

    assert answers.take(coordinator, {wave: FEWEST}) == 0  # whose server cannot be reached


def test_a_form_that_has_not_come_is_said_in_words(desk, coordinator):
    lost = "00000000-0000-4000-8000-000000000000"
    id = record(
        coordinator,
        "wave",
        {"title": "Рейтинг", "form": lost, "starts_on": "2026-11-01", "ends_on": "2026-12-01"},
    )

    with pytest.raises(UserError, match="not on this laptop yet"):
        surveys.xform_of(desk, id)


def test_a_finished_interview_leaves_no_draft_to_be_counted_twice(desk, wave):
    drafts.keep(desk, answers.draft_key(wave), {"/data/q": "1"})

    answers.finish(desk, wave, OKRUG, date(2026, 11, 24), {"/data/q": "1"})

    assert drafts.recall(desk, answers.draft_key(wave)) is None


@pytest.fixture
def other(coordinator, wave):
    """A second survey at the same time, with answers of its own."""
    values = records.show(coordinator, wave)
    names = ("title", "form", "districts", "target", "starts_on", "ends_on")
    return record(coordinator, "wave", {name: values[name] for name in names})


def test_a_survey_that_the_server_refuses_does_not_stop_the_others(desk, wave, other, ask):
    desk = with_server(desk)
    desk.server.gone = {wave}
    ask(2 * FEWEST)
    for _ in range(2 * FEWEST + 1):
        answers.finish(desk, other, OKRUG, date(2026, 11, 24), {"/data/keeps": "5"})

    assert answers.send(desk) == Given(FEWEST + 1, FEWEST)
    assert {answer.wave for answer in desk.server.batches[0]} == {other}


def test_refused_answers_are_kept_counted_and_sent_when_they_are_taken(desk, wave, ask):
    desk = with_server(desk)
    desk.server.gone = {wave}
    ask(2 * FEWEST)
    answers.send(desk)
    assert surveys.list_waves(desk)[0].unsent == 2 * FEWEST
    assert exchange.state(desk).answers_refused == FEWEST

    desk.server.gone = set()

    assert answers.send(desk) == Given(FEWEST, 0)
    assert exchange.state(desk).answers_refused == 0


def test_of_two_districts_each_goes_by_itself_so_that_one_refused_keeps_nothing_else_back(
    coordinator, end
):
    """Somebody who went to another district may not answer for the old one any more."""
    form = record(coordinator, "form", {"name": "Рейтинг", "xform": "<h:html/>"})
    values = {"title": "Рейтинг", "form": str(form), "starts_on": "2026-11-01"}
    wave = record(coordinator, "wave", values | {"ends_on": "2099-01-01"})
    desk, day = with_server(coordinator), date(2026, 11, 24)
    for place in [OKRUG] * FEWEST + [SAIRAM] * FEWEST + [KENTAU] * (FEWEST - 1):
        answers.finish(desk, wave, place, day, {"/data/keeps": "4"})
    end(wave)
    desk.server.left = {SAIRAM}

    assert answers.send(desk) == Given(FEWEST, FEWEST)
    [batch] = desk.server.batches
    assert {one.district for one in batch} == {SOZAQ}
    assert surveys.list_waves(desk)[0].unsent == 2 * FEWEST - 1


def test_answers_go_in_batches_that_the_server_takes_none_of_them_small(
    desk, wave, ask, end, monkeypatch
):
    monkeypatch.setattr(answers, "MOST", 10)
    desk = with_server(desk)
    ask(21)
    end(wave)

    assert answers.send(desk) == Given(21, 0)
    assert [len(batch) for batch in desk.server.batches] == [7, 7, 7]
    assert surveys.list_waves(desk)[0].unsent == 0


def test_an_age_is_sent_as_the_group_of_the_waves_plan_and_counted_by_it(desk, coordinator, end):
    age = "/data/person/age"
    wave = new_wave(coordinator, groups=[f"{age}=18-29", f"{age}=30-44", f"{age}=60+"])
    desk = with_server(desk)
    for years in (18, 19, 22, 23, 29, 60, 61, 70, 81, 90):
        values = {age: str(years), "/data/keeps": "4"}
        answers.finish(desk, wave, OKRUG, date(2026, 11, 24), values)
    end(wave)

    assert answers.send(desk) == Given(10, 0)
    assert answers.take(desk, desk.server.counts()) == 10
    assert Counter(one.values[age] for one in answers.of_wave(desk, wave)) == {
        "18-29": 5,
        "60+": 5,
    }
    with desk.store() as session:
        design = design_of(session.get_one(Wave, wave))
    by_age = {age: lambda said: design.group_of(age, said)}
    counted = count_marks(desk, wave, "", ["/data/keeps"], by_age)
    assert {one.groups: times for one, times in counted.times.items()} == {
        ("18-29",): [{"4": 5}],
        ("60+",): [{"4": 5}],
    }


def test_the_laptop_sends_no_more_at_once_than_the_server_takes():
    assert MOST <= kept.MOST


def test_who_is_named_in_an_answer_is_black_before_it_is_kept(desk, wave):
    said = {
        "/data/why": "Мектеп директоры Оспанова Г.К. ақша жинайды, 8 701 123 45 67",
        "/data/people[1]/note": "асан серікұлы",
        "/data/rank": ["water", "Айгүл келді"],
        "/data/keeps": "5",
        "/data/place": "Абай көшесінде су жоқ",
    }
    answers.finish(desk, wave, OKRUG, date(2026, 11, 24), said)

    [kept] = answers.of_wave(desk, wave)
    assert kept.values == {
        "/data/why": "Мектеп директоры ▇▇▇. ақша жинайды, ▇▇▇",
        "/data/people[1]/note": "▇▇▇",
        "/data/rank": ["water", "▇▇▇ келді"],
        "/data/keeps": "5",
        "/data/place": "Абай көшесінде су жоқ",
    }
