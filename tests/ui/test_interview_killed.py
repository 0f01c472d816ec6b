"""Killed in the middle of an interview, the program goes on at the same question."""

import os
import random
import time

import pytest

from desktop.actions import drafts
from desktop.actions.answers import draft_key
from desktop.folder import choose_profile
from tests import saving
from tests.processes import processes
from tests.ui.at_work import given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.held_until_killed import hold
from tests.ui.keys import settle, show
from ui.screens.interview import InterviewScreen

KILLS = 40 if os.environ.get("DALA_SOAK") else 2


def killed(profile, chance):
    """Hold an interview, kill -9 it at some moment → its wave, and what it said last."""
    ours, theirs = processes.Pipe(duplex=False)
    process = processes.Process(target=hold, args=(profile.folder, theirs))
    process.start()
    theirs.close()
    wave, said = ours.recv(), None
    for _ in range(chance.randrange(1, 12)):
        said = ours.recv()
    moment = time.perf_counter() + chance.uniform(0, 0.05)
    while time.perf_counter() < moment:
        pass
    process.kill()
    process.join()
    try:
        while ours.poll():  # what it had still said before it died
            said = ours.recv()
    except (EOFError, OSError):
        pass
    ours.close()
    process.close()
    return wave, said


@pytest.mark.parametrize("seed", range(KILLS))
def test_an_interview_goes_on_at_the_same_question_after_a_kill(qtbot, jobs, tmp_path, seed):
    profile = choose_profile(tmp_path / "profile")
    saving.make(profile)
    wave, (at, counts, answers) = killed(profile, random.Random(seed))
    desk = saving.desk(profile)

    kept = drafts.recall(desk, draft_key(wave))
    assert answers.items() <= kept["answers"].items()
    screen = InterviewScreen(desk, jobs)
    show(qtbot, screen)
    screen.open(wave)
    settle(qtbot, jobs)

    assert screen.walk.at == kept["at"]
    assert screen.walk.interview.counts() == kept["counts"]
    assert screen.walk.kept() == kept["answers"]
    if kept["answers"] == answers and kept["counts"] == counts:
        assert screen.walk.at == at
    desk.store.close()
