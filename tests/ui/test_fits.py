"""The smallest screen, 1366 px wide, holds each screen also with words twice as large."""

import pytest

from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import seen_by
from tests.ui.keys import settle
from ui import theme
from ui.main_window import MainWindow
from ui.screens import screens_for
from ui.translation import use_language

NARROWEST = 1366


@pytest.mark.parametrize("size", [1.5, 2.0])
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_no_screen_makes_the_window_wider_than_a_small_laptop(qtbot, desk, jobs, language, size):
    theme.enlarge(size)
    use_language(language)
    who = seen_by(desk, "coordinator")
    screens = screens_for("coordinator")
    window = MainWindow(screens, lambda screen: screen.build(who, jobs))
    qtbot.addWidget(window)
    window.resize(NARROWEST, 740)
    window.show()
    wide = {}
    for screen in screens:
        window.go(screen.key)
        settle(qtbot, jobs)
        if (least := window.minimumSizeHint().width()) > NARROWEST:
            wide.setdefault(least, screen.key)
    theme.enlarge(1.0)

    assert wide == {}
