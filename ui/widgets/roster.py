"""A place where something repeats: those that are there, and the way to one more."""

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from sync.language import tr, trn
from ui.icons import icon
from ui.models.walk import Instance, Roster
from ui.widgets.fact_sheet import clear
from ui.widgets.form_picture import ABOVE, IN_TABLE, FormPicture, choice_picture, grown
from ui.widgets.labels import PlainLabel
from ui.widgets.rows import ARROWS, TaskRow
from ui.widgets.tips import tip


class RosterPage(QWidget):
    """«3 people»: each leads back to its questions; + adds one, Del takes the marked one away."""

    wanted = Signal()  # one more
    opened = Signal(str)  # the path of an instance
    removed = Signal(str)
    looked = Signal()  # its pictures are to be seen large

    def __init__(self) -> None:
        super().__init__()
        self.picture = FormPicture(grown(ABOVE))
        self.picture.clicked.connect(lambda _=False: self.looked.emit())
        self.section = PlainLabel("", "muted", wrap=True)
        self.label, self.below = (
            PlainLabel("", "title", wrap=True),
            PlainLabel("", "muted", wrap=True),
        )
        self.rows: list[InstanceRow] = []
        self.add_button = QPushButton(icon("add"), "")
        self.add_button.clicked.connect(lambda _=False: self.wanted.emit())
        self._roster: Roster | None = None
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.section)
        title = QHBoxLayout()
        title.setSpacing(14)
        title.addWidget(self.picture)
        title.addWidget(self.label, 1)
        layout.addLayout(title)
        layout.addWidget(self.below)
        layout.addLayout(self._list)
        layout.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)

    def show_roster(self, roster: Roster, section: str) -> None:
        """Those that are there now."""
        self._roster = roster
        self.section.setText(section)
        self.section.setVisible(bool(section))
        self.label.setText(roster.label)
        self.label.setVisible(bool(roster.label))
        self.picture.show_picture(roster.picture, roster.label)
        clear(self._list)
        self.rows = []
        for instance in roster.instances:
            row = InstanceRow(instance)
            row.opened.connect(partial(self.opened.emit, instance.path))
            row.removed.connect(partial(self.removed.emit, instance.path))
            self.rows.append(row)
            self._list.addWidget(row)
            row.show()
        self._say()

    def go_by(self, step: int) -> bool:
        """To another row."""
        focused = next((n for n, row in enumerate(self.rows) if row.main.hasFocus()), None)
        start = -1 if step > 0 else len(self.rows)
        place = (start if focused is None else focused) + step
        if not 0 <= place < len(self.rows):
            return False
        self.rows[place].main.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def remove_marked(self) -> bool:
        """Take away the row that has the cursor; False where none has."""
        marked = next((row for row in self.rows if row.main.hasFocus()), None)
        if marked is not None:
            marked.removed.emit()
        return marked is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go through the rows; what is around the page would scroll."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if not step or not self.go_by(step):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._roster is not None:
            self.show_roster(self._roster, self.section.text())
        super().changeEvent(event)

    def _say(self) -> None:
        assert self._roster is not None
        many = len(self._roster.instances)
        self.below.setText(
            trn("{n} is written down.", "{n} are written down.", many)
            if many
            else tr("None is written down yet.")
        )
        self.add_button.setText(tr("Add one more") if many else tr("Add the first one"))


class InstanceRow(QWidget):
    """One of what repeats: opens it, or takes it away."""

    opened, removed = Signal(), Signal()

    def __init__(self, instance: Instance) -> None:
        super().__init__()
        words = instance.name or tr("No answer")
        self.picture = choice_picture(instance.picture, grown(IN_TABLE))
        self.main = _Main(self.picture, words, instance.place())
        if self.picture is not None:
            self.main.setToolTip(tip(tr("F3 shows the pictures large")))
        self.main.clicked.connect(lambda _=False: self.opened.emit())
        self.remove_button = QToolButton()
        self.remove_button.setIcon(icon("delete", "muted"))
        self.remove_button.setAccessibleName(tr("Take out {what}", what=words))
        self.remove_button.setToolTip(tip(tr("Take it out")))
        self.remove_button.clicked.connect(lambda _=False: self.removed.emit())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.main, 1)
        layout.addWidget(self.remove_button)


class _Main(TaskRow):
    """Leaves the arrows to the page."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)
