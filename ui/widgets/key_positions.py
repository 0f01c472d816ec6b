"""Keys by where they lie, whatever alphabet the keyboard writes at the moment.

On the Kazakh layout the row of digits writes Ә І Ң Ғ Ү Ұ Қ, and the key A writes Ф. A person who
works by keys must not have to change the layout for one letter.
Source: the layouts KBDKAZ and KBDRU of Windows, `kz` and `ru` of xkeyboard-config; they agree on
every key below.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_DIGITS = dict(zip('"әіңғ,.үұқ', "1234567890", strict=True))
_LETTERS = dict(zip("йцукенгшщзфывапролдячсмить", "qwertyuiopasdfghjklzxcvbnm", strict=True))
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def digit_of(event: QKeyEvent) -> int | None:
    """The digit on the pressed key, 0 to 9; None for another key or with Ctrl or Alt."""
    text = _text(event)
    text = _DIGITS.get(text, text)
    return int(text) if len(text) == 1 and text in "0123456789" else None


def letter_of(event: QKeyEvent) -> str:
    """The Latin letter on the pressed key, small; "?" for a question mark; "" for other keys."""
    text = _text(event)
    text = _LETTERS.get(text, text)
    if text == "," and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return "?"  # Shift and the key beside Shift, on the Russian and the Kazakh layout
    return text if len(text) == 1 and (text == "?" or "a" <= text <= "z") else ""


def _text(event: QKeyEvent) -> str:
    return "" if event.modifiers() & _COMMANDS else event.text().lower()
