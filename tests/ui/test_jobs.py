from concurrent.futures import Future
from threading import Event, get_ident
from types import SimpleNamespace
from uuid import UUID

import pytest
from PySide6.QtCore import QObject

from sync.change import Change
from sync.errors import Offline, Stopped, UserError
from ui.jobs import Jobs


@pytest.fixture(name="jobs")
def given_jobs(qtbot):
    jobs = Jobs()
    yield jobs
    jobs.close()


class Screen(QObject):
    def __init__(self):
        super().__init__()
        self.heard = []

    def hear(self, *words):
        self.heard.append(words)


def refuse():
    raise UserError("The disk is full.")


def test_the_result_comes_back_on_the_screens_thread(qtbot, jobs):
    asked, threads = Event(), []

    def work():
        asked.wait()
        return get_ident()

    jobs.read(jobs, work, lambda worker: threads.extend([worker, get_ident()]))
    asked.set()
    qtbot.waitUntil(lambda: bool(threads))

    worker, here = threads
    assert worker != here == get_ident()


def test_the_result_never_comes_inside_the_call_that_asked(qtbot, jobs, monkeypatch):
    done = Future()
    done.set_result("at once")
    monkeypatch.setattr(jobs._store, "submit", lambda work: done)
    results = []

    jobs.read(jobs, str, results.append)

    assert results == []
    qtbot.waitUntil(lambda: results == ["at once"])


def test_nothing_comes_back_to_a_closed_screen(qtbot, jobs):
    closed, delivered = Event(), []
    owner, witness = QObject(), QObject()

    jobs.read(owner, closed.wait, delivered.append)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    closed.set()
    with qtbot.waitSignal(witness.objectNameChanged):  # the store lane is in order
        jobs.read(witness, lambda: "done", witness.setObjectName)

    assert delivered == []


def test_a_bug_is_not_shown_as_a_message(qtbot, jobs):
    with qtbot.waitSignal(jobs.crashed) as crashed:
        jobs.read(jobs, lambda: 1 / 0, print)

    assert isinstance(crashed.args[0], ZeroDivisionError)


def test_words_for_the_person_are_passed_on(qtbot, jobs):
    with qtbot.waitSignal(jobs.failed) as failed:
        jobs.write(refuse)

    assert failed.args == ["The disk is full."]


def test_who_asks_for_a_refusal_hears_it_alone(qtbot, jobs):
    screen, said = Screen(), []
    jobs.failed.connect(said.append)

    with qtbot.waitSignal(jobs.idle):
        jobs.write(refuse, refused=screen.hear)

    assert [str(error) for (error,) in screen.heard] == ["The disk is full."]
    assert said == []


def test_a_refusal_for_a_closed_screen_is_said_to_the_person(qtbot, jobs):
    closed, screen = Event(), Screen()

    def work():
        closed.wait()
        refuse()

    jobs.write(work, refused=screen.hear)
    with qtbot.waitSignal(screen.destroyed):
        screen.deleteLater()
    with qtbot.waitSignal(jobs.failed):
        closed.set()

    assert screen.heard == []


def test_a_write_is_announced_even_if_its_screen_has_closed(qtbot, jobs):
    closed, screen = Event(), Screen()

    jobs.write(lambda: [closed.wait() and "a change"], screen.hear)
    with qtbot.waitSignal(screen.destroyed):
        screen.deleteLater()
    with qtbot.waitSignal(jobs.recorded) as recorded:
        closed.set()

    assert recorded.args == [["a change"]]
    assert screen.heard == []


def test_an_exchange_does_not_hold_up_the_store(qtbot, jobs):
    network, results = Event(), []

    jobs.exchange(lambda _: network.wait())
    jobs.read(jobs, lambda: "read", results.append)
    qtbot.waitUntil(lambda: results == ["read"])
    assert jobs.working()
    with qtbot.waitSignal(jobs.idle):
        network.set()

    assert not jobs.working()


THEIRS = Change(kind="visit", record=UUID(int=1), district="x", fields={})


def page(*changes):
    return SimpleNamespace(changes=list(changes))


def test_an_exchange_announces_what_it_brought_and_gives_its_report(qtbot, jobs):
    order = []
    jobs.recorded.connect(lambda changes: order.append(changes))
    jobs.exchanging.connect(order.append)

    with qtbot.waitSignal(jobs.idle):
        jobs.exchange(lambda tell: tell(page(THEIRS)) or "report", order.append)

    assert order == [True, False, [THEIRS], "report"]


def test_an_exchange_that_fails_has_ended_too_and_what_came_before_is_announced(qtbot, jobs):
    states, screen, came = [], Screen(), []
    jobs.exchanging.connect(states.append)
    jobs.recorded.connect(came.extend)

    def work(tell):
        tell(page(THEIRS))
        raise Offline("The server is away.")

    with qtbot.waitSignal(jobs.idle):
        jobs.exchange(work, refused=screen.hear)

    assert states == [True, False]
    assert came == [THEIRS]
    assert len(screen.heard) == 1


def test_an_exchange_is_stopped_at_its_next_step(qtbot, jobs):
    screen, begun, asked = Screen(), Event(), Event()

    def work(tell):
        begun.set()
        asked.wait()
        tell(page())
        raise AssertionError("it went on")

    jobs.exchange(work, refused=screen.hear)
    begun.wait()
    jobs.stop_exchange()
    with qtbot.waitSignal(jobs.idle):
        asked.set()

    [(error,)] = screen.heard
    assert isinstance(error, Stopped)


def test_the_next_exchange_is_not_stopped_by_the_last_ones_end(qtbot, jobs):
    heard = []

    for _ in range(2):
        with qtbot.waitSignal(jobs.idle):
            jobs.exchange(lambda tell: tell(page()) or "report", heard.append)
        jobs.stop_exchange()

    assert heard == ["report", "report"]


def test_closing_waits_for_all_writes_that_were_asked_for(qtbot):
    jobs, begun, written = Jobs(), Event(), []

    jobs.write(lambda: begun.wait() and [])
    for number in range(3):
        jobs.write(lambda number=number: written.append(number) or [])
    begun.set()
    jobs.close()

    assert written == [0, 1, 2]
