"""How an integrity officer's key stands, and what is to be done about it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.actions.officer import Standing
from sync.language import mark, tr, trn
from ui.icons import icon
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel


class OfficerBar(Card):
    """Hidden while all is well."""

    card_wanted = Signal()  # to be written into a file
    give_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(mark("Your key"), "key", parent)
        self._standing: Standing | None = None
        self.words, self.check = PlainLabel(wrap=True), PlainLabel(role="title")
        self.card_button, self.give_button = QPushButton(), QPushButton()
        self.card_button.setIcon(icon("save", "on_accent"))
        self.card_button.setProperty("kind", "primary")
        self.card_button.clicked.connect(self.card_wanted)
        self.give_button.clicked.connect(self.give_wanted)
        for part in (self.words, self.check):
            self.add(part)
        buttons = QVBoxLayout()
        for button in (self.card_button, self.give_button):
            button.setAutoDefault(True)
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(buttons)
        self.hide()

    def show_standing(self, standing: Standing) -> None:
        """Say what is to be done."""
        self._standing = standing
        if standing.card is None:
            words = tr(
                "There is no key on this laptop yet. Make one, bring its card to the custodians of "
                "the region's key, and reports can be sealed to you."
            )
        elif not standing.listed:
            words = tr(
                "Reports are not sealed to the key of this laptop yet. Bring its card to the "
                "custodians; they ask you by voice for these letters:"
            )
        elif standing.owed:
            words = tr(
                "{names} cannot open the earlier reports yet. You can let them.",
                names=", ".join(standing.owed),
            )
        else:
            words = trn(
                "{n} letter is sealed to a key that is not on this laptop. Another officer can let "
                "you open it.",
                "{n} letters are sealed to a key that is not on this laptop. Another officer can "
                "let you open them.",
                standing.unread,
            )
        needs_card = not standing.listed
        self.words.setText(words)
        self.check.setText(standing.card.check if standing.card and needs_card else "")
        self.check.setVisible(standing.card is not None and needs_card)
        self.card_button.setVisible(needs_card)
        self.card_button.setText(tr("Save the card…") if standing.card else tr("Make a key…"))
        self.give_button.setVisible(standing.listed and bool(standing.owed))
        self.give_button.setText(tr("Let them open the earlier reports"))
        self.setVisible(needs_card or bool(standing.owed) or standing.unread > 0)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._standing is not None:
            self.show_standing(self._standing)
        super().changeEvent(event)
