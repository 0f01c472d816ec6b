"""Reports on the screen: by keys, down to the records, as bars and as a table."""

from datetime import date
from threading import Event

import pytest
from PySide6.QtCore import Qt

from desktop.actions import figures
from sync.errors import Stopped
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import SOZAQ, record, seen_by
from tests.ui.keys import press, settle, show
from ui import theme
from ui.models.figure_table import BAR, DrawnRole
from ui.screens import screens_for
from ui.screens.figures import FiguresScreen
from ui.translation import use_language
from ui.widgets.figure_list import NAME_LEAST

TODAY = date.today()  # noqa: DTZ011  # the screen's own day


@pytest.fixture
def build(qtbot, desk, jobs):
    def build(role="activist"):
        use_language("en")
        screen = FiguresScreen(seen_by(desk, role), jobs)
        show(qtbot, screen)
        settle(qtbot, jobs)
        return screen

    return build


@pytest.fixture
def issues(desk):
    """Three about gas, one about roads, today."""
    said = {"essence": "Су жоқ", "received_on": f"{TODAY}", "village": "615647100"}
    return [
        record(desk, "issue", said | {"category": category})
        for category in ("gas", "gas", "gas", "roads")
    ]


def cells(screen, column=0):
    model = screen.list.model_
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_reports_are_chosen_by_arrows_and_enter_goes_to_the_lines(qtbot, jobs, build, issues):
    screen = build()
    assert screen.reports.current_key() == "activity"

    screen.reports.setFocus()
    for _ in range(3):
        press(Qt.Key.Key_Down, widget=screen.reports)
    qtbot.waitUntil(lambda: screen.answer.report.name == "issues")
    settle(qtbot, jobs)
    assert cells(screen) == ["Gas supply", "Roads", "All together"]
    assert cells(screen, 2) == ["3", "1", "4"]
    press(Qt.Key.Key_Return, widget=screen.reports)
    assert screen.list.hasFocus()


def test_enter_on_a_line_lists_its_records_and_backspace_leads_back(qtbot, jobs, build, issues):
    screen = build()
    screen.choose("issues")
    settle(qtbot, jobs)
    screen.list.setFocus()

    press(Qt.Key.Key_Return, widget=screen.list)
    settle(qtbot, jobs)
    assert {row.key[1] for row in screen.records.rows.rows} == set(issues[:3])
    with qtbot.waitSignal(screen.record_wanted) as wanted:
        press(Qt.Key.Key_Return, widget=screen.records)
    assert wanted.args[0] == "issue"
    press(Qt.Key.Key_Backspace, widget=screen.records)
    assert screen.pages.currentIndex() == 0
    assert screen.list.hasFocus()


def test_a_coordinator_goes_from_districts_to_okrugs_to_villages(qtbot, jobs, build, issues):
    screen = build("coordinator")
    screen.choose("issues")
    settle(qtbot, jobs)
    screen.bar.by.set_value("district")
    settle(qtbot, jobs)
    screen.open_line(SOZAQ)
    settle(qtbot, jobs)
    assert (screen.question.by, screen.bar.place.value()) == ("okrug", SOZAQ)
    screen.open_line(screen.answer.lines[0].key)
    settle(qtbot, jobs)
    assert cells(screen)[0].startswith("Созақ village")

    for by in ("okrug", "district"):
        press(Qt.Key.Key_Backspace, widget=screen.list)
        settle(qtbot, jobs)
        assert screen.question.by == by


def test_who_rests_at_the_report_that_is_shown_leaves_its_grouping_as_it_was_chosen(
    qtbot, jobs, build, issues
):
    screen = build("coordinator")
    screen.choose("issues")
    settle(qtbot, jobs)
    screen.bar.by.set_value("district")
    screen.reports.chosen.emit("issues")
    qtbot.waitUntil(lambda: not screen._soon.isActive())
    settle(qtbot, jobs)

    assert (screen.question.by, screen.bar.by.value()) == ("district", "district")


def test_bars_are_drawn_to_the_largest_and_the_table_has_all_figures(qtbot, jobs, build, issues):
    screen = build()
    screen.choose("issues")
    settle(qtbot, jobs)
    model = screen.list.model_
    at = model.columns.index(BAR)
    assert [model.index(row, at).data(DrawnRole).now for row in (0, 1)] == [1, 1 / 3]
    assert model.index(2, at).data(DrawnRole) is None  # the sum would dwarf them

    screen.turn()
    assert model.columnCount() == 1 + len(screen.answer.report.figures)
    assert not screen.bar.figure.isVisible()
    said = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Gas supply. Received: 3")


def test_another_period_is_shown_and_empty_ones_say_so(qtbot, jobs, build, issues):
    screen = build()
    screen.choose("issues")
    settle(qtbot, jobs)
    for _ in range(2):  # one month on, the month before still has something
        screen.bar.later_button.click()
        settle(qtbot, jobs)

    assert screen.none.isVisible()
    assert screen.bar.period.first > TODAY.replace(day=1)
    screen.bar.span.set_value("free")
    settle(qtbot, jobs)
    screen.bar.first.set_value(TODAY)
    screen.bar.last.set_value(TODAY)
    screen.bar.last.editingFinished.emit()
    settle(qtbot, jobs)
    assert screen.answer.whole.now["issues"] == 4
    screen.bar.last.set_value(date(2020, 1, 1))
    screen.bar.last.editingFinished.emit()
    assert "before the first" in screen.bar.last_row.problem.text()


def test_what_is_recorded_meanwhile_is_counted(qtbot, desk, jobs, build, issues):
    screen = build()
    screen.choose("issues")
    settle(qtbot, jobs)
    from desktop.actions import records

    said = {
        "essence": "Жол",
        "category": "roads",
        "received_on": f"{TODAY}",
        "village": "615647100",
    }
    jobs.write(lambda: records.save(desk, "issue", said))

    qtbot.waitUntil(lambda: screen.answer.whole.now["issues"] == 5)
    settle(qtbot, jobs)


def test_the_screen_is_of_those_who_read_records():
    for role, there in (("activist", True), ("coordinator", True), ("analyst", False)):
        assert ("figures" in [one.key for one in screens_for(role)]) is there


def test_the_report_of_no_district_asks_for_one_where_it_is_chosen(qtbot, jobs, build, said):
    screen = build("coordinator")

    screen.save_district("week")

    assert len(said) == 1
    assert screen.bar.place.hasFocus()


def test_names_can_be_read_where_words_are_large(qtbot, jobs, build, issues):
    theme.enlarge(1.5)
    screen = build()
    use_language("ru")
    screen.list.setFixedWidth(700)
    settle(qtbot, jobs)
    screen.list.fit()
    has, needs = screen.list.columnWidth(0), theme.grown(NAME_LEAST)
    theme.enlarge(1.0)

    assert has >= needs


def test_a_report_that_nobody_waits_for_any_more_is_not_counted_on(
    qtbot, desk, jobs, build, issues, said
):
    screen = build()
    gate, stopped = Event(), []
    read_report = figures.read_report

    def slowly(desk, question, today, between):
        gate.wait(10)
        try:
            between()
        except Stopped:
            stopped.append(question.report)
            raise
        return read_report(desk, question, today, between)

    with pytest.MonkeyPatch.context() as slow:
        slow.setattr(figures, "read_report", slowly)
        screen.choose("issues")
        screen.choose("meetings")
        gate.set()
        settle(qtbot, jobs)

    assert stopped == ["issues"]
    assert screen.answer.report.name == "meetings"
    assert said == []
