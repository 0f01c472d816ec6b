"""The passport of a wave: what is said wherever its figures are shown, and what of that is lacking."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.surveys.waves.passport import Passport
from sync.language import tr, trn
from ui.dialogs.tall import button_row, fitting
from ui.icons import Picture
from ui.widgets.labels import PlainLabel, SectionTitle

WIDE, HIGH = 720, 620  # px


class PassportDialog(QDialog):
    """Reads like a page; Esc or the button closes it."""

    def __init__(self, found: Passport, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Passport of the survey"))
        inside = QWidget()
        self._page = QVBoxLayout(inside)
        self._page.setContentsMargins(24, 20, 24, 20)
        self._page.setSpacing(14)
        self._page.addWidget(PlainLabel(found.title, "heading", wrap=True))
        if found.lacks:
            self._page.addWidget(_lacking(found))
        self._page.addLayout(_lines(found))
        self._wording(found)
        self._page.addStretch(1)
        area = QScrollArea(widgetResizable=True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self.close_button = QPushButton(tr("Close"))
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        buttons = button_row(self.close_button)
        buttons.setContentsMargins(24, 12, 24, 16)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(area, 1)
        layout.addLayout(buttons)
        self.resize(fitting(self, WIDE, HIGH))
        self.close_button.setFocus()

    def _wording(self, found: Passport) -> None:
        if not found.questions:
            return
        self._page.addWidget(SectionTitle(tr("What is asked, word by word")))
        for number, one in enumerate(found.questions, 1):
            self._page.addWidget(PlainLabel(f"{number}. {one.text}", wrap=True))
            if one.choices:
                self._page.addWidget(PlainLabel(" · ".join(one.choices), "hint", wrap=True))


def _lines(found: Passport) -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(20)
    form.setVerticalSpacing(10)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    for one in found.lines:
        label, text = PlainLabel(one.label, "muted", wrap=True), PlainLabel(one.text, wrap=True)
        for part in (label, text):
            part.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        form.addRow(label, text)
    return form


def _lacking(found: Passport) -> QFrame:
    """What is missing; of a wave that is linked to a vote it keeps its figures here."""
    frame = QFrame()
    frame.setProperty("notice", "warning" if found.linked else "info")
    row = QHBoxLayout(frame)
    row.setContentsMargins(12, 10, 12, 10)
    row.setSpacing(10)
    tone = "warning" if found.linked else "info"
    row.addWidget(Picture(tone, tone), 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(4)
    row.addLayout(column, 1)
    lacks = len(found.lacks)
    head = trn("{n} thing is missing.", "{n} things are missing.", lacks)
    if found.linked:
        why = tr("Until all is there, no figure of this survey leaves the program.")
        head = f"{head} {why}"
    column.addWidget(PlainLabel(head, "strong", wrap=True))
    for one in found.lacks:
        column.addWidget(PlainLabel(one.words(), wrap=True))
    return frame
