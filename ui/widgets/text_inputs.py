"""Inputs for words and numbers. Every input has value(), set_value(), set_read_only(), changed."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRegularExpression, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QRegularExpressionValidator, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QCompleter,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from sync.language import tr
from sync.money import grouped


class LineInput(QLineEdit):
    """What all inputs of one line share."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.textChanged.connect(lambda _: self.changed.emit())

    def typed(self) -> str | None:
        """The text without spaces around it, or None where there is none."""
        return self.text().strip() or None

    def show_text(self, text: object) -> None:
        """Put a text in, seen from its beginning; None empties."""
        self.setText("" if text is None else str(text))
        self.setCursorPosition(0)

    def set_read_only(self, closed: bool) -> None:
        """Whether it can only be read and copied."""
        self.setReadOnly(closed)


class TextLine(LineInput):
    """One line of text; value() is None when nothing but spaces stands in it."""

    def value(self) -> str | None:
        """The text, or None."""
        return self.typed()

    def set_value(self, value: object) -> None:
        """Show a text; None empties."""
        self.show_text(value)

    def offer(self, words: Sequence[str]) -> None:
        """Show those of these that have what is typed; anything else may be typed all the same."""
        known = QCompleter(list(words), self)
        known.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        known.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(known)


class NumberInput(LineInput):
    """A whole number; Up and Down count. Text that is no number is given back as it is."""

    def __init__(self, least: int = 0, most: int = 999_999_999) -> None:
        super().__init__()
        self.least, self.most = least, most
        pattern = QRegularExpression(r"-?\d{0,12}" if least < 0 else r"\d{0,12}")
        self.setValidator(QRegularExpressionValidator(pattern, self))
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.setMaximumWidth(200)

    def value(self) -> int | str | None:
        """The number, None when empty; "-" alone stays text and fails the field's check."""
        text = self.typed()
        try:
            return None if text is None else int(text)
        except ValueError:
            return text

    def set_value(self, value: object) -> None:
        """Show a number; None empties."""
        self.show_text(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up adds one, Down takes one away."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None or self.isReadOnly():
            super().keyPressEvent(event)
            return
        now = self.value()
        start = now if isinstance(now, int) else self.least - step
        self.setText(str(max(self.least, min(self.most, start + step))))


class MoneyInput(NumberInput):
    """Whole tenge in groups of three, as soon as the cursor is elsewhere."""

    def __init__(self) -> None:
        super().__init__(most=10**14)
        pattern = QRegularExpression(r"\s*(\d\s*){0,15}", self.UNICODE)
        self.setValidator(QRegularExpressionValidator(pattern, self))

    UNICODE = QRegularExpression.PatternOption.UseUnicodePropertiesOption

    def typed(self) -> str | None:
        """The digits without what stands between them."""
        return "".join(self.text().split()) or None

    def set_value(self, value: object) -> None:
        """Show a number; None empties."""
        self.show_text(grouped(value) if isinstance(value, int) else value)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The same number, to be read."""
        super().focusOutEvent(event)
        number = self.value()
        if isinstance(number, int) and self.text() != grouped(number):
            self.blockSignals(True)
            self.setText(grouped(number))
            self.blockSignals(False)


class LongText(QPlainTextEdit):
    """Several lines; grows with what is written from three lines to twelve."""

    changed = Signal()
    LEAST, MOST = 3, 12  # lines

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self.changed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._grow())
        self._grow()

    def value(self) -> str | None:
        """The text, or None."""
        return self.toPlainText().strip() or None

    def set_value(self, value: object) -> None:
        """Show a text; None empties."""
        self.setPlainText("" if value is None else str(value))

    def set_read_only(self, closed: bool) -> None:
        """Whether it can only be read and copied."""
        self.setReadOnly(closed)

    def sizeHint(self) -> QSize:
        """As high as the lines that are shown."""
        lines = max(self.LEAST, min(self.MOST, round(self.document().size().height())))
        edges = 2 * (self.frameWidth() + round(self.document().documentMargin())) + 8
        return QSize(320, lines * self.fontMetrics().lineSpacing() + edges)

    def minimumSizeHint(self) -> QSize:
        """Narrow, but never cut in height."""
        return QSize(120, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self._grow()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._grow()
        super().changeEvent(event)

    def _grow(self) -> None:
        self.updateGeometry()


class CheckInput(QCheckBox):
    """Yes or no."""

    changed = Signal()

    def __init__(self, words: str = "") -> None:
        """`words` are English and marked."""
        super().__init__()
        self._words = words
        self.toggled.connect(lambda _: self.changed.emit())
        self._retranslate()

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: object) -> None:
        """Tick or clear."""
        self.setChecked(bool(value))

    def set_read_only(self, closed: bool) -> None:
        """Whether it can be changed."""
        self.setEnabled(not closed)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setText(tr(self._words))
