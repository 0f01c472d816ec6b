"""A pin at a field, set by key or mouse, lets the next new record begin with what it says."""

import pytest
from PySide6.QtCore import Qt

from desktop.actions import records
from tests.ui.at_work import given_desk, given_jobs, given_kazakh, given_said  # noqa: F401
from tests.ui.desks import VILLAGE, record, story
from tests.ui.keys import settle, show
from ui.screens.issues import IssuesScreen

KEY, CTRL = Qt.Key, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen(qtbot, desk, jobs):
    screen = IssuesScreen(desk, jobs)
    show(qtbot, screen)
    begin(qtbot, jobs, screen)
    return screen


def begin(qtbot, jobs, screen):
    screen.begin()
    settle(qtbot, jobs)


def pin(qtbot, jobs, screen, name):
    line = screen.editor.form.fields[name].input
    line.setFocus()
    qtbot.keyClick(line, KEY.Key_D, CTRL)
    settle(qtbot, jobs)


def save(qtbot, jobs, screen, **values):
    screen.editor.form.set_values(values)
    assert screen.editor.save()
    settle(qtbot, jobs)


def test_the_next_new_one_begins_with_it_and_only_with_it(qtbot, jobs, screen, said):
    screen.editor.form.set_values({"village": VILLAGE, "urgency": "urgent"})
    pin(qtbot, jobs, screen, "village")
    save(qtbot, jobs, screen, essence="Су жоқ", urgency="urgent")

    begin(qtbot, jobs, screen)

    values = screen.editor.form.values()
    assert (values["village"], values["urgency"], values["essence"]) == (VILLAGE, None, None)
    assert any("Ауыл" in words for words in said)


def test_what_was_said_last_counts(qtbot, jobs, screen):
    pin(qtbot, jobs, screen, "address")
    for address in ("Көктөбе 1", "Көктөбе 2"):
        save(qtbot, jobs, screen, address=address)
        begin(qtbot, jobs, screen)

    assert screen.editor.form.values()["address"] == "Көктөбе 2"


def test_the_pin_is_seen_at_the_cursor_and_where_it_is_set_and_tab_passes_it_by(
    qtbot, jobs, screen
):
    pins, fields = screen.editor.pins.pins, screen.editor.form.fields
    fields["address"].input.setFocus()
    assert pins["address"].isVisible()
    pin(qtbot, jobs, screen, "village")
    fields["essence"].input.setFocus()

    assert {name for name, one in pins.items() if one.isVisible()} == {"village"}
    fields["village"].input.setFocus()
    qtbot.keyClick(fields["village"].input, KEY.Key_Tab)
    assert fields["address"].input.hasFocus()


def test_a_second_press_takes_it_out(qtbot, jobs, screen):
    screen.editor.form.set_values({"address": "Көктөбе 1"})
    pin(qtbot, jobs, screen, "address")
    screen.editor.pins.pins["address"].trigger()
    settle(qtbot, jobs)
    save(qtbot, jobs, screen, essence="Су жоқ")

    begin(qtbot, jobs, screen)

    assert screen.editor.form.values()["address"] is None


def test_a_link_to_what_is_gone_is_left_out(qtbot, desk, jobs, screen):
    meeting = record(desk, "meeting", story()["meeting"])
    begin(qtbot, jobs, screen)
    screen.editor.form.set_values({"meeting": str(meeting)})
    pin(qtbot, jobs, screen, "meeting")
    save(qtbot, jobs, screen, essence="Су жоқ")
    begin(qtbot, jobs, screen)
    assert screen.editor.form.values()["meeting"] == str(meeting)
    screen.editor.throw_away()
    settle(qtbot, jobs)
    records.remove(desk, "meeting", meeting)

    begin(qtbot, jobs, screen)

    assert screen.editor.form.values()["meeting"] is None


def test_what_comes_from_elsewhere_goes_before_it(qtbot, jobs, screen):
    screen.editor.form.set_values({"address": "Көктөбе 1"})
    pin(qtbot, jobs, screen, "address")
    save(qtbot, jobs, screen, essence="Су жоқ")

    screen.begin({"address": "Басқа жер"})
    settle(qtbot, jobs)

    assert screen.editor.form.values()["address"] == "Басқа жер"


def test_a_name_has_no_pin(screen):
    assert {"applicant", "phone", "essence", "consent_way"}.isdisjoint(screen.editor.pins.pins)


def test_only_a_new_record_says_what_the_next_begins_with(qtbot, desk, jobs, screen):
    pin(qtbot, jobs, screen, "address")
    save(qtbot, jobs, screen, address="Көктөбе 1")
    old = record(desk, "issue", story()["issues"][0])
    screen.open_record(old)
    settle(qtbot, jobs)
    save(qtbot, jobs, screen, address="Ескі мекенжай")

    begin(qtbot, jobs, screen)

    assert screen.editor.form.values()["address"] == "Көктөбе 1"
