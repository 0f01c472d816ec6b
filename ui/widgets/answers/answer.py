"""What every sort of answer has in common, and what it may ask of the program."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.surveys.interview import NodeState
from sync.errors import UserError
from ui.models.occasion import Shelf

Pairs = Sequence[tuple[str, str]]


class Run(Protocol):
    """Work on the store's thread; afterwards its result, or the UserError that it raised."""

    def __call__(
        self,
        owner: QObject,
        work: Callable[[], Any],
        then: Callable[[Any], object],
        refused: Callable[[UserError], None] | None = None,
    ) -> None: ...


@dataclass(frozen=True)
class Aids:
    """What answers may use besides the question: each is None where there is none.

    `places`: (“latitude longitude”, full name) of the places that have these words, the best first.
    `shelf` and `run`: where photos go, and how; without them photo questions say that they cannot
    be answered here.
    """

    places: Callable[[str], Pairs] | None = None
    shelf: Shelf | None = None
    run: Run | None = None


NO_AIDS = Aids()


class Answer(QWidget):
    """One sort of answer: shows the state of its question, and says what was given.

    `numbered` is how many choices have digits; `words_of_keys` are English and marked.
    """

    chosen = Signal(int)  # the number of a choice, from 1: to be taken, or taken out again
    given = Signal(str)  # a whole answer, as the form keeps it
    typed = Signal(str)  # the same while it is being typed
    numbered = 0
    words_of_keys = ""
    wide = True  # as wide as the page

    def __init__(self, node: NodeState, aids: Aids = NO_AIDS) -> None:
        super().__init__()
        self.aids = aids
        self.node = node

    def show_node(self, node: NodeState) -> None:
        """The question as it is now; the cursor stays where it is."""
        self.node = node

    def show_wrong(self, *, wrong: bool) -> None:
        """Mark the answer, or not any more; the words stand below it."""

    def show_pending(self, digits: str) -> None:
        """A code of several digits is half typed."""

    def take(self, number: int) -> None:
        """The choice of this number was typed."""
        self.chosen.emit(number)

    def go_by(self, step: int) -> bool:
        """To a row that is so many further on; False where there is none."""
        return False

    def retranslate(self) -> None:
        """The program's own words, in the language spoken now."""
