"""Opening the file with a password, or binding this laptop for the first time. No logic here."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sync.language import LANGUAGES, mark, spoken, tr
from ui import theme
from ui.widgets.field_row import FieldRow
from ui.widgets.labels import PlainLabel
from ui.widgets.sidebar import Sign


class SignIn(QWidget):
    """`enrolled`: whether this laptop is bound already; `closed`: whether it needs a new code.

    Passwords may be pasted.
    """

    unlock = Signal(str)  # password
    bind = Signal(str, str)  # code, password
    enrol = Signal(str, str, str)  # server, code, password
    language_chosen = Signal(str)

    def __init__(self, *, enrolled: bool, closed: bool = False) -> None:
        super().__init__()
        self.enrolled, self.closed = enrolled, closed
        self._busy = False
        self.server, self.code, self.password = QLineEdit(), QLineEdit(), QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.server.setPlaceholderText("https://")
        self.server.setInputMethodHints(Qt.InputMethodHint.ImhUrlCharactersOnly)
        hint = (
            "" if enrolled else mark("It opens your work on this laptop. Nobody can restore it.")
        )
        self.fields = {
            "server": FieldRow(mark("Address of the server"), self.server),
            "code": FieldRow(
                mark("Code for this laptop"),
                self.code,
                mark("Without a code your work opens too, but is not sent.")
                if closed
                else mark("Your coordinator gives it to you."),
            ),
            "password": FieldRow(
                mark("Password") if enrolled else mark("A new password"), self.password, hint
            ),
        }
        self.fields["server"].setVisible(not enrolled)
        self.fields["code"].setVisible(closed or not enrolled)
        self.title = PlainLabel(role="title", wrap=True)
        self.lead = PlainLabel(role="muted", wrap=True)
        self.button = QPushButton()
        self.button.setProperty("kind", "primary")
        self.button.setProperty("large", True)
        self.button.clicked.connect(self.submit)
        for edit in (self.server, self.code, self.password):
            edit.setProperty("large", True)
            edit.returnPressed.connect(self.submit)
            edit.textEdited.connect(lambda _: self._show_no_problem())
        self._languages = self._make_languages()
        self._lay_out()
        first = self.code if closed else self.password if enrolled else self.server
        self.setFocusProxy(first)
        self.retranslate()

    def submit(self) -> None:
        """Ask with what was typed; what is empty is said at its field."""
        if self._busy:
            return
        asked = {"password": self.password.text()}
        if not self.enrolled:
            asked = {
                "server": self.server.text().strip(),
                "code": self.code.text().strip(),
                **asked,
            }
        empty = [name for name, text in asked.items() if not text]
        for name in empty:
            self.fields[name].show_problem(tr("Fill this in."))
        if empty:
            self.fields[empty[0]].input.setFocus()
        elif self.closed and (code := self.code.text().strip()):
            self.bind.emit(code, asked["password"])
        elif self.enrolled:
            self.unlock.emit(asked["password"])
        else:
            self.enrol.emit(asked["server"], asked["code"], asked["password"])

    def show_problem(self, words: str, field: str = "password") -> None:
        """Say at a field ("server", "code", "password") what went wrong; the cursor goes there."""
        self.set_busy(False)
        row = self.fields[field if self.fields[field].isVisibleTo(self) else "password"]
        row.show_problem(words)
        row.input.setFocus()
        if isinstance(row.input, QLineEdit):
            row.input.selectAll()

    def set_busy(self, busy: bool) -> None:
        """While the key is worked out, or the server asked, nothing can be pressed twice."""
        self._busy = busy
        self.button.setEnabled(not busy)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        if self.enrolled:
            self.title.setText(tr("A new code") if self.closed else tr("Welcome back"))
            self.lead.setText(
                tr("It lets this laptop reach the server again. All your work stays.")
                if self.closed
                else tr("Your work is encrypted on this laptop. No network is needed.")
            )
            self.button.setText(tr("Opening…") if self._busy else tr("Open"))
        else:
            self.title.setText(tr("Enrol this laptop"))
            self.lead.setText(tr("Once, with the network. Afterwards you work without it."))
            self.button.setText(tr("Asking the server…") if self._busy else tr("Enrol"))
        for code, button in self._languages.items():
            button.setChecked(code == spoken())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _show_no_problem(self) -> None:
        for row in self.fields.values():
            row.show_problem("")

    def _make_languages(self) -> dict[str, QPushButton]:
        group = QButtonGroup(self)
        made: dict[str, QPushButton] = {}
        for code, words in LANGUAGES.items():
            button = made[code] = QPushButton(words)
            button.setProperty("kind", "chip")
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, code=code: self.language_chosen.emit(code))
            group.addButton(button)
        return made

    def _lay_out(self) -> None:
        card = QFrame()
        card.setProperty("card", "plain")
        card.setFixedWidth(theme.grown(420))
        inside = QVBoxLayout(card)
        inside.setContentsMargins(32, 32, 32, 28)
        inside.setSpacing(14)
        inside.addWidget(Sign(48))
        inside.addSpacing(4)
        inside.addWidget(self.title)
        inside.addWidget(self.lead)
        inside.addSpacing(8)
        for row in self.fields.values():
            inside.addWidget(row)
        inside.addSpacing(6)
        inside.addWidget(self.button)
        middle = QHBoxLayout()  # an aligned card would be too low for its wrapped words
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        languages = QHBoxLayout()
        languages.setSpacing(8)
        languages.addStretch(1)
        for button in self._languages.values():
            languages.addWidget(button)
        languages.addStretch(1)
        page = QWidget()
        column = QVBoxLayout(page)
        column.addStretch(1)
        column.addLayout(middle)
        column.addSpacing(16)
        column.addLayout(languages)
        column.addStretch(1)
        area = QScrollArea(widgetResizable=True)  # large type on a low screen needs it
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(area)
