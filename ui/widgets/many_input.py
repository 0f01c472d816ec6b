"""Several of many: an input that finds one by a part of its words, and those chosen as chips below."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from sync.language import tr
from ui.icons import icon
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.inputs import ChoiceInput
from ui.widgets.tips import tip

Pairs = Sequence[tuple[str, str]]


class ManyInput(QWidget):
    """value() is the list of keys in the order in which they were chosen, or None.

    A chip takes itself out when it is pressed; those of `kept` cannot be.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._keys: list[str] = []
        self._closed = False
        self.kept: frozenset[str] = frozenset()
        self.adder = ChoiceInput()
        self.adder.changed.connect(self._add)
        self.chips: dict[str, QPushButton] = {}
        self._flow = FlowLayout(6)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.adder)
        layout.addLayout(self._flow)
        self.setFocusProxy(self.adder)

    def value(self) -> list[str] | None:
        """The keys, or None where nothing is chosen."""
        return list(self._keys) or None

    def set_value(self, value: Any) -> None:
        """Choose these keys; unknown ones are kept and shown as they are."""
        before, self._keys = self._keys, list(dict.fromkeys(value or []))
        self._show()
        if before != self._keys:
            self.changed.emit()

    def set_choices(self, pairs: Pairs) -> None:
        """Offer others, or the same in another language; what is chosen stays."""
        self.adder.set_choices(pairs)
        self._show()

    def say_empty(self, words: str) -> None:
        """What it means that nothing is chosen."""
        self.adder.setPlaceholderText(words)

    def set_read_only(self, closed: bool) -> None:
        """Whether it can only be read."""
        self._closed = closed
        self.adder.setVisible(not closed)
        self._show()

    def set_kept(self, keys: Sequence[str]) -> None:
        """These cannot be taken out."""
        self.kept = frozenset(keys)
        self._show()

    def _add(self) -> None:
        key = self.adder.value()
        if key is not None:
            self.adder.blockSignals(True)
            self.adder.set_value(None)
            self.adder.blockSignals(False)
            self.set_value([*self._keys, key])

    def _take(self, key: str, _: bool = False) -> None:
        self.set_value([one for one in self._keys if one != key])
        self.adder.setFocus()

    def _show(self) -> None:
        for chip in self.chips.values():
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self.chips = {}
        for key in self._keys:
            chip = self.chips[key] = QPushButton(self.adder.words_of(key))
            chip.setProperty("kind", "chip")
            chip.setAutoDefault(True)
            chip.setAccessibleName(tr("Take out: {name}", name=chip.text()))
            free = not self._closed and key not in self.kept
            chip.setEnabled(free)
            if free:
                chip.setIcon(icon("close", "muted"))
                chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
                chip.setToolTip(tip(chip.accessibleName()))
            chip.clicked.connect(partial(self._take, key))
            self._flow.addWidget(chip)
        self.updateGeometry()
