"""The screen of a kind that needs none of its own: list, form, parts, photos, as it is declared."""

from collections.abc import Callable
from typing import Any

from desktop.actions.linked import part_kinds
from desktop.session import Desk
from sync.records import KINDS
from sync.records.base import Part
from ui.jobs import Jobs
from ui.screens.photographed import PhotographedRecords
from ui.widgets.parts_editor import PartsEditor
from ui.widgets.project_bars import ProjectBars
from ui.widgets.roster_card import RosterCard

BESIDE: dict[str, Callable[[Desk, Jobs], Any]] = {  # what a kind shows besides
    "project": lambda _desk, _jobs: ProjectBars(),
    "member": RosterCard,
}


class AnyKindScreen(PhotographedRecords):
    """The parts that have a heading are cards under the form."""

    def __init__(self, desk: Desk, jobs: Jobs, kind: str) -> None:
        self.parts = {
            name: PartsEditor(record, desk.person, desk.pack)
            for name in part_kinds(kind)
            if issubclass(record := KINDS[name], Part) and record.heading
        }
        self.beside = BESIDE[kind](desk, jobs) if kind in BESIDE else None
        extras = [self.beside] if self.beside is not None else []
        super().__init__(desk, jobs, kind, [*self.parts.values()], extras)
        self.photos.setVisible(KINDS[kind].photographed)
        if self.beside is not None:
            self.editor.opened.connect(self.beside.show_page)
