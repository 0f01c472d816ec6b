"""Working days: what the program has of a year, and what the coordinator writes down since."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.actions import calendar_days
from desktop.actions.calendar_days import Entered, Year
from desktop.session import Desk
from sync.change import Change
from sync.errors import UserError
from sync.language import mark, tr
from sync.records.values import Wrong
from sync.vocabulary import choices, label
from sync.working_days import DAY_OFF, WHOLE_YEAR, WORKED
from ui import messages, theme
from ui.dates import long_day
from ui.icons import icon
from ui.jobs import Jobs
from ui.widgets.field_row import FieldRow
from ui.widgets.fresh_page import FreshPage
from ui.widgets.inputs import ChoiceInput, DateInput, TextLine
from ui.widgets.labels import PlainLabel
from ui.widgets.list_pane import ListPane, ListRow
from ui.widgets.scrolled import scrolled
from ui.widgets.two_panes import TwoPanes
from ui.widgets.word_button import WordButton

EXPLAINED = mark(
    "Terms of authorities are counted in working days. Write down each day that the government moved; "
    "every laptop reckons anew after its next sync."
)
BY_ACT = mark("By which act: the body, the date and the number")


class CalendarPage(FreshPage):
    """A year on the left, one day on the right. Ctrl+S writes down what was typed."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self._shown = date.today().year  # noqa: DTZ011  # the day of the place
        self.year: Year | None = None
        self.before, self.after = QPushButton(), QPushButton()
        self.title = PlainLabel(role="heading")
        self.state_words = PlainLabel(role="muted", wrap=True)
        self.list = ListPane()
        self.note = PlainLabel(role="muted", wrap=True)
        self.day, self.sort, self.said = DateInput(), ChoiceInput(), TextLine()
        self.rows = {
            "day": FieldRow(mark("Day"), self.day, required=True),
            "sort": FieldRow(mark("What it is"), self.sort, required=True),
            "said": FieldRow(mark("Act or holiday"), self.said, BY_ACT, required=True),
        }
        self.save_button = WordButton(mark("Write it down"), "primary", "save", keys="Ctrl+S")
        self.back_button = WordButton(mark("Take this entry back"), icon="undo")
        self._build()
        self.before.clicked.connect(partial(self.go, -1))
        self.after.clicked.connect(partial(self.go, 1))
        self.list.chosen.connect(self.open)
        self.list.opened.connect(lambda _: self.said.setFocus())
        self.save_button.clicked.connect(self.save)
        self.back_button.clicked.connect(self.take_back)
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self, self.save)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        jobs.recorded.connect(self._recorded)
        self.setFocusProxy(self.list)
        self.retranslate()

    @Slot()
    def reload(self) -> None:
        """Read the year anew."""
        work = partial(calendar_days.read_year, self._desk, self._shown)
        self._jobs.read(self, work, self._show, self._refused)

    def go(self, by: int, _: bool = False) -> None:
        """Another year."""
        self._shown += by
        self.reload()

    def open(self, day: date) -> None:
        """Show what is said of a day."""
        found = self._entered(day)
        whole = self.year is not None and found is None and self.year.whole is not None
        self.day.set_value(day)
        if found is None:
            self.sort.set_value(WHOLE_YEAR if whole else DAY_OFF)
            self.said.set_value(self.year.act if whole and self.year else None)
        else:
            self.sort.set_value(DAY_OFF if found.mark.off else WORKED)
            self.said.set_value(_said(found))
        self._say_problems({})
        self._show_buttons()

    @Slot()
    def save(self) -> None:
        """Write down what was typed, in place of what was said of that day."""
        day, sort, said = self.day.value(), self.sort.value(), self.said.value()
        if not isinstance(day, date):
            self._say_problems({"day": tr("Write a day, such as 05.03.2026.")})
            self.day.setFocus()
            return
        self._say_problems({})
        self._shown = day.year
        work = partial(calendar_days.mark_day, self._desk, day, sort or "", said or "")
        self._jobs.write(work, self._saved, self._refused)

    @Slot()
    def take_back(self) -> None:
        """The day is again as the program has it."""
        if (entry := self._entry()) is not None:
            work = partial(calendar_days.take_back, self._desk, entry)
            self._jobs.write(work, self._saved, self._refused)

    def retranslate(self) -> None:
        """Texts in the language spoken now; what was typed stays."""
        sort = self.sort.value()
        self.sort.set_choices([(one.key, one.words()) for one in choices("calendar_day")])
        self.sort.set_value(sort)
        self.note.setText(tr(EXPLAINED))
        self.list.setAccessibleName(tr("Days of the year"))
        for button, words in ((self.before, tr("Earlier year")), (self.after, tr("Later year"))):
            button.setAccessibleName(words)
        if self.year is not None:
            self._say(self.year)

    def _show(self, year: Year) -> None:
        self.year = year
        rows = [_row(one) for one in year.days]
        if year.whole is not None:
            first = date(year.year, 1, 1)
            whole = ListRow(
                first,
                label("calendar_day", WHOLE_YEAR),
                year.act,
                badge=tr("written down here"),
                tone="accent",
                badge_icon="edit",
            )
            rows.insert(0, whole)
        self.list.show_rows(rows)
        self._say(year)
        self._show_buttons()

    def _say(self, year: Year) -> None:
        self.title.setText(str(year.year))
        known = tr("Moved days by: {act}", act=year.act)
        self.state_words.setText(
            known if year.known else tr("The moved days of this year are not known here yet.")
        )

    def _entered(self, day: object) -> Entered | None:
        days = self.year.days if self.year is not None else ()
        return next((one for one in days if one.mark.day == day), None)

    def _entry(self) -> UUID | None:
        """The record that is shown."""
        day = self.day.value()
        if self.year is not None and self.sort.value() == WHOLE_YEAR:
            return (
                self.year.whole if isinstance(day, date) and day.year == self.year.year else None
            )
        found = self._entered(day)
        return found.entry if found is not None else None

    def _show_buttons(self) -> None:
        self.back_button.setVisible(self._entry() is not None)

    def _saved(self) -> None:
        messages.say(tr("Saved here."), about=messages.SAVING)
        self.reload()

    def _refused(self, error: UserError) -> None:
        if isinstance(error, Wrong):
            self._say_problems({name: one.words() for name, one in error.problems.items()})
            first = next((name for name in self.rows if name in error.problems), "day")
            self.rows[first].input.setFocus()
        else:
            messages.warn(str(error), about=messages.SAVING)
            self._shown = self.year.year if self.year is not None else self._shown

    def _say_problems(self, problems: dict[str, str]) -> None:
        for name, row in self.rows.items():
            row.show_problem(problems.get(name, ""))

    @Slot(list)
    def _recorded(self, changes: list[Change]) -> None:
        if self.isVisible() and any(change.kind == calendar_days.KIND for change in changes):
            self.reload()

    def _build(self) -> None:
        for button, picture in ((self.before, "chevron_left"), (self.after, "chevron_right")):
            button.setProperty("kind", "quiet")
            button.setIcon(icon(picture, "text"))
        years = QHBoxLayout()
        years.addWidget(self.before)
        years.addWidget(self.title, 1, Qt.AlignmentFlag.AlignCenter)
        years.addWidget(self.after)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(24, 0, 8, 16)
        column.setSpacing(8)
        column.addLayout(years)
        column.addWidget(self.state_words)
        column.addWidget(self.list, 1)
        inside = QWidget()
        inside.setMaximumWidth(theme.grown(640))
        area = scrolled(inside)
        page = QVBoxLayout(inside)
        page.setContentsMargins(16, 4, 24, 24)
        page.setSpacing(14)
        for part in (self.note, *self.rows.values()):
            page.addWidget(part)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.back_button)
        buttons.addStretch(1)
        page.addLayout(buttons)
        page.addStretch(1)
        self.panes = TwoPanes(self, left, area, 380)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.panes)


def _said(found: Entered) -> str:
    said: Any = found.mark.said
    return said if isinstance(said, str) else str(said.words())


def _row(one: Entered) -> ListRow:
    tone = "warning" if one.mark.sort == "estimated" else "neutral"
    sort = label("calendar_day", DAY_OFF if one.mark.off else WORKED)
    badge, picture = ("", "") if one.entry is None else (tr("written down here"), "edit")
    if one.mark.sort == "estimated":
        badge, picture = tr("estimated"), "question"
    below = " · ".join(part for part in (sort, _said(one)) if part)
    return ListRow(
        one.mark.day,
        long_day(one.mark.day),
        below,
        badge=badge,
        tone="accent" if one.entry else tone,
        badge_icon=picture,
    )
