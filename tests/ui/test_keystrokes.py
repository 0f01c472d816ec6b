"""A typical issue needs few keys beside the words; what was typed to choose is not lost."""

from PySide6.QtCore import Qt

from desktop.actions import records
from tests import keystrokes
from tests.ui.at_work import given_desk, given_jobs, given_kazakh  # noqa: F401
from tests.ui.desks import VILLAGE
from tests.ui.keys import settle, show, write
from ui.screens.issues import IssuesScreen


def test_an_issue_needs_a_key_for_each_field_it_passes(qtbot, desk, jobs):
    screen = IssuesScreen(desk, jobs)
    show(qtbot, screen)

    count = keystrokes.entered(screen, keystrokes.ISSUE, lambda: settle(qtbot, jobs))

    [row] = records.list_records(desk, "issue")
    assert (row["category"], row["village"]) == ("drinking_water", VILLAGE)
    assert row["received_how"] == "visit"
    assert len(count.steering) <= 9
    assert count.seconds < 60


def test_a_choice_that_was_typed_and_not_left_is_saved_too(qtbot, desk, jobs):
    screen = IssuesScreen(desk, jobs)
    show(qtbot, screen)
    screen.begin()
    settle(qtbot, jobs)
    urgency = screen.editor.form.fields["urgency"].input
    urgency.setFocus()
    write("шұғ")

    qtbot.keyClick(urgency, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, jobs)

    [row] = records.list_records(desk, "issue")
    assert row["urgency"] == "urgent"
