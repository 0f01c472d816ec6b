import pytest

from sync.language import speak


@pytest.fixture(autouse=True)
def given_english():
    """These tests read the words of the source."""
    speak("en")
    yield
    speak("kk")
