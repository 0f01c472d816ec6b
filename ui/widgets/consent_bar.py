"""Under a consent in a form: its text to read or print, and its end in one press."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from sync.consents import language_read, newest, read_on
from sync.language import tr
from sync.records.base import Record, Values
from sync.records.consented import ENDED, TEXT, WITNESS, WITNESSED
from ui.icons import icon
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.form_field import FormField
from ui.widgets.labels import PlainLabel
from ui.widgets.restyle import set_seen

LANGUAGE, ON = "consent_language", "consent_on"


class ConsentBar(QWidget):
    """Also shows, of the consent's fields, those that say something for the way that was chosen."""

    text_wanted = Signal(str, str)  # version, language
    withdraw_wanted = Signal()

    def __init__(self, record: type[Record], fields: Mapping[str, FormField]) -> None:
        super().__init__()
        self._record, self._fields = record, fields
        self.text_button, self.withdraw_button = QPushButton(), QPushButton()
        self.text_button.setIcon(icon("document"))
        self.withdraw_button.setIcon(icon("undo"))
        for button in (self.text_button, self.withdraw_button):
            button.setProperty("kind", "quiet")
        self.text_button.clicked.connect(self._ask_for_text)
        self.withdraw_button.clicked.connect(self.withdraw_wanted)
        self.words = PlainLabel(role="hint", wrap=True)
        buttons = FlowLayout()
        buttons.addWidget(self.text_button)
        buttons.addWidget(self.withdraw_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.words)
        layout.addLayout(buttons)
        self._retranslate()

    def read_now(self, before: Values, *, chosen: bool = False) -> Values:
        """What to fill in beside a consent that is being typed: the newest text of its day, its language.

        `before` is what the record says: of a consent that it has nothing is guessed. `chosen`: its way
        was chosen just now, so an empty day becomes the one that the record is about.
        """
        way = self._record.consent_field
        if before.get(way) or not self._fields[way].value():
            return {}
        day = self._fields[ON].value()
        proposed = {}
        if chosen and not day and isinstance(about := self._about(), date):
            day = proposed[ON] = about
        version = read_on(self._record.consent_texts, day)
        if version is None:  # an older paper: there was no text with a version yet
            return {TEXT: None, LANGUAGE: None, **proposed}
        read = {TEXT: version, LANGUAGE: language_read(), **proposed}
        return {name: value for name, value in read.items() if not self._fields[name].value()}

    def _about(self) -> object:
        field = self._fields.get(self._record.dated_by)
        return None if field is None else field.value()

    def show_state(self, *, withdrawable: bool) -> None:
        """`withdrawable`: a consent stands in the saved record, and the person may end it."""
        value = {
            name: field.value()
            for name, field in self._fields.items()
            if name.startswith("consent")
        }
        way = value[self._record.consent_field]
        for name, wanted in (
            (TEXT, bool(way)),
            (LANGUAGE, bool(way)),
            (WITNESS, way == WITNESSED and not value[ENDED]),
            (ENDED, False),
        ):
            field = self._fields[name]
            spoken_of = bool(field.comments()) or field.conflict is not None
            set_seen(field, wanted or bool(value[name]) or spoken_of)
        set_seen(self.words, bool(way) and not value[TEXT])
        set_seen(self.withdraw_button, withdrawable)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _ask_for_text(self) -> None:
        version = self._fields[TEXT].value() or newest(self._record.consent_texts)
        self.text_wanted.emit(version, self._fields[LANGUAGE].value() or language_read())

    def _retranslate(self) -> None:
        self.text_button.setText(tr("Read or print the text…"))
        self.withdraw_button.setText(tr("Withdraw consent"))
        self.words.setText(tr("Which text was read is not recorded."))
