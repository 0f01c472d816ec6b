"""Qt must not take references away from Python: PySide6 6.12.0 did so on Python 3.11."""

import sys

from PySide6.QtWidgets import QLabel


def test_a_thousand_calls_take_no_reference_from_none(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)

    for number in range(1_000):
        label.setText(str(number))

    assert sys.getrefcount(None) > before - 500
