"""The whole group under one member's page: how many, who leads, which okrugs are nobody's."""

from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions.roster import MOST, Roster, read_roster
from desktop.session import Desk
from sync.language import mark, tr, trn
from ui.jobs import Jobs
from ui.models.record_page import Page
from ui.widgets.cards import Card
from ui.widgets.labels import PlainLabel


class RosterCard(QWidget):
    """Warns and forbids nothing: somebody leaves and somebody comes on the same day."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self._roster: Roster | None = None
        self.card = Card(mark("The group"))
        self.people, self.okrugs = PlainLabel(role="label"), PlainLabel(role="hint", wrap=True)
        self.warning = PlainLabel(role="error", wrap=True)
        for part in (self.people, self.warning, self.okrugs):
            self.card.add(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.card)

    def show_page(self, page: Page) -> None:
        """The group of the member on the page; nothing for one that is not saved yet."""
        self.setVisible(page.row is not None)
        if page.row is not None:
            work = partial(read_roster, self._desk, page.row["district"])
            self._jobs.read(self, work, self._tell)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._roster is not None:
            self._tell(self._roster)
        super().changeEvent(event)

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
