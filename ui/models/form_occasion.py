"""A form about a household or a person, filled in by name: what is asked, and where it is kept."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.actions import filling
from desktop.actions.filling import BESIDE, Filling
from desktop.session import Desk
from desktop.surveys.filled import hidden_at
from desktop.surveys.form import Form
from desktop.surveys.photo_answers import PhotoShelf
from sync.change import Change
from sync.language import tr
from sync.places import Pack
from sync.records.base import Values
from ui.models.lines import short_place
from ui.models.occasion import Shelf


class FormOccasion:
    """The questions of one record. What is before them stands on the record's page."""

    page: QWidget | None = None
    filled, again, final = True, False, False
    screened = False  # it is about somebody, by name

    def __init__(self, desk: Desk, begun: Filling) -> None:
        self._desk, self.begun = desk, begun
        self.shelf: Shelf | None = PhotoShelf(desk)
        self.draft: Mapping[str, Any] = {"answers": dict(begun.answers), **begun.draft}

    @property
    def title(self) -> str:
        """The form, and where it is filled in."""
        row = self.begun.row
        where = short_place(self._desk.pack, row["village"]) if row["village"] else ""
        return " · ".join(part for part in (row["title"], where) if part)

    @property
    def places(self) -> Pack:
        """Whose villages are found by name."""
        return self._desk.pack

    @property
    def form(self) -> Form:
        """The form that the record names."""
        return self.begun.form

    def ready(self) -> bool:
        """The record is there."""
        return True

    def given(self) -> dict[str, str]:
        """What the form is told of the record."""
        places = {name: hidden_at(self.form, name) for name in self.begun.given}
        return {path: self.begun.given[name] for name, path in places.items() if path}

    def beside(self) -> Values:
        """Nothing: the record says the rest."""
        return {}

    def ended(self) -> str:
        """That it is saved."""
        return tr("The answers are saved here.")

    def keep(self, body: Values) -> None:
        """Keep what was answered, until it is saved in the record."""
        more: Values = {name: body[name] for name in BESIDE if name in body}
        filling.keep(self._desk, self.begun, body["answers"], more)

    def drop(self) -> None:
        """The record stays as it was."""
        filling.drop(self._desk, self.begun.id)

    def finish(self, values: Values) -> list[Change]:
        """Save the answers in the record."""
        return filling.save(self._desk, self.begun, values)
