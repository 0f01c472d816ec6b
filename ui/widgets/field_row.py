"""One field of a small form: its words above, its input, a hint, and what is wrong, in words."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sync.language import tr
from ui.widgets.labels import PlainLabel
from ui.widgets.restyle import set_look


class FieldRow(QWidget):
    """`label` and `hint` are English and marked; a problem is said in words already translated."""

    def __init__(
        self,
        label: str,
        input: QWidget,
        hint: str = "",
        *,
        required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._label, self._hint, self._required = label, hint, required
        self.input = input
        self.label = PlainLabel(role="label", wrap=True)
        self.label.setBuddy(input)
        # beside a row whose label has two lines it stands at its own input
        self.label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        self.hint = PlainLabel(role="hint", wrap=True)
        self.problem = PlainLabel(role="error", wrap=True)
        self.problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for part in (self.label, self.input, self.hint, self.problem):
            layout.addWidget(part)
        self.retranslate()

    def show_problem(self, words: str) -> None:
        """Say what is wrong, or nothing with ""."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        self.input.setAccessibleDescription(words or self.hint.text())
        set_look(self.input, "wrong", bool(words))

    def retranslate(self) -> None:
        """Texts in the language spoken now. A problem stays as it was said."""
        words = tr(self._label)
        self.label.setText(tr("{field} *", field=words) if self._required else words)
        self.hint.setText(tr(self._hint))
        self.hint.setVisible(bool(self._hint))
        self.input.setAccessibleName(words)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
