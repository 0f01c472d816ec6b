"""What screens need is loaded beforehand, on a thread, one at a time, and never while somebody types."""

import subprocess
import sys
import threading

import pytest

import ui.memory
import ui.warming
from tests.ui.at_work import given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import close, make_desk
from tests.ui.keys import settle
from ui.warming import MODULES, NEXT, Warming


@pytest.fixture
def gate():
    """Nothing is loaded to its end before it is open."""
    made = threading.Event()
    made.set()
    yield made
    made.set()


@pytest.fixture
def loaded(monkeypatch, gate):
    """What was loaded, and on which thread."""
    names = []

    def load(name):
        names.append((name, threading.current_thread()))
        gate.wait()

    monkeypatch.setattr(ui.warming, "import_module", load)
    return names


@pytest.fixture
def desk(tmp_path):
    made = make_desk(tmp_path, "coordinator")
    yield made
    close(made)


def rested(qtbot, warming):
    qtbot.waitUntil(lambda: not warming.left and not warming.timer.isActive(), timeout=10_000)


def test_each_is_loaded_once_in_order_and_not_by_the_window(
    qtbot, jobs, desk, loaded, monkeypatch
):
    monkeypatch.setattr(ui.warming, "TYPING", 0)
    monkeypatch.setattr(ui.warming, "PAUSE", 0)
    warming = Warming(jobs, modules=["one", "two", "three"], soon=[])
    assert loaded == []

    warming.begin(desk)
    rested(qtbot, warming)
    settle(qtbot, jobs)

    assert [name for name, _ in loaded] == ["one", "two", "three"]
    assert threading.main_thread() not in {thread for _, thread in loaded}
    assert not warming.timer.isActive()  # nothing is asked of the processor at rest


def test_a_key_puts_it_off_until_nobody_types(qtbot, jobs, desk, loaded):
    warming = Warming(jobs, modules=["one", "two"], soon=[])
    warming.begin(desk)
    warming.timer.setInterval(ui.warming.PAUSE)

    warming.touched()

    assert warming.timer.interval() == ui.warming.TYPING
    assert warming.timer.isActive()
    assert loaded == []
    warming.rest()


def test_what_is_opened_next_comes_at_once_and_no_key_puts_it_off(qtbot, jobs, desk, loaded):
    warming = Warming(jobs, modules=["one"], soon=["next", "after that"])
    warming.begin(desk)

    assert warming.timer.interval() == ui.warming.SOON
    warming.touched()
    assert warming.timer.interval() == ui.warming.SOON
    qtbot.waitUntil(lambda: not warming.soon and warming.timer.isActive(), timeout=10_000)

    assert [name for name, _ in loaded] == ["next", "after that"]
    assert warming.timer.interval() == ui.warming.TYPING
    warming.rest()


def test_what_is_opened_next_is_among_what_is_loaded():
    assert set(NEXT) < set(MODULES)


def test_what_was_loaded_is_not_looked_through_for_garbage_again(
    qtbot, jobs, desk, loaded, monkeypatch
):
    """A full look stops the window, on whichever thread it comes: 40 ms for modules alone."""
    monkeypatch.setattr(ui.warming, "TYPING", 0)
    kept = []
    monkeypatch.setattr(ui.memory, "keep", lambda: kept.append(len(loaded)))
    warming = Warming(jobs, modules=["one", "two"], soon=[])

    warming.begin(desk)
    rested(qtbot, warming)
    settle(qtbot, jobs)

    assert kept == [2]


def test_a_key_wakes_nothing_that_rests(qtbot, jobs, loaded):
    warming = Warming(jobs, modules=["one"], soon=[])

    warming.touched()

    assert not warming.timer.isActive()


def test_who_leaves_in_the_midst_of_it_finds_the_rest_the_next_time(
    qtbot, jobs, desk, loaded, gate, monkeypatch
):
    monkeypatch.setattr(ui.warming, "TYPING", 0)
    warming = Warming(jobs, modules=["one", "two"], soon=[])
    gate.clear()
    warming.begin(desk)
    qtbot.waitUntil(lambda: bool(loaded), timeout=10_000)
    warming.touched()
    assert not warming.timer.isActive()  # a second one beside it
    warming.rest()
    gate.set()
    settle(qtbot, jobs)
    assert not warming.timer.isActive()  # what was on its way back does not wake it

    warming.begin(desk)
    rested(qtbot, warming)
    settle(qtbot, jobs)

    assert [name for name, _ in loaded] == ["one", "two"]


OPENED = """
import sys
from importlib import import_module
from pathlib import Path
from PySide6.QtWidgets import QApplication
app = QApplication([])
from tests.ui.desks import close, make_desk
from ui.jobs import Jobs
from ui.main_window import MainWindow
from ui.screens import screens_for
from ui.warming import MODULES, _read_ahead
jobs = Jobs()
desk = make_desk(Path(sys.argv[1]), sys.argv[2])
for name in MODULES:
    import_module(name)
_read_ahead(desk)
window = MainWindow(screens_for(sys.argv[2]), lambda screen: screen.build(desk, jobs))
window.show()
there = set(sys.modules)
for screen in screens_for(sys.argv[2]):
    window.go(screen.key, into=True)
    while jobs.working():
        app.processEvents()
print(*sorted(set(sys.modules) - there))
jobs.close()
close(desk)
"""


@pytest.mark.parametrize("role", ["activist", "coordinator", "officer"])
def test_opening_a_screen_loads_nothing_more(tmp_path, role):
    done = subprocess.run(
        [sys.executable, "-c", OPENED, str(tmp_path), role],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == []


def test_every_module_that_is_loaded_beforehand_is_there():
    for name in MODULES:
        __import__(name)
