"""Where the group was: the villages first in which nobody was for longest."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QGridLayout

from desktop.actions.coverage import LONG, Been, coverage
from desktop.session import Desk
from sync.language import mark, tr, trn
from sync.person import REGION
from ui.dates import plain_day
from ui.jobs import Jobs
from ui.models.lines import short_place
from ui.models.record_page import Page
from ui.models.seen import Seen
from ui.widgets.badges import Badge
from ui.widgets.glance import Glance
from ui.widgets.labels import PlainLabel
from ui.widgets.rows import ElidedLabel

MOST = 5  # villages that are told; all are in the report of coverage


class CoverageGlance(Glance):
    """Above the plan of a week: it says where somebody should go."""

    kinds: ClassVar[tuple[str, ...]] = ("visit", "meeting", "inspection")

    def __init__(self, desk: Desk, jobs: Jobs, title: str = mark("Villages that wait")) -> None:
        super().__init__(title, "place")
        self._desk, self._jobs = desk, jobs
        self._of = ""  # the district that was read
        self._page: Page | None = None
        self.been: Sequence[Been] = ()
        self.lines: list[str] = []
        self.waits = PlainLabel(role="strong", wrap=True)
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(12)
        self._rows.setVerticalSpacing(4)
        self._rows.setColumnStretch(0, 3)
        self._rows.setColumnStretch(1, 2)
        self.add_more()
        self.add(self.waits)
        self.add(self._rows)

    def add_more(self) -> None:
        """What stands above the villages: nothing."""

    def tell(self, seen: Seen) -> None:
        """Of the district of the record; of one's own for a record that is not saved yet."""
        row = seen.page.row
        district = row["district"] if row is not None else self._desk.person.district
        if district == REGION:
            self.hide()
        elif seen.page is not self._page:  # it was opened, or read anew
            self._of, self._page = district, seen.page
            self.look_again()
        else:
            self.retell()

    def look_again(self) -> None:
        """Read it, off the screen's thread."""
        if self._of:
            work = partial(coverage, self._desk, self._of, _today())
            self._jobs.read(self, work, partial(self._found, self._of))

    def retell(self) -> None:
        """Say what was read, in the language spoken now."""
        on = _today()
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        long = [one for one in self.been if one.long(on)]
        self.waits.setText(
            trn(
                "In {n} village nobody was for {days} days or more.",
                "In {n} villages nobody was for {days} days or more.",
                len(long),
                days=LONG,
            )
            if long
            else tr("Somebody was in each village within {days} days.", days=LONG)
        )
        self.lines = []
        for number, one in enumerate(long[:MOST]):
            self._row(number, one, on)
        self.setVisible(bool(self.been))

    def _row(self, number: int, one: Been, on: date) -> None:
        where = short_place(self._desk.pack, one.village)
        days = one.waited(on)
        if days is None or one.day is None:
            last, badge = tr("nobody was there yet"), Badge(tr("Never"), "warning", "warning")
        else:
            last = " · ".join((plain_day(one.day), *one.who))
            badge = Badge(trn("{n} day", "{n} days", days), "neutral", "clock")
        self.lines.append(f"{where}: {last}")
        self._rows.addWidget(ElidedLabel(where), number, 0)
        self._rows.addWidget(ElidedLabel(last, "muted"), number, 1)
        self._rows.addWidget(badge, number, 2)

    def _found(self, of: str, been: Sequence[Been]) -> None:
        if of == self._of:
            self.been = been
            self.retell()


def _today() -> date:
    return date.today()  # noqa: DTZ011  # the day of the place
