"""The line of a visitor of the reception: who came, with what, and who it was with a consent alone."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent

from desktop.actions.reception_day import SOMEBODY
from desktop.session import Desk
from sync.consents import language_read, newest
from sync.errors import UserError
from sync.language import mark, tr
from sync.person import REGION
from sync.records.base import Values
from sync.records.consented import WITNESS, WITNESSED
from sync.records.reception import Reception
from ui.consents import show_text
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import PlainLabel
from ui.widgets.letter_bar import LetterBar
from ui.widgets.quick_line import QuickLine
from ui.widgets.word_button import WordButton

FIRST = "essence"
USUAL = ("village", "category", "visitor_type", "due_on")
CONSENT = "consent_way"
WHO = ("applicant", "phone", WITNESS)  # asked for once it is said how consent was given
NO_VILLAGE = mark("Choose the village first: it tells which district this belongs to.")


class QuickVisitor(QuickLine):
    """Also offers the slip, the whole form, the text of the consent, and the next visitor."""

    next_wanted = Signal()
    whole_wanted = Signal()
    slip_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        names = (FIRST, *USUAL, CONSENT, *WHO)
        super().__init__(desk, Reception, names, mark("Who came now"), "reception", (CONSENT,))
        self._homeless = desk.person.district == REGION
        self.words = PlainLabel(role="hint", wrap=True)
        self.text_button = WordButton(mark("Read or print the text…"), "quiet", "document")
        self.slip_button = WordButton(mark("Slip"), "quiet", "document", "Ctrl+T")
        self.whole_button = WordButton(mark("Whole form"), "", "edit")
        self.next_button = WordButton(mark("Next visitor"), "primary", "add", "Enter")
        buttons = FlowLayout(spacing=8)
        for button in (self.next_button, self.whole_button, self.slip_button, self.text_button):
            buttons.addWidget(button)
        self.letters = LetterBar()
        self.head.addWidget(self.letters)
        self.add(self.words)
        self.add(buttons)
        self.next_button.clicked.connect(lambda _=False: self.next_wanted.emit())
        self.whole_button.clicked.connect(lambda _=False: self.whole_wanted.emit())
        self.slip_button.clicked.connect(lambda _=False: self.slip_wanted.emit())
        self.text_button.clicked.connect(self._show_text)
        self.clear()

    def values(self) -> Values:
        """No name without a consent."""
        said = super().values()
        return said if said[CONSENT] else said | dict.fromkeys(WHO)

    def usual(self) -> Values:
        """Most who come are people, of no business."""
        return {"visitor_type": SOMEBODY}

    def stays(self) -> tuple[str, ...]:
        """Nor does a village that stayed from the one before."""
        return ("visitor_type", "village")

    def also_wrong(self, values: Values) -> dict[str, UserError]:
        """Who works for the whole region says by the village of which district the visitor is."""
        lacks = self._homeless and not values["village"]
        return {"village": UserError(NO_VILLAGE)} if lacks else {}

    def say(self, words: str) -> None:
        """Under the fields."""
        self.words.setText(
            words or tr("Enter writes the visitor down; Enter again, the next one.")
        )

    def show_fields(self) -> None:
        """Who it was is asked for with a consent alone."""
        way = self.fields[CONSENT].value()
        for name in WHO:
            self.fields[name].setVisible(bool(way) and (name != WITNESS or way == WITNESSED))
        self.text_button.setVisible(bool(way))

    def minimumSizeHint(self) -> QSize:
        """Without the letters, which give way."""
        hint = super().minimumSizeHint()
        if self.letters.isVisibleTo(self):
            hint.setWidth(hint.width() - self.letters.sizeHint().width())
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        letters = self.letters.sizeHint().width()
        self.letters.setVisible(self.width() > letters + self.heading.sizeHint().width() + 100)

    def _show_text(self) -> None:
        show_text(self, newest(Reception.consent_texts), language_read())
