"""Before anything imports Qt: no window is opened where nobody looks."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from sync.language import speak


@pytest.fixture(autouse=True)
def given_the_language_of_most_people():
    """Whatever a test spoke, the next one begins in Kazakh."""
    speak("kk")
