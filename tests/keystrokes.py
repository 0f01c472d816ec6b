"""`python -m tests.keystrokes`: the keys of a typical issue and meeting from Ctrl+N to saved.

Real key events on a window that nobody sees, counted by what they are for: words that the person means
to say, and keys that only steer. Seconds are the keystroke-level model's, of an average typist.
"""

import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

KEY, THOUGHT = (
    0.28,
    1.35,
)  # seconds, by Card, Moran and Newell (1980): a key, and what is thought before a field
Typed = tuple[tuple[str, str], ...]  # field, what is typed into it

ISSUE: Typed = (
    (
        "essence",
        "Көктөбе көшесінде үш айдан бері ауыз су жоқ, тұрғындар суды екі шақырымнан тасиды",
    ),
    ("category", "ауыз"),
    ("village", "созақ ауылы"),
    ("address", "Көктөбе 12"),
    ("received_how", "сап"),
)
MEETING: Typed = (
    ("type", "диалог"),
    ("title", "Ауыз су туралы тұрғындармен кездесу"),
    ("held_at", "15"),
    ("village", "созақ ауылы"),
    ("place", "Мәдениет үйі"),
    ("present", "34"),
)


@dataclass
class Count:
    """What was pressed."""

    said: int = 0  # letters that the person means to say
    steering: list[str] = field(default_factory=list)  # everything else
    fields: int = 0

    @property
    def seconds(self) -> float:
        """By the model: each key, and a thought before each field and the save."""
        return (self.said + len(self.steering)) * KEY + (self.fields + 1) * THOUGHT


class Hands:
    """Presses keys where the cursor is, as a person does who never takes the mouse."""

    def __init__(self, screen) -> None:
        self.screen, self.count = screen, Count()

    def press(self, key, modifiers=None, name: str = "") -> None:
        """One key that steers."""
        from PySide6.QtCore import Qt
        from PySide6.QtTest import QTest
        from PySide6.QtWidgets import QApplication

        opened = QApplication.activePopupWidget() if not modifiers else None
        target = opened or QApplication.focusWidget() or self.screen  # an open list has the keys
        QTest.keyClick(target, key, modifiers or Qt.KeyboardModifier.NoModifier)
        self.count.steering.append(name or Qt.Key(key).name.removeprefix("Key_"))

    def write(self, words: str) -> None:
        """Letters into the field that has the cursor."""
        from tests.ui.keys import write

        write(words)
        self.count.said += len(words)

    def fill(self, form, values: Typed) -> None:
        """Tab to each field, and type."""
        from PySide6.QtCore import Qt

        for name, words in values:
            for _ in range(MOST_TABS):
                if form.focused() == name:
                    break
                self.press(Qt.Key.Key_Tab)
            else:
                raise AssertionError(f"Tab does not reach {name}: {self.count.steering}")
            self.write(words)
            self.count.fields += 1


MOST_TABS = 12


def entered(screen, values: Typed, settle) -> Count:
    """One record, from Ctrl+N to saved, on a screen of its kind."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    screen.resize(1366, 740)
    screen.show()
    screen.activateWindow()
    QTest.qWaitForWindowActive(screen)
    settle()
    screen.list.view.setFocus()
    hands, control = Hands(screen), Qt.KeyboardModifier.ControlModifier
    hands.press(Qt.Key.Key_N, control, "Ctrl+N")
    settle()
    hands.fill(screen.editor.form, values)
    hands.press(Qt.Key.Key_S, control, "Ctrl+S")
    settle()
    row = screen.editor.page.row
    if lost := [name for name, _ in values if row is None or row[name] is None]:
        raise AssertionError(f"not saved: {lost}")
    return hands.count


def main() -> int:
    """Print a line for each."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.gallery import make_app
    from tests.ui.desks import close, make_desk
    from ui.jobs import Jobs
    from ui.screens.issues import IssuesScreen
    from ui.screens.meetings import MeetingsScreen
    from ui.translation import use_language

    app = make_app()
    use_language("kk")
    with TemporaryDirectory() as folder:
        for name, make, values in (
            ("issue", IssuesScreen, ISSUE),
            ("meeting", MeetingsScreen, MEETING),
        ):
            desk, jobs = make_desk(Path(folder) / name), Jobs()
            screen = make(desk, jobs)
            count = entered(screen, values, lambda jobs=jobs: _settle(app, jobs))
            screen.close()
            jobs.close()
            close(desk)
            sys.stdout.write(
                f"{name}: {count.fields} fields, {count.said} letters, {len(count.steering)} keys "
                f"beside them ({' '.join(count.steering)}), {count.seconds:.0f} s\n"
            )
    return 0


def _settle(app, jobs) -> None:
    while jobs.working():
        app.processEvents()
    app.processEvents()


if __name__ == "__main__":
    raise SystemExit(main())
