"""Killed in the middle of whatever it does, the program loses nothing that it acknowledged."""

import os
import random
import time
from uuid import UUID

import pytest

from desktop.folder import choose_profile
from tests import saving
from tests.processes import processes

SEED = 20261124
KILLS, LOOKED = (500, 1) if os.environ.get("DALA_SOAK") else (100, 10)

ENOUGH = 500  # kills of a mutant, at most: it is seen sooner where the machine has time


@pytest.fixture
def profile(tmp_path):
    made = choose_profile(tmp_path / "profile")
    saving.make(made)
    return made


def run_and_kill(profile, how, chance):
    """Start the program, kill -9 it at some moment, return what it had acknowledged."""
    ours, theirs = processes.Pipe(duplex=False)
    process = processes.Process(target=saving.save_for_ever, args=(profile.folder, theirs, how))
    process.start()
    theirs.close()
    acknowledged = [UUID(bytes=ours.recv_bytes()) for _ in range(chance.randrange(1, 8))]
    moment = time.perf_counter() + chance.uniform(0, 0.008)
    while time.perf_counter() < moment:
        pass
    process.kill()
    process.join()
    try:
        while ours.poll():  # what it had still said before it died
            acknowledged.append(UUID(bytes=ours.recv_bytes()))
    except (EOFError, OSError, ValueError):
        pass
    ours.close()
    process.close()
    return acknowledged


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_nothing_acknowledged_is_lost_at_100_random_moments(profile):
    chance, acknowledged = random.Random(SEED), set()

    for number in range(1, KILLS + 1):
        acknowledged.update(run_and_kill(profile, saving.save, chance))
        if number % LOOKED == 0:  # what is lost stays lost; the next start mends in between
            assert saving.losses(profile, acknowledged) == [], f"seed {SEED}, kill {number}"

    assert len(acknowledged) >= KILLS


@pytest.mark.slow
@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    ("mutant", "symptom"), [(saving.save_too_sure, "lost"), (saving.save_in_two, "never sent")]
)
def test_a_program_that_is_too_sure_would_be_caught(profile, mutant, symptom):
    chance, acknowledged, found = random.Random(SEED), set(), ""

    for _ in range(ENOUGH):
        acknowledged.update(run_and_kill(profile, mutant, chance))
        found = "\n".join(saving.losses(profile, acknowledged))
        if symptom in found:  # another one may be seen before it: the journal is written last
            break

    assert symptom in found
