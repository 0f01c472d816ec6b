"""The way down to what is looked at: each step leads back to it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from sync.language import tr
from ui import theme
from ui.palette import TARGET
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import PlainLabel


class Crumbs(QWidget):
    """Buttons for the steps, and where one is."""

    chosen = Signal(int)  # the step

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps: list[QPushButton] = []
        self.here = _as_high(PlainLabel(role="strong"))
        self._flow = FlowLayout(spacing=4)
        self.setLayout(self._flow)

    def show_way(self, names: Sequence[str]) -> None:
        """Replace them; the last one is here."""
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget is not self.here:
                widget.deleteLater()
        self.steps = []
        for at, name in enumerate(names[:-1]):
            button = QPushButton(name)
            button.setProperty("kind", "quiet")
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, at=at: self.chosen.emit(at))
            self.steps.append(button)
            self._flow.addWidget(button)
            self._flow.addWidget(_as_high(PlainLabel("›", "muted")))
        self.here.setText(names[-1] if names else "")
        self.here.setAccessibleName(tr("Here: {name}", name=self.here.text()))
        self._flow.addWidget(self.here)
        self.updateGeometry()


def _as_high(label: PlainLabel) -> PlainLabel:
    """As the buttons beside it, so that all stand on one line."""
    label.setMinimumHeight(theme.grown(TARGET))
    return label
