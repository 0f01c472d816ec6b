"""Interviews of one wave, one after another, without leaving the keys."""

import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from desktop.actions.signs import Seen
from desktop.actions.waves import full_cell
from desktop.session import Desk
from desktop.surveys.form import Form
from desktop.surveys.interview import Interview
from desktop.surveys.quality.signs import answered
from desktop.surveys.quality.timing import Timing
from desktop.surveys.waves.cells import cell_words
from sync.change import Change
from sync.errors import UserError
from sync.language import tr
from sync.places import Pack
from sync.records.base import Values
from ui import messages
from ui.jobs import Jobs
from ui.models.interviewing import (
    HIDDEN,
    Setup,
    draw,
    drop_draft,
    finish,
    keep_draft,
    path_of,
    read_setup,
)
from ui.models.occasion import Occasion
from ui.widgets.interview_start import StartPage
from ui.widgets.interviewer import Interviewer


class InterviewScreen(Interviewer):
    """Begins with the okrug; who is rated is drawn by lot for each interview.

    `clock` gives seconds and never goes back.
    """

    def __init__(
        self, desk: Desk, jobs: Jobs, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(jobs)
        self._desk, self._clock = desk, clock
        self.start_page = StartPage(desk.pack)
        self._before: float | None = None  # when the last one ended; nobody writes it down
        self.asking.shown.connect(self._shown)
        self.asking.moved.connect(self._say_if_full)
        self.next.connect(self._open_next)
        self.finished.connect(self._note_end)

    def open(self, wave: UUID) -> None:
        """Begin an interview of this wave, or go on with the one that was cut off."""
        self._occasion = self.asking.walk = None
        self._jobs.read(self, partial(read_setup, self._desk, wave), self._ready, self._cannot)

    def _open_next(self, occasion: Occasion) -> None:
        if isinstance(occasion, WaveOccasion):
            self.open(occasion.wave)

    def _ready(self, setup: Setup) -> None:
        timing = Timing(setup.draft.get("timing"), self._before, self._clock)
        self.hold(WaveOccasion(self._desk, setup, self.start_page, timing))

    def _shown(self, texts: Mapping[str, str]) -> None:
        if isinstance(self._occasion, WaveOccasion):
            self._occasion.timing.on(texts)

    def _say_if_full(self) -> None:
        """As soon as it is known who answers; once, and nothing is forbidden."""
        walk, occasion = self.walk, self._occasion
        if walk is None or not isinstance(occasion, WaveOccasion):
            return
        if words := occasion.enough(walk.interview):
            messages.tell(words)

    def _note_end(self) -> None:
        self._before = self._clock()

    def _cannot(self, error: UserError) -> None:
        messages.warn(str(error))
        self.closed.emit()


class WaveOccasion:
    """One anonymous interview of a wave: its okrug, who is rated, and where it is kept."""

    again = final = screened = True
    shelf = None  # a photo tells who was asked

    def __init__(self, desk: Desk, setup: Setup, page: StartPage, timing: Timing) -> None:
        self._desk, self._setup, self.page, self.timing = desk, setup, page, timing
        self.draft: Mapping[str, Any] = setup.draft
        self._okrug = setup.draft.get("okrug") or setup.okrug
        begun = (setup.draft.get("official", ""), setup.draft.get("post", ""))
        self._official = begun if setup.draft.get("answers") else draw(setup.officials)
        self._said_enough = False
        page.show_setup(setup, self._okrug, self._official)

    @property
    def wave(self) -> UUID:
        """The wave's id."""
        return self._setup.wave

    @property
    def title(self) -> str:
        """The wave's own."""
        return self._setup.title

    @property
    def form(self) -> Form:
        """The wave's form."""
        return self._setup.form

    @property
    def filled(self) -> bool:
        """Whether the okrug of the last interview is known."""
        return bool(self._okrug)

    @property
    def places(self) -> Pack:
        """The region of this laptop."""
        return self._desk.pack

    def ready(self) -> bool:
        """Take what the page says; whether it says where the interview is held."""
        if not (okrug := self.page.okrug()):
            self.page.show_problem(tr("Choose the okrug where you ask."))
            return False
        self._okrug, self._official = okrug, self.page.official()
        return True

    def given(self) -> dict[str, str]:
        """The okrug, and who is rated, where the form has a place for them."""
        known = {"okrug": self._okrug, "official": self._official[0], "post": self._official[1]}
        places = {name: path_of(self.form, name) for name in HIDDEN}
        return {path: known[name] for name, path in places.items() if path and known[name]}

    def beside(self) -> Values:
        """The same, for the day after a crash, and how long it took so far."""
        official, post = self._official
        timing = self.timing.kept()
        return {"okrug": self._okrug, "official": official, "post": post, "timing": timing}

    def enough(self, interview: Interview) -> str:
        """That enough people like this one were asked here, said once; "" where they were not."""
        progress, pack = self._setup.progress, self._desk.pack
        if self._said_enough or progress is None or not progress.design:
            return ""
        full = full_cell(progress, self._okrug, interview.to_answers(), pack)
        if full is None:
            return ""
        self._said_enough = True
        cell = cell_words(full.cell, progress.design, progress.words, pack)
        return tr("Enough were asked: {cell}. You may go on all the same.", cell=cell)

    def ended(self) -> str:
        """That the next one may begin."""
        return tr("The interview is saved here. The next one can begin.")

    def keep(self, body: Values) -> None:
        """As a draft of the wave."""
        keep_draft(self._desk, self.wave, body)

    def drop(self) -> None:
        """Nothing of it stays."""
        drop_draft(self._desk, self.wave)

    def finish(self, values: Values) -> list[Change]:
        """Among the answers that wait to be sent. What is counted of it names no answer."""
        nodes = Interview(self.form, values).nodes()
        seen = Seen(answered(nodes), self.timing.ended())
        return finish(self._desk, self.wave, self._okrug, values, seen)
