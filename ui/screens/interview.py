"""One interview by keys: digits choose, Enter goes on, Backspace goes back, a crash costs nothing."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.actions import answers, drafts
from desktop.session import Desk
from desktop.surveys.interview import Interview
from sync.errors import UserError
from sync.language import spoken, tr
from sync.records.base import Values
from ui import messages
from ui.jobs import Jobs
from ui.models.codes import Typed
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
from ui.widgets.interview_frame import ASKING, START, SUMMARY, InterviewFrame
from ui.widgets.interview_pages import StartPage, SummaryPage
from ui.widgets.key_positions import digit_of
from ui.widgets.question import QuestionView

PAUSE = 400  # ms after the last key until the interview is kept


class InterviewScreen(QWidget):
    """Begins with the okrug; afterwards one interview follows another without leaving the keys."""

    closed = Signal()
    finished = Signal(object)  # the wave's id

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._desk, self._jobs = desk, jobs
        self._setup: Setup | None = None
        self.walk: Walk | None = None
        self._okrug, self._official = "", ("", "")
        self._language = spoken()
        self._digits = Typed()
        self._shown = ""  # the path of the question that is on the screen
        self._thrown: Values | None = None
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.keep)
        self.start_page, self.question, self.summary = StartPage(), QuestionView(), SummaryPage()
        self.frame = InterviewFrame((self.start_page, self.question, self.summary))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.frame)
        self._connect()
        self.retranslate()

    # beginning

    def open(self, wave: UUID) -> None:
        """Begin an interview of this wave, or go on with the one that was cut off."""
        self._setup, self.walk = None, None
        work = partial(read_setup, self._desk, wave)
        self._jobs.read(self, work, self._ready, self._cannot)

    def _ready(self, setup: Setup) -> None:
        self._setup = setup
        self.frame.title.setText(setup.title)
        draft = setup.draft
        self._official = (draft.get("official", ""), draft.get("post", ""))
        self._okrug = draft.get("okrug") or setup.okrug
        if draft.get("answers"):
            self._language = draft.get("language", spoken())
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
        interview = Interview(form, answers, self._language)
        given = {"okrug": self._okrug, "official": self._official[0], "post": self._official[1]}
        for name in HIDDEN:
            if (path := path_of(form, name)) and given[name]:
                interview.answer(path, given[name])
        self.walk = Walk(interview, at)
        self._offer_languages()
        self._show()

    # going through

    def go_on(self) -> None:
        """Enter: to the next question, to the summary, or to the end."""
        page = self.frame.page()
        if page == START:
            self.begin()
        elif page == SUMMARY:
            self._finish()
        elif self.walk is not None:
            problem = self.walk.go_on()
            self._show()
            self.question.show_problem(problem)
            if problem is None:
                self.keep()

    def back(self) -> None:
        """To the question before."""
        if self.walk is not None and self.walk.back():
            self._show()
            self.keep()

    def choose(self, number: int) -> None:
        """Take a choice of the question, by its number."""
        if self.walk is not None and self.walk.choose(number):
            self.question.show_problem(None)
            self._show()
            self.keep()

    def type(self, text: str) -> None:
        """What stands in the input now."""
        if self.walk is not None:
            self.walk.type(text)
            self.question.show_problem(None)
            self._timer.start()

    def speak(self, language: str) -> None:
        """Go on in another language of the form; the program's own stays."""
        self._language = language
        if self.walk is not None:
            self.walk.interview.speak(language)
            self._offer_languages()
            self._show(anew=True)

    def next_language(self) -> None:
        """F6: to the next language of the form."""
        codes = list(self.frame.languages)
        if self._language in codes:
            self.speak(codes[(codes.index(self._language) + 1) % len(codes)])

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
            "language": self._language,
            "at": self.walk.at,
            "answers": self.walk.kept(),
        }

    def _finish(self) -> None:
        if self.walk is None or self._setup is None:
            return
        if left := self.walk.left():
            self.walk.go_to(left[0].path)
            self._show()
            self.question.show_problem(left[0].message)
            return
        values, self.walk = self.walk.interview.to_answers(), None
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
        self.walk = None
        self.closed.emit()

    @Slot()
    def throw_away(self) -> None:
        """The respondent does not want to go on: nothing of it stays. It can be undone at once."""
        if self.walk is None or self._setup is None:
            return
        wave, self._thrown, self.walk = self._setup.wave, self._body(), None
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

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no input took for itself."""
        key, digit = event.key(), digit_of(event)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        elif key == Qt.Key.Key_Backspace:
            self.back()
        elif key == Qt.Key.Key_Escape:
            self.leave()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.question.rows:
            self.question.rows[0 if key == Qt.Key.Key_Down else -1].setFocus()
        elif digit is not None and self.question.rows and self.frame.page() == ASKING:
            number = self._digits.add(digit, len(self.question.rows))
            self.question.show_pending(self._digits.digits)
            if number is not None:
                self.choose(number)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # showing

    def _show(self, *, anew: bool = False) -> None:
        """The question where the walk stands, or the summary."""
        if self.walk is None:
            return
        self._digits.clear()
        step = self.walk.step()
        if step is None:
            self.summary.show_walk(self.walk)
            self.frame.turn_to(SUMMARY)
            self.setFocus()
        else:
            self.frame.turn_to(ASKING)
            self.question.show_step(step, anew=anew)
            typed = step.node.kind == "text"
            self.frame.show_place(
                step,
                letters=typed and self._language == "kk",
                choosing=bool(self.question.rows),
                typing=self.question.input is not None,
            )
            if self.question.input is not None:
                self.question.focus()
            elif not any(row.hasFocus() for row in self.question.rows):
                self.setFocus()
            if self._shown != step.node.path:
                self.frame.to_top()
            self._shown = step.node.path

    def _offer_languages(self) -> None:
        if self.walk is not None:
            self.frame.offer_languages(self.walk.interview.form.languages, self._language)

    def retranslate(self) -> None:
        """The program's own texts; the form speaks its own language."""
        self.frame.retranslate()
        self.start_page.retranslate()
        self._show(anew=True)

    def _connect(self) -> None:
        self.frame.language_chosen.connect(self.speak)
        self.question.chosen.connect(self.choose)
        self.question.typed.connect(self.type)
        self.summary.chosen.connect(self._go_to)
        self.frame.next_button.clicked.connect(self.go_on)
        self.frame.back_button.clicked.connect(self.back)
        self.frame.leave_button.clicked.connect(self.leave)
        self.frame.throw_button.clicked.connect(self.throw_away)
        for keys, act in (("Alt+Left", self.back), ("F6", self.next_language)):
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _go_to(self, path: str) -> None:
        if self.walk is not None:
            self.walk.go_to(path)
            self._show()


def _nothing(_: Any) -> None:
    """It is on the disk; nobody waits for it."""
