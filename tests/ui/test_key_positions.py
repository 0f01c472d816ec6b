import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from ui.widgets.key_positions import digit_of, letter_of

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


def pressed(text, modifiers=NONE):
    return QKeyEvent(QEvent.Type.KeyPress, 0, modifiers, text)


@pytest.mark.parametrize("row", ["1234567890", '"әіңғ,.үұқ', '"ӘІҢҒ,.ҮҰҚ'])
def test_the_row_of_digits_is_known_on_every_layout(row):
    assert [digit_of(pressed(text)) for text in row] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 0]


@pytest.mark.parametrize("keys", ["jkarxdsp", "олфкчвыз", "ОЛФКЧВЫЗ"])
def test_the_letters_of_the_queue_are_known_on_every_layout(keys):
    assert "".join(letter_of(pressed(text)) for text in keys) == "jkarxdsp"


@pytest.mark.parametrize(("text", "modifiers"), [("?", SHIFT), (",", SHIFT)])
def test_the_question_mark_is_known(text, modifiers):
    assert letter_of(pressed(text, modifiers)) == "?"


@pytest.mark.parametrize("modifier", ["ControlModifier", "AltModifier"])
def test_with_a_modifier_it_is_another_command(modifier):
    held = getattr(Qt.KeyboardModifier, modifier)

    assert letter_of(pressed("a", held)) == ""
    assert digit_of(pressed("1", held)) is None
