"""The list of screens at the left: every name is read whole."""

import pytest

from sync.language import LANGUAGES
from ui import theme
from ui.screens import SCREENS
from ui.translation import use_language
from ui.widgets.labels import PlainLabel
from ui.widgets.sidebar import NARROW, WIDTH, Entry, Sidebar


@pytest.fixture
def sidebar(qtbot):
    shown = Sidebar([Entry(one.key, one.icon, one.label) for one in SCREENS], "Айгүл Бейсенова")
    qtbot.addWidget(shown)
    shown.resize(WIDTH, 1600)
    shown.show()
    yield shown
    use_language("kk")
    theme.enlarge(1.0)


def cut(sidebar):
    """The names that their places do not hold."""
    labels = [label for item in sidebar.items.values() for label in item.findChildren(PlainLabel)]
    return [
        label.text() for label in labels
        if label.isVisible() and label.width() < label.fontMetrics().horizontalAdvance(label.text())
    ]  # fmt: skip


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_has_room_in_each_language_and_size_beside_what_waits(
    qtbot, sidebar, language, scale
):
    use_language(language)
    theme.enlarge(scale)
    sidebar.count("reports", 1_000)

    qtbot.waitUntil(lambda: cut(sidebar) == [])


def test_names_that_are_short_leave_it_as_wide_as_usual(qtbot, sidebar):
    use_language("en")

    qtbot.waitUntil(lambda: sidebar.width() == WIDTH)
    sidebar.set_compact(True)
    assert sidebar.width() == NARROW


def test_in_a_low_window_the_list_scrolls_and_the_screen_that_is_open_is_seen(qtbot, sidebar):
    sidebar.resize(WIDTH, 400)
    last = [*sidebar.items.values()][-1]

    sidebar.mark(last.entry.key)

    qtbot.waitUntil(lambda: not last.visibleRegion().isEmpty())
    assert cut(sidebar) == []
