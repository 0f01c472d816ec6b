"""What the custodians see when the region's key is made: a sheet for each, one after the other."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout

from desktop.recovery_code import groups
from sync.language import tr
from ui.custodian_paper import how_to_keep
from ui.screens.custodians import CustodianPage, large_button
from ui.widgets.labels import PlainLabel

HIDDEN = "····"  # in place of four letters
IN_A_ROW = 5  # groups


class KeyBegins(CustodianPage):
    """What is going to happen, before anything is made."""

    made = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.make_button = large_button(self.made)
        self.how = PlainLabel(wrap=True)
        for part in (self.how, self.make_button, self.back_button):
            self.inside.addWidget(part)
        self.start_at(self.make_button)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        super().retranslate()
        self.title.setText(tr("The region's key"))
        self.lead.setText(
            tr(
                "Three custodians get a sheet each. Any two sheets together open the work on a "
                "laptop of this region that is in hand; one alone opens nothing."
            )
        )
        self.how.setText(
            tr(
                "All three are here now. Each looks at the screen alone, and takes the sheet away "
                "on paper. A region needs this once: laptops that know its key take no other one."
            )
        )
        self.make_button.setText(tr("Make the key"))


class SheetToKeep(CustodianPage):
    """One sheet: hidden until its custodian is alone before the screen.

    `words` is canonical; `place` and `count` say which of how many it is.
    """

    escapes = False
    save_wanted = Signal()
    kept = Signal()

    def __init__(self, words: str, place: int, count: int) -> None:
        super().__init__()
        self._groups, self._number, self._count = groups(words), place, count
        self.shown = False
        self.parts = [PlainLabel(HIDDEN, "title") for _ in self._groups]
        card = QFrame()
        card.setProperty("card", "plain")
        grid = QGridLayout(card)
        grid.setContentsMargins(16, 12, 16, 12)
        grid.setSpacing(6)
        for number, part in enumerate(self.parts):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(part, number // IN_A_ROW, number % IN_A_ROW)
        self.show_button = large_button(self.show_words)
        self.kept_button = large_button(self.kept)
        self.save_button = large_button(self.save_wanted, primary=False)
        self.keeping = PlainLabel(role="hint", wrap=True)
        for widget in (
            card, self.keeping, self.problem, self.show_button, self.kept_button,
            self.save_button, self.back_button,
        ):  # fmt: skip
            self.inside.addWidget(widget)
        self.start_at(self.show_button)
        self._show_buttons()
        self.retranslate()

    def show_words(self) -> None:
        """Its custodian is alone before the screen."""
        self.shown = True
        for part, letters in zip(self.parts, self._groups, strict=True):
            part.setText(letters)
        self._show_buttons()
        self.start_at(self.save_button)  # Enter pressed twice must not take it away
        self.save_button.setFocus()

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        super().retranslate()
        self.title.setText(tr("Sheet {number} of {count}", number=self._number, count=self._count))
        self.lead.setText(tr("For one custodian alone. The others look away."))
        self.keeping.setText(how_to_keep())
        self.show_button.setText(tr("I am alone: show it"))
        self.save_button.setText(tr("Save the sheet…"))
        self.kept_button.setText(tr("This sheet is on paper"))

    def _show_buttons(self) -> None:
        self.show_button.setVisible(not self.shown)
        self.save_button.setVisible(self.shown)
        self.kept_button.setVisible(self.shown)


class KeyMade(CustodianPage):
    """All sheets are given out: the public half, which is no secret, goes to the server."""

    escapes = passes = False
    save_wanted = Signal()

    def __init__(self, fingerprint: str) -> None:
        super().__init__()
        self._fingerprint = "\u00a0".join(groups(fingerprint))  # in one line
        self.print = PlainLabel(role="strong", wrap=True)
        self.save_button = large_button(self.save_wanted)
        for part in (self.print, self.problem, self.save_button, self.back_button):
            self.inside.addWidget(part)
        self.start_at(self.save_button)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        super().retranslate()
        self.title.setText(tr("The public half"))
        self.lead.setText(
            tr(
                "The sheets are given out. Save the public half of the key on a stick, for whoever "
                "runs the server. It is no secret. Without it the sheets open nothing."
            )
        )
        self.print.setText(tr("The region's key: {fingerprint}", fingerprint=self._fingerprint))
        self.save_button.setText(tr("Save the public half…"))
        self.back_button.setText(tr("Throw the key away"))
