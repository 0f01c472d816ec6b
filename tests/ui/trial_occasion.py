"""An interview that is held for nothing: what asks needs no more than this."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.surveys.form import Form
from sync.change import Change
from sync.places import Pack
from sync.records.base import Values
from ui.models.occasion import Shelf


@dataclass(frozen=True)
class Trial:
    """Nothing of it is ever written down."""

    form: Form
    title: str = ""
    page: QWidget | None = None
    places: Pack | None = None
    shelf: Shelf | None = None
    filled: bool = True
    again: bool = False
    final: bool = False
    screened: bool = False
    draft: Mapping[str, Any] = field(default_factory=dict)

    def ready(self) -> bool:
        """Nothing is asked before."""
        return True

    def given(self) -> Mapping[str, str]:
        """Nothing."""
        return {}

    def beside(self) -> Values:
        """Nothing."""
        return {}

    def ended(self) -> str:
        """In words."""
        return "Nothing of it was kept."

    def keep(self, body: Values) -> None:
        """Not at all."""

    def drop(self) -> None:
        """There is nothing to forget."""

    def finish(self, values: Values) -> list[Change]:
        """Nothing becomes of it."""
        return []
