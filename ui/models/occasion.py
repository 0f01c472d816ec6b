"""What interviews are held for: a wave of a survey, a form about a person.

What asks (`ui.widgets.interviewer`) knows only this: what stands before the first question, what
the program itself fills in, where an interview is kept, and what becomes of a finished one.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from desktop.surveys.form import Form
from sync.change import Change
from sync.places import Pack
from sync.records.base import Values


class Shelf(Protocol):
    """Where photos of answers are kept. Its methods run on the store's thread."""

    def add(self, content: Path | bytes) -> str:
        """Keep a picture, small and without hidden data → the value of the answer: the SHA-256 of
        what is kept, and ".jpg". Raises UserError for what is no picture.
        """

    def read(self, value: str) -> bytes | None:
        """What was kept for a value; None where it is not here."""


class Occasion(Protocol):
    """One interview to be held. The methods of the second half run on the store's thread."""

    @property
    def title(self) -> str:
        """What stands above the questions."""

    @property
    def form(self) -> Form:
        """What is asked."""

    @property
    def draft(self) -> Mapping[str, Any]:
        """An interview that was cut off: what `keep` was given. Empty: a new one begins."""

    @property
    def page(self) -> QWidget | None:
        """What stands before the first question; None: the questions begin at once."""

    @property
    def places(self) -> Pack | None:
        """The region whose villages can be found by name; None: places are only typed."""

    @property
    def shelf(self) -> Shelf | None:
        """Where photos go; None where no photo is taken: it would tell who was asked."""

    @property
    def filled(self) -> bool:
        """Whether Enter may begin at once; else the cursor goes to the page."""

    @property
    def again(self) -> bool:
        """Whether the next interview begins at once when one is finished."""

    @property
    def final(self) -> bool:
        """Whether nothing can be changed once an interview is finished."""

    @property
    def screened(self) -> bool:
        """Whether people are blacked out of what was typed, once an interview is finished."""

    def ready(self) -> bool:
        """Whether the page is filled in; else the page says what it lacks."""

    def given(self) -> Mapping[str, str]:
        """{path: value} of what the program fills in before the first question."""

    def beside(self) -> Values:
        """What is kept beside the answers; it comes back in `draft`."""

    def ended(self) -> str:
        """What is said when an interview is finished, in the language spoken now."""

    def keep(self, body: Values) -> None:
        """Keep an interview as it stands, for `draft`."""

    def drop(self) -> None:
        """Forget it: it was thrown away."""

    def finish(self, values: Values) -> list[Change]:
        """Take the answers of a finished one, and forget its draft."""
