"""Citizens' issues, with the steps taken, the photos, and what the coordinator returned."""

from desktop.session import Desk
from ui.jobs import Jobs
from ui.screens.glancing import keep_true
from ui.screens.photographed import PhotographedRecords
from ui.widgets.steps_timeline import StepsTimeline
from ui.widgets.term_card import TermCard


class IssuesScreen(PhotographedRecords):
    """What was done and both clocks, the form, the steps taken, the photos."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        self.steps = StepsTimeline(desk.person, desk.pack)
        self.terms = TermCard(desk, jobs)
        super().__init__(desk, jobs, "issue", [self.steps], first=[self.terms])
        keep_true(self.terms, self.editor, {}, jobs)
        self.terms.step_wanted.connect(self._write_step)

    def _write_step(self) -> None:
        """Below the form, where the steps are."""
        self.steps.form.focus_first()
        self.editor.area.ensureWidgetVisible(self.steps.form, 0, 60)
