"""A table of population counts that was read: what is wrong with it and where, or what it is kept as."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions.censuses import Reading
from sync.errors import UserError
from sync.language import mark, tr, trn
from sync.places import Pack
from sync.records.base import Values, field_map
from sync.records.census import Census
from sync.records.values import Wrong
from ui import theme
from ui.widgets.badges import Badge
from ui.widgets.cards import Card
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.form_field import FormField
from ui.widgets.labels import PlainLabel
from ui.widgets.scrolled import scrolled
from ui.widgets.verdict_list import VerdictList
from ui.widgets.word_button import WordButton

SAID = ("title", "source", "counted_on")  # what a person says of the table


class CensusReading(QWidget):
    """Decides nothing: it shows a Reading, and says which button was pressed."""

    again = Signal()  # the same file, which was mended meanwhile
    back = Signal()
    keep = Signal()

    def __init__(self, pack: Pack) -> None:
        super().__init__()
        self.reading: Reading | None = None
        self.file, self.verdict = PlainLabel("", "heading"), Badge()
        self.again_button = WordButton(mark("Read the file again"), keys="Ctrl+R")
        self.back_button = WordButton(mark("Back"), "quiet", keys="Esc")
        self.table = VerdictList()
        self.counted = PlainLabel(role="muted", wrap=True)
        declared = field_map(Census)
        self.fields = {name: FormField(declared[name], pack) for name in SAID}
        self.keep_button = WordButton(mark("Keep"), "primary", "save", keys="Ctrl+S")
        self.note = PlainLabel(role="hint", wrap=True)
        self.card = Card(mark("Whose numbers these are"), "people")
        self._build()
        for button, signal in (
            (self.again_button, self.again),
            (self.back_button, self.back),
            (self.keep_button, self.keep),
        ):
            button.clicked.connect(lambda _=False, signal=signal: signal.emit())

    def show_read(self, reading: Reading) -> None:
        """What came of a file. The cursor stands where the work goes on; what was typed stays."""
        self.reading = reading
        self.file.setText(reading.file)
        good = reading.population is not None
        self.table.show_messages(reading.messages)
        self.card.setVisible(good)
        self.retranslate()
        if good:
            self.fields["title"].focus()
        else:
            self.table.setFocus()
            self.table.selectRow(0)

    def values(self) -> Values:
        """What was said of the table."""
        return {name: field.value() for name, field in self.fields.items()}

    def clear(self) -> None:
        """For another table."""
        for field in self.fields.values():
            field.set_value(None)
            field.show_problem(None)

    def show_problem(self, error: UserError) -> None:
        """At its field, or above all."""
        problems = error.problems if isinstance(error, Wrong) else {}
        for name, field in self.fields.items():
            field.show_problem(problems.get(name))
        first = next((name for name in SAID if name in problems), "")
        if first:
            self.fields[first].focus()

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.table.setAccessibleName(tr("What is to be mended"))
        self.note.setText(
            tr("They go to all who rate with the next sync, and are chosen at a wave.")
        )
        if (read := self.reading) is None:
            return
        if read.population is None:
            words = trn("{n} error", "{n} errors", len(read.messages))
            self.verdict.say(words, "danger", "warning")
        else:
            self.verdict.say(tr("The table can be used"), "success", "check")
            self.counted.setText(counted_words(read))
        self.table.fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _build(self) -> None:
        top, buttons = FlowLayout(12), FlowLayout()
        for part in (self.file, self.verdict):
            top.addWidget(part)
        for button in (self.again_button, self.back_button):
            buttons.addWidget(button)
        self.card.add(self.counted)
        for name in ("title", "source"):
            self.card.add(self.fields[name])
        last = QHBoxLayout()
        last.setSpacing(16)
        last.addWidget(self.fields["counted_on"], 0)
        last.addWidget(self.note, 1, Qt.AlignmentFlag.AlignBottom)
        last.addWidget(self.keep_button, 0, Qt.AlignmentFlag.AlignBottom)
        self.card.add(last)
        inside = QWidget()
        inside.setMaximumWidth(theme.grown(960))
        area = scrolled(inside)
        page = QVBoxLayout(inside)
        page.setContentsMargins(24, 8, 24, 24)
        page.setSpacing(14)
        page.addLayout(top)
        page.addLayout(buttons)
        page.addWidget(self.table)
        page.addWidget(self.card)
        page.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)


def counted_words(read: Reading) -> str:
    """«1 204 000 people · 17 districts · Sex, Age»"""
    population = read.population
    if population is None:
        return ""
    districts = len({district for district, _ in population.counts if district})
    asked = read.asked.words() if read.asked and population.questions else ""
    return count_words(read.people, districts, asked)


def count_words(people: int, districts: int, asked: str) -> str:
    """How many people, where, and by which questions."""
    where = (
        trn("{n} district", "{n} districts", districts) if districts else tr("The whole region")
    )
    parts = (trn("{n} person", "{n} people", people), where, asked)
    return " · ".join(filter(None, parts))
