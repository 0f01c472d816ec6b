"""The visitor who is here now, in the line of the day."""

from collections.abc import Callable
from datetime import date, datetime

from desktop.actions.reception_day import IN_PERSON, came
from desktop.session import Desk
from sync.language import tr
from sync.records.base import Values
from sync.records.reception import Reception
from ui.jobs import Jobs
from ui.screens.line_keeper import LineKeeper
from ui.widgets.quick_visitor import CONSENT, QuickVisitor

DRAFT = f"quick:{Reception.kind}"
OUTREACH = "outreach"  # all who come there come from one village


class ReceptionLine(LineKeeper):
    """`day` and `how` say for which day, and how, somebody is received when they are written down."""

    def __init__(
        self,
        desk: Desk,
        jobs: Jobs,
        quick: QuickVisitor,
        day: Callable[[], date],
        how: Callable[[], str | None],
    ) -> None:
        super().__init__(desk, jobs, quick, DRAFT)
        self._day, self._how = day, how
        quick.next_wanted.connect(self.next)
        self.recall()

    def start(self) -> Values:
        """Day, time, receiver and form."""
        moment = datetime.now().astimezone()
        return came(self._desk, self._day(), moment, self._how() or IN_PERSON)

    def carried(self) -> Values:
        """At an outreach reception the village."""
        return {"village": self._line.values()["village"]} if self._how() == OUTREACH else {}

    def save(self) -> bool:
        """Say what is wanted in the language spoken now."""
        self.wanted = tr("Write in a few words what they came with.")
        return super().save()

    def dated(self, said: Values) -> Values:
        """What is saved: a consent that is new was given on the day that is shown."""
        return said | {"consent_on": self._day().isoformat()} if said.get(CONSENT) else said
