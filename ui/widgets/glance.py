"""What a record comes to, on one card above its form: read only, and true while one types."""

from typing import ClassVar

from PySide6.QtCore import QEvent, Signal, Slot

from sync.change import Change
from ui.models.seen import Seen
from ui.widgets.cards import Card


class Glance(Card):
    """Subclasses say it in `tell`. A card with nothing to say is not seen."""

    kinds: ClassVar[tuple[str, ...]] = ()  # kinds of other records that it tells of besides
    opened = Signal(str, object)  # kind, id of a record that is to be shown
    enlarged = Signal(list, list, int)  # sums of photos, their captions, the place of the one

    def __init__(self, title: str = "", icon: str = "") -> None:
        super().__init__(title, icon)
        self.heading.setWordWrap(True)  # long ones made the page wider than its place
        self.seen: Seen | None = None
        self.hide()

    def show_seen(self, seen: Seen) -> None:
        """The record as it stands now, typed values too."""
        self.seen = seen
        self.tell(seen)

    def tell(self, seen: Seen) -> None:
        """Say it, and whether there is anything to say."""
        raise NotImplementedError

    @Slot(list)
    def refresh(self, changes: list[Change]) -> None:
        """Something was written, here or by an exchange."""
        if any(change.kind in self.kinds for change in changes):
            self.look_again()

    def look_again(self) -> None:
        """Records of `kinds` have changed."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        seen: Seen | None = getattr(self, "seen", None)  # Qt dresses it before it is made
        if event.type() == QEvent.Type.LanguageChange and seen is not None:
            self.tell(seen)
