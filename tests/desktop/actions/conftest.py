import pytest

from desktop.profile import close_desk, open_desk
from sync.language import speak
from tests.profiles import PASSWORD, line, new_profile
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


@pytest.fixture
def profile(own_server, tmp_path):
    """Of the leader, with real keys."""
    return new_profile(tmp_path / "lea", own_server, "lea", "leader")


@pytest.fixture
def lea(own_server, profile):
    """The leader at an encrypted file, with a line to a real server."""
    desk = open_desk(profile, PASSWORD, http=line(own_server))
    yield desk
    close_desk(desk)


@pytest.fixture
def aidana(own_server, tmp_path):
    """An activist, the same."""
    desk = open_desk(new_profile(tmp_path / "aidana", own_server), PASSWORD, http=line(own_server))
    yield desk
    close_desk(desk)
