"""A form is tried before it is published: real questions, made-up answers, nothing kept."""

import random

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.surveys.form import Form
from desktop.surveys.interview import Interview
from desktop.surveys.made_up import fill
from sync.language import mark, spoken, tr
from ui import messages
from ui.icons import Picture
from ui.models.interviewing import path_of
from ui.models.walk import Walk
from ui.widgets.asking import Asking
from ui.widgets.labels import PlainLabel
from ui.widgets.word_button import WordButton

STANDS_FOR = {"post": mark("(the post that is rated)")}  # what a laptop fills in at an interview


class TrialPage(QWidget):
    """An interview that has no store: it cannot keep anything. Esc ends it."""

    ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._form: Form | None = None
        self._chance = random.Random()  # noqa: S311  # nothing secret is made up
        self.asking = Asking(spoken())
        self.made_up = WordButton(mark("Made-up answers"), icon="sync", keys="F8")
        self.end_button = WordButton(mark("End the trial"), icon="close", keys="Esc")
        self.words = PlainLabel(wrap=True)
        self.asking.frame.leave_button.hide()
        self.asking.frame.throw_button.clicked.connect(self.again)
        self.asking.finished.connect(self._finished)
        self.made_up.clicked.connect(self.answer_all)
        self.end_button.clicked.connect(self.ended)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        around = QVBoxLayout()
        around.setContentsMargins(24, 0, 24, 8)
        around.addWidget(self._banner())
        layout.addLayout(around)
        layout.addWidget(self.asking, 1)
        self.setFocusProxy(self.asking)
        self.retranslate()

    def try_form(self, form: Form, title: str) -> None:
        """Begin with the first question, in the language spoken if the form has it."""
        self._form = form
        self.asking.frame.title.setText(title)
        spoken_too = spoken() in form.languages or not form.languages
        self._begin(form, spoken() if spoken_too else form.languages[0])

    @Slot()
    def again(self) -> None:
        """From the first question, without answers."""
        if self._form is not None:
            self._begin(self._form, self.asking.language)

    @Slot()
    def answer_all(self) -> None:
        """Answers out of the air to all that is asked; the summary shows them."""
        if self._form is None:
            return
        walk = Walk(self._interview(self._form, self.asking.language))
        fill(walk.interview, self._chance)
        while walk.step() is not None and walk.go_on() is None:
            pass
        self.asking.begin(walk, self.asking.language)

    def close_trial(self) -> None:
        """Nothing of it is left."""
        self._form = self.asking.walk = None

    def _begin(self, form: Form, language: str) -> None:
        self.asking.begin(Walk(self._interview(form, language)), language)
        self.asking.setFocus()

    def _interview(self, form: Form, language: str) -> Interview:
        interview = Interview(form, None, language)
        for name, words in STANDS_FOR.items():
            if path := path_of(form, name):
                interview.answer(path, tr(words))
        return interview

    def _finished(self) -> None:
        messages.tell(tr("The form came to its end. Nothing was kept."))
        self.again()

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F8: made-up answers. Esc that no input took for itself: the end."""
        if event.key() == Qt.Key.Key_Escape:
            self.ended.emit()
        elif event.key() == Qt.Key.Key_F8:
            self.answer_all()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
