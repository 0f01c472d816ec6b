import pytest

from sync.language import speak
from tests.ui.desks import close, make_desk, seen_by


@pytest.fixture
def desk(tmp_path):
    """An activist of Созақ at an empty file."""
    desk = make_desk(tmp_path)
    yield desk
    close(desk)


@pytest.fixture
def coordinator(desk):
    """The coordinator, who sees the activist's work without a server between them."""
    return seen_by(desk, "coordinator")


@pytest.fixture(autouse=True)
def given_english():
    """These tests read the words of the source."""
    speak("en")
    yield
    speak("kk")
