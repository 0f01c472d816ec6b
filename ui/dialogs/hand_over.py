"""To which body a sealed report was handed over, when, and under which number there."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from sync.language import mark, tr
from sync.records.competent_body import CompetentBody
from ui.dialogs.tall import TallDialog, button_row
from ui.widgets.date_inputs import DateInput
from ui.widgets.field_row import FieldRow
from ui.widgets.labels import PlainLabel
from ui.widgets.search_inputs import ChoiceInput
from ui.widgets.text_inputs import LongText, TextLine

NO_BODY = mark(
    "The directory has no body yet that a report could be handed over to. A coordinator adds them; "
    "they come with the next sync."
)


class HandOver(TallDialog):
    """`wanted` tells body, day, incoming number, and a word for the reporter."""

    wanted = Signal(object, object, str, str)

    def __init__(self, bodies: Sequence[CompetentBody], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Hand over"))
        self.setMinimumWidth(520)
        self.body = ChoiceInput([(str(one.id), one.name or "") for one in bodies])
        self.day = DateInput()
        self.incoming, self.text = TextLine(), LongText()
        self.day.set_value(date.today())  # noqa: DTZ011  # the day of the place
        self.body_row = FieldRow(mark("Competent body"), self.body)
        self.day_row = FieldRow(mark("Handed over on"), self.day)
        incoming = FieldRow(mark("Their incoming number"), self.incoming, mark("May stay empty"))
        text = FieldRow(mark("A word for who reported"), self.text, mark("May stay empty"))
        self.go_button, self.stop_button = QPushButton(tr("Hand over")), QPushButton(tr("Cancel"))
        self.go_button.setProperty("kind", "primary")
        self.go_button.setDefault(True)
        self.go_button.setEnabled(bool(bodies))
        self.go_button.clicked.connect(self._ask)
        self.stop_button.setAutoDefault(False)
        self.stop_button.clicked.connect(self.reject)
        buttons = button_row(self.go_button, self.stop_button)
        lead = tr("Whoever reported, and the other officers, are told by the next sync.")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addWidget(PlainLabel(tr("Hand over"), "heading"))
        layout.addWidget(PlainLabel(lead if bodies else tr(NO_BODY), wrap=True))
        for row in (self.body_row, self.day_row, incoming, text):
            row.setVisible(bool(bodies))
            layout.addWidget(row)
        layout.addLayout(buttons)

    def _ask(self) -> None:
        day, body = self.day.value(), self.body.value()
        if not body:
            self.body_row.show_problem(tr("Fill this in."))
            return
        if not isinstance(day, date):
            self.day_row.show_problem(tr("Write the day as 24.11.2026."))
            return
        self.wanted.emit(UUID(body), day, self.incoming.value() or "", self.text.value() or "")
        self.accept()
