"""The way through one interview by keys: digits choose, Enter goes on, Backspace goes back."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.models.codes import Typed
from ui.models.walk import Walk
from ui.widgets.interview_frame import ASKING, START, SUMMARY, InterviewFrame
from ui.widgets.interview_pages import SummaryPage
from ui.widgets.key_positions import digit_of
from ui.widgets.question import QuestionView


class Asking(QWidget):
    """Shows the page before an interview, its questions, its summary. Keeps and saves nothing."""

    begun = Signal()  # Enter on the page before
    moved = Signal()  # another answer or another question
    typed = Signal()  # a letter of an answer
    finished = Signal()  # Enter on the summary, with nothing left to ask

    def __init__(self, language: str) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.walk: Walk | None = None
        self.language = language  # of the form; the program's own may be another
        self._digits = Typed()
        self._shown = ""  # the path of the question that is on the screen
        self._first = QWidget()
        first = QVBoxLayout(self._first)
        first.setContentsMargins(0, 0, 0, 0)
        self.question, self.summary = QuestionView(), SummaryPage()
        self.frame = InterviewFrame((self._first, self.question, self.summary))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.frame)
        self.frame.language_chosen.connect(self.speak)
        self.question.chosen.connect(self.choose)
        self.question.typed.connect(self.type)
        self.summary.chosen.connect(self._go_to)
        self.frame.next_button.clicked.connect(self.go_on)
        self.frame.back_button.clicked.connect(self.back)
        for keys, act in (("Alt+Left", self.back), ("F6", self.next_language)):
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.retranslate()

    # going through

    def show_first(self, page: QWidget) -> None:
        """What stands before the first question."""
        layout = self._first.layout()
        assert layout is not None
        while (item := layout.takeAt(0)) is not None:
            if (before := item.widget()) is not None and before is not page:
                before.setParent(None)  # it is the occasion's
        layout.addWidget(page)
        page.show()
        self.frame.turn_to(START)

    def begin(self, walk: Walk, language: str) -> None:
        """Show where this walk stands."""
        self.walk, self.language = walk, language
        self._offer_languages()
        self._show()

    def go_on(self) -> None:
        """Enter: to the next question, to the summary, or to the end."""
        page = self.frame.page()
        if page == START:
            self.begun.emit()
        elif page == SUMMARY:
            self._finish()
        elif self.walk is not None:
            problem = self.walk.go_on()
            self._show()
            self.question.show_problem(problem)
            if problem is None:
                self.moved.emit()

    def back(self) -> None:
        """To the question before."""
        if self.walk is not None and self.walk.back():
            self._show()
            self.moved.emit()

    def choose(self, number: int) -> None:
        """Take a choice of the question, by its number."""
        if self.walk is not None and self.walk.choose(number):
            self.question.show_problem(None)
            self._show()
            self.moved.emit()

    def type(self, text: str) -> None:
        """What stands in the input now."""
        if self.walk is not None:
            self.walk.type(text)
            self.question.show_problem(None)
            self.typed.emit()

    def speak(self, language: str) -> None:
        """Go on in another language of the form; the program's own stays."""
        self.language = language
        if self.walk is not None:
            self.walk.interview.speak(language)
            self._offer_languages()
            self._show(anew=True)

    def next_language(self) -> None:
        """F6: to the next language of the form."""
        codes = list(self.frame.languages)
        if self.language in codes:
            self.speak(codes[(codes.index(self.language) + 1) % len(codes)])

    def _finish(self) -> None:
        if self.walk is None:
            return
        if left := self.walk.left():
            self._go_to(left[0].path)
            self.question.show_problem(left[0].message)
        else:
            self.finished.emit()

    def _go_to(self, path: str) -> None:
        if self.walk is not None:
            self.walk.go_to(path)
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no input took for itself."""
        key, digit = event.key(), digit_of(event)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        elif key == Qt.Key.Key_Backspace:
            self.back()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.question.rows:
            self.question.rows[0 if key == Qt.Key.Key_Down else -1].setFocus()
        elif digit is not None and self.question.rows and self.frame.page() == ASKING:
            number = self._digits.add(digit, len(self.question.rows))
            self.question.show_pending(self._digits.digits)
            if number is not None:
                self.choose(number)
        else:
            super().keyPressEvent(event)

    # showing

    def retranslate(self) -> None:
        """The program's own texts; the form speaks its own language."""
        self.frame.retranslate()
        self._show(anew=True)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

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
            return
        self.frame.turn_to(ASKING)
        self.question.show_step(step, anew=anew)
        self.frame.show_place(
            step,
            letters=step.node.kind == "text" and self.language == "kk",
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
            self.frame.offer_languages(self.walk.interview.form.languages, self.language)
