"""The way through one interview by keys: digits choose, Enter goes on, Backspace goes back."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from sync.errors import UserError
from sync.language import mark, tr
from ui import messages
from ui.models.codes import Typed
from ui.models.walk import Walk
from ui.widgets.answers.shown import Note
from ui.widgets.interview_frame import ASKING, ROSTER, START, SUMMARY, InterviewFrame
from ui.widgets.interview_summary import SummaryPage
from ui.widgets.key_positions import digit_of
from ui.widgets.photo_view import PhotoView
from ui.widgets.question import QuestionView, holder_of, words_of
from ui.widgets.question_page import QuestionPage
from ui.widgets.question_pictures import has_pictures, look_at, pictures_of
from ui.widgets.roster import RosterPage

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
KEYS_OF_ROSTER = mark(
    "+ adds one · Enter goes on · Del takes the marked one out · Backspace goes back"
)
PLUS = "+=һ"  # the key beside Backspace writes one of these, whatever the layout
QUICK = {"quick", "quickcompact"}  # appearances of questions that go on when a choice is taken


class Asking(QWidget):
    """Shows the page before an interview, its pages, its summary. Keeps and saves nothing."""

    begun = Signal()  # Enter on the page before
    moved = Signal()  # another answer or another question
    typed = Signal()  # a letter of an answer
    shown = Signal(dict)  # {path: its words} of the questions on the screen; {} at the summary
    finished = Signal()  # Enter on the summary, with nothing left to ask

    def __init__(self, language: str) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.walk: Walk | None = None
        self.language = language  # of the form; the program's own may be another
        self._digits = Typed()
        self._shown = ""  # the first path of the page that is on the screen
        self._first = QWidget()
        first = QVBoxLayout(self._first)
        first.setContentsMargins(0, 0, 0, 0)
        self.page, self.roster, self.summary = QuestionPage(), RosterPage(), SummaryPage()
        self.frame = InterviewFrame((self._first, self.page, self.roster, self.summary))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.frame)
        self.view = PhotoView(self)
        self.view.closed.connect(self._looked)
        self.page.looked.connect(self.look)
        self.frame.language_chosen.connect(self.speak)
        self.page.chosen.connect(self.choose)
        self.page.given.connect(self.give)
        self.page.typed.connect(self.type)
        self.page.stepped.connect(self._arrow)
        self.roster.wanted.connect(self.add)
        self.roster.opened.connect(self.go_to)
        self.roster.removed.connect(self.remove)
        self.roster.looked.connect(self.look)
        self.summary.chosen.connect(self.go_to)
        self.frame.next_button.clicked.connect(self.turn)
        self.frame.back_button.clicked.connect(self.turn_back)
        for keys, act in (
            ("Alt+Left", self.turn_back),
            ("F6", self.next_language),
            ("F7", self._change_named),
            ("F3", self.look),
        ):
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)
        self.retranslate()

    @property
    def question(self) -> QuestionView:
        """The question that is asked now, where it is not a row of a table."""
        piece = self.page.current()
        assert isinstance(piece, QuestionView)
        return piece

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
        self._show(anew=True)

    def go_on(self) -> None:
        """Enter: to the next question of the page, or to the next page."""
        if self.walk is None or self.frame.page() != ASKING:
            self.turn()
            return
        message = self.walk.interview.state(self.walk.at).message
        if message is not None:  # Tab leaves it for later
            self.page.show_problem(message, self.walk.at)
        elif self.walk.go_on_here():
            self.page.show_problem(None)
            self._show()
            self.moved.emit()
        else:
            self.turn()

    def turn(self) -> None:
        """To the next page, to the summary, or to the end."""
        page = self.frame.page()
        if page == START:
            self.begun.emit()
        elif page == SUMMARY:
            self._finish()
        elif self.walk is not None:
            problem = self.walk.go_on()
            self._show()
            self.page.show_problem(problem, self.walk.at)
            if problem is None:
                self.moved.emit()

    def back(self) -> None:
        """Backspace: to the question before."""
        if self.walk is not None and (self.walk.back_here() or self.walk.back(last=True)):
            self._show()
            self.moved.emit()

    def turn_back(self) -> None:
        """To the page before."""
        if self.walk is not None and self.walk.back():
            self._show()
            self.moved.emit()

    def go_to(self, path: str) -> None:
        """To a question, from the summary or from a list."""
        if self.walk is not None:
            self.walk.go_to(path)
            self._show()
            self.moved.emit()

    # answering

    def choose(self, path: str, number: int) -> None:
        """Take a choice of a question, by its number."""
        if self.walk is None or not self.walk.choose(number, path):
            return
        self.walk.stand_at(path)
        self.page.show_problem(None, path)
        node = self.walk.interview.state(path)
        if node.kind == "select_one" and not QUICK.isdisjoint(node.appearance.split()):
            self._show()
            self.go_on()
        else:
            self._show()
            self.moved.emit()

    def give(self, path: str, value: str) -> None:
        """Take a whole answer."""
        if self.walk is not None:
            self.walk.type(value, path)
            self.walk.stand_at(path)
            self.page.show_problem(None, path)
            self._show()
            self.moved.emit()

    def type(self, path: str, text: str) -> None:
        """What stands in the input now; the page follows, the cursor stays."""
        if self.walk is not None:
            self.walk.type(text, path)
            self.page.show_problem(None, path)
            self._show(still=True)
            self.typed.emit()

    def speak(self, language: str) -> None:
        """Go on in another language of the form; the program's own stays."""
        self.language = language
        if self.walk is not None:
            self.walk.interview.speak(language)
            self._offer_languages()
            self._show()
            self.moved.emit()

    def next_language(self) -> None:
        """F6: to the next language of the form."""
        codes = list(self.frame.languages)
        if self.language in codes:
            self.speak(codes[(codes.index(self.language) + 1) % len(codes)])
        elif codes:
            self.speak(codes[0])

    # what repeats

    def add(self) -> None:
        """One more of what repeats here, and to its first question."""
        if self.walk is None or (step := self.walk.step()) is None or step.roster is None:
            return
        try:
            self.walk.add(step.roster.place)
        except UserError as full:
            messages.warn(str(full))
            return
        self._show()
        self.moved.emit()

    def remove(self, path: str) -> None:
        """Take one of what repeats out, with its answers. It can be undone at once."""
        if (walk := self.walk) is None:
            return
        name = walk.instance(path).words()
        removed = walk.remove(path)
        self._show()
        self.moved.emit()

        def put_back() -> None:
            if self.walk is walk:
                try:
                    walk.put_back(removed)
                except UserError as gone:
                    messages.warn(str(gone))
                self._show()
                self.moved.emit()

        messages.tell(
            tr("{what} was taken out.", what=name), messages.Action(tr("Undo"), put_back)
        )

    def _change_named(self) -> None:
        """F7 on the summary: to the first answer in which somebody seems to be named."""
        if self.frame.page() == SUMMARY:
            self.summary.change()

    def _finish(self) -> None:
        if self.walk is None:
            return
        if left := self.walk.left():
            self.go_to(left[0].path)
            self.page.show_problem(left[0].message, left[0].path)
        else:
            self.finished.emit()

    # pictures

    def look(self, path: str = "") -> None:
        """F3: the pictures of the question that is asked now, large; and back. `path`: of another."""
        if self.view.isVisible():
            self.view.forget()
            self._looked()
        elif self.frame.page() in (ASKING, ROSTER) and self.walk is not None:
            if (step := self.walk.step()) is None:
                return
            if step.roster is not None:
                look_at(self.view, step.roster.pictures)
                return
            node, group = self.walk.interview.state(path or self.walk.at), step.group
            alone = group is not None and not has_pictures(node)
            look_at(self.view, pictures_of(group if group is not None and alone else node))

    def _looked(self) -> None:
        self.view.forget()
        self._put_cursor()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is looked at stays as large as the page."""
        super().resizeEvent(event)
        self.view.setGeometry(self.rect())

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What no input took for itself."""
        key, digit, page = event.key(), digit_of(event), self.frame.page()
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(key), 0)
        if key in ENTER:
            self.go_on()
        elif key == Qt.Key.Key_Backspace:
            self.back()
        elif page == ROSTER and self._of_roster(event, step):
            pass
        elif page == ASKING and step:
            self._arrow(step)
        elif page == SUMMARY and step:
            self.summary.enter(last=step < 0)
        elif page == ASKING and digit is not None:
            self._digit(digit)
        else:
            super().keyPressEvent(event)

    def _of_roster(self, event: QKeyEvent, step: int) -> bool:
        """Whether a key meant something to a list of what repeats."""
        if event.key() == Qt.Key.Key_Insert or (event.text() and event.text().lower() in PLUS):
            self.add()
        elif event.key() == Qt.Key.Key_Delete:
            self.roster.remove_marked()
        elif step:
            self.roster.go_by(step)
        else:
            return False
        return True

    def _arrow(self, step: int) -> None:
        """To the choices, and past their end to the next question of the page."""
        answer = self.page.answer()
        if answer is not None and not self.page.in_table():
            focused = self.focusWidget()
            if focused in (None, self, answer) and answer.go_by(step):
                return
        if self.walk is not None and (self.walk.go_on_here if step > 0 else self.walk.back_here)():
            self._show()
            self.moved.emit()

    def _digit(self, digit: int) -> None:
        answer = self.page.answer()
        if answer is None or not answer.numbered or self.walk is None:
            return
        number = self._digits.add(digit, answer.numbered)
        answer.show_pending(self._digits.digits)
        if number is None:
            return
        single, table = answer.node.kind == "select_one", self.page.in_table()
        answer.take(number)
        if single and table and self.walk.go_on_here():  # the rows of a table follow each other
            self._show()
            self.moved.emit()

    def _focus_moved(self, _: QWidget | None, now: QWidget | None) -> None:
        """Tab or a click: the question that has the cursor is the one that is asked."""
        if self.walk is None or now is None or not self.page.isAncestorOf(now):
            return
        if (path := holder_of(now)) and path != self.walk.at:
            self.walk.stand_at(path)
            self._digits.clear()
            if self.walk.at == path:
                self.page.show_current(path)
                self._name_keys()

    # showing

    def retranslate(self) -> None:
        """The program's own texts; the form speaks its own language."""
        self.frame.retranslate()
        self._show(still=True)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _show(self, *, anew: bool = False, still: bool = False) -> None:
        """The page where the walk stands, or the summary. `still`: the cursor stays as well."""
        if self.walk is None:
            return
        self._digits.clear()
        self.view.forget()
        step = self.walk.step()
        if step is None:
            self.summary.show_walk(self.walk)
            self.frame.turn_to(SUMMARY)
            self.shown.emit({})
            self.frame.show_left(self.summary.left)
            self.setFocus()
            self._shown = ""
            return
        if step.roster is not None:
            self.roster.show_roster(step.roster, step.section)
            self.frame.turn_to(ROSTER)
            self.setFocus()
        else:
            self.page.show_step(step, anew=anew)
            self.frame.turn_to(ASKING)
            if not still:
                self._put_cursor()
        self.frame.show_place(step)
        self._name_keys()
        if self._shown != step.page.first:
            self.frame.to_top()
        if not still and step.roster is None and len(step.nodes) > 1:
            self.frame.bring_in(self.page.current())
        self._shown = step.page.first
        self.shown.emit({node.path: node.label for node in step.nodes})

    def _put_cursor(self) -> None:
        """To the answer that is due; where it has the cursor already, that stays where it is."""
        answer = self.page.answer()
        focused = self.window().focusWidget()
        if answer is None or isinstance(answer, Note):
            self.setFocus()
        elif focused is None or not (answer is focused or answer.isAncestorOf(focused)):
            self.page.focus()

    def _name_keys(self) -> None:
        """Which keys do what at the question that is asked now."""
        page = self.frame.page()
        if page == ROSTER:
            step = self.walk.step() if self.walk is not None else None
            drawn = step is not None and step.roster is not None and step.roster.pictures
            self.frame.name_keys(_with_look(tr(KEYS_OF_ROSTER)) if drawn else tr(KEYS_OF_ROSTER))
        elif page == ASKING and self.walk is not None:
            answer = self.page.answer()
            typing = self.page.answer() is not None and _types(self.page.current())
            own = words_of(answer) if answer is not None else ""
            if has_pictures(self.walk.interview.state(self.walk.at)):
                own = _with_look(own)
            self.frame.name_keys(own, typing=typing, languages=len(self.frame.languages) > 1)
            node = answer.node if answer is not None else None
            self.frame.letters.setVisible(
                node is not None and node.kind == "text" and typing and self.language == "kk"
            )

    def _offer_languages(self) -> None:
        if self.walk is not None:
            self.frame.offer_languages(self.walk.interview.form.languages, self.language)


def _with_look(keys: str) -> str:
    return " · ".join(part for part in (keys, tr("F3 shows the pictures large")) if part)


def _types(piece: object) -> bool:
    """Whether letters go into an input, so that Backspace does not go back."""
    return isinstance(piece, QuestionView) and piece.input is not None
