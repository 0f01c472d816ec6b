"""Holds interviews, whatever for: begun, kept as they stand, finished, thrown away."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.surveys.interview import Interview
from sync.errors import UserError
from sync.language import spoken, tr
from sync.records.base import Values
from ui import messages
from ui.jobs import Jobs
from ui.models.occasion import Occasion
from ui.models.walk import Walk
from ui.widgets.answers import Aids
from ui.widgets.answers.place import points_named
from ui.widgets.asking import Asking
from ui.widgets.question import QuestionView

PAUSE = 400  # ms after the last key until the interview is kept


class Interviewer(QWidget):
    """Asks for one occasion after another; what is special to one is the occasion's."""

    opened = Signal()  # it has something to show
    closed = Signal()
    finished = Signal(object)  # the occasion
    next = Signal(object)  # the occasion, after which another interview of its kind is due

    def __init__(self, jobs: Jobs) -> None:
        super().__init__()
        self._jobs = jobs
        self._occasion: Occasion | None = None
        self._thrown: Values | None = None
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.keep)
        self.asking = asking = Asking(spoken())
        self.frame, self.summary = asking.frame, asking.summary
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
    def question(self) -> QuestionView:
        """The question that is asked now."""
        return self.asking.question

    @property
    def walk(self) -> Walk | None:
        """The interview that is held now."""
        return self.asking.walk

    # beginning

    def hold(self, occasion: Occasion) -> None:
        """Begin an interview, or go on with the one that was cut off."""
        self._occasion, self.asking.walk = occasion, None
        self._equip(occasion)
        if occasion.draft.get("answers"):
            self._go_on_with(occasion.draft)
            if "at" in occasion.draft:  # not one that is only gone through again
                messages.tell(tr("The interview goes on where it was cut off."))
        elif (page := occasion.page) is None:
            self._begin({})
        else:
            self.asking.show_first(page)
            (self if occasion.filled else page).setFocus()  # here, Enter begins
        self.opened.emit()

    def _equip(self, occasion: Occasion) -> None:
        """What answers may use: the villages of the region, a place for photos."""
        self.frame.title.setText(occasion.title)
        self.summary.final, self.summary.screened = occasion.final, occasion.screened
        places = partial(points_named, occasion.places) if occasion.places is not None else None
        self.asking.page.aids = Aids(places, occasion.shelf, self._jobs.read)

    def begin(self) -> None:
        """From the first page to the first question."""
        if self._occasion is not None and self._occasion.ready():
            self._begin({})

    def _go_on_with(self, draft: Mapping[str, Any]) -> None:
        self.asking.language = draft.get("language", spoken())
        self._begin(draft)

    def _begin(self, draft: Mapping[str, Any]) -> None:
        assert self._occasion is not None
        form, language = self._occasion.form, self.asking.language
        counts = draft.get("counts")
        whole = "at" not in draft  # what is kept of one that was finished, not of one cut off
        interview = Interview(form, draft.get("answers"), language, counts=counts, whole=whole)
        for path, value in self._occasion.given().items():
            interview.answer(path, value)
        self.asking.begin(Walk(interview, draft.get("at")), language)

    # keeping and ending

    def keep(self) -> None:
        """Keep the interview as it stands, so that it can go on after a crash."""
        self._timer.stop()
        if self.walk is not None and self._occasion is not None:
            work = partial(self._occasion.keep, self._body())
            self._jobs.read(self, work, _nothing)

    def _body(self) -> Values:
        assert self.walk is not None
        assert self._occasion is not None
        return {
            **self._occasion.beside(),
            "language": self.asking.language,
            "at": self.walk.at,
            "answers": self.walk.kept(),
            "counts": self.walk.interview.counts(),
        }

    def _finish(self) -> None:
        if self.walk is None or self._occasion is None:
            return
        walk, self.asking.walk = self.walk, None  # nobody answers while it is saved
        self._timer.stop()
        work = partial(self._occasion.finish, walk.interview.to_answers())
        self._jobs.write(work, self._ended, partial(self._not_ended, walk))

    def _ended(self) -> None:
        """It is saved; the next one begins at once, or this is over."""
        assert self._occasion is not None
        messages.say(self._occasion.ended(), about=messages.SAVING)
        self.finished.emit(self._occasion)
        self._leave_to_next(self._occasion)

    def _not_ended(self, walk: Walk, error: UserError) -> None:
        """It could not be saved: it stands as it was."""
        self.asking.begin(walk, self.asking.language)
        messages.warn(str(error))

    def _leave_to_next(self, occasion: Occasion) -> None:
        if occasion.again:
            self.next.emit(occasion)
        else:
            self.closed.emit()

    @Slot()
    def leave(self) -> None:
        """Stop for now; what was answered is kept and can go on."""
        self.keep()
        self.asking.walk = None
        self.closed.emit()

    @Slot()
    def throw_away(self) -> None:
        """The respondent does not want to go on: nothing of it stays. It can be undone at once."""
        occasion = self._occasion
        if self.walk is None or occasion is None:
            return
        self._thrown, self.asking.walk = self._body(), None
        self._timer.stop()
        self._jobs.read(self, occasion.drop, _nothing)
        self._leave_to_next(occasion)
        undo = messages.Action(tr("Undo"), partial(self._take_back, occasion))
        messages.tell(tr("The interview was thrown away."), undo)

    def _take_back(self, occasion: Occasion) -> None:
        body, self._thrown = self._thrown, None
        if body is not None:
            self._jobs.read(self, partial(occasion.keep, body), _nothing)
            self._occasion = occasion
            self._equip(occasion)
            self._go_on_with(body)
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that no input took for itself: stop for now."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)


def _nothing(_: Any) -> None:
    """It is on the disk; nobody waits for it."""
