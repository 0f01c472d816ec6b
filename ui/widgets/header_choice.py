"""What a screen asks for at the right end of the window's header, where there is anything to choose."""

from ui import theme
from ui.widgets.search_inputs import ChoiceInput, Pairs

WIDE = 460  # px


class HeaderChoice(ChoiceInput):
    """An empty box would be the only thing to see beside “there is nothing yet”."""

    def __init__(self) -> None:
        super().__init__()
        self._in_front = False
        self.setMinimumWidth(theme.grown(WIDE))

    def set_choices(self, pairs: Pairs) -> None:
        """Offer others; with the first it is there, without any it goes."""
        super().set_choices(pairs)
        if self._in_front:
            super().setVisible(bool(pairs))

    def setVisible(self, visible: bool) -> None:  # noqa: N802  # Qt's own name
        """The screen comes to the front, or goes."""
        self._in_front = visible
        super().setVisible(visible and bool(self.choices()))
