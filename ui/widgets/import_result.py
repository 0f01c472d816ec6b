"""What would come of a table, or what came: the counts, what is to be mended, and what can be done now."""

from PySide6.QtWidgets import QCheckBox

from desktop.actions.import_words import count_words
from desktop.actions.importing import Checked
from sync.language import mark, tr, trn
from ui.widgets.cards import Card
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import PlainLabel
from ui.widgets.verdict_list import VerdictList
from ui.widgets.word_button import WordButton

MOST_TOLD = 200  # remarks that are shown; all of them stand in the table of the other rows


class ImportResult(Card):
    """Decides nothing: its buttons and its box are the page's to connect."""

    def __init__(self) -> None:
        super().__init__(mark("What would come"), "import")
        self.counts = PlainLabel(wrap=True)
        self.left_out = PlainLabel(role="hint", wrap=True)
        self.alike = QCheckBox()
        self.verdicts = VerdictList()
        self.run_button = WordButton(mark("Import"), "primary", "import", keys="Ctrl+Enter")
        self.wrong_button = WordButton(mark("Save the other rows…"), icon="save")
        self.undo_button = WordButton(mark("Take back"), icon="undo")
        below = FlowLayout()
        for button in (self.run_button, self.undo_button, self.wrong_button):
            below.addWidget(button)
        for part in (self.counts, self.left_out, self.alike, self.verdicts):
            self.add(part)
        self.add(below)
        self.say_names()

    def say_names(self) -> None:
        """Words that stand whatever was found, in the language spoken now."""
        self.alike.setText(tr("Also rows that are like records which are there"))
        self.verdicts.setAccessibleName(tr("What is to be mended"))

    def show_messages(self, found: Checked) -> None:
        """What is said of its rows."""
        self.verdicts.show_messages(found.messages(MOST_TOLD))

    def say(self, found: Checked, *, done: bool) -> None:
        """How many rows come, and which columns do not; `done`: they came."""
        self.counts.setText(" · ".join(count_words(found)))
        names = ", ".join(head.said for head in found.headed.heads if not head.target)
        self.left_out.setText(
            tr("Columns that are left out: {names}. Below you can say what they are.", names=names)
        )
        self.left_out.setVisible(bool(names) and not done)
        self.run_button.setText(
            trn("Import {n} row", "Import {n} rows", len(found.new)) if found.new else tr("Import")
        )
        self.verdicts.fit()

    def show_state(self, found: Checked | None, *, working: bool, done: bool) -> None:
        """What can be done now is seen, the rest is not."""
        for part in (self.run_button, self.wrong_button, self.undo_button, self.alike):
            part.setEnabled(not working)
        self.setVisible(found is not None)
        self.undo_button.setVisible(done)
        self.run_button.setVisible(not done)
        self.alike.setVisible(
            not done and found is not None and bool(found.alike or found.wanted.alike)
        )
        self.wrong_button.setVisible(found is not None and bool(found.wrong or found.alike))
        self.run_button.setEnabled(not working and found is not None and bool(found.new))
        if done:
            self.verdicts.hide()
            self.left_out.hide()
