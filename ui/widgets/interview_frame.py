"""What stands around the questions of an interview: title, progress, languages, keys, buttons."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sync.language import LANGUAGES, tr
from ui.icons import icon
from ui.models.walk import Step
from ui.widgets.labels import PlainLabel
from ui.widgets.letter_bar import LetterBar
from ui.widgets.record_bars import CutLabel
from ui.widgets.restyle import set_look
from ui.widgets.scrolled import scrolled

WIDTH = 760  # px: a line of a question is not longer
START, ASKING, ROSTER, SUMMARY = range(4)


class InterviewFrame(QWidget):
    """Holds four pages, START to SUMMARY; says which button was pressed."""

    language_chosen = Signal(str)

    def __init__(self, pages: Sequence[QWidget]) -> None:
        super().__init__()
        self.saves = True  # whether anything becomes of an interview: not of a trial
        self.languages: dict[str, QPushButton] = {}
        self._build(pages)
        self.retranslate()

    def page(self) -> int:
        """START, ASKING, ROSTER or SUMMARY."""
        return self.pages.at

    def turn_to(self, page: int) -> None:
        """Show a page with the buttons and words that belong to it."""
        self.pages.turn_to(page)
        asking = page != START
        for part in (self.progress, self.place, self.back_button):
            part.setVisible(asking)
        self.throw_button.setVisible(asking and self.saves)
        for button in self.languages.values():
            button.setVisible(asking)
        self.letters.hide()
        if page == SUMMARY:
            self.progress.setValue(self.progress.maximum())
            self.place.setText(tr("All questions are done"))
        self._texts()

    def show_place(self, step: Step) -> None:
        """How far the interview is."""
        self.place.setText(tr("Page {number} of {total}", number=step.number, total=step.total))
        self.progress.setMaximum(step.total)
        self.progress.setValue(step.number - 1)

    def name_keys(self, own: str, *, typing: bool | None = None, languages: bool = False) -> None:
        """Which keys do what: those of the answer, and those of the page (`typing` None: none)."""
        if typing is None:
            self.keys.setText(own)
            return
        parts = [
            own,
            tr("Enter goes on"),
            tr("Alt+Left goes back") if typing else tr("Backspace goes back"),
            tr("F6 changes the language") if languages else "",
        ]
        self.keys.setText(" · ".join(part for part in parts if part))

    def show_left(self, left: int) -> None:
        """At the summary: whether Enter saves, or leads to what still needs an answer."""
        if left:
            self.next_button.setText(tr("To what is missing"))
            self.keys.setText(tr("Enter goes to what is missing · Backspace goes back"))

    def bring_in(self, widget: QWidget | None) -> None:
        """Scroll until a question of the page is seen, with its answer if there is room."""
        if widget is not None:
            # what changed is laid out now, and no more: adjustSize would reckon all of the page anew
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
            self._area.ensureWidgetVisible(widget, 0, 24)

    def to_top(self) -> None:
        """Another page is read from its beginning."""
        self._area.verticalScrollBar().setValue(0)

    def offer_languages(self, offered: Sequence[str], spoken: str) -> None:
        """The languages of the form, as buttons; those that the program does not know are left."""
        known = [code for code in offered if code in LANGUAGES]
        if list(self.languages) != known:
            for button in self.languages.values():
                button.hide()
                button.deleteLater()
            self.languages = {code: self._language_button(code) for code in known}
        for code, button in self.languages.items():
            button.setChecked(code == spoken)

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.progress.setAccessibleName(tr("Progress"))
        self.leave_button.setText(tr("Stop for now"))
        self.throw_button.setText(tr("Throw away"))
        self.back_button.setText(tr("Back"))
        self._texts()

    def _texts(self) -> None:
        last = tr("Finish and save") if self.saves else tr("Finish")
        self.next_button.setText((tr("Begin"), tr("Next"), tr("Next"), last)[self.page()])
        if self.page() in (START, SUMMARY):  # else it depends on the question
            ends = (
                tr("Enter saves the interview · Backspace goes back")
                if self.saves
                else tr("Enter finishes · Backspace goes back")
            )
            self.keys.setText(tr("Enter begins") if self.page() == START else ends)

    def _language_button(self, code: str) -> QPushButton:
        button = QPushButton(LANGUAGES[code])
        button.setCheckable(True)
        button.setProperty("kind", "chip")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(partial(self._speak, code))
        self._top.addWidget(button)
        return button

    def _speak(self, code: str, _: bool = False) -> None:
        self.language_chosen.emit(code)

    def _build(self, pages: Sequence[QWidget]) -> None:
        self.title, self.place = CutLabel("", "strong"), PlainLabel("", "muted")
        self.progress = QProgressBar(textVisible=False)
        self.leave_button, self.throw_button = QPushButton(), QPushButton()
        self.back_button, self.next_button = QPushButton(), QPushButton()
        for button, kind in (
            (self.leave_button, "quiet"),
            (self.throw_button, "quiet"),
            (self.back_button, ""),
            (self.next_button, "primary"),
        ):
            set_look(button, "kind", kind)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.back_button.setIcon(icon("chevron_left"))
        self.next_button.setIcon(icon("chevron_right", "on_accent"))
        self.next_button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.keys = PlainLabel("", "hint", wrap=True)
        self.letters = LetterBar()
        self.pages = _Pages(pages)
        self._inside = QWidget()
        self._area = scrolled(self._inside)
        _fill(self._inside, self.pages)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        layout.addWidget(self._area, 1)
        layout.addWidget(self._foot())

    def _head(self) -> QFrame:
        head = QFrame()
        head.setProperty("bar", "top")
        self._top = QHBoxLayout()
        self._top.setSpacing(8)
        self._top.addWidget(self.leave_button)
        self._top.addWidget(self.title, 1)
        self._top.addWidget(self.place)
        column = QVBoxLayout(head)
        column.setContentsMargins(14, 10, 24, 10)  # the words of the quiet button stand at 24
        column.setSpacing(8)
        below = QHBoxLayout()
        below.setContentsMargins(10, 0, 0, 0)
        below.addWidget(self.progress)
        column.addLayout(self._top)
        column.addLayout(below)
        return head

    def _foot(self) -> QFrame:
        foot = QFrame()
        foot.setProperty("bar", "bottom")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.keys, 1)
        for button in (self.throw_button, self.back_button, self.next_button):
            row.addWidget(button)
        column = QVBoxLayout(foot)
        column.setContentsMargins(24, 10, 24, 10)
        column.addWidget(self.letters)
        column.addLayout(row)
        return foot


class _Pages(QWidget):
    """One of them is seen, and the place is as high as that one.

    A QStackedWidget is as high as its highest page, and asks all of them at each change: a short page
    could be scrolled, and a key took longer.
    """

    def __init__(self, pages: Sequence[QWidget]) -> None:
        super().__init__()
        self.at = 0
        self._pages = pages
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for page in pages:
            layout.addWidget(page)
            page.setVisible(page is pages[0])

    def turn_to(self, at: int) -> None:
        """Show another one; a cursor that was on the one before is on the new one."""
        if at == self.at:
            return
        before, now, self.at = self._pages[self.at], self._pages[at], at
        focused = self.window().focusWidget()
        now.show()
        if focused is not None and before.isAncestorOf(focused):
            now.setFocus()
        before.hide()


def _fill(holder: QWidget, inside: QWidget) -> None:
    """The page in the middle of the window, as wide as a line may be."""
    inside.setMaximumWidth(WIDTH)
    row = QHBoxLayout(holder)
    row.setContentsMargins(24, 28, 24, 24)
    row.addStretch(1)
    row.addWidget(inside, 100)
    row.addStretch(1)
