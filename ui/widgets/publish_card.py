"""Under which name and number a form is published, and what that changes for those who have the old one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.actions.forms import Proposal, Runs
from sync.language import mark, tr
from sync.vocabulary import choices
from ui.dates import short_day
from ui.widgets.cards import Card
from ui.widgets.fact_sheet import clear
from ui.widgets.field_row import FieldRow
from ui.widgets.inputs import ChoiceInput, TextLine
from ui.widgets.labels import PlainLabel
from ui.widgets.word_button import WordButton


class PublishCard(Card):
    """Shows a proposal, and emits what the person made of it."""

    publish = Signal(str, str, str)  # name, version, use

    def __init__(self) -> None:
        super().__init__(mark("Publish"), "send")
        self.name, self.version, self.use = TextLine(), TextLine(), ChoiceInput()
        self.button = WordButton(mark("Publish"), "primary", "send")
        self.button.clicked.connect(self._publish)
        self.changes = QVBoxLayout()
        self.changes.setSpacing(6)
        fields = QHBoxLayout()
        fields.setSpacing(12)
        fields.addWidget(FieldRow(mark("Name"), self.name, required=True), 3)
        fields.addWidget(FieldRow(mark("Version"), self.version), 1)
        self.add(fields)
        self.add(FieldRow(mark("Used as"), self.use))
        self.add(self.changes)
        last = QHBoxLayout()
        self.note = PlainLabel(role="hint", wrap=True)
        last.addWidget(self.note, 1)
        last.addWidget(self.button)
        self.add(last)
        self._shown: Proposal | None = None
        self._set_uses()

    def show_proposal(self, offer: Proposal | None) -> None:
        """What is proposed; in another language what was typed stays."""
        if offer is not None and offer is not self._shown:
            self.name.set_value(offer.name)
            self.version.set_value(offer.version)
            self.use.set_value(offer.use)
        self._shown = offer
        self._set_uses()
        clear(self.changes)
        if offer is not None:
            for words, role in _told(offer):
                self.changes.addWidget(PlainLabel(words, role, wrap=True))

    def _set_uses(self) -> None:
        self.use.set_choices([(one.key, one.words()) for one in choices("form_use")])
        self.note.setText(tr("With the next sync all laptops have it."))

    def _publish(self) -> None:
        name, version = self.name.value() or "", self.version.value() or ""
        self.publish.emit(name, version, self.use.value() or "")


def _told(offer: Proposal) -> list[tuple[str, str]]:
    """(words, role of the label) about the version before, and the waves that go on with it."""
    if offer.earlier is None:
        return [(tr("It is new: there is no version before it."), "muted")]
    version = offer.earlier.version
    if not offer.differences:
        return [(tr("It asks the same as version {version}.", version=version), "muted")]
    told = [(tr("What changes from version {version}", version=version), "strong")]
    told += [(f"• {one.text.words()}", "") for one in offer.differences]
    if offer.breaks:
        told.append((_warning(offer.runs), "muted"))
    return told


def _warning(runs: tuple[Runs, ...]) -> str:
    """Answers that do not fit are no mistake, but nobody should be surprised by them."""
    said = tr(
        "Answers to the version before do not fit where questions or choices were taken out, "
        "renamed or changed: they cannot be compared there."
    )
    for one in runs:
        until = short_day(one.ends_on) if one.ends_on else "…"
        more = tr(
            "“{title}” asks by version {version} until {day} and goes on with it.",
            title=one.title,
            version=one.version,
            day=until,
        )
        said = f"{said} {more}"
    return said
