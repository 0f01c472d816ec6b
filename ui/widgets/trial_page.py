"""A form is tried before it is published: real questions, made-up answers, nothing kept."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.surveys.form import Form
from desktop.surveys.interview import Interview
from desktop.surveys.made_up import fill
from sync.change import Change
from sync.language import mark, spoken, tr
from sync.places import Pack
from sync.records.base import Values
from ui.icons import Picture
from ui.jobs import Jobs
from ui.models.interviewing import path_of
from ui.models.walk import Walk
from ui.widgets.interviewer import Interviewer
from ui.widgets.labels import PlainLabel
from ui.widgets.word_button import WordButton

STANDS_FOR = {"post": mark("(the post that is rated)")}  # what a laptop fills in at an interview


@dataclass(frozen=True)
class Trial:
    """A form tried out before it is published: nothing of it is ever written down.

    What an interview of a wave fills in by itself, and labels quote, has words in its place.
    """

    form: Form
    title: str
    places: Pack | None = None
    page: None = None
    shelf: None = None
    filled: bool = True
    again: bool = False
    final: bool = False
    screened: bool = False
    draft: Mapping[str, Any] = field(default_factory=dict)

    def ready(self) -> bool:
        """Nothing is asked before."""
        return True

    def given(self) -> Mapping[str, str]:
        """The hidden questions that labels quote."""
        found = {path_of(self.form, name): tr(words) for name, words in STANDS_FOR.items()}
        return {path: words for path, words in found.items() if path}

    def beside(self) -> Values:
        """Nothing."""
        return {}

    def ended(self) -> str:
        """That nothing is left of it."""
        return tr("The trial is over. Nothing of it was kept.")

    def keep(self, body: Values) -> None:
        """Not at all."""

    def drop(self) -> None:
        """There is nothing to forget."""

    def finish(self, values: Values) -> list[Change]:
        """Nothing becomes of it."""
        return []


class TrialPage(QWidget):
    """The screen of interviews under a banner that says what this is. Esc ends it."""

    ended = Signal()

    def __init__(self, jobs: Jobs, pack: Pack) -> None:
        super().__init__()
        self._pack = pack
        self._trial: Trial | None = None
        self._chance = random.Random()  # noqa: S311  # nothing secret is made up
        self.interviewer = Interviewer(jobs)
        self.asking = self.interviewer.asking
        self.made_up = WordButton(mark("Made-up answers"), icon="sync", keys="F8")
        self.end_button = WordButton(mark("End the trial"), icon="close", keys="Esc")
        self.words = PlainLabel(wrap=True)
        self.asking.frame.leave_button.hide()  # the banner has one
        self.asking.frame.saves = False
        self.interviewer.closed.connect(self._closed)
        self.made_up.clicked.connect(self.answer_all)
        self.end_button.clicked.connect(self.interviewer.leave)
        around = QVBoxLayout()
        around.setContentsMargins(24, 0, 24, 8)
        around.addWidget(self._banner())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(around)
        layout.addWidget(self.interviewer, 1)
        self.setFocusProxy(self.interviewer)
        shortcut = QShortcut(QKeySequence("F8"), self, self.answer_all)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.retranslate()

    def try_form(self, form: Form, title: str) -> None:
        """Begin with the first question, in the language spoken if the form has it."""
        self._trial = Trial(form, title, self._pack)
        spoken_too = spoken() in form.languages or not form.languages
        self.asking.language = spoken() if spoken_too else form.languages[0]
        self.interviewer.hold(self._trial)
        self.asking.setFocus()

    @Slot()
    def answer_all(self) -> None:
        """Answers out of the air to all that is asked; the summary shows them."""
        if self._trial is None:
            return
        interview = Interview(self._trial.form, None, self.asking.language)
        for path, words in self._trial.given().items():
            interview.answer(path, words)
        fill(self._trial.form, interview, self._chance)
        left = Walk(interview).left()  # photos, which nobody makes up
        self.asking.begin(Walk(interview, left[0].path if left else ""), self.asking.language)

    def _closed(self) -> None:
        self._trial = None
        self.ended.emit()

    def _banner(self) -> QFrame:
        banner = QFrame()
        banner.setProperty("notice", "warning")
        row = QHBoxLayout(banner)
        row.setContentsMargins(14, 8, 14, 8)
        row.setSpacing(12)
        row.addWidget(Picture("eye", "warning"), 0)
        row.addWidget(self.words, 1)
        row.addWidget(self.made_up)
        row.addWidget(self.end_button)
        return banner

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.words.setText(
            tr("Trial: make the answers up. Nothing is kept, nothing is sent. F6: next language.")
        )

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
