"""Stop, and closing the window, wait for no line that has gone silent."""

from dataclasses import replace
from functools import partial
from threading import Event

import pytest
from PySide6.QtCore import QObject

from desktop.actions.exchange import exchange
from sync.client.line import open_http
from sync.client.transport import HttpTransport
from sync.errors import STOPPED, Stopped
from sync.language import tr
from tests.silent import SOON, Silent
from tests.ui.at_work import given_desk, given_jobs, given_kazakh  # noqa: F401
from tests.ui.desks import record, story
from tests.ui.keys import settle, show
from ui.frame import Frame
from ui.how_far import HowFar
from ui.jobs import Jobs
from ui.screens.sync_state import SyncScreen

MS = SOON * 1_000


@pytest.fixture
def server():
    with Silent() as made:
        yield made


@pytest.fixture
def away(desk, server):
    """A desk with work to send, whose server says nothing."""
    record(desk, "issue", story()["issues"][0])
    with open_http() as http:
        yield replace(desk, server=HttpTransport(http, server.url, "token"))


@pytest.fixture
def open_sync(qtbot, jobs, away):
    held = []  # as the window holds them

    def build():
        held.append(SyncScreen(away, jobs))
        show(qtbot, held[-1])
        return held[-1]

    return build


def test_stop_on_the_screen_ends_an_exchange_whose_server_says_nothing(
    qtbot, jobs, open_sync, server
):
    screen = open_sync()
    settle(qtbot, jobs)
    screen.exchange()
    assert server.silent.wait(SOON)
    qtbot.waitUntil(screen.progress.stop_button.isVisible)
    assert screen.progress.words.text() == tr("Waiting for an answer…")

    with qtbot.waitSignal(jobs.idle, timeout=MS):
        screen.progress.stop_button.click()

    assert tr(STOPPED) in screen.result_words.text()
    assert server.connections == 1
    settle(qtbot, jobs)


def test_a_screen_that_is_opened_meanwhile_can_stop_it_too(qtbot, jobs, away, open_sync, server):
    jobs.exchange(partial(exchange, away), refused=lambda _: None)
    assert server.silent.wait(SOON)
    screen = open_sync()
    qtbot.waitUntil(screen.progress.stop_button.isVisible)
    assert not screen.button.isEnabled()
    with qtbot.waitSignal(jobs.idle, timeout=MS):
        screen.progress.stop_button.click()

    assert screen.button.isEnabled()
    settle(qtbot, jobs)


def test_the_next_exchange_is_asked_for_as_always(qtbot, jobs, away, server):
    heard = []
    for number in (1, 2):
        jobs.exchange(partial(exchange, away), refused=heard.append)
        assert server.silent.wait(SOON)
        server.silent.clear()
        with qtbot.waitSignal(jobs.idle, timeout=MS):
            jobs.stop_exchange()
        assert server.connections == number

    assert [type(error) for error in heard] == [Stopped, Stopped]
    assert not jobs._wishes  # nothing is held of what has ended


def test_with_another_exchange_behind_it_the_one_that_runs_is_stopped(qtbot, jobs, away, server):
    heard, states = [], []
    jobs.exchanging.connect(states.append)
    for _ in range(2):
        jobs.exchange(partial(exchange, away), refused=heard.append)
    assert server.silent.wait(SOON)
    with qtbot.waitSignal(jobs.idle, timeout=MS):
        jobs.stop_exchange()

    assert [type(error) for error in heard] == [Stopped, Stopped]
    assert states == [True, True, True, False]  # until the last one has ended
    assert server.connections == 1


@pytest.mark.parametrize("lane", ["exchange", "call", "aside"])
def test_a_window_that_closes_waits_for_no_line(qtbot, away, server, lane):
    jobs, frame, owner = Jobs(), Frame(), QObject()
    qtbot.addWidget(frame)
    bugs, heard, closed = [], [], Event()
    jobs.crashed.connect(bugs.append)
    frame.closing.connect(jobs.close)
    frame.closing.connect(closed.set)
    if lane == "exchange":
        jobs.exchange(partial(exchange, away), refused=heard.append)
    else:
        ask = partial(away.server.lacking_blobs, ["0" * 64])
        getattr(jobs, lane)(owner, ask, heard.append, heard.append)
    assert server.silent.wait(SOON)

    with qtbot.waitSignal(jobs.idle, timeout=MS):
        frame.close()

    assert closed.is_set()
    assert (bugs, [type(error) for error in heard]) == ([], [Stopped])


def test_what_tells_how_far_it_is_waits_for_no_line_after_stop(qtbot, jobs, away, server):
    heard, how_far = [], HowFar()
    ask = how_far.over(partial(away.server.lacking_blobs, ["0" * 64]))
    jobs.aside(jobs, ask, heard.append, heard.append)
    assert server.silent.wait(SOON)

    with qtbot.waitSignal(jobs.idle, timeout=MS):
        how_far.stop()

    assert [type(error) for error in heard] == [Stopped]
