"""Which program a start becomes, and how one that does not come up is given up."""

import os
import sys
from pathlib import Path

import pytest

from desktop.updates import launching, versions
from desktop.updates.launching import hand_over
from desktop.updates.versions import Programs, State, Version, executable
from sync import VERSION
from ui import __main__ as program

OLD, NEW = Version("0.2.0", 13), Version("0.3.0", 14)
PACKAGE = Version(VERSION, 13)


@pytest.fixture
def programs(tmp_path):
    made = Programs(tmp_path / "programs")
    made.folder.mkdir()
    return made


@pytest.fixture
def became(monkeypatch):
    """What this process would have become."""
    starts = []

    def become(path, words, environment):
        starts.append((Path(path), words[1:], environment))
        raise Gone

    monkeypatch.setattr(os, "execve", become)
    return starts


class Gone(Exception):
    """This process is another program now."""


def test_without_a_newer_version_a_start_is_itself(programs, became):
    hand_over(programs, ["--lang", "kk"], window=True)

    assert became == []


def test_a_start_becomes_the_current_version_with_its_words(programs, became, monkeypatch):
    monkeypatch.setenv("LD_LIBRARY_PATH", "/of/the/old/bundle")
    monkeypatch.setenv("_PYI_ARCHIVE_FILE", "old")
    versions.write_state(programs, State(NEW, OLD, PACKAGE))

    with pytest.raises(Gone):
        hand_over(programs, ["--lang", "kk"], window=True)

    (path, words, environment) = became[0]
    assert path == executable(programs.program(NEW))
    assert words == ["--lang", "kk"]
    assert not {"LD_LIBRARY_PATH", "_PYI_ARCHIVE_FILE"} & environment.keys()


def test_the_current_version_does_not_start_itself_again(programs, became, monkeypatch):
    versions.write_state(programs, State(NEW, OLD, PACKAGE))
    monkeypatch.setattr(sys, "executable", str(executable(programs.program(NEW))))

    hand_over(programs, [], window=True)

    assert became == []


def test_a_version_that_twice_shows_no_window_is_given_up_and_not_offered_again(programs):
    versions.write_state(programs, State(NEW, OLD, PACKAGE))

    started = [launching.choose(programs, window=True) for _ in range(4)]

    new, old = (executable(programs.program(one)) for one in (NEW, OLD))
    assert started == [new, new, old, old]
    assert versions.read_state(programs).failed == NEW.name
    assert launching.choose(programs, window=True) is None  # the package is left, and stays
    assert launching.choose(programs, window=True) is None


def test_a_window_that_shows_makes_the_starts_before_it_count_no_more(programs, monkeypatch):
    versions.write_state(programs, State(NEW, OLD, PACKAGE))
    monkeypatch.setattr(sys, "executable", str(executable(programs.program(NEW))))

    for _ in range(5):
        assert launching.choose(programs, window=True) == executable(programs.program(NEW))
        launching.came_up(programs)


def test_commands_are_no_tries(programs):
    versions.write_state(programs, State(NEW, OLD, PACKAGE))

    for _ in range(5):
        assert launching.choose(programs, window=False) == executable(programs.program(NEW))


def test_what_cannot_be_started_at_all_is_given_up_at_once(programs):
    """Its files are gone: the package goes on."""
    versions.write_state(programs, State(NEW, OLD, PACKAGE))

    hand_over(programs, [], window=True)

    assert versions.running(versions.read_state(programs)) == VERSION


def test_a_newer_package_outdoes_an_older_version(programs):
    versions.write_state(programs, State(Version("0.0.9", 1), None, PACKAGE))

    assert launching.choose(programs, window=True) is None


@pytest.mark.parametrize("note", [b"", b"{", b"[]", b'{"now":{"name":"x","schema":1}}', b"\xff"])
def test_a_damaged_note_starts_the_package(programs, note):
    programs.current.write_bytes(note)

    assert launching.choose(programs, window=True) is None


@pytest.mark.parametrize(
    ("words", "window"),
    [([], True), (["--lang", "kk"], True), (["list", "issue"], False), (["custodians"], False)],
)
def test_the_installed_program_hands_over_before_all_else(programs, monkeypatch, words, window):
    versions.write_state(programs, State(NEW, OLD, PACKAGE))
    monkeypatch.setattr(versions, "this_users_programs", lambda: programs)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(program, "can_draw", lambda: True)
    asked = []

    def hand_over(*said, window):
        asked.append((*said, window))
        raise Gone

    monkeypatch.setattr(launching, "hand_over", hand_over)

    with pytest.raises(Gone):
        program.main(words)

    assert asked == [(programs, words, window)]


def test_going_back_works_where_the_newer_version_does_not(monkeypatch):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(launching, "hand_over", lambda *_, **__: pytest.fail("handed over"))

    for words in (["update", "back"], ["--self-test"], ["--xlsform-worker"]):
        program._hand_over(words)


def test_a_start_without_a_screen_is_no_try(programs, monkeypatch):
    versions.write_state(programs, State(NEW, OLD, PACKAGE))
    monkeypatch.setattr(versions, "this_users_programs", lambda: programs)
    monkeypatch.setattr(program, "can_draw", lambda: False)
    asked = []
    monkeypatch.setattr(launching, "hand_over", lambda *_, window: asked.append(window))

    program._hand_over([])

    assert asked == [False]


@pytest.mark.parametrize("words", [["--help"], ["mistyped"]])
def test_help_and_mistyped_words_are_no_failed_start(programs, monkeypatch, capsys, words):
    versions.write_state(programs, State(NEW, OLD, PACKAGE, starts=1))
    monkeypatch.setattr(versions, "this_users_programs", lambda: programs)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(executable(programs.program(NEW))))

    with pytest.raises(SystemExit):
        program.main(words)

    assert versions.read_state(programs).starts == 0
