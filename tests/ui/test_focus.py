"""Who works by keys sees where they are by the ring of a button, and the button as it is besides."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton, QRadioButton, QVBoxLayout, QWidget

from ui import theme

KINDS = [(QPushButton, kind) for kind in ("", "primary", "danger", "quiet", "chip")]


def drawn(qtbot, button, *, by_key):
    """The button with the focus, which a key brought or a click."""
    window = QWidget()
    QVBoxLayout(window).addWidget(button)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    window.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange, by_key)
    return button.grab().toImage()


@pytest.mark.parametrize(("make", "kind"), [*KINDS, (QCheckBox, ""), (QRadioButton, "")])
def test_a_key_brings_no_box_behind_the_words(qtbot, qapp, make, kind):
    theme.install(qapp)

    def button():
        made = make("Сақтау")
        made.setProperty("kind", kind)
        return made

    assert drawn(qtbot, button(), by_key=True) == drawn(qtbot, button(), by_key=False)
