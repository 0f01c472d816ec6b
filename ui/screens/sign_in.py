"""Opening the file with a password, or binding this laptop for the first time. No logic here."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLineEdit, QPushButton

from sync.language import mark, tr
from ui.widgets.door import Door
from ui.widgets.field_row import FieldRow
from ui.widgets.join_button import JoinButton
from ui.widgets.labels import PlainLabel
from ui.widgets.secret_line import SecretLine
from ui.widgets.training_bar import TrainingButton

if TYPE_CHECKING:
    from sync.join import Join
NEW_PASSWORD = mark("At least 8 characters. It opens your work on this laptop: tell it to nobody.")
LONG_WORD = 40  # letters that surely fit in the card


class SignIn(Door):
    """`enrolled`: whether this laptop is bound already; `closed`: whether it needs a new code.
    `name`: of the person whose work it is, where they gave one. `shared`: whether this computer may
    have several people, who then need names; `others`: whether there is somebody else to go back to.

    Passwords may be pasted. Who forgot theirs opens the work by the recovery sheet. A join file,
    dropped or chosen, stands for address and code: what it says is shown, and goes nowhere before
    the button is pressed.
    """

    unlock = Signal(str)  # password
    recover = Signal(str, str)  # recovery code, new password
    bind = Signal(str, str)  # code, password
    enrol = Signal(str, str, str, str)  # server, code, password, name
    join_chosen = Signal(object)  # the Path of a file, to be read and given to `show_join`
    enrol_by = Signal(object, str, str)  # Join, password, name
    bind_by = Signal(object, str)  # Join, password
    copies_wanted = Signal()
    letter_wanted = Signal(str)  # password
    region_wanted = Signal()  # password and sheet are both lost
    person_wanted = Signal()  # somebody else comes
    training_wanted = Signal()  # the program is to be tried with invented data
    custodians_wanted = Signal()  # not this laptop: the region's key is to be worked with

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
        self.join: Join | None = None
        self.setAcceptDrops(self.may_join)
        self.told = PlainLabel(wrap=True)
        self.server, self.code = QLineEdit(), QLineEdit()
        self.sheet, self.following, self.name = QLineEdit(), SecretLine(), QLineEdit()
        self.password = QLineEdit() if enrolled else SecretLine()  # what is known is not looked at
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.server.setPlaceholderText("https://")
        self.server.setInputMethodHints(Qt.InputMethodHint.ImhUrlCharactersOnly)
        hint = "" if enrolled else NEW_PASSWORD
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
        self.join_button = JoinButton()
        self.join_button.setVisible(self.may_join)
        self.join_button.chosen.connect(self.join_chosen)
        self.join_button.typing_wanted.connect(lambda: self.show_join(None))
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
        self.custodians_button = QPushButton()
        self.custodians_button.setProperty("kind", "quiet")
        self.custodians_button.setVisible(not enrolled)  # they sit at a computer that is nobody's
        self.custodians_button.clicked.connect(self.custodians_wanted)
        self.training_button = TrainingButton()
        self.training_button.setVisible(not enrolled)
        self.training_button.clicked.connect(self.training_wanted)
        edits = (self.server, self.code, self.name, self.password, self.sheet, self.following)
        for edit in edits:
            edit.setProperty("large", True)
            edit.returnPressed.connect(self.submit)
            edit.textEdited.connect(lambda _: self._show_no_problem())
        self._lay_out()
        first = self.code if closed else self.password if enrolled else self.server
        self.start_at(first)
        self._show_fields()
        self.retranslate()

    @property
    def may_join(self) -> bool:
        """Whether a code is asked for here, so that a join file may bring it."""
        return self.closed or not self.enrolled

    @property
    def may_leave(self) -> bool:
        """Whether somebody else may come in from here."""
        return self.person_button.isVisibleTo(self)

    def show_join(self, join: "Join | None") -> None:
        """Show what a join file says, in place of the fields for it; None: they are back."""
        self.join = join
        if self.recovering:
            self.set_recovering(False)
        self._show_no_problem()
        self._show_fields()
        self.retranslate()
        (self.password if join else self.code if self.closed else self.server).setFocus()

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
        elif not self.enrolled and not self.join:
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
        else:
            self._ask(**asked)

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
        self.setAcceptDrops(self.may_join and not busy)
        self.button.setEnabled(not busy)
        self.join_button.setEnabled(not busy)
        self.forgot_button.setEnabled(not busy)
        self.letter_button.setEnabled(not busy)
        self.person_button.setEnabled(not busy)
        self.region_button.setEnabled(not busy)
        self.custodians_button.setEnabled(not busy)
        self.training_button.setEnabled(not busy)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        super().retranslate()
        self.region_button.setText(tr("No sheet? Ask the region…"))
        self.person_button.setText(tr("Another person"))
        self.custodians_button.setText(tr("For custodians…"))
        self.letter_button.setText(tr("Write a letter"))
        self.copies_button.setText(
            tr("Copies of your work") if self.enrolled else tr("Go on from a copy…")
        )
        self.join_button.retranslate(taken=self.join is not None)
        told = self.join.told(datetime.now(UTC)) if self.join else []
        self.told.setText("\n".join(_breaking(line) for line in told))
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
        if self.join and not self.recovering:
            self.lead.setText(
                tr(
                    "For {name}. Compare this with what your coordinator told you, and go on only "
                    "if it is the same.",
                    name=_breaking(self.join.name or self.join.login),
                )
            )

    def _show_fields(self) -> None:
        shown = {"sheet", "following"} if self.recovering else {"password"}
        shown |= set() if self.enrolled else {"server"}
        shown |= {"name"} if self._shared and not self.enrolled else set()
        shown |= {"code"} if not self.recovering and (self.closed or not self.enrolled) else set()
        if self.join:
            shown -= {"server", "code"}
        for name, row in self.fields.items():
            row.setVisible(name in shown)
        self.told.setVisible(self.join is not None and not self.recovering)
        self.forgot_button.setVisible(self.enrolled)
        self.region_button.setVisible(self.recovering)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.join_button.would_take(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.join_button.take(event)
        event.acceptProposedAction()

    def _ask(
        self,
        password: str = "",
        server: str = "",
        code: str = "",
        sheet: str = "",
        following: str = "",
    ) -> None:
        name = self.name.text().strip()
        if self.recovering:
            self.recover.emit(sheet, following)
        elif self.join and self.enrolled:
            self.bind_by.emit(self.join, password)
        elif self.join:
            self.enrol_by.emit(self.join, password, name)
        elif self.closed and (code := self.code.text().strip()):
            self.bind.emit(code, password)
        elif self.enrolled:
            self.unlock.emit(password)
        else:
            self.enrol.emit(server, code, password, name)

    def _want_letter(self) -> None:
        typed = self.following if self.recovering else self.password
        self.letter_wanted.emit(typed.text())

    def _show_no_problem(self) -> None:
        self.letter_button.hide()
        for row in self.fields.values():
            row.show_problem("")

    def _lay_out(self) -> None:
        self.inside.addWidget(self.told)
        if not self.enrolled:  # before what is typed without it: most laptops are bound by a file
            self.inside.addWidget(self.join_button)
        for row in self.fields.values():
            self.inside.addWidget(row)
        self.inside.addSpacing(6)
        for button in (
            self.button,
            *([self.join_button] if self.enrolled else []),
            self.copies_button,
            self.letter_button,
            self.region_button,
            self.forgot_button,
            self.person_button,
        ):
            self.inside.addWidget(button)
        self.top.addWidget(self.training_button, 0, Qt.AlignmentFlag.AlignTop)
        self.beside.addWidget(self.custodians_button)


def _breaking(words: str) -> str:
    """A long word may be broken anywhere: no part of an address may be out of sight."""
    return " ".join(
        word if len(word) <= LONG_WORD else "\u200b".join(word) for word in words.split(" ")
    )
