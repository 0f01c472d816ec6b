"""What is opened inside a screen, and walked by keys: the page of a meeting with all that was asked there, the meeting
while it is held, and the preview of its minutes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from desktop.session import Desk
    from ui.main_window import MainWindow

PATIENCE = 120  # seconds until something is there
QUESTIONS = 14  # so many that minutes have two pages
PRESSED = 60  # ms between two keys
RESTS = 600  # ms in which what was opened before comes to rest
ASKED, DECIDED = "Ауыз су қашан болады?", "Су құбырын тартуды сұрау"


@dataclass(frozen=True)
class Inside:
    """`before`: its screen is there, `open` leads into it, `walk` presses keys, `leave` leads back."""

    name: str
    before: Callable[[], object]
    open: Callable[[], object]
    walk: Callable[[], object]
    leave: Callable[[], object]


def _pressed(*keys: Any) -> None:
    """One after the other: words are typed, a key may have its modifier."""
    from tests.ui.keys import press, write
    from ui.demo.hands import pause

    for one in keys:
        if isinstance(one, str):
            write(one)
        elif isinstance(one, tuple):
            press(*one)
        else:
            press(one)
        pause(PRESSED)


def insides(desk: "Desk", window: "MainWindow") -> Iterator[Inside]:
    """Of a meeting of this person, which is written down for it."""
    from PySide6.QtCore import Qt

    from tests.papers import meeting
    from tests.ui.desks import record
    from tests.ui.keys import press
    from ui.demo.hands import pause, wait
    from ui.dialogs.paper import PaperDialog
    from ui.dialogs.preview import PreviewDialog

    key, ctrl = Qt.Key, Qt.KeyboardModifier.ControlModifier
    screen: Any = window.go("meetings", into=True)
    other, id = meeting(desk), meeting(desk)
    for at in range(QUESTIONS):
        record(desk, "question", {"text": f"{at + 3}. {ASKED}", "answered": "promised"}, id)

    def on_page_of(which: UUID) -> None:
        window.go("meetings", into=True)
        screen.open_record(which)
        wait(lambda: screen.editor.page and screen.editor.page.id == which, PATIENCE)
        pause(RESTS)

    yield Inside(
        "meeting, page",
        lambda: on_page_of(other),
        lambda: screen.open_record(id),
        lambda: _pressed(key.Key_Tab, key.Key_Tab, key.Key_Tab),
        lambda: None,
    )
    yield Inside(
        "meeting, held",
        lambda: on_page_of(id),
        lambda: press(key.Key_F9, widget=screen),
        lambda: _pressed(ASKED, key.Key_F8, DECIDED, key.Key_F7, key.Key_F6, key.Key_F6),
        lambda: screen.live.leave(),
    )

    def asked() -> None:
        on_page_of(id)
        screen.print_record()
        wait(lambda: screen.findChildren(PaperDialog), PATIENCE)
        pause(RESTS)

    def looked_at() -> None:
        screen.findChildren(PaperDialog)[-1].preview_button.click()
        wait(lambda: screen.findChildren(PreviewDialog), PATIENCE)

    def closed() -> None:
        for kind in (PreviewDialog, PaperDialog):
            screen.findChildren(kind)[-1].reject()
        window.activateWindow()  # offscreen nobody else does
        pause(PRESSED)

    yield Inside(
        "preview",
        asked,
        looked_at,
        lambda: _pressed(
            *(key.Key_PageDown, key.Key_Home, key.Key_End),
            *((key.Key_Plus, ctrl), (key.Key_Minus, ctrl), (key.Key_0, ctrl)),
        ),
        closed,
    )
