"""Interviews of one wave, one after another: begun, kept, finished, thrown away."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions import answers, drafts
from desktop.session import Desk
from desktop.surveys.interview import Interview
from sync.errors import UserError
from sync.language import spoken, tr
from sync.records.base import Values
from ui import messages
from ui.jobs import Jobs
from ui.models.interviewing import (
    HIDDEN,
    Setup,
    draw,
    finish,
    keep_draft,
    path_of,
    read_setup,
)
from ui.models.walk import Walk
from ui.widgets.asking import Asking
from ui.widgets.interview_frame import START

PAUSE = 400  # ms after the last key until the interview is kept


class InterviewScreen(QWidget):
    """Begins with the okrug; afterwards one interview follows another without leaving the keys."""

    closed = Signal()
    finished = Signal(object)  # the wave's id

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self._setup: Setup | None = None
        self._okrug, self._official = "", ("", "")
        self._thrown: Values | None = None
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.keep)
        self.asking = asking = Asking(spoken())
        self.frame, self.start_page = asking.frame, asking.start_page
        self.question, self.summary = asking.question, asking.summary
        self.setFocusProxy(asking)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(asking)
        asking.begun.connect(self.begin)
        asking.moved.connect(self.keep)
        asking.typed.connect(self._timer.start)
        asking.finished.connect(self._finish)
        self.frame.leave_button.clicked.connect(self.leave)
        self.frame.throw_button.clicked.connect(self.throw_away)

    @property
    def walk(self) -> Walk | None:
        """The interview that is held now."""
        return self.asking.walk

    # beginning

    def open(self, wave: UUID) -> None:
        """Begin an interview of this wave, or go on with the one that was cut off."""
        self._setup = self.asking.walk = None
        work = partial(read_setup, self._desk, wave)
        self._jobs.read(self, work, self._ready, self._cannot)

    def _ready(self, setup: Setup) -> None:
        self._setup = setup
        self.frame.title.setText(setup.title)
        draft = setup.draft
        self._official = (draft.get("official", ""), draft.get("post", ""))
        self._okrug = draft.get("okrug") or setup.okrug
        if draft.get("answers"):
            self.asking.language = draft.get("language", spoken())
            self._begin(draft["answers"], draft.get("at"))
            messages.tell(tr("The interview goes on where it was cut off."))
            return
        self._official = draw(setup.officials)
        self.start_page.show_setup(setup, self._okrug, self._official)
        self.frame.turn_to(START)
        if self._okrug:
            self.setFocus()  # Enter begins
        else:
            self.start_page.focus()

    def _cannot(self, error: UserError) -> None:
        messages.warn(str(error))
        self.closed.emit()

    def begin(self) -> None:
        """From the first page to the first question."""
        okrug = self.start_page.okrug()
        if self._setup is None:
            return
        if not okrug:
            self.start_page.show_problem(tr("Choose the okrug where you ask."))
            return
        self._okrug, self._official = okrug, self.start_page.official()
        self._begin(None, None)

    def _begin(self, answers: Mapping[str, object] | None, at: str | None) -> None:
        assert self._setup is not None
        form = self._setup.form
        language = self.asking.language
        interview = Interview(form, answers, language)
        given = {"okrug": self._okrug, "official": self._official[0], "post": self._official[1]}
        for name in HIDDEN:
            if (path := path_of(form, name)) and given[name]:
                interview.answer(path, given[name])
        self.asking.begin(Walk(interview, at), language)

    # keeping and ending

    def keep(self) -> None:
        """Keep the interview as it stands, so that it can go on after a crash."""
        self._timer.stop()
        if self.walk is None or self._setup is None:
            return
        body = self._body()
        work = partial(keep_draft, self._desk, self._setup.wave, body)
        self._jobs.read(self, work, _nothing)

    def _body(self) -> Values:
        assert self.walk is not None
        return {
            "okrug": self._okrug,
            "official": self._official[0],
            "post": self._official[1],
            "language": self.asking.language,
            "at": self.walk.at,
            "answers": self.walk.kept(),
        }

    def _finish(self) -> None:
        if self.walk is None or self._setup is None:
            return
        values, self.asking.walk = self.walk.interview.to_answers(), None
        work = partial(finish, self._desk, self._setup.wave, self._okrug, values)
        self._jobs.write(work, self._kept)

    def _kept(self) -> None:
        """It is saved; the next one begins at once, in the same okrug."""
        assert self._setup is not None
        said = tr("The interview is saved here. The next one can begin.")
        messages.say(said, about=messages.SAVING)
        self.finished.emit(self._setup.wave)
        self.open(self._setup.wave)

    @Slot()
    def leave(self) -> None:
        """Stop for now; what was answered is kept and can go on."""
        self.keep()
        self.asking.walk = None
        self.closed.emit()

    @Slot()
    def throw_away(self) -> None:
        """The respondent does not want to go on: nothing of it stays. It can be undone at once."""
        if self.walk is None or self._setup is None:
            return
        wave, self._thrown, self.asking.walk = self._setup.wave, self._body(), None
        self._timer.stop()
        self._jobs.read(self, partial(drafts.drop, self._desk, answers.draft_key(wave)), _nothing)
        self.open(wave)
        undo = messages.Action(tr("Undo"), partial(self._take_back, wave))
        messages.tell(tr("The interview was thrown away."), undo)

    def _take_back(self, wave: UUID) -> None:
        body, self._thrown = self._thrown, None
        if body is not None:
            self._jobs.read(self, partial(keep_draft, self._desk, wave, body), _nothing)
            self.open(wave)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that no input took for itself: stop for now."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)


def _nothing(_: Any) -> None:
    """It is on the disk; nobody waits for it."""
