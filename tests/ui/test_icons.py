from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QPushButton

import resources
from ui import theme
from ui.icons import Picture, icon
from ui.key_caps import key_cap
from ui.palette import DARK, LIGHT
from ui.screens import SCREENS
from ui.widgets.badges import REVIEW
from ui.widgets.print_bar import PrintBar

NAMES = sorted(entry.name for entry in resources.entry("icons").iterdir())


def colours(image):
    seen = set()
    for x in range(image.width()):
        for y in range(image.height()):
            if (colour := image.pixelColor(x, y)).alpha() == 255:
                seen.add(colour.name().upper())
    return seen


@pytest.mark.parametrize("file", NAMES)
def test_an_icon_is_drawn_on_the_grid_in_the_current_colour(dressed, file):
    drawing = ElementTree.fromstring(resources.text("icons", file))  # our own file

    assert drawing.attrib["viewBox"] == "0 0 24 24"
    assert drawing.attrib["stroke"] == "currentColor"
    assert colours(icon(file.removesuffix(".svg")).pixmap(QSize(48, 48)).toImage()) == {LIGHT.text}


@pytest.mark.parametrize(
    "name",
    [
        "today",
        "meetings",
        "issues",
        "visits",
        "surveys",
        "ratings",
        "review",
        "sync",
        "settings",
        "search",
        "add",
        "check",
        "return",
        "reject",
        "duplicate",
        "later",
        "undo",
        "redo",
        "camera",
        "photo",
        "people",
        "place",
        "calendar",
        "clock",
        "warning",
        "info",
        "lock",
        "language",
        "sun",
        "moon",
        "chevron_down",
        "close",
        "send",
        "cloud_ok",
        "cloud_wait",
        "edit",
        "question",
        "decision",
        "phone",
        "document",
        "offline",
    ],
)
def test_the_icons_that_screens_need_are_there(name):
    assert f"{name}.svg" in NAMES


def test_screens_and_states_have_icons_that_exist():
    used = {screen.icon for screen in SCREENS} | {sign for _, sign in REVIEW.values()}

    assert {f"{name}.svg" for name in used} <= set(NAMES)


def test_an_icon_on_a_button_follows_the_scheme_by_itself(qtbot):
    button = QPushButton()
    button.setIcon(icon("add", "accent"))
    qtbot.addWidget(button)
    before = colours(button.icon().pixmap(QSize(32, 32)).toImage())

    theme.choose("dark")

    assert before == {LIGHT.accent}
    assert colours(button.icon().pixmap(QSize(32, 32)).toImage()) == {DARK.accent}


def test_a_switched_off_icon_is_faint(dressed):
    drawn = icon("add", "accent").pixmap(QSize(32, 32), QIcon.Mode.Disabled)

    assert colours(drawn.toImage()) == {LIGHT.faint}


def test_a_picture_can_change(qtbot):
    picture = Picture("add", "danger", 32)
    qtbot.addWidget(picture)

    picture.show_icon("close", "success")

    assert QColor(LIGHT.success).name().upper() in colours(picture.grab().toImage())


def test_an_unknown_icon_is_a_bug(dressed):
    with pytest.raises(FileNotFoundError):
        icon("nothing")


def test_what_is_open_while_the_scheme_changes_wears_the_new_one(qtbot, dressed):
    """Every pixel is as if it had been opened in it."""

    def opened():
        bar = PrintBar()
        qtbot.addWidget(bar)
        bar.system_button.setIcon(key_cap("A"))
        bar.resize(700, 160)
        bar.show()
        return bar

    early = opened()
    theme.choose(theme.DARK_ONLY)
    changed = early.grab().toImage()
    late = opened().grab().toImage()
    theme.choose(theme.LIGHT_ONLY)

    assert changed == late
    assert changed != early.grab().toImage()
