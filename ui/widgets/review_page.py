"""The record under review as a page: its head, all it holds, the bar to return it, the buttons."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sync.language import mark, tr
from ui.icons import icon
from ui.key_caps import key_cap
from ui.models.case import Case
from ui.models.queue import Waiting
from ui.widgets.badges import Badge
from ui.widgets.fact_sheet import FactSheet
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import PlainLabel, SectionTitle
from ui.widgets.photo_view import PhotoRow
from ui.widgets.record_bars import CutLabel
from ui.widgets.return_bar import ReturnBar
from ui.widgets.scrolled import scrolled
from ui.widgets.tips import tip


@dataclass(frozen=True)
class Command:
    """One thing to do with the record: its key, words and look."""

    key: str
    name: str
    words: str
    kind: str = ""


COMMANDS = (
    Command("a", "approve", mark("Approve"), "primary"),
    Command("r", "return", mark("Return")),
    Command("x", "reject", mark("Reject")),
    Command("d", "duplicate", mark("Duplicate"), "quiet"),
    Command("s", "later", mark("Later"), "quiet"),
)
INKS = {"primary": "on_accent", "": "text", "quiet": "accent"}  # of the key
KEYS = mark(
    "J next · K previous · A approve · R return · X reject · D duplicate · S later · "
    "1 and 2 choose one of two values · Up and Down choose a field · P photos · Ctrl+Z undo · "
    "the keys work on every layout"
)


class ReviewPage(QWidget):
    """Shows one case and says which button was pressed; decides nothing."""

    pressed = Signal(str)  # the name of a command
    undone = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sheet, self.bar, self.photos = FactSheet(), ReturnBar(), PhotoRow()
        self._build()
        self.retranslate()

    def show_case(self, case: Case, waiting: Waiting, images: list[QImage], *, same: bool) -> None:
        """Another case, or the `same` one anew: then the picked field and the scroll stay."""
        picked = self.sheet.current() if same else None
        self.title.setText(case.title)
        self.place.setText(case.below)
        self.since.say(waiting.waits(), "neutral", "clock")
        self.author.setText(tr("From {author}", author=waiting.author))
        self.sheet.show_case(case)
        self._photo_title.setVisible(bool(images))
        self.photos.show_photos(case.photos, images)
        if picked:
            self.sheet.pick(picked.name)
        elif (wrong := next((fact for fact in case.facts if fact.others), None)) is not None:
            self.sheet.pick(wrong.name)
        if not same:
            self.area.verticalScrollBar().setValue(0)

    def begin_return(self) -> None:
        """Show the bar for comments in the place of the buttons."""
        self.bar.begin()
        self.bar.show()
        self._actions.hide()
        fact = self.sheet.current()
        if fact is None:
            self.sheet.step(1)
        else:
            self.about(fact.name)

    def leave_return(self) -> bool:
        """Show the buttons again; False where they are shown anyway."""
        if self.bar.isHidden():
            return False
        self.bar.hide()
        self._actions.show()
        return True

    def about(self, name: str) -> None:
        """The picked field comes into sight; what is typed is about it."""
        fact, line = self.sheet.current(), self.sheet.current_line()
        if line is not None:
            self.area.ensureWidgetVisible(line, 0, 60)
        if not self.bar.isHidden():
            self.bar.show_field(name, fact.label if fact else "")

    def toggle_keys(self) -> None:
        """Show or hide the list of keys."""
        self.keys.setVisible(self.keys.isHidden())

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        for command in COMMANDS:
            button, words = self.buttons[command.name], tr(command.words)
            button.setText(words)
            button.setToolTip(tip(f"{words} ({command.key.upper()})"))
        for tool, words, key in (
            (self.undo_button, tr("Undo"), "Ctrl+Z"),
            (self.keys_button, tr("Keys"), "?"),
        ):
            tool.setAccessibleName(words)
            tool.setToolTip(tip(f"{words} ({key})"))
        self.keys.setText(tr(KEYS))
        self._photo_title.setText(tr("Photos"))
        self.bar.retranslate()

    def _press(self, name: str, _: bool = False) -> None:
        self.pressed.emit(name)

    def _build(self) -> None:
        page = QWidget()
        page.setProperty("ground", "surface")
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.area = scrolled(page)
        self.area.setProperty("ground", "surface")  # behind its scroll bar, too
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 12, 24, 24)
        column.setSpacing(8)
        self._photo_title = SectionTitle()
        for part in (self.sheet, self._photo_title, self.photos):
            column.addWidget(part)
        column.addStretch(1)
        self.bar.hide()
        holder = QWidget()
        holder.setProperty("ground", "surface")
        holder.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        around = QVBoxLayout(holder)
        around.setContentsMargins(24, 0, 24, 12)
        around.addWidget(self.bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._make_head())
        layout.addWidget(self.area, 1)
        layout.addWidget(holder)
        self._actions = self._make_actions()
        layout.addWidget(self._actions)

    def _make_head(self) -> QFrame:
        self.title = CutLabel("", "heading")  # the first field says all of it
        self.place, self.author = PlainLabel("", "muted", wrap=True), PlainLabel("", "hint")
        self.since = Badge()
        words = QVBoxLayout()
        words.setSpacing(2)
        for part in (self.title, self.place, self.author):
            words.addWidget(part)
        self.undo_button, self.keys_button = QToolButton(), QToolButton()
        self.undo_button.setIcon(icon("undo", "accent"))
        self.undo_button.clicked.connect(self.undone)
        self.keys_button.setIcon(icon("keyboard", "accent"))
        self.keys_button.clicked.connect(self.toggle_keys)
        head = QFrame()
        head.setProperty("bar", "top")
        row = QHBoxLayout(head)
        row.setContentsMargins(24, 14, 24, 14)
        row.addLayout(words, 1)
        for tool in (self.since, self.undo_button, self.keys_button):
            row.addWidget(tool, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _make_actions(self) -> QFrame:
        self.buttons: dict[str, QPushButton] = {}
        row = FlowLayout(spacing=4)
        groups: dict[bool, QHBoxLayout] = {}  # with large words one below the other
        for decides in (True, False):
            group = QWidget()
            across = groups[decides] = QHBoxLayout(group)
            across.setContentsMargins(0, 0, 0, 0)
            across.setSpacing(4)
            row.addWidget(group)
        for command in COMMANDS:
            button = QPushButton()
            button.setProperty("kind", command.kind)
            button.setIcon(key_cap(command.key.upper(), INKS[command.kind]))
            button.clicked.connect(partial(self._press, command.name))
            self.buttons[command.name] = button
            groups[command.kind != "quiet"].addWidget(button)
        self.keys = PlainLabel("", "hint", wrap=True)
        self.keys.hide()
        bar = QFrame()
        bar.setProperty("bar", "bottom")
        column = QVBoxLayout(bar)
        column.setContentsMargins(16, 10, 12, 10)
        column.addLayout(row)
        column.addWidget(self.keys)
        return bar
