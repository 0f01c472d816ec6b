"""Which field each column of a table is: the columns below each other, a choice beside each."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.imports.headings import PARENT, WORDS, Headed, targets
from sync.language import mark, tr
from sync.records import KINDS
from sync.records.base import field_map
from ui.widgets.inputs import ChoiceInput
from ui.widgets.labels import PlainLabel

LEFT_OUT = "-"  # the choice of who leaves a column out
SEEN = 60  # characters of what stands in a column
GUESSED = mark("A guess: please look")


class ColumnMap(QWidget):
    """Decides nothing: `mapping()` is what was chosen, `changed` that something was."""

    changed = Signal()

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._record = KINDS[kind]
        self.inputs: dict[str, ChoiceInput] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 3)
        self._grid.setColumnStretch(1, 2)

    def show_table(self, headed: Headed) -> None:
        """The columns of a table, and what they are taken for."""
        self._clear()
        first = next((cells for _, cells in headed.below()), [])
        choices = self.choices()
        for row, head in enumerate(headed.heads):
            said = str(first[head.at]) if head.at < len(first) and first[head.at] else ""
            about = tr(GUESSED) if head.guessed else said[:SEEN].replace("\n", " ")
            name = PlainLabel(head.said, "strong", wrap=True)
            below = PlainLabel(about, "hint", wrap=True)
            below.setVisible(bool(about))
            input = self.inputs[head.said] = ChoiceInput(choices)
            input.setAccessibleName(tr("What “{name}” is", name=head.said))
            input.set_value(head.target or LEFT_OUT)
            input.changed.connect(self.changed)
            self._grid.addWidget(name, 2 * row, 0)
            self._grid.addWidget(below, 2 * row + 1, 0)
            self._grid.addWidget(input, 2 * row, 1, 2, 1)

    def mapping(self) -> Mapping[str, str]:
        """{heading: its target, "" for one that is left out}."""
        chosen = {name: input.value() or LEFT_OUT for name, input in self.inputs.items()}
        return {name: "" if value == LEFT_OUT else value for name, value in chosen.items()}

    def choices(self) -> list[tuple[str, str]]:
        """All that a column can be, in words."""
        declared = field_map(self._record)
        words = {target: tr(said) for target, said in WORDS.items()}
        words[PARENT] = tr("Belongs to")
        return [
            (LEFT_OUT, tr("Leave out")),
            *((one, words.get(one) or declared[one].words()) for one in targets(self._record)),
        ]

    def retranslate(self) -> None:
        """The fields in the language spoken now."""
        for input in self.inputs.values():
            input.set_choices(self.choices())

    def _clear(self) -> None:
        self.inputs = {}
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
