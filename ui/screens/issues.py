"""Citizens' issues, with the steps taken, the photos, and what the coordinator returned."""

from desktop.session import Desk
from ui.jobs import Jobs
from ui.screens.photographed import PhotographedRecords
from ui.widgets.steps_timeline import StepsTimeline
from ui.widgets.term_card import TermCard


class IssuesScreen(PhotographedRecords):
    """The form, its terms, the steps taken, the photos."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        self.steps = StepsTimeline(desk.person, desk.pack)
        self.terms = TermCard()
        super().__init__(desk, jobs, "issue", [self.terms, self.steps])
