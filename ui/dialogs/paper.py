"""What is asked before a record is printed: the language of its paper, of a register its days too."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from desktop.actions.papers import Asked
from sync.language import LANGUAGES, spoken, tr
from ui.dialogs.export import ExportDialog
from ui.widgets.date_inputs import DateInput
from ui.widgets.labels import PlainLabel

FILES = "PDF (*.pdf);;Word (*.docx)"
Period = tuple[date, date]


class PaperDialog(ExportDialog):
    """The question before every export, and above it what is peculiar to a paper."""

    def __init__(
        self,
        title: str,
        personal: Sequence[str],
        parent: QWidget | None = None,
        *,
        names: Mapping[str, str] | None = None,
        period: Period | None = None,
    ) -> None:
        """`names`: of the file, by language. `period`: the days that a register proposes."""
        self._names = dict(names or {})
        self.languages = {code: QRadioButton(name) for code, name in LANGUAGES.items()}
        self.first, self.last = DateInput(), DateInput()
        self._period = period
        above = QWidget()
        self._put(above)
        shown = tr("A paper to be signed, as PDF or for Word.")
        super().__init__(
            title,
            shown,
            personal,
            parent,
            heading=tr("Print"),
            files=FILES,
            above=above,
            picture="print",
        )
        self.offer_preview(first=True)
        self.languages[spoken()].setChecked(True)
        self.languages[spoken()].setFocus()

    def choice(self) -> Asked:
        """What was chosen so far."""
        return Asked(self.language(), self.personal.isChecked(), self.purpose())

    def language(self) -> str:
        """Of the paper."""
        return next(code for code, button in self.languages.items() if button.isChecked())

    def period(self) -> Period | None:
        """The days of a register; None where one of them is no day."""
        first, last = self.first.value(), self.last.value()
        return (first, last) if isinstance(first, date) and isinstance(last, date) else None

    def proposed(self) -> str:
        """The name of the file, in the language of the paper."""
        return self._names.get(self.language()) or super().proposed()

    def ask_where(self, ending: str = "", over: QWidget | None = None) -> None:
        """Only with days that are days."""
        if self._days_are_days():
            super().ask_where(ending, over)

    def ask_preview(self) -> None:
        """The same before it is looked at."""
        if self._days_are_days():
            super().ask_preview()

    def _days_are_days(self) -> bool:
        """Whether it knows of which days; else it says so."""
        known = self._period is None or self.period() is not None
        if not known:
            self.show_problem(tr("Write both days, as 01.12.2026."))
        return known

    def _put(self, above: QWidget) -> None:
        column = QVBoxLayout(above)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        if self._period is not None:
            days = QHBoxLayout()
            days.setSpacing(16)
            for words, field, day in (
                (tr("From"), self.first, self._period[0]),
                (tr("Until"), self.last, self._period[1]),
            ):
                field.set_value(day)
                field.setAccessibleName(words)
                one = QVBoxLayout()
                one.setSpacing(2)
                one.addWidget(PlainLabel(words, "hint"))
                one.addWidget(field)
                days.addLayout(one)
            days.addStretch(1)
            column.addLayout(days)
            column.addSpacing(8)  # as far as the other questions are from each other
        column.addWidget(PlainLabel(tr("Language of the paper"), "hint"))
        row = QHBoxLayout()
        row.setSpacing(16)
        group = QButtonGroup(above)
        for button in self.languages.values():
            group.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
