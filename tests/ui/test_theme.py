"""Which scheme is worn: the one that is held, or what the system asks for."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt

from ui import theme
from ui.palette import CONTRAST, DARK, LIGHT


@dataclass
class Hints:
    """What a system says of itself."""

    dark: bool = False
    high: bool = False

    def accessibility(self):
        return self

    def contrastPreference(self):
        wanted = Qt.ContrastPreference
        return wanted.HighContrast if self.high else wanted.NoPreference

    def colorScheme(self):
        return Qt.ColorScheme.Dark if self.dark else Qt.ColorScheme.Light


@pytest.mark.parametrize(
    ("choice", "scheme"),
    [(theme.LIGHT_ONLY, LIGHT), (theme.DARK_ONLY, DARK), (theme.HIGH, CONTRAST)],
)
def test_a_scheme_that_is_held_is_worn(dressed, choice, scheme):
    theme.choose(choice)

    assert theme.colour("ground") == scheme.ground
    assert theme.is_dark() == (scheme is not LIGHT)


@pytest.mark.parametrize(
    ("hints", "worn"),
    [
        (Hints(), theme.LIGHT_ONLY),
        (Hints(dark=True), theme.DARK_ONLY),
        (Hints(high=True), theme.HIGH),
        (Hints(dark=True, high=True), theme.HIGH),
    ],
)
def test_who_asked_the_system_for_contrast_has_it_here(hints, worn):
    assert theme._of_system(hints) == worn
