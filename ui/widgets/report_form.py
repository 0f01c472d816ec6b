"""What a sealed report asks for. Nothing of it is kept before it is sealed."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from desktop.actions.reports import MOST_PHOTOS
from sync.language import mark, tr, trn
from ui.icons import icon
from ui.widgets.cards import Card
from ui.widgets.field_row import FieldRow
from ui.widgets.labels import PlainLabel
from ui.widgets.text_inputs import LongText, TextLine

WHO_READS = mark(
    "Only the region's integrity officers can read it: not the server, not a coordinator, and, once "
    "it is sealed, not this laptop. Who reports may stay unnamed."
)
UNKEPT = mark("Nothing of this is kept until it is sealed: when the window is locked, it is gone.")
FIELDS = (
    ("what", mark("What happened"), ""),
    ("where", mark("Where"), ""),
    ("when", mark("When"), ""),
    ("reporter_name", mark("Who reports"), mark("May stay empty")),
    (
        "contact",
        mark("How to reach them"),
        mark("May stay empty: the answer comes by number and code"),
    ),
)

TOP = Qt.AlignmentFlag.AlignTop  # hints under them may take one line or two


class ReportForm(Card):
    """`wanted` tells the texts by name, and the files of the pictures."""

    wanted = Signal(dict, list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(mark("Write a sealed report"), "sealed", parent)
        self._files: list[Path] = []
        self.what, self.where, self.when = LongText(), TextLine(), TextLine()
        self.reporter_name, self.contact = TextLine(), TextLine()
        self._inputs: dict[str, TextLine | LongText] = {
            "what": self.what,
            "where": self.where,
            "when": self.when,
            "reporter_name": self.reporter_name,
            "contact": self.contact,
        }
        self._rows = {
            name: FieldRow(label, self._inputs[name], hint, required=name == "what")
            for name, label, hint in FIELDS
        }
        self.lead, self.warning = PlainLabel(wrap=True), PlainLabel(role="hint", wrap=True)
        self.photo_button, self.seal_button = QPushButton(), QPushButton()
        self.photo_button.setIcon(icon("attach", "muted"))
        self.seal_button.setIcon(icon("sealed", "on_accent"))
        self.seal_button.setProperty("kind", "primary")
        self.photos = PlainLabel(role="muted")
        for button in (self.photo_button, self.seal_button):
            button.setAutoDefault(True)
        self.photo_button.clicked.connect(self.ask_photos)
        self.seal_button.clicked.connect(self._seal)
        self.what.changed.connect(lambda: self._rows["what"].show_problem(""))
        self._lay_out()
        self.retranslate()

    def ask_photos(self) -> None:
        """Let the person choose pictures."""
        names, _ = QFileDialog.getOpenFileNames(
            self, tr("Add pictures"), "", tr("Pictures") + " (*.jpg *.jpeg *.png *.webp)"
        )
        self.add_photos([Path(name) for name in names])

    def add_photos(self, files: list[Path]) -> None:
        """Take these along; so many at most."""
        self._files = [*self._files, *files][:MOST_PHOTOS]
        self._show_photos()

    def clear(self) -> None:
        """Empty all fields: it was sealed."""
        self._files = []
        for input in self._inputs.values():
            input.set_value(None)
        # what was typed is not to come back by Ctrl+Z
        self.what.document().clearUndoRedoStacks()
        self.retranslate()
        self.show_busy(False)

    def show_busy(self, busy: bool) -> None:
        """Whether it is being sealed."""
        self.seal_button.setEnabled(not busy)

    def _seal(self) -> None:
        texts = {name: input.value() or "" for name, input in self._inputs.items()}
        if not texts["what"]:
            self._rows["what"].show_problem(tr("Write what happened."))
            self.what.setFocus()
            return
        self.show_busy(True)
        self.wanted.emit(texts, list(self._files))

    def _show_photos(self) -> None:
        count = len(self._files)
        self.photos.setText(trn("{n} picture", "{n} pictures", count) if count else "")
        self.photo_button.setEnabled(count < MOST_PHOTOS)

    def _lay_out(self) -> None:
        pair = QHBoxLayout()
        pair.setSpacing(16)
        pair.addWidget(self._rows["where"], 1, TOP)
        pair.addWidget(self._rows["when"], 1, TOP)
        who = QHBoxLayout()
        who.setSpacing(16)
        who.addWidget(self._rows["reporter_name"], 1, TOP)
        who.addWidget(self._rows["contact"], 1, TOP)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.seal_button)
        buttons.addWidget(self.photo_button)
        buttons.addWidget(self.photos)
        buttons.addStretch(1)
        self.body.setSpacing(12)
        for part in (self.lead, self._rows["what"], pair, who, buttons, self.warning):
            self.add(part)

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        super().retranslate()
        if not hasattr(self, "warning"):  # while the card is being built
            return
        self.lead.setText(tr(WHO_READS))
        self.warning.setText(tr(UNKEPT))
        self.photo_button.setText(tr("Add pictures…"))
        self.seal_button.setText(tr("Seal"))
        self._show_photos()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
