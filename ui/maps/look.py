"""Colours of the map, from those of the design: on the screen of the scheme shown, in a file of the light one."""

from collections.abc import Callable

from PySide6.QtGui import QColor, QFont

from desktop.maps.layers import Layer, Sort
from ui import fonts, theme
from ui.palette import LIGHT

Ink = Callable[[str], str]  # a name of ui.palette.Scheme → #RRGGBB
PALEST, DEEPEST = 0.14, 0.78  # how much of the accent is in a shade


def on_paper(role: str) -> str:
    """The ink of what is printed."""
    return str(getattr(LIGHT, role))


def mixed(ink: Ink, one: str, other: str, share: float) -> QColor:
    """A colour between two of the scheme."""
    a, b = QColor(ink(one)), QColor(ink(other))
    pairs = zip(a.getRgb()[:3], b.getRgb()[:3], strict=True)  # type: ignore[index]  # four numbers
    return QColor(*(round(x + (y - x) * share) for x, y in pairs))


def shade_colour(ink: Ink, number: int, of: int) -> QColor:
    """Of the shade with this number: the higher the deeper."""
    share = PALEST + (DEEPEST - PALEST) * (number / (of - 1) if of > 1 else 0.5)
    return mixed(ink, "surface", "accent", share)


def role_of(layer: Layer, sort: Sort) -> str:
    """The tone of its numbers: what is late, and where nobody goes, stands out."""
    if sort.days:
        return "warning"
    return "danger" if sort.name == "late" else "accent"


def ground_of_words(ink: Ink) -> QColor:
    """Under a name, so that it can be read on every shade."""
    colour = QColor(ink("surface"))
    colour.setAlpha(215)
    return colour


def number_font(scale: float = 1.0) -> QFont:
    """Of numbers in their marks."""
    return fonts.text_font(round(theme.size("caption") * scale), QFont.Weight.DemiBold)


def name_font(*, strong: bool) -> QFont:
    """Of names: districts and centres stand out."""
    weight = QFont.Weight.DemiBold if strong else QFont.Weight.Normal
    return fonts.text_font(theme.size("caption"), weight)
