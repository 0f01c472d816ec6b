"""Days and times, typed as people write them or picked. What cannot be read stays as typed text,
so that the field's own check can say what is wrong with it.
"""

import re
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QDate, QEvent, QLocale, QPoint, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QVBoxLayout, QWidget

from sync.language import spoken, tr
from ui import theme
from ui.icons import icon
from ui.widgets.text_inputs import LineInput

NOW = {"t", "today", "т", "б", "бүгін", "бугин", "с", "сегодня"}
AWAY = re.compile(r"([+-]\d{1,4})")


def read_day(text: str, today: date) -> date | None:
    """«5.3», «5.3.26», «05.03.2026», «05032026» → 5 March 2026; None for what is no day.

    «t», «т», «бүгін», «сегодня» are today, «+7» is in seven days, «-1» was yesterday.
    """
    if text.strip().casefold() in NOW:
        return today
    if away := AWAY.fullmatch(text.strip()):
        return _shifted(today, int(away[1]))
    parts = re.findall(r"\d+", text)
    if len(parts) == 1 and len(parts[0]) in (4, 6, 8):
        digits = parts[0]
        parts = [part for part in (digits[:2], digits[2:4], digits[4:]) if part]
    if len(parts) not in (2, 3):
        return None
    day, month = int(parts[0]), int(parts[1])
    year = int(parts[2]) if len(parts) == 3 else today.year
    if year < 100:
        year += 2000
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def _shifted(today: date, days: int) -> date | None:
    try:
        return today + timedelta(days)
    except OverflowError:
        return None


def read_time(text: str) -> time | None:
    """«9», «930», «9:30», «09.30» → 09:30; None for what is no time."""
    parts = re.findall(r"\d+", text)
    if len(parts) == 1 and len(parts[0]) in (3, 4):
        parts = [parts[0][:-2], parts[0][-2:]]
    if len(parts) not in (1, 2):
        return None
    hour, minute = int(parts[0]), int(parts[1]) if len(parts) == 2 else 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


class DateInput(LineInput):
    """A day as dd.MM.yyyy; Up and Down go by days, F4 or the icon opens the calendar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaximumWidth(200)
        self._popup: _Calendar | None = None
        self._button = self.addAction(
            icon("calendar", "muted"), QLineEdit.ActionPosition.TrailingPosition
        )
        self._button.triggered.connect(self.open_calendar)
        self._retranslate()

    def value(self) -> date | str | None:
        """The day; None when empty; the text itself where it is no day."""
        text = self.typed()
        return text and (read_day(text, _today()) or text)

    def set_value(self, value: object) -> None:
        """Show a day, or text that was no day; None empties."""
        self.show_text(value.strftime("%d.%m.%Y") if isinstance(value, date) else value)

    def set_read_only(self, closed: bool) -> None:
        """Whether it can only be read and copied."""
        super().set_read_only(closed)
        self._button.setVisible(not closed)

    def open_calendar(self) -> None:
        """Show the month under the field."""
        if self.isReadOnly():
            return
        self.setFocus()
        self._popup = self._popup or _Calendar(self)
        day = self.value()
        self._popup.open_at(day if isinstance(day, date) else _today())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down go by days, F4 opens the calendar."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_F4:
            self.open_calendar()
        elif step is not None and not self.isReadOnly():
            day = self.value()
            self.set_value(day + timedelta(step) if isinstance(day, date) else _today())
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write the day out in full."""
        super().focusOutEvent(event)
        day = self.value()
        if isinstance(day, date) and self.text() != day.strftime("%d.%m.%Y"):
            self.set_value(day)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setPlaceholderText(tr("dd.mm.yyyy"))
        self._button.setText(tr("Calendar"))


class TimeInput(LineInput):
    """A time of day as HH:MM."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaximumWidth(140)
        self.addAction(icon("clock", "muted"), QLineEdit.ActionPosition.TrailingPosition)
        self._retranslate()

    def value(self) -> time | str | None:
        """The time; None when empty; the text itself where it is no time."""
        text = self.typed()
        if text is None:
            return None
        read = read_time(text)
        return text if read is None else read

    def set_value(self, value: object) -> None:
        """Show a time, or text that was no time; None empties."""
        self.show_text(value.strftime("%H:%M") if isinstance(value, time) else value)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write the time out in full."""
        super().focusOutEvent(event)
        read = self.value()
        if isinstance(read, time) and self.text() != read.strftime("%H:%M"):
            self.set_value(read)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setPlaceholderText(tr("hh:mm"))


class _Calendar(QFrame):
    """The month under a DateInput, in its language, weeks beginning on Monday."""

    def __init__(self, input: DateInput) -> None:
        super().__init__(input, Qt.WindowType.Popup)
        self._input = input
        self.setProperty("toast", True)
        self.month = QCalendarWidget()
        self.month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.month.setMinimumSize(300, 260)
        self.month.clicked.connect(self._take)
        self.month.activated.connect(self._take)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 6, 6, 6)
        layout.addWidget(self.month)

    def open_at(self, day: date) -> None:
        """Show the month of a day."""
        self.month.setLocale(QLocale(spoken()))
        plain, head = QTextCharFormat(), QTextCharFormat()
        plain.setForeground(QColor(theme.colour("text")))
        head.setForeground(QColor(theme.colour("muted")))
        self.month.setHeaderTextFormat(head)
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.month.setWeekdayTextFormat(weekend, plain)  # Qt's own red is too weak on dark
        self.month.setSelectedDate(QDate(day.year, day.month, day.day))
        self.move(self._input.mapToGlobal(QPoint(0, self._input.height() + 4)))
        self.show()
        self.month.setFocus()

    def _take(self, day: QDate) -> None:
        self.hide()
        self._input.set_value(date(day.year(), day.month(), day.day()))
        self._input.setFocus()


def _today() -> date:
    return datetime.now().astimezone().date()
