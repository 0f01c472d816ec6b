"""What is to be put right, and at which field: the bar with which a reviewer returns a record."""

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from sync.language import mark, tr
from ui.icons import icon
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import PlainLabel
from ui.widgets.tips import tip

REASONS = (  # on the button, in the comment
    (
        mark("More exactly"),
        mark("Please say more exactly: which street, how many homes, since when."),
    ),
    (mark("Category"), mark("The category does not fit. Please check it.")),
    (mark("Photo"), mark("Please add a photo.")),
    (mark("Village"), mark("Please check the village.")),
    (
        mark("Personal data"),
        mark("Names or phones of people may stand only in their own fields, with consent."),
    ),
)


class ReturnBar(QFrame):
    """Up and Down change the field, Enter returns, Esc goes back. Several fields may be commented.

    What was typed stays with its field while one goes to another.
    """

    moved = Signal(int)  # to the next (1) or previous (-1) field
    returned = Signal(dict)  # {field: comment}
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("notice", "warning")
        self.setProperty("bar", "return")  # no message lies over it
        self._comments: dict[str, str] = {}
        self._field = ""
        self.about = PlainLabel("", "strong")
        self.hint = PlainLabel("", "hint", wrap=True)
        self.line = QLineEdit()
        self.line.setMaxLength(2000)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._typed)
        self.return_button, self.cancel_button = QPushButton(), QPushButton()
        self.return_button.setProperty("kind", "primary")
        self.return_button.setIcon(icon("return", "on_accent"))
        self.return_button.clicked.connect(self._return)
        self.cancel_button.setProperty("kind", "quiet")
        self.cancel_button.clicked.connect(self.left)
        chips = FlowLayout(spacing=6)
        self.reasons = [QPushButton() for _ in REASONS]
        for button, (_, reason) in zip(self.reasons, REASONS, strict=True):
            button.setProperty("kind", "chip")
            button.clicked.connect(partial(self._take_reason, reason))
            chips.addWidget(button)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.return_button)
        row.addWidget(self.cancel_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.about)
        layout.addLayout(row)
        layout.addLayout(chips)
        layout.addWidget(self.hint)
        self.retranslate()

    def begin(self) -> None:
        """Nothing is said yet."""
        self._comments = {}
        self.line.clear()

    def show_field(self, name: str, label: str) -> None:
        """What is typed from now on is about this field."""
        self._field, self._label = name, label
        self.about.setText(tr("To be put right: {field}", field=label or tr("the whole record")))
        self.line.setAccessibleName(self.about.text())
        self.line.setText(self._comments.get(name, ""))
        self.line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys that the line would take for itself."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._pressed(event)
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.line.setPlaceholderText(tr("What is to be put right?"))
        self.return_button.setText(tr("Return it"))
        self.cancel_button.setText(tr("Cancel"))
        self.hint.setText(
            tr("Up and Down choose the field · Enter returns it · Esc cancels · Alt+1…5: reasons")
        )
        for number, (button, (short, reason)) in enumerate(
            zip(self.reasons, REASONS, strict=True), 1
        ):
            button.setText(tr(short))
            button.setToolTip(tip(tr("{words} (Alt+{number})", words=tr(reason), number=number)))

    _label = ""

    def _pressed(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._return()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and 0 <= (
            number := key - Qt.Key.Key_1
        ) < len(REASONS):
            self._take_reason(REASONS[number][1])
        else:
            return False
        return True

    def _take_reason(self, reason: str) -> None:
        said = self.line.text().strip()
        self.line.setText(f"{said} {tr(reason)}" if said else tr(reason))
        self.line.setFocus()

    def _typed(self, text: str) -> None:
        self._comments[self._field] = text

    def _return(self) -> None:
        self.returned.emit({name: text for name, text in self._comments.items() if text.strip()})
