"""Before anything imports Qt: no window is opened where nobody looks."""

import gc
import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import HealthCheck, settings

from sync.language import speak
from tests.compiled import statements_once
from tests.migrated import migrations_once

# How fast the machine is says nothing of the code. The examples are the same each time, so that a
# change is judged by what it changed; `make soak` looks for new ones.
settings.register_profile(
    "any machine",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="DALA_SOAK" not in os.environ,
)
settings.load_profile("any machine")
# looking for rubbish as often as usual takes a tenth of the time
gc.set_threshold(100_000, 50, 100)


@pytest.fixture(autouse=True, scope="session")
def given_new_files_at_once():
    """The tables of a new file; tests/sync/test_migrated.py looks that they are the same."""
    with migrations_once(), statements_once():
        yield


@pytest.fixture(autouse=True)
def given_the_language_of_most_people():
    """Whatever a test spoke, the next one begins in Kazakh."""
    speak("kk")
