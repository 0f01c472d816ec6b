"""Days, months, years, times, and a day with its time: typed as people write them, or picked."""

from datetime import date, datetime, time

from PySide6.QtCore import QEvent, QLocale
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.surveys.interview import NodeState
from sync.language import mark, spoken, tr
from ui.dates import long_day
from ui.widgets.answers.answer import NO_AIDS, Aids, Answer
from ui.widgets.inputs import ChoiceInput, DateInput, NumberInput, TimeInput
from ui.widgets.labels import PlainLabel
from ui.widgets.restyle import set_look

KEYS_OF_DAY = mark("F4 opens the calendar")
YEARS = (1900, 2100)


class _Moment(Answer):
    """Inputs in a row, and their value in words behind them."""

    def __init__(self, node: NodeState, aids: Aids, inputs: list[QWidget]) -> None:
        super().__init__(node, aids)
        self.inputs = inputs
        self.words = PlainLabel("", "muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        for one in inputs:
            layout.addWidget(one)
        layout.addWidget(self.words, 1)
        self.setFocusProxy(inputs[0])
        self.show_node(node)
        for one in inputs:
            one.changed.connect(self._changed)  # type: ignore[attr-defined]  # all inputs have it

    def show_node(self, node: NodeState) -> None:
        """A value that was set from elsewhere is shown; what is being typed is left alone."""
        super().show_node(node)
        for one in self.inputs:
            one.setAccessibleName(node.label)
        if self.value() != node.value:
            for one in self.inputs:
                one.blockSignals(True)
            self.show_value(node.value)
            for one in self.inputs:
                one.blockSignals(False)
        self.words.setText(self.said())

    def show_wrong(self, *, wrong: bool) -> None:
        """A red edge."""
        for one in self.inputs:
            set_look(one, "wrong", wrong)

    def value(self) -> str:
        """What the form keeps of what stands in the inputs."""
        raise NotImplementedError

    def show_value(self, value: str) -> None:
        """Put a kept value into the inputs."""
        raise NotImplementedError

    def said(self) -> str:
        """The value in words, in the language spoken now."""
        return ""

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.words.setText(self.said())
        super().changeEvent(event)

    def _changed(self) -> None:
        self.words.setText(self.said())
        self.typed.emit(self.value())


class DayAnswer(_Moment):
    """A day; its calendar speaks the language of the program."""

    words_of_keys = KEYS_OF_DAY

    def __init__(self, node: NodeState, aids: Aids = NO_AIDS) -> None:
        self.input = DateInput()
        super().__init__(node, aids, [self.input])

    def value(self) -> str:
        """2026-11-28, or what was typed instead."""
        return _iso(self.input.value())

    def show_value(self, value: str) -> None:
        """The day as it is written here."""
        self.input.set_value(_day(value) or value)

    def said(self) -> str:
        """«28 қараша, сенбі»"""
        day = self.input.value()
        return long_day(day) if isinstance(day, date) else ""


class TimeAnswer(_Moment):
    """A time of day."""

    def __init__(self, node: NodeState, aids: Aids = NO_AIDS) -> None:
        self.input = TimeInput()
        super().__init__(node, aids, [self.input])

    def value(self) -> str:
        """14:30, or what was typed instead."""
        return _clock(self.input.value())

    def show_value(self, value: str) -> None:
        """Without seconds."""
        self.input.set_value(_time(value) or value)


class DayAndTimeAnswer(_Moment):
    """A day and the time of it, in the time of this laptop."""

    words_of_keys = KEYS_OF_DAY

    def __init__(self, node: NodeState, aids: Aids = NO_AIDS) -> None:
        self.input, self.time_input = DateInput(), TimeInput()
        super().__init__(node, aids, [self.input, self.time_input])

    def value(self) -> str:
        """2026-11-28T14:30:00.000+05:00; the half that is there while the other one is not."""
        day, clock = self.input.value(), self.time_input.value()
        if isinstance(day, date) and isinstance(clock, time):
            return datetime.combine(day, clock).astimezone().isoformat(timespec="milliseconds")
        return "T".join(part for part in (_iso(day), _clock(clock)) if part)

    def show_value(self, value: str) -> None:
        """A moment of another zone is shown in that of this laptop."""
        day, _, clock = value.partition("T")
        try:
            at = datetime.fromisoformat(value).astimezone()
        except ValueError:
            self.input.set_value(_day(day) or day)
            self.time_input.set_value(_time(clock) or clock)
            return
        self.input.set_value(at.date())
        self.time_input.set_value(at.time() if clock else None)

    def said(self) -> str:
        """The day in words."""
        day = self.input.value()
        return long_day(day) if isinstance(day, date) else ""


class MonthAnswer(_Moment):
    """A month by its name or number, and its year; kept as its first day."""

    def __init__(self, node: NodeState, aids: Aids = NO_AIDS) -> None:
        self.input = ChoiceInput(_months())
        self.input.setMaximumWidth(240)
        self.year = NumberInput(*YEARS)
        self.year.setMaximumWidth(110)
        super().__init__(node, aids, [self.input, self.year])

    def value(self) -> str:
        """2026-11-01; the half that is there while the other one is not."""
        month, year = self.input.value(), self.year.value()
        if month and isinstance(year, int) and YEARS[0] <= year <= YEARS[1]:
            return f"{year}-{month}-01"
        return "-".join(str(part) for part in (year, month) if part)

    def show_value(self, value: str) -> None:
        """The month and the year of a day."""
        year, _, rest = value.partition("-")
        self.input.set_value(rest[:2] or None)
        self.year.set_value(year or None)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.input.set_choices(_months())
        super().changeEvent(event)


class YearAnswer(_Moment):
    """A year; kept as its first day."""

    def __init__(self, node: NodeState, aids: Aids = NO_AIDS) -> None:
        self.input = NumberInput(*YEARS)
        self.input.setMaximumWidth(110)
        self.input.setPlaceholderText("2026")
        super().__init__(node, aids, [self.input])

    def value(self) -> str:
        """2026-01-01, or what was typed instead."""
        year = self.input.value()
        if isinstance(year, int):
            return f"{year}-01-01" if YEARS[0] <= year <= YEARS[1] else str(year)
        return year or ""

    def show_value(self, value: str) -> None:
        """The year of a day."""
        self.input.set_value(value.partition("-")[0] or None)


def _months() -> list[tuple[str, str]]:
    """01: «01 · қаңтар» …, so that a name and a number find it."""
    locale = QLocale(spoken())
    return [
        (
            f"{month:02}",
            tr(
                "{number} · {month}", number=f"{month:02}", month=locale.standaloneMonthName(month)
            ),
        )
        for month in range(1, 13)
    ]


def _iso(day: date | str | None) -> str:
    return "" if day is None else day if isinstance(day, str) else day.isoformat()


def _clock(at: time | str | None) -> str:
    return "" if at is None else at if isinstance(at, str) else at.strftime("%H:%M")


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _time(value: str) -> time | None:
    try:
        return time.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        return None
