"""The form of one part, and below it what can be done with it. Enter goes on to the next part."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from sync.language import mark
from sync.places import Pack
from sync.records.base import Part
from ui.widgets.inputs import ChoiceInput
from ui.widgets.record_form import RecordForm
from ui.widgets.rows import ENTER
from ui.widgets.word_button import WordButton


class PartForm(QWidget):
    """Made when its part is opened first. `extra`: words on a button more, marked."""

    next_wanted = Signal()
    removed = Signal()
    asked = Signal()  # for the extra button

    def __init__(self, record: type[Part], pack: Pack, extra: str) -> None:
        super().__init__()
        self.form = RecordForm(record, pack, dense=True)
        self.remove_button = WordButton(mark("Remove"), "quiet", "delete")
        self.remove_button.clicked.connect(lambda _=False: self.removed.emit())
        self.extra_button = WordButton(extra, "quiet")
        self.extra_button.clicked.connect(lambda _=False: self.asked.emit())
        below = QHBoxLayout()
        below.addWidget(self.extra_button)
        below.addStretch(1)
        below.addWidget(self.remove_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.form)
        layout.addLayout(below)
        self.extra_button.setVisible(bool(extra))
        for child in self.form.findChildren(QWidget):
            child.installEventFilter(self)

    def stops(self) -> list[QWidget]:
        """All that takes the keys, in its order; asked while this stands in no window yet."""
        found = list[QWidget]()
        one = self.nextInFocusChain()
        while one is not None and one is not self:
            if one.focusPolicy() != Qt.FocusPolicy.NoFocus:
                found.append(one)
            one = one.nextInFocusChain()
        return found

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on to the next part; Shift+Enter makes a new line in a long text."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in ENTER or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if isinstance(watched, QPushButton | QToolButton):
            return False
        if isinstance(watched, ChoiceInput) and watched.isModified():
            return False  # Enter takes what was typed
        self.next_wanted.emit()
        return True
