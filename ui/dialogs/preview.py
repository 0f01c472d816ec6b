"""A paper before it leaves: its pages as they will be, and the ways out."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from sync.language import mark, tr
from ui.dialogs.tall import button_row, fitting
from ui.drawn import Drawn
from ui.icons import icon
from ui.printers import Known
from ui.widgets.labels import PlainLabel
from ui.widgets.page_view import PageView, page_words
from ui.widgets.print_bar import PrintBar
from ui.widgets.record_bars import CutLabel
from ui.widgets.tips import tip

SAVE = {"pdf": mark("Save as PDF…"), "docx": mark("Save as Word…")}
KEYS = {"pdf": "Ctrl+S", "docx": "Ctrl+Shift+S"}

Act = Callable[[], object]


class PreviewDialog(QDialog):
    """Decides nothing; shows what it is given. Esc goes back to the question before it.

    Page Up and Page Down go by pages, Home and End to the first and the last one.
    """

    save_wanted = Signal(str)  # a key of SAVE
    print_wanted = Signal()  # which printers are there is to be said by show_printers

    def __init__(
        self,
        title: str,
        drawn: Drawn,
        parent: QWidget | None = None,
        formats: tuple[str, ...] = tuple(SAVE),
    ) -> None:
        """`formats`: as which files it can be saved."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Preview"))
        self.heading = CutLabel(role="heading")
        self.heading.setText(title)
        self.place, self.size_words = PlainLabel(role="muted"), PlainLabel(role="muted")
        self.problem = PlainLabel("", "error", wrap=True)
        self.problem.hide()
        self.view = PageView()
        self.view.moved.connect(lambda _: self._say())
        self.view.zoomed.connect(lambda _: self._say())
        self.tools = [
            self._tool("chevron_left", tr("The page before"), "PgUp", lambda: self._turn(-1)),
            self._tool("chevron_right", tr("The next page"), "PgDown", lambda: self._turn(1)),
            self._tool("dash", tr("Smaller"), "Ctrl+-", lambda: self.view.step(-1)),
            self._tool("add", tr("Larger"), "Ctrl++", lambda: self.view.step(1)),
        ]
        self.fit_button = self._button(tr("Fit the width"), "Ctrl+0", self.view.fit_width)
        self.fit_button.setProperty("kind", "quiet")
        self.close_button = self._button(tr("Back"), "Esc", self.reject)
        self.save_buttons = {
            one: self._button(tr(SAVE[one]), KEYS[one], partial(self.save_wanted.emit, one))
            for one in formats
        }
        self.print_button = self._button(tr("Print…"), "Ctrl+P", self.print_wanted.emit)
        self.print_button.setProperty("kind", "primary")
        self.print_button.setIcon(icon("print", "on_accent"))
        self.printing = PrintBar()
        self.printing.left.connect(self.end_printing)
        self._lay_out()
        self._take_keys()
        self.resize(fitting(self, 900, 780))
        self.view.show_drawn(drawn)
        self.view.setFocus()
        self._say()

    def show_problem(self, words: str) -> None:
        """Say what did not work; it can be tried again."""
        self.set_busy(False)
        self.problem.setText(words)
        self.problem.show()

    def show_printers(self, known: Known) -> None:
        """Ask on which of them, in the place of the buttons."""
        self.set_busy(False)
        self._ways.hide()
        self.printing.show()
        self.printing.begin(known, self.view.count)

    def end_printing(self) -> None:
        """The buttons again."""
        self.printing.hide()
        self._ways.show()
        self.print_button.setFocus()

    def set_busy(self, busy: bool) -> None:
        """While it leaves, it cannot leave once more."""
        self.problem.setVisible(False)
        printing = self.printing.print_button, self.printing.system_button
        for button in (*self.save_buttons.values(), self.print_button, *printing):
            button.setEnabled(not busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back by one step."""
        if event.key() == Qt.Key.Key_Escape and self.printing.isVisible():
            self.end_printing()
        else:
            super().keyPressEvent(event)

    @Slot()
    def leave(self) -> None:
        """It is being saved. A slot: it ends with the dialog, whoever asks for files afterwards."""
        self.set_busy(True)

    def _press_print(self) -> None:
        shown = self.printing.isVisible()
        (self.printing.print_button if shown else self.print_button).click()

    def _turn(self, by: int) -> None:
        self.view.go(self.view.page + by)

    def _say(self) -> None:
        self.place.setText(page_words(self.view.page, self.view.count))
        self.size_words.setText(f"{round(self.view.zoom * 100)} %")

    def _tool(self, name: str, words: str, keys: str, act: Act) -> QToolButton:
        tool = QToolButton()
        tool.setIcon(icon(name, "text"))
        tool.setAccessibleName(words)
        tool.setToolTip(tip(f"{words} ({keys})"))
        tool.clicked.connect(lambda _=False: act())
        return tool

    def _button(self, words: str, keys: str, act: Act) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.setToolTip(tip(f"{words} ({keys})"))
        button.clicked.connect(lambda _=False: act())
        return button

    def _take_keys(self) -> None:
        view = self.view
        for keys, act in (
            ("PgUp", lambda: self._turn(-1)),
            ("PgDown", lambda: self._turn(1)),
            ("Home", lambda: view.go(0)),
            ("End", lambda: view.go(view.count - 1)),
            ("Ctrl++", lambda: view.step(1)),
            ("Ctrl+=", lambda: view.step(1)),
            ("Ctrl+-", lambda: view.step(-1)),
            ("Ctrl+0", view.fit_width),
            ("Ctrl+P", self._press_print),
            *((KEYS[one], button.click) for one, button in self.save_buttons.items()),
        ):
            QShortcut(QKeySequence(keys), self, act)

    def _lay_out(self) -> None:
        earlier, later, smaller, larger = self.tools
        middle = Qt.AlignmentFlag.AlignVCenter
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.heading, 1)
        turning: Sequence[QWidget] = (earlier, self.place, later)
        sizing: Sequence[QWidget] = (smaller, self.size_words, larger, self.fit_button)
        for part in turning:
            head.addWidget(part, 0, middle)
        head.addSpacing(16)
        for part in sizing:
            head.addWidget(part, 0, middle)
        self._ways = QWidget()
        self._ways.setLayout(
            button_row(self.print_button, *self.save_buttons.values(), self.close_button)
        )
        self.printing.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 20)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.problem)
        for part in (self._ways, self.printing):
            layout.addWidget(part)
