from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop.actions import answers, drafts, exchange, records, surveys
from desktop.actions.answers import Given
from sync.answers import FEWEST, MOST
from sync.errors import Offline, Refused, UserError
from sync.server import answers as kept
from tests.ui.desks import SOZAQ, record

OKRUG = "615647000"


@pytest.fixture
def wave(coordinator):
    form = record(coordinator, "form", {"name": "Рейтинг", "xform": "<h:html/>"})
    values = {"title": "Рейтинг", "form": str(form), "districts": [SOZAQ], "target": 10}
    return record(
        coordinator, "wave", values | {"starts_on": "2026-11-01", "ends_on": "2099-01-01"}
    )


@pytest.fixture
def ask(desk, wave):
    return lambda n=1: [
        answers.finish(desk, wave, OKRUG, date(2026, 11, 24), {"/data/keeps": str(i % 5 + 1)})
        for i in range(n)
    ]


class Server:
    """Takes answers and keeps what it was given, but for the waves in `gone`."""

    def __init__(self):
        self.batches, self.gone = [], set()

    def send_answers(self, batch):
        if self.gone & {answer.wave for answer in batch}:
            raise Refused("The server does not know this survey.")
        self.batches.append(batch)

    def counts(self):
        return Counter(answer.wave for batch in self.batches for answer in batch)

    def take_answers(self, wave, known):
        every = [answer for batch in self.batches for answer in batch if answer.wave == wave]
        return every if len(every) != known else []


def with_server(desk):
    return replace(desk, server=Server())


def test_a_finished_interview_is_counted_and_waits(desk, wave, ask):
    ask(2)

    [state] = surveys.list_waves(desk)
    assert (state.done, state.unsent, state.target, state.taken) == (2, 2, 10, 0)


def test_an_answer_says_where_and_when_but_not_who(desk, wave, ask):
    ask()

    [answer] = answers.of_wave(desk, wave)

    assert (answer.district, answer.okrug, answer.on) == (SOZAQ, OKRUG, date(2026, 11, 24))
    assert answer.values == {"/data/keeps": "1"}
    assert desk.person.id not in repr(answer)


def test_fewer_than_five_wait_while_the_wave_runs(desk, ask):
    desk = with_server(desk)
    ask(FEWEST - 1)

    assert answers.send(desk) == Given(0, 0)
    assert desk.server.batches == []


def test_five_are_sent_together_and_no_longer_wait(desk, wave, ask):
    desk = with_server(desk)
    ask(FEWEST)

    assert answers.send(desk) == Given(FEWEST, 0)
    [state] = surveys.list_waves(desk)
    assert (state.done, state.unsent) == (FEWEST, 0)


def test_an_ended_wave_sends_what_there_is(desk, coordinator, wave, ask):
    yesterday = date.today() - timedelta(days=1)  # noqa: DTZ011  # the wave's own calendar
    records.save(coordinator, "wave", {"ends_on": yesterday.isoformat()}, wave)
    desk = with_server(desk)
    ask(1)

    assert answers.send(desk) == Given(1, 0)


def test_answers_wait_on_when_the_server_is_away(desk, wave, ask):
    ask(FEWEST)

    with pytest.raises(Offline):
        answers.send(desk)

    assert surveys.list_waves(desk)[0].unsent == FEWEST


def test_the_coordinator_takes_answers_once(desk, coordinator, wave, ask):
    desk = with_server(desk)
    ask(FEWEST)
    answers.send(desk)
    coordinator = replace(coordinator, server=desk.server)

    assert answers.take(coordinator, desk.server.counts()) == FEWEST
    assert answers.take(coordinator, desk.server.counts()) == 0
    assert len(answers.of_wave(coordinator, wave)) == FEWEST


def test_of_waves_with_as_many_answers_as_here_nothing_is_asked(desk, coordinator, wave, ask):
    ask(FEWEST)
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
    ask(FEWEST)
    for _ in range(FEWEST + 1):
        answers.finish(desk, other, OKRUG, date(2026, 11, 24), {"/data/keeps": "5"})

    assert answers.send(desk) == Given(FEWEST + 1, FEWEST)
    assert {answer.wave for answer in desk.server.batches[0]} == {other}


def test_refused_answers_are_kept_counted_and_sent_when_they_are_taken(desk, wave, ask):
    desk = with_server(desk)
    desk.server.gone = {wave}
    ask(FEWEST)
    answers.send(desk)
    assert surveys.list_waves(desk)[0].unsent == FEWEST
    assert exchange.state(desk).answers_refused == FEWEST

    desk.server.gone = set()

    assert answers.send(desk) == Given(FEWEST, 0)
    assert exchange.state(desk).answers_refused == 0


def test_answers_go_in_batches_that_the_server_takes_none_of_them_small(
    desk, wave, ask, monkeypatch
):
    monkeypatch.setattr(answers, "MOST", 10)
    desk = with_server(desk)
    ask(21)

    assert answers.send(desk) == Given(21, 0)
    assert [len(batch) for batch in desk.server.batches] == [7, 7, 7]
    assert surveys.list_waves(desk)[0].unsent == 0


def test_the_laptop_sends_no_more_at_once_than_the_server_takes():
    assert MOST <= kept.MOST
