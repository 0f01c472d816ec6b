"""The figures of all lines together, each with what became of it since the other period."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions.figure_words import change_words, short_words, value_words
from desktop.actions.figures import Answer
from desktop.figures.declared import Figure
from desktop.figures.sums import difference
from sync.language import tr
from ui import theme
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import PlainLabel

WIDE = 136  # px


class FigureTotals(QWidget):
    """Decides nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.totals: list[Total] = []
        self._flow = FlowLayout(spacing=16)
        self.setLayout(self._flow)

    def show_answer(self, answer: Answer, *, earlier: bool) -> None:
        """Replace them. `earlier`: beside the year before, not the period before."""
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.totals = [Total(answer, one, earlier=earlier) for one in answer.report.figures]
        for total in self.totals:
            self._flow.addWidget(total)
        self.updateGeometry()


class Total(QWidget):
    """One figure."""

    def __init__(self, answer: Answer, one: Figure, *, earlier: bool) -> None:
        super().__init__()
        now = answer.whole.now[one.name]
        number = PlainLabel(short_words(one, now), "heading")
        wide = theme.grown(WIDE)
        words = PlainLabel(tr(one.label), "muted", wrap=True)
        words.ensurePolished()  # its size of type is known only then
        words.setMinimumHeight(words.heightForWidth(wide))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(number)
        layout.addWidget(words)
        said = [tr(one.label), value_words(one, now)]
        beside = answer.whole.earlier if earlier else answer.whole.before
        if difference(one, now, beside[one.name]) is not None:
            change = change_words(one, now, beside[one.name])
            layout.addWidget(PlainLabel(change, "hint", wrap=True))
            said.append(tr("change {change}", change=change))
        layout.addStretch(1)
        self.setFixedWidth(wide)
        self.setAccessibleName(", ".join(said))
