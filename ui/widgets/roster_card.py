"""The whole group above one member's page: how many, who leads, which okrugs are nobody's, and where
nobody was for long.
"""

from functools import partial
from typing import ClassVar

from desktop.actions.roster import MOST, Roster, read_roster
from desktop.session import Desk
from sync.language import mark, tr, trn
from ui.jobs import Jobs
from ui.widgets.coverage_glance import CoverageGlance
from ui.widgets.labels import PlainLabel


class RosterCard(CoverageGlance):
    """Warns and forbids nothing: somebody leaves and somebody comes on the same day."""

    kinds: ClassVar[tuple[str, ...]] = (*CoverageGlance.kinds, "member")

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        self._roster: Roster | None = None
        super().__init__(desk, jobs, mark("The group"))

    def add_more(self) -> None:
        """The roster in words."""
        self.people, self.okrugs = PlainLabel(role="label"), PlainLabel(role="hint", wrap=True)
        self.warning = PlainLabel(role="error", wrap=True)
        for part in (self.people, self.warning, self.okrugs):
            self.add(part)

    def look_again(self) -> None:
        """The roster, too."""
        super().look_again()
        if self._of:
            work = partial(read_roster, self._desk, self._of)
            self._jobs.read(self, work, self._tell)

    def retell(self) -> None:
        """Both."""
        super().retell()
        if self._roster is not None:
            self._tell(self._roster)

    def _tell(self, roster: Roster) -> None:
        self._roster = roster
        self.people.setText(
            trn("{n} person is in the group", "{n} people are in the group", roster.people)
        )
        self.warning.setText(" ".join(_wrong(roster)))
        self.warning.setVisible(bool(self.warning.text()))
        names = ", ".join(map(self._desk.pack.okrug_name, roster.uncovered))
        self.okrugs.setText(
            tr("Nobody covers: {okrugs}", okrugs=names)
            if names
            else tr("Somebody covers each okrug.")
        )


def _wrong(roster: Roster) -> list[str]:
    said = []
    if roster.too_many:
        said.append(tr("A group has at most {most}.", most=MOST))
    if roster.leaders == 0:
        said.append(tr("Nobody leads it."))
    if roster.leaders > 1:
        said.append(tr("More than one person leads it."))
    return said
