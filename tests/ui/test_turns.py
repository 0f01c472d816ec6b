"""Long work on other threads rests while the window makes, lays out and paints what somebody waits for."""

from threading import Event, Thread

import pytest
from PySide6.QtWidgets import QWidget

from tests.ui.at_work import given_jobs  # noqa: F401
from ui import turns
from ui.how_far import HowFar
from ui.main_window import MainWindow
from ui.screens import Screen
from ui.watch import Watch


@pytest.fixture(autouse=True)
def endless(monkeypatch):
    """Nothing goes on by itself."""
    monkeypatch.setattr(turns, "MOST", 60)
    yield
    turns.end()


@pytest.fixture
def beside():
    """Does something on another thread; says whether it is done."""
    threads = []

    def beside(work):
        done = Event()
        threads.append(Thread(target=lambda: (work(), done.set())))
        threads[-1].start()
        return done

    yield beside
    turns.end()
    for each in threads:
        each.join()


class Page:
    changes = ()


def a_reading():
    HowFar().tell(1, 2)


def an_exchange():
    Watch(lambda _: None, lambda _: None).tell(Page())


@pytest.mark.parametrize("tell", [a_reading, an_exchange])
def test_work_rests_while_a_result_is_shown_and_goes_on_when_it_is_painted(
    qtbot, jobs, beside, tell
):
    shown = []

    def show(_):
        done = beside(tell)
        shown.append((done, done.wait(0.1)))

    jobs.read(jobs, bool, show)
    qtbot.waitUntil(lambda: bool(shown))

    [(done, at_once)] = shown
    assert not at_once
    qtbot.waitUntil(done.is_set)


def test_work_rests_while_a_screen_is_made(qtbot, beside):
    row, seen = Screen("issues", "issues", "Issues", lambda *_: None), []

    def make(_):
        seen.append(beside(turns.give_way).wait(0.1))
        return QWidget()

    window = MainWindow((row,), make)
    qtbot.addWidget(window)
    turns.end()
    window.go("issues")

    assert seen[-1] is False


def test_a_turn_that_begins_in_another_one_ends_both_later(qtbot, beside):
    turns.begin()
    first = turns._turn
    turns.begin()
    turns._end(first)

    done = beside(turns.give_way)

    assert not done.wait(0.1)
    qtbot.waitUntil(done.is_set)


def test_a_turn_without_end_holds_nobody_up_for_good(monkeypatch, beside):
    monkeypatch.setattr(turns, "MOST", 0.05)
    turns.begin()  # and Qt is not asked to do anything more

    assert beside(turns.give_way).wait(10)


def test_who_waits_for_the_threads_to_end_is_not_waited_for(qtbot, jobs):
    started, ended = Event(), []

    def work():
        started.set()
        turns.give_way()
        ended.append(True)

    turns.begin()
    jobs.aside(jobs, work, lambda _: None)
    assert started.wait(10)

    jobs.close()  # would last a minute

    assert ended == [True]
    assert turns._done.is_set()  # at once: Qt was not asked to do anything meanwhile


@pytest.mark.parametrize("lane", ["read", "look"])
def test_what_a_screen_asks_for_while_it_is_made_is_read_when_it_is_painted(qtbot, jobs, lane):
    began, shown = Event(), []
    turns.begin()
    getattr(jobs, lane)(jobs, began.set, shown.append)

    assert not began.wait(0.1)  # Qt was not asked to do anything meanwhile
    qtbot.waitUntil(lambda: bool(shown))
    assert began.is_set()


def test_what_is_saved_waits_for_nothing_to_be_painted(jobs):
    written = Event()
    turns.begin()
    jobs.write(lambda: written.set() or [])

    assert written.wait(10)
