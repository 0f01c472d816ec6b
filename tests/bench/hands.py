"""A person who goes on working in the list of issues: searches, scrolls, opens, and writes."""

import random
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer

from tests.ui.keys import press, write

EVERY = 60  # ms between two acts: a quick typist
WORDS = "көше су жарық коктобе "  # one letter at a time, then the box is emptied


class Hands(QObject):
    """Acts as long as it is told to. `acts` counts them."""

    def __init__(self, screen: Any) -> None:
        super().__init__()
        self._screen, self._chance, self.acts = screen, random.Random(7), 0
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self._act)

    def begin(self) -> None:
        """Begin a new issue, and go on with everything."""
        self._screen.begin()
        self._timer.start()

    def end(self) -> None:
        """Let go."""
        self._timer.stop()

    def _act(self) -> None:
        acts: list[Callable[[], None]] = [self._search, self._scroll, self._step, self._write]
        acts[self.acts // 50 % len(acts)]()  # three seconds of each
        self.acts += 1

    def _search(self) -> None:
        typed = self._screen.list.search
        at = len(typed.text())
        if at == len(WORDS):
            typed.clear()
        else:
            write(WORDS[at], typed)

    def _scroll(self) -> None:
        bar = self._screen.list.view.verticalScrollBar()
        far = self._chance.random() < 0.2  # now and then the bar is dragged
        bar.setValue(self._chance.randrange(bar.maximum() + 1) if far else bar.value() + 90)

    def _step(self) -> None:
        keys = (
            Qt.Key.Key_Down,
            Qt.Key.Key_Down,
            Qt.Key.Key_PageDown,
            Qt.Key.Key_End,
            Qt.Key.Key_Home,
        )
        press(self._chance.choice(keys), widget=self._screen.list.view)

    def _write(self) -> None:
        editor = self._screen.editor
        if editor.page is None or editor.page.row is not None:
            self._screen.begin()
        else:
            write("су ", editor.form.fields["essence"].input)
