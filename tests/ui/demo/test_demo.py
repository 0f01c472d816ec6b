"""The main job, whole: `python -m ui demo` in processes of its own."""

import json
import subprocess
import sys

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.demo.hands import cursor_in, write
from ui.demo.pictures import photo


def test_nothing_is_lost_from_the_first_word_to_the_rating(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "ui", "demo", "--headless", "--json", "--out", tmp_path / "demo"],
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    counts = json.loads(done.stdout)
    assert (counts["lost"], counts["refused"], counts["conflicts"]) == (0, 0, 0)
    assert (counts["recorded"], counts["interviews"], counts["photos"]) == (14, 10, 3)
    assert (counts["returned"], counts["approved"], counts["answers_sent"]) == (1, 5, 10)
    assert counts["rating"]["low"] < counts["rating"]["mean"] < counts["rating"]["high"]
    assert len(list((tmp_path / "demo").glob("*.png"))) == 15


def test_keys_go_to_the_cursor_of_their_window_while_somebody_works_in_another(qtbot):
    lines, other = [QLineEdit(), QLineEdit()], QLineEdit()
    window = QWidget()
    below = QVBoxLayout(window)
    for widget in lines:
        below.addWidget(widget)
    for shown in (window, other):
        qtbot.addWidget(shown)
        shown.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    lines[1].setFocus()

    write("Жол", cursor_in(window))

    assert [line.text() for line in (*lines, other)] == ["", "Жол", ""]


def test_a_photo_is_the_same_each_time_and_each_is_another():
    assert photo(0) == photo(0)
    assert photo(0) != photo(1)
