"""What is asked before records leave as a file: with personal data or without, what for, and where."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop.file_names import tidy_name
from sync.exports import PURPOSES
from sync.language import counted, tr
from sync.vocabulary import choices
from ui import theme
from ui.dialogs.tall import TallDialog, button_row
from ui.file_places import to_save
from ui.icons import Picture
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import PlainLabel
from ui.widgets.restyle import set_look


class ExportDialog(TallDialog):
    """Decides nothing. `title` and `shown` say which records; `personal` which fields are people's."""

    wanted = Signal(Path, bool, str)  # the file, whether with personal data, what for
    stop_wanted = Signal()
    preview_wanted = Signal()
    said = Signal(str)  # a problem, also to a preview that stands in front

    def __init__(
        self,
        title: str,
        shown: str,
        personal: Sequence[str],
        parent: QWidget | None = None,
        *,
        heading: str = "",
        files: str = "Excel (*.xlsx);;CSV (*.csv)",
        above: QWidget | None = None,
        picture: str = "save",
    ) -> None:
        """`files`: the formats, as a file dialog has them, the first one proposed. `above`: what else
        is asked, before personal data."""
        super().__init__(parent)
        self._heading = heading or tr("Save as a table")
        self.setWindowTitle(self._heading)
        self.setMinimumWidth(theme.grown(520))
        self._title, self._above = title, above
        self.personal = QCheckBox(tr("Also personal data"))
        self.names = PlainLabel(", ".join(personal), "hint", wrap=True)
        self.names.setVisible(bool(personal))
        self.personal.setVisible(bool(personal))
        self.personal.toggled.connect(self._ask)
        self.formats = {one: QRadioButton(one.partition(" (")[0]) for one in files.split(";;")}
        next(iter(self.formats.values())).setChecked(True)
        self.purposes: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self.asked = QWidget()
        self.how_far, self.problem = PlainLabel(role="muted"), PlainLabel("", "error", wrap=True)
        self.save_button = QPushButton(tr("Choose a file…"))
        self.save_button.clicked.connect(lambda _=False: self.ask_where())
        self.preview_button = QPushButton(tr("Preview"))
        self.preview_button.setAutoDefault(False)
        self.preview_button.clicked.connect(lambda _=False: self.ask_preview())
        self.preview_button.hide()
        self._lead(self.save_button)
        self.stop_button = QPushButton(tr("Cancel"))
        self.stop_button.setAutoDefault(False)
        self.stop_button.clicked.connect(self.reject)
        self.finished.connect(lambda _: self.stop_wanted.emit())
        self._lay_out(shown, above, picture)
        self.how_far.hide()
        self.problem.hide()
        self._ask()

    def offer_preview(self, *, first: bool = False) -> None:
        """It is a paper, which can be looked at; `first`: Enter does that."""
        self.preview_button.show()
        self._buttons.removeWidget(self.preview_button)
        self._buttons.insert(0 if first else 1, self.preview_button)
        self._lead(self.preview_button if first else self.save_button)

    def ask_where(self, ending: str = "", over: QWidget | None = None) -> None:
        """Let the person choose a file: its name is proposed, and no folder is remembered.

        `ending`: of the only format that is offered, instead of the chosen one; `over`: what stands
        in front.
        """
        chosen = (
            next(one for one in self.formats if f"*.{ending}" in one) if ending else self.format()
        )
        proposed = tidy_name(f"{self.proposed()}{_ending(chosen)}")
        name, _ = QFileDialog.getSaveFileName(
            over or self, self._heading, to_save(proposed), chosen
        )
        if name:
            path = Path(name)
            known = path.suffix.lower() in map(_ending, self.formats)  # «12.11» is no ending
            self.save(path if known else path.with_name(path.name + _ending(chosen)))

    def format(self) -> str:
        """The format that is chosen, as a file dialog has it."""
        return next(one for one, button in self.formats.items() if button.isChecked())

    def ask_preview(self) -> None:
        """Ask to look at the paper first, once."""
        self.set_busy(True)
        self.preview_wanted.emit()

    def set_busy(self, busy: bool) -> None:
        """While it leaves, or is laid out, nothing else is asked, and the answers stay as they are."""
        self.problem.setVisible(False)
        for part in self._parts():
            part.setEnabled(not busy)
        if not busy:
            self._ask()

    def proposed(self) -> str:
        """The name of the file, without its ending."""
        return self._title

    def save(self, path: Path) -> None:
        """Ask for the export, once."""
        self.set_busy(True)
        self.wanted.emit(path, self.personal.isChecked(), self.purpose())

    def purpose(self) -> str:
        """The key of what the personal data are for; "" without them."""
        chosen = (key for key, button in self.purposes.items() if button.isChecked())
        return next(chosen, "") if self.personal.isChecked() else ""

    def show_progress(self, done: int, of: int) -> None:
        """It takes longer than a moment."""
        self.how_far.setText(tr("{done} of {n} records", done=counted(done), n=counted(of)))
        self.how_far.show()

    def show_problem(self, words: str) -> None:
        """Say what did not work; it can be tried again."""
        self.set_busy(False)
        self.how_far.hide()
        self.problem.setText(words)
        self.problem.show()
        self.grow()
        self.said.emit(words)

    def _ask(self) -> None:
        """Nothing personal goes before it is said what for."""
        self.asked.setVisible(self.personal.isChecked())
        for button in (self.save_button, self.preview_button):
            button.setEnabled(not self.personal.isChecked() or bool(self.purpose()))
        self.grow()

    def _parts(self) -> tuple[QWidget, ...]:
        """What cannot be used while it leaves."""
        parts = (self.save_button, self.preview_button, self.personal, self.asked)
        return parts if self._above is None else (*parts, self._above)

    def _lead(self, button: QPushButton) -> None:
        """The one that Enter presses."""
        for one in (self.save_button, self.preview_button):
            set_look(one, "kind", "primary" if one is button else "")
            one.setDefault(one is button)
        button.setFocus()

    def _lay_out(self, shown: str, above: QWidget | None, picture: str) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Picture(picture, "accent", 28))
        head.addWidget(PlainLabel(self._heading, "heading", wrap=True), 1)
        noted = tr(
            "The file is not encrypted. Keep it where others do not look, and delete it when it "
            "has served. The export is noted with your name, and stands in the file."
        )
        column = QVBoxLayout(self.asked)
        column.setContentsMargins(24, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(PlainLabel(tr("What for"), "hint"))
        for choice in choices(PURPOSES):
            button = self.purposes[choice.key] = QRadioButton(choice.words())
            button.toggled.connect(lambda _: self._ask())
            self._group.addButton(button)
            column.addWidget(button)
        self._buttons = button_row(self.preview_button, self.save_button, self.stop_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addLayout(head)
        layout.addWidget(PlainLabel(f"{self._title}. {shown}", wrap=True))
        layout.addWidget(PlainLabel(noted, "muted", wrap=True))
        if above is not None:
            layout.addWidget(above)
        if len(self.formats) > 1:
            layout.addWidget(self._asked_format())
        people = QVBoxLayout()
        people.setSpacing(2)
        people.addWidget(self.personal)
        people.addWidget(self.names)
        layout.addLayout(people)
        layout.addWidget(self.asked)
        layout.addWidget(self.how_far)
        layout.addWidget(self.problem)
        layout.addLayout(self._buttons)
        self.save_button.setFocus()  # Enter goes on; the first of the buttons would be to cancel

    def _asked_format(self) -> QWidget:
        """Before the file dialog, where one looks for it last."""
        asked, row = QWidget(), FlowLayout(spacing=16)
        group = QButtonGroup(asked)
        for button in self.formats.values():
            group.addButton(button)
            row.addWidget(button)
        column = QVBoxLayout(asked)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(PlainLabel(tr("Format of the file"), "hint"))
        column.addLayout(row)
        return asked


def _ending(files: str) -> str:
    """«Excel (*.xlsx)» gives .xlsx."""
    return files.partition("*")[2].partition(")")[0]
