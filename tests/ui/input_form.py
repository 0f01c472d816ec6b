"""One input in a form of its own, for the tests of inputs."""

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tests.ui.keys import show
from ui.widgets.inputs import TextLine


class Form(QWidget):
    """An input, and somewhere else to go."""

    def __init__(self, input):
        super().__init__()
        self.input, self.other = input, TextLine()
        layout = QVBoxLayout(self)
        layout.addWidget(input)
        layout.addWidget(self.other)


@pytest.fixture(name="put")
def given_put(qtbot):
    """Gives a function that shows an input, with the cursor in it."""
    kept = []

    def build(input):
        kept.append(Form(input))
        show(qtbot, kept[-1])
        input.setFocus()
        return input

    return build


# days and times
