"""Opening the file with a password, or binding this laptop for the first time. No logic here."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton

from sync.language import mark, tr
from ui.widgets.door import Door
from ui.widgets.field_row import FieldRow


class SignIn(Door):
    """`enrolled`: whether this laptop is bound already; `closed`: whether it needs a new code.
    `name`: of the person whose work it is, where they gave one. `shared`: whether this computer may
    have several people, who then need names; `others`: whether there is somebody else to go back to.

    Passwords may be pasted. Who forgot theirs opens the work by the recovery sheet.
    """

    unlock = Signal(str)  # password
    recover = Signal(str, str)  # recovery code, new password
    bind = Signal(str, str)  # code, password
    enrol = Signal(str, str, str, str)  # server, code, password, name
    copies_wanted = Signal()
    letter_wanted = Signal(str)  # password
    region_wanted = Signal()  # password and sheet are both lost
    person_wanted = Signal()  # somebody else comes

    def __init__(
        self,
        *,
        enrolled: bool,
        closed: bool = False,
        name: str = "",
        shared: bool = False,
        others: bool = False,
    ) -> None:
        super().__init__()
        self.enrolled, self.closed, self._name, self._shared = enrolled, closed, name, shared
        self.recovering = self._busy = False
        self.server, self.code, self.password = QLineEdit(), QLineEdit(), QLineEdit()
        self.sheet, self.following, self.name = QLineEdit(), QLineEdit(), QLineEdit()
        for secret in (self.password, self.following):
            secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.server.setPlaceholderText("https://")
        self.server.setInputMethodHints(Qt.InputMethodHint.ImhUrlCharactersOnly)
        hint = "" if enrolled else mark("It opens your work on this laptop. Tell it to nobody.")
        self.fields = {
            "server": FieldRow(mark("Address of the server"), self.server),
            "code": FieldRow(
                mark("Code for this laptop"),
                self.code,
                mark("Without a code your work opens too, but is not sent.")
                if closed
                else mark("Your coordinator gives it to you."),
            ),
            "name": FieldRow(
                mark("Your name on this computer"),
                self.name,
                mark("Anybody here sees it. It may stay empty."),
            ),
            "password": FieldRow(
                mark("Password") if enrolled else mark("A new password"), self.password, hint
            ),
            "sheet": FieldRow(
                mark("Recovery code"),
                self.sheet,
                mark("The letters and digits on the recovery sheet. Spaces do not matter."),
            ),
            "following": FieldRow(mark("A new password"), self.following),
        }
        self.button = QPushButton()
        self.button.setProperty("kind", "primary")
        self.button.setProperty("large", True)
        self.button.clicked.connect(self.submit)
        self.forgot_button = QPushButton()
        self.forgot_button.setProperty("kind", "quiet")
        self.forgot_button.clicked.connect(lambda: self.set_recovering(not self.recovering))
        self.region_button = QPushButton()
        self.region_button.setProperty("kind", "quiet")
        self.region_button.clicked.connect(self.region_wanted)
        self.copies_button = QPushButton()
        self.copies_button.setVisible(not enrolled)
        if not enrolled:  # the laptop before this one broke: rare, so it stands back
            self.copies_button.setProperty("kind", "quiet")
        self.copies_button.clicked.connect(self.copies_wanted)
        self.letter_button = QPushButton()
        self.letter_button.setProperty("large", True)
        self.letter_button.clicked.connect(self._want_letter)
        self.letter_button.hide()
        self.person_button = QPushButton()
        self.person_button.setProperty("kind", "quiet")
        self.person_button.setVisible(shared and (enrolled or others))
        self.person_button.clicked.connect(self.person_wanted)
        edits = (self.server, self.code, self.name, self.password, self.sheet, self.following)
        for edit in edits:
            edit.setProperty("large", True)
            edit.returnPressed.connect(self.submit)
            edit.textEdited.connect(lambda _: self._show_no_problem())
        self._lay_out()
        first = self.code if closed else self.password if enrolled else self.server
        self.setFocusProxy(first)
        self._show_fields()
        self.retranslate()

    def set_recovering(self, recovering: bool) -> None:
        """Ask for the recovery code and a new password in place of the password, or no more."""
        self.recovering = recovering
        self._show_no_problem()
        self._show_fields()
        self.retranslate()
        (self.sheet if recovering else self.password).setFocus()

    def submit(self) -> None:
        """Ask with what was typed; what is empty is said at its field."""
        if self._busy:
            return
        asked = {"password": self.password.text()}
        if self.recovering:
            asked = {"sheet": self.sheet.text().strip(), "following": self.following.text()}
        elif not self.enrolled:
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
        elif self.recovering:
            self.recover.emit(asked["sheet"], asked["following"])
        elif self.closed and (code := self.code.text().strip()):
            self.bind.emit(code, asked["password"])
        elif self.enrolled:
            self.unlock.emit(asked["password"])
        else:
            name = self.name.text().strip()
            self.enrol.emit(asked["server"], asked["code"], asked["password"], name)

    def show_problem(self, words: str, field: str = "password") -> None:
        """Say at a field, by its name, what went wrong; the cursor goes there."""
        self.set_busy(False)
        usual = "following" if self.recovering else "password"
        row = self.fields[field if self.fields[field].isVisibleTo(self) else usual]
        row.show_problem(words)
        row.input.setFocus()
        if isinstance(row.input, QLineEdit):
            row.input.selectAll()

    def offer_copies(self) -> None:
        """The file cannot be read: a copy of it may take its place."""
        self.copies_button.show()

    def offer_letter(self) -> None:
        """The work cannot be opened by this program, but what waits in it can leave as a letter."""
        self.letter_button.show()

    def set_busy(self, busy: bool) -> None:
        """While the key is worked out, or the server asked, nothing can be pressed twice."""
        self._busy = busy
        self.button.setEnabled(not busy)
        self.forgot_button.setEnabled(not busy)
        self.letter_button.setEnabled(not busy)
        self.person_button.setEnabled(not busy)
        self.region_button.setEnabled(not busy)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        super().retranslate()
        self.region_button.setText(tr("No sheet? Ask the region…"))
        self.person_button.setText(tr("Another person"))
        self.letter_button.setText(tr("Write a letter"))
        self.copies_button.setText(
            tr("Copies of your work") if self.enrolled else tr("Go on from a copy…")
        )
        self.forgot_button.setText(
            tr("Back to the password") if self.recovering else tr("Forgot the password?")
        )
        if self.recovering:
            self.title.setText(tr("If the password is forgotten"))
            self.lead.setText(
                tr(
                    "The recovery sheet opens your work. No network is needed. All your work stays."
                )
            )
            self.button.setText(tr("Opening…") if self._busy else tr("Open"))
        elif self.enrolled:
            welcome = self._name or tr("Welcome back")
            self.title.setText(tr("A new code") if self.closed else welcome)
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

    def _show_fields(self) -> None:
        shown = {"sheet", "following"} if self.recovering else {"password"}
        shown |= set() if self.enrolled else {"server"}
        shown |= {"name"} if self._shared and not self.enrolled else set()
        shown |= {"code"} if not self.recovering and (self.closed or not self.enrolled) else set()
        for name, row in self.fields.items():
            row.setVisible(name in shown)
        self.forgot_button.setVisible(self.enrolled)
        self.region_button.setVisible(self.recovering)

    def _want_letter(self) -> None:
        typed = self.following if self.recovering else self.password
        self.letter_wanted.emit(typed.text())

    def _show_no_problem(self) -> None:
        self.letter_button.hide()
        for row in self.fields.values():
            row.show_problem("")

    def _lay_out(self) -> None:
        for row in self.fields.values():
            self.inside.addWidget(row)
        self.inside.addSpacing(6)
        for button in (
            self.button,
            self.copies_button,
            self.letter_button,
            self.region_button,
            self.forgot_button,
            self.person_button,
        ):
            self.inside.addWidget(button)
