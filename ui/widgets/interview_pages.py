"""The first and the last page of an interview: where it is held, and what was answered."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sync.language import mark, tr, trn
from ui.icons import Picture
from ui.models.interviewing import Setup
from ui.models.walk import Walk
from ui.widgets.badges import Badge
from ui.widgets.fact_sheet import clear
from ui.widgets.field_row import FieldRow
from ui.widgets.inputs import ChoiceInput
from ui.widgets.labels import PlainLabel, SectionTitle
from ui.widgets.rows import TaskRow


class StartPage(QWidget):
    """Where the interview is held, and who is rated in it: drawn by lot, and may be changed."""

    def __init__(self) -> None:
        super().__init__()
        self._setup: Setup | None = None
        self.heading = PlainLabel("", "title", wrap=True)
        self.done = PlainLabel("", "muted", wrap=True)
        self.okrug_input, self.official_input = ChoiceInput(), ChoiceInput()
        self._okrug = FieldRow(
            mark("Okrug"),
            self.okrug_input,
            mark("The village is not kept: answers cannot be traced to a person."),
            required=True,
        )
        self._official = FieldRow(
            mark("Who is rated in this interview"),
            self.official_input,
            mark("Drawn by lot, so that every official is rated by all sorts of people."),
        )
        notice = QHBoxLayout()
        notice.setSpacing(10)
        self._anonymous = PlainLabel("", "muted", wrap=True)
        notice.addWidget(Picture("lock", "accent"))
        notice.addWidget(self._anonymous, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        for part in (self.heading, self.done, self._okrug, self._official):
            layout.addWidget(part)
        layout.addLayout(notice)
        layout.addStretch(1)
        self.setFocusProxy(self.okrug_input)
        self.retranslate()

    def show_setup(self, setup: Setup, okrug: str, official: tuple[str, str]) -> None:
        """Offer the okrugs and officials; the last okrug and the one drawn by lot are chosen."""
        self._setup = setup
        self.okrug_input.set_choices(setup.okrugs)
        self.okrug_input.set_value(okrug)
        self.official_input.set_choices(setup.officials)
        self.official_input.set_value(official[0])
        self._official.setVisible(bool(setup.officials))
        self._okrug.show_problem("")
        self.retranslate()

    def okrug(self) -> str:
        """The code that is chosen, or ""."""
        return self.okrug_input.value() or ""

    def official(self) -> tuple[str, str]:
        """(id, post) of the official that is chosen."""
        id = self.official_input.value() or ""
        return id, dict(self._setup.officials).get(id, "") if self._setup else ""

    def show_problem(self, words: str) -> None:
        """The okrug is missing."""
        self._okrug.show_problem(words)
        self.okrug_input.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.heading.setText(tr("A new interview"))
        self._anonymous.setText(
            tr("Anonymous: no name, phone, address or hour is written down, nor who asked.")
        )
        if self._setup is not None:
            self.done.setText(_done(self._setup))


class SummaryPage(QWidget):
    """Every question with its answer; one click or Enter goes back to it."""

    chosen = Signal(str)  # the path of a question

    def __init__(self) -> None:
        super().__init__()
        self._walk: Walk | None = None
        self.heading = PlainLabel("", "title", wrap=True)
        self.below = PlainLabel("", "muted", wrap=True)
        self.rows: list[TaskRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(self.heading)
        layout.addWidget(self.below)
        layout.addLayout(self._list)
        layout.addStretch(1)

    def show_walk(self, walk: Walk) -> None:
        """The answers as they stand."""
        self._walk = walk
        clear(self._list)
        self.rows = []
        around = ""
        for line in walk.summary():
            node = line.node
            if line.around != around and line.around:
                self._list.addWidget(SectionTitle(walk.instance(line.around).words()))
            around = line.around
            badge = None if node.valid else Badge(tr("Needs an answer"), "danger", "warning")
            row = TaskRow(None, line.words or tr("No answer"), node.label, badge)
            row.clicked.connect(lambda _=False, path=node.path: self.chosen.emit(path))
            self.rows.append(row)
            self._list.addWidget(row)
        self.retranslate()

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.heading.setText(tr("Please look over the answers"))
        left = len(self._walk.left()) if self._walk else 0
        self.below.setText(
            trn("{n} question still needs an answer.", "{n} questions still need an answer.", left)
            if left
            else tr("Everything is answered. After saving, nothing can be changed.")
        )


def _done(setup: Setup) -> str:
    if setup.target:
        return tr("{done} of {target} are done here.", done=setup.done, target=setup.target)
    return trn("{n} is done here.", "{n} are done here.", setup.done)
