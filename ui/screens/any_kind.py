"""The screen of a kind that needs none of its own: list, form, parts, photos, as it is declared."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QTimer

from desktop.actions.linked import part_kinds
from desktop.actions.relocation_course import MOVED
from desktop.session import Desk
from sync.records import KINDS
from sync.records.base import Part
from ui.jobs import Jobs
from ui.screens.glancing import keep_true
from ui.screens.photographed import PhotographedRecords
from ui.widgets.coverage_glance import CoverageGlance
from ui.widgets.glance import Glance
from ui.widgets.parts_editor import PartsEditor
from ui.widgets.project_glance import ProjectGlance
from ui.widgets.publication_glance import PublicationGlance
from ui.widgets.relocation_glance import RelocationGlance
from ui.widgets.roster_card import RosterCard

GLANCES: dict[str, Callable[[Desk, Jobs], Glance]] = {  # what a kind comes to, above its form
    "project": ProjectGlance,
    "relocation_case": RelocationGlance,
    "publication": PublicationGlance,
    "member": RosterCard,
    "week_plan": CoverageGlance,
}


class AnyKindScreen(PhotographedRecords):
    """The parts that have a heading are cards under the form."""

    def __init__(self, desk: Desk, jobs: Jobs, kind: str) -> None:
        self.parts = {
            name: PartsEditor(record, desk.person, desk.pack)
            for name in part_kinds(kind)
            if issubclass(record := KINDS[name], Part) and record.heading
        }
        self.glance = GLANCES[kind](desk, jobs) if kind in GLANCES else None
        first = [self.glance] if self.glance is not None else []
        super().__init__(desk, jobs, kind, [*self.parts.values()], first=first)
        self.photos.setVisible(KINDS[kind].photographed)
        if self.glance is not None:
            keep_true(self.glance, self.editor, self.parts, jobs)
            self.glance.opened.connect(self.record_wanted)
            self.glance.enlarged.connect(self.enlarge)
        if isinstance(self.glance, RelocationGlance):
            self.glance.wanted.connect(self._begin_stage)

    def _begin_stage(self, state: str) -> None:
        """The next stage of a household, begun for today; the case says it too. Nothing is saved yet."""
        today = date.today().isoformat()  # noqa: DTZ011  # the day of the place
        stages, form = self.parts["relocation_stage"], self.editor.form
        case = {"state": state}
        if state == MOVED and not form.values()["moved_on"]:
            case["moved_on"] = today
        form.set_values(case)
        stages.begin({"state": state, "reached_on": today}, "text")
        card, area = stages.cards[-1], self.editor.area
        QTimer.singleShot(0, card, lambda: area.ensureWidgetVisible(card, 0, 60))
