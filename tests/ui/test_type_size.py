"""How large words are: as the system has it, or as the person chose, at once and next time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from desktop.settings import load_settings
from tests.ui.keys import press
from tests.ui.started import (  # noqa: F401
    given_profile,
    given_server,
    given_start,
    settle,
    sign_in,
)
from ui import theme, type_size
from ui.type_size import LARGEST, SMALLEST, STEPS, SystemSize, next_step, per_cent


@pytest.fixture
def program(qtbot, start, profile):
    made = start(profile.folder)
    sign_in(qtbot, made)
    settle(qtbot, made)
    yield made
    theme.enlarge(1.0)


def test_keys_make_words_larger_and_smaller_at_once_and_also_next_time(qtbot, program, profile):
    window = program.window
    before = window.title.fontMetrics().height()

    press(Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier, widget=window)
    press(Qt.Key.Key_Equal, Qt.KeyboardModifier.ControlModifier, widget=window)

    assert theme.scale() == 1.5
    assert window.title.fontMetrics().height() > before * 1.4
    assert load_settings(profile.settings)["size"] == "150"

    press(Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier, widget=window)
    assert theme.scale() == 1.25

    press(Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier, widget=window)
    assert theme.scale() == type_size.of_system() / 100
    assert load_settings(profile.settings)["size"] == "system"


def test_who_comes_back_from_the_systems_settings_finds_words_as_they_are_there(
    qtbot, program, monkeypatch
):
    program.settings.change_size("system")
    monkeypatch.setattr(type_size, "of_system", lambda: 175)
    [watch] = program.findChildren(SystemSize)

    watch._look(Qt.ApplicationState.ApplicationInactive)
    assert theme.scale() == 1.0
    watch._look(Qt.ApplicationState.ApplicationActive)
    assert theme.scale() == 1.75


def test_a_size_that_was_chosen_does_not_follow_the_system(qtbot, program, monkeypatch):
    program.settings.change_size("125")
    monkeypatch.setattr(type_size, "of_system", lambda: 175)
    [watch] = program.findChildren(SystemSize)

    watch._look(Qt.ApplicationState.ApplicationActive)

    assert theme.scale() == 1.25


@pytest.mark.parametrize(
    ("points", "size"), [(9, 100), (11, 100), (13.75, 125), (15, 135), (22, 200), (40, 200)]
)
def test_the_systems_own_font_says_how_large_words_are(monkeypatch, points, size):
    monkeypatch.setattr(type_size, "_of_font", lambda: points / type_size.USUAL * 100)
    monkeypatch.setattr(type_size, "_of_windows", lambda: points / type_size.USUAL * 100)
    assert per_cent("system") == size


@given(st.integers(SMALLEST, LARGEST), st.sampled_from((1, -1)))
def test_steps_lead_to_either_end_and_stay_there(now, way):
    for _ in STEPS:
        step = next_step(now, way)
        assert (step - now) * way >= 0
        assert step in STEPS or step == now
        now = step
    assert now == (LARGEST if way > 0 else SMALLEST)
