"""What is to be said before something begins: what stops it, and what one should know."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions.wave_plan import Remark
from sync.language import mark, tr, trn
from ui.icons import Picture
from ui.widgets.cards import Card
from ui.widgets.fact_sheet import clear
from ui.widgets.labels import PlainLabel
from ui.widgets.rows import RowButton

BEFORE, ABOUT = mark("Before it opens"), mark("About this wave")


class RemarkList(Card):
    """A row for each remark; pressed, it leads to its field."""

    chosen = Signal(str)  # the field

    def __init__(self) -> None:
        super().__init__(BEFORE, "check")
        self._remarks: list[Remark] = []
        self.rows: list[QWidget] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(2)
        self.add(self._column)
        self.show_remarks([])

    def summary(self) -> str:
        """«2 errors · 5 remarks», or that nothing is missing."""
        errors = sum(one.stops for one in self._remarks)
        remarks = len(self._remarks) - errors
        said = [trn("{n} error", "{n} errors", errors)] if errors else []
        if remarks:
            said.append(trn("{n} remark", "{n} remarks", remarks))
        return " · ".join(said) or tr("Nothing is missing.")

    def say_title(self, words: str) -> None:
        """BEFORE or ABOUT."""
        self._title = words
        self.heading.setText(tr(words))

    def show_remarks(self, remarks: Iterable[Remark]) -> None:
        """Those that stop it come first."""
        self._remarks = list(remarks)
        clear(self._column)
        self.rows = []
        if not self._remarks:
            self._column.addWidget(_Line("check", "success", tr("Nothing is missing.")))
        for one in self._remarks:
            row: QWidget = _Row(one) if one.field else _line_of(one)
            if isinstance(row, _Row):
                row.clicked.connect(lambda _=False, name=one.field: self.chosen.emit(name))
            self.rows.append(row)
            self._column.addWidget(row)

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        super().retranslate()
        if hasattr(self, "_remarks"):
            self.show_remarks(self._remarks)


class _Line(QWidget):
    def __init__(self, icon: str, tone: str, words: str) -> None:
        super().__init__()
        layout = _inside(icon, tone, words)
        self.setLayout(layout)


class _Row(RowButton):
    def __init__(self, remark: Remark) -> None:
        super().__init__()
        icon, tone = _look(remark)
        words = remark.text.words()
        self.arrange(_inside(icon, tone, words), f"{_gravity(remark)}: {words}")


def _line_of(remark: Remark) -> QWidget:
    return _Line(*_look(remark), remark.text.words())


def _look(remark: Remark) -> tuple[str, str]:
    return ("reject", "danger") if remark.stops else ("info", "info")


def _gravity(remark: Remark) -> str:
    return tr("Error") if remark.stops else tr("Remark")


def _inside(icon: str, tone: str, words: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(8, 6, 8, 6)
    row.setSpacing(10)
    row.addWidget(Picture(icon, tone), 0, Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(PlainLabel(words, wrap=True), 1)
    return row
