"""The smallest screen, 1366 px wide, holds each screen also with words twice as large."""

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import seen_by
from tests.ui.keys import settle
from ui import theme
from ui.main_window import MainWindow
from ui.maps.bar import MapBar
from ui.screens import screens_for
from ui.translation import use_language
from ui.widgets.field_row import FieldRow
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.inputs import ChoiceInput
from ui.widgets.review_page import ReviewPage
from ui.widgets.sidebar import Entry, Sidebar

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


def tops(buttons, within):
    """At which heights of the page they stand."""
    return [button.mapTo(within, button.rect().topLeft()).y() for button in buttons]


@pytest.fixture
def large():
    """Makes words larger until the test ends."""
    yield theme.enlarge
    theme.enlarge(1.0)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_all_that_a_reviewer_can_do_stands_in_one_row_beside_the_queue(qtbot, large, language):
    use_language(language)
    for size, wide in ((1.0, 652), (1.5, 900)):
        large(size)
        page = ReviewPage()
        qtbot.addWidget(page)
        page.resize(wide, 500)
        page.show()
        assert len(set(tops(page.buttons.values(), page))) == 1


def test_where_words_are_large_what_decides_and_what_does_not_have_a_row_each(qtbot, large):
    use_language("kk")
    large(2.0)
    page = ReviewPage()
    qtbot.addWidget(page)
    page.resize(840, 500)
    page.show()

    approve, send_back, reject, duplicate, later = tops(page.buttons.values(), page)
    assert approve == send_back == reject < duplicate == later


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_parts_of_the_directory_stand_in_one_row(qtbot, desk, jobs, language):
    use_language(language)
    who = seen_by(desk, "coordinator")
    window = MainWindow(screens_for("coordinator"), lambda screen: screen.build(who, jobs))
    qtbot.addWidget(window)
    window.resize(NARROWEST, 740)
    window.show()
    window.go("directory")
    settle(qtbot, jobs)
    screen = window.pages.currentWidget()

    assert len(set(tops(screen.chips, screen))) == 1


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("size", [1.0, 1.5])
def test_what_is_chosen_above_the_map_is_never_cut(qtbot, large, language, size):
    """Where there is no room for all, what shades the districts goes below the others."""
    use_language(language)
    large(size)
    bar = MapBar(date(2026, 11, 29))
    qtbot.addWidget(bar)
    bar.retranslate()
    bar.show()
    for wide in (720, 1100):
        bar.resize(round(wide * size), 200)
        for layer, sort, measure in (
            ("issues", "late", "ahead"),
            ("issues", "open", "late"),
            ("projects", "", "work"),
        ):
            bar.show_wish(layer, sort, "last_year", measure)
            bar.layout().activate()
            seen = [one for one in (bar.layer, bar.sort, bar.days, bar.measure) if one.isVisible()]
            assert [one.seen() for one in seen] == [one.text() for one in seen]
    assert len(set(tops(seen, bar))) == 1


def test_a_row_that_goes_on_below_is_as_high_as_its_words_need(qtbot):
    place, flow = QWidget(), FlowLayout()
    row = FieldRow("Немен салыстырылады және қай аралықпен", ChoiceInput())
    row.setFixedWidth(120)
    flow.addWidget(row)
    place.setLayout(flow)
    qtbot.addWidget(place)
    place.resize(400, 300)
    place.show()

    assert row.label.height() >= row.label.heightForWidth(row.label.width())


def test_icons_alone_are_whole_beside_their_scroll_bar(qtbot, large):
    large(2.0)
    sidebar = Sidebar([Entry(f"s{at}", "today", "Бүгін") for at in range(30)])
    qtbot.addWidget(sidebar)
    sidebar.set_compact(compact=True)
    sidebar.resize(sidebar.width(), 400)
    sidebar.show()
    item = sidebar.items["s0"]

    assert (
        item.mapTo(sidebar, item.rect().topRight()).x()
        < sidebar._area.viewport().mapTo(sidebar, sidebar._area.viewport().rect().topRight()).x()
        + 1
    )
