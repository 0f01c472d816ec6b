import pytest

from desktop.papers.source import Stamp
from sync.change import now
from sync.language import speak
from tests.ui.desks import close, make_desk


@pytest.fixture
def desk(tmp_path):
    """An activist of Созақ at an empty file; the screen speaks Kazakh, whatever a paper speaks."""
    speak("kk")
    desk = make_desk(tmp_path / "desk")
    yield desk
    close(desk)


@pytest.fixture
def stamp():
    """Of a paper in this language."""
    return lambda language="ru", personal=False: Stamp(language, "AAAA-BBBB-CCCC", now(), personal)
