"""What is late, for those who take it up."""

from datetime import date, timedelta
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from desktop.actions.exporting import exports
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import VILLAGE, record, seen_by
from tests.ui.keys import press, settle, show
from ui.dialogs.export import ExportDialog
from ui.screens import screens_for
from ui.screens.overdue import OverdueScreen
from ui.translation import use_language

OTHER = "615634100"
TODAY = date.today()  # noqa: DTZ011  # the screen's own day


@pytest.fixture
def build(qtbot, desk, jobs):
    def build(role="leader"):
        use_language("en")
        screen = OverdueScreen(seen_by(desk, role), jobs)
        show(qtbot, screen)
        settle(qtbot, jobs)
        return screen

    return build


def issue(desk, late, **values):
    due = TODAY - timedelta(days=late)
    return record(desk, "issue", {"essence": f"{late}", "due_on": due, **values})


def test_where_nothing_is_late_it_says_so(build):
    screen = build()

    assert screen.none.isVisible()


def test_the_latest_come_first_and_levels_choose(qtbot, desk, jobs, build):
    for late in (0, 2, 8, 40):
        issue(desk, late)
    screen = build()

    assert [row.title for row in screen.list.rows.rows] == ["40", "8", "2"]
    assert [chip.text() for chip in screen.chips.values()] == [
        "All that is late · 3",
        "7 days or more · 2",
        "30 days or more · 1",
    ]
    screen.chips[30].click()
    settle(qtbot, jobs)
    assert [row.badge for row in screen.list.rows.rows] == ["40 days late"]


def test_an_answer_says_whose_it_is_and_a_coordinator_reads_where(desk, build):
    handed = TODAY - timedelta(days=60)
    record(desk, "issue", {"essence": "Су", "handed_on": handed, "handed_to": "Әкімдік"})

    [row] = build("coordinator").list.rows.rows
    assert row.below.startswith("Answer of Әкімдік")
    assert row.below.endswith("Sozak District")


def test_enter_opens_the_issue(qtbot, desk, build):
    id = issue(desk, 3)
    screen = build()
    opened = []
    screen.open_record.connect(lambda *what: opened.append(what))

    screen.list.choose(("issue", id, id))
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, screen.list)

    assert opened == [("issue", id)]


def test_a_decision_opens_the_meeting_that_it_was_made_at(qtbot, desk, build):
    meeting = record(desk, "meeting", {"title": "Жиын"})
    due = TODAY - timedelta(days=3)
    id = record(desk, "decision", {"text": "Су", "due_on": due}, meeting)
    screen = build()
    opened = []
    screen.open_record.connect(lambda *what: opened.append(what))

    screen.list.choose(("meeting", meeting, id))
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, screen.list)

    assert opened == [("meeting", meeting)]


def test_fields_leave_some_and_one_button_shows_all_again(qtbot, desk, jobs, build):
    issue(desk, 3, village=VILLAGE)
    issue(desk, 4, village=OTHER)
    screen = build()
    field = screen.filters.fields["village"]
    assert sorted(key for key, _ in field.choices()) == [OTHER, VILLAGE]
    assert all(words.endswith(" · 1") for _, words in field.choices())

    field.set_value(VILLAGE)
    settle(qtbot, jobs)
    assert [row.title for row in screen.list.rows.rows] == ["3"]
    assert screen.filters.all_button.isVisible()

    screen.chips[30].click()
    settle(qtbot, jobs)
    assert screen.none.isVisible()
    assert "fits what you chose" in screen.none.sentence.text()

    screen.filters.all_button.click()
    screen.chips[1].click()
    settle(qtbot, jobs)
    assert len(screen.list.rows.rows) == 2
    assert not screen.filters.all_button.isVisible()


def test_districts_are_chosen_by_who_sees_several(build):
    assert not build("leader").filters.fields["district"].isVisible()
    assert build("coordinator").filters.fields["district"].isVisible()


@pytest.mark.parametrize(("key", "ending"), [(Qt.Key.Key_E, "xlsx"), (Qt.Key.Key_P, "pdf")])
def test_the_list_leaves_by_a_key_as_it_is_chosen(
    qtbot, desk, jobs, build, tmp_path, monkeypatch, key, ending
):
    issue(desk, 3, village=VILLAGE)
    issue(desk, 4, village=OTHER)
    screen = build()
    screen.filters.fields["village"].set_value(VILLAGE)
    settle(qtbot, jobs)
    proposed = []

    def where(_, __, name, files):
        proposed.append(name)
        return str(tmp_path / f"late{Path(name).suffix}"), files

    monkeypatch.setattr(QFileDialog, "getSaveFileName", where)
    press(key, Qt.KeyboardModifier.ControlModifier, screen.list)
    [dialog] = screen.findChildren(ExportDialog)
    dialog.save_button.click()
    settle(qtbot, jobs)

    assert (tmp_path / f"late.{ending}").stat().st_size > 1000
    assert [(one.kind, one.format, one.rows) for one in exports(screen._desk)] == [
        ("overdue", ending, 1)
    ]


def test_what_is_closed_goes_at_once(qtbot, desk, jobs, build):
    from desktop.actions import records

    id = issue(desk, 3)
    screen = build()
    jobs.write(lambda: records.save(desk, "issue", {"state": "closed"}, id))
    settle(qtbot, jobs)

    assert screen.list.rows.rows == []


def test_it_is_for_those_who_decide():
    having = [
        role
        for role in ("activist", "leader", "coordinator", "analyst", "integrity_officer")
        if any(one.key == "overdue" for one in screens_for(role))
    ]

    assert having == ["leader", "coordinator"]


def test_who_stops_the_counting_keeps_what_was_shown_and_is_told_how_to_look_again(
    qtbot, desk, jobs, build, said
):
    id = issue(desk, 8, handed_on=TODAY - timedelta(days=40), state="handed_over")
    screen = build()
    issue(desk, 9, handed_on=TODAY - timedelta(days=40), state="handed_over")
    gate = Event()
    jobs.read(screen, gate.wait, lambda _: None)  # whatever else is asked of the file before

    screen.reload()
    qtbot.waitUntil(screen.reading.bar.isVisible)
    screen.reading.bar.stop_button.click()
    gate.set()
    settle(qtbot, jobs)

    assert not screen.reading.bar.isVisible()
    assert [row.key[1] for row in screen.list.rows.rows] == [id]
    assert "To look again" in said[-1]
    screen.choose(1)
    settle(qtbot, jobs)
    assert len(screen.list.rows.rows) == 2
