"""On which printer, which pages and how many times: asked in the place of a preview's buttons."""

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from sync.errors import UserError
from sync.language import mark, tr
from ui.dialogs.tall import button_row
from ui.printers import Known, Wanted
from ui.widgets.field_row import FieldRow
from ui.widgets.inputs import ChoiceInput, NumberInput, TextLine
from ui.widgets.word_button import WordButton

MOST_COPIES = 99
PART = re.compile(r"(\d{1,5})(?:\s*[-‐-―−]\s*(\d{1,5}))?")
WRONG_PAGES = mark("Write pages as 1-3 or 1, 4. The paper has {n}.")
WRONG_COPIES = mark("Write a number from 1 to {most}.")


class PrintBar(QFrame):
    """Decides nothing. What is wrong is said at its field."""

    wanted = Signal(object)  # Wanted
    system_wanted = Signal()  # the dialog of the system instead
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._count = 1
        self.printer = ChoiceInput()
        self.pages, self.copies = TextLine(), NumberInput(1, MOST_COPIES)
        self.printer_row = FieldRow(mark("Printer"), self.printer)
        self.pages_row = FieldRow(mark("Pages"), self.pages)
        self.copies_row = FieldRow(mark("Copies"), self.copies)
        self.print_button = WordButton(mark("Print"), "primary", "print", keys="Ctrl+P")
        self.system_button = WordButton(mark("System dialog…"))
        self.back_button = WordButton(mark("Cancel"), keys="Esc")
        self.print_button.clicked.connect(self._ask)
        self.system_button.clicked.connect(self.system_wanted)
        self.back_button.clicked.connect(self.left)
        across = QHBoxLayout()
        across.setSpacing(12)
        for row, part in ((self.printer_row, 3), (self.pages_row, 2), (self.copies_row, 1)):
            across.addWidget(row, part, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(across)
        column.addLayout(button_row(self.print_button, self.system_button, self.back_button))

    def begin(self, known: Known, count: int) -> None:
        """These printers, for a paper of so many pages. What was chosen before stays."""
        self._count = count
        self.printer.set_choices([(name, name) for name in known.names])
        if self.printer.value() not in known.names:
            self.printer.set_value(known.usual if known.usual in known.names else known.names[0])
        if self.copies.value() is None:
            self.copies.set_value(1)
        self.pages.setPlaceholderText(tr("All"))
        self.pages_row.setVisible(count > 1)
        self.print_button.setFocus()

    def _ask(self) -> None:
        self.printer.commit()
        pages, copies = self._chosen_pages(), self.copies.value()
        good = isinstance(copies, int) and 1 <= copies <= MOST_COPIES
        self.pages_row.show_problem("" if pages else tr(WRONG_PAGES, n=self._count))
        self.copies_row.show_problem("" if good else tr(WRONG_COPIES, most=MOST_COPIES))
        printer = self.printer.value()
        if not pages:
            self.pages.setFocus()
        elif not isinstance(copies, int) or not good:
            self.copies.setFocus()
        elif printer is None:
            self.printer.setFocus()
        else:
            self.wanted.emit(Wanted(printer, pages, copies))

    def _chosen_pages(self) -> list[int]:
        if self.pages_row.isHidden():
            return list(range(self._count))
        try:
            return page_numbers(self.pages.value() or "", self._count)
        except UserError:
            return []


def page_numbers(said: str, count: int) -> list[int]:
    """«1-3, 5» as numbers from 0, in the order of the paper; all where nothing is said.

    Raises UserError for what is none, or beyond the last page.
    """
    if not said.strip():
        return list(range(count))
    found = set[int]()
    for part in re.split(r"[,;]", said):
        read = PART.fullmatch(part.strip())
        first = int(read[1]) if read else 0
        last = int(read[2] or first) if read else 0
        if not 1 <= first <= last <= count:
            raise UserError(WRONG_PAGES, n=count)
        found.update(range(first - 1, last))
    return sorted(found)
