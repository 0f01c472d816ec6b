"""One program at a time on one profile, and a lock that no crash leaves behind."""

import os
import subprocess
import sys
from contextlib import contextmanager

import pytest

from desktop.lock import InUse, only_here
from sync.errors import UserError
from tests.processes import processes

RACES = 200 if os.environ.get("DALA_SOAK") else 10
HOLD = """
import sys
from pathlib import Path
from desktop.lock import only_here
with only_here(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_process(path):
    """A process that holds the lock until the block ends."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_second_process_is_refused_and_told_which_is_the_first(tmp_path):
    path = tmp_path / "lock"

    with another_process(path) as process, pytest.raises(InUse) as caught, only_here(path):
        pass

    assert f"process {process.pid}" in caught.value.words("en")
    assert "Your work is safe" in caught.value.words("en")


def test_a_second_window_of_the_same_process_is_refused(tmp_path):
    path = tmp_path / "lock"

    with only_here(path), pytest.raises(InUse), only_here(path):
        pass


def test_the_lock_names_this_process(tmp_path):
    path = tmp_path / "lock"
    path.write_text("4194303 and more")

    with only_here(path):
        assert path.read_text() == str(os.getpid())


def test_the_lock_is_free_after_the_block_also_when_it_fails(tmp_path):
    path = tmp_path / "lock"

    with pytest.raises(ZeroDivisionError), only_here(path):
        raise ZeroDivisionError
    with only_here(path):
        pass


def test_a_lock_left_by_a_killed_process_is_free(tmp_path):
    path = tmp_path / "lock"

    for _ in range(5):
        with another_process(path) as process:
            process.kill()
            process.wait()
            with only_here(path):
                pass


def compete(path, line):
    """A process that tries once it is told to: it says whether it has the lock, and keeps it."""
    line.recv()
    try:
        with only_here(path):
            line.send(True)
            line.recv()
    except InUse:
        line.send(False)


@contextmanager
def competing(path, count):
    """So many processes, ready to try → the lines to them. Killed afterwards, in the lock or not."""
    made = []
    for _ in range(count):
        ours, theirs = processes.Pipe()
        process = processes.Process(target=compete, args=(path, theirs))
        process.start()
        theirs.close()
        made.append((process, ours))
    try:
        yield [line for _, line in made]
    finally:
        for process, line in made:
            process.kill()
            process.join()
            process.close()
            line.close()


@pytest.mark.timeout(600)
def test_of_processes_that_try_at_once_one_has_it_and_kills_leave_it_free(tmp_path):
    for _ in range(RACES):
        with competing(tmp_path / "lock", 2) as lines:
            for line in lines:
                line.send("now")
            assert sorted(line.recv() for line in lines) == [False, True]


def test_a_lock_file_that_cannot_be_opened_is_said_in_words(tmp_path):
    path = tmp_path / "lock"
    path.mkdir()

    with pytest.raises(UserError) as caught, only_here(path):
        pass

    assert "access is denied" in caught.value.words("en")


def test_a_lock_file_on_a_full_disk_is_said_in_words_and_left_free(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    path = tmp_path / "lock"
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", full)
        with pytest.raises(UserError) as caught, only_here(path):
            pass

    assert "disk is full" in caught.value.words("en")
    with only_here(path):
        pass


def test_what_goes_wrong_inside_the_block_is_not_taken_for_the_lock(tmp_path):
    with pytest.raises(FileNotFoundError), only_here(tmp_path / "lock"):
        (tmp_path / "nothing").read_bytes()
