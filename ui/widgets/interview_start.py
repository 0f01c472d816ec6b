"""The page before the questions of an anonymous interview: where it is held, who is rated."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sync.language import mark, tr, trn
from sync.places import Pack
from ui.icons import Picture
from ui.models.interviewing import Setup
from ui.widgets.field_row import FieldRow
from ui.widgets.inputs import ChoiceInput
from ui.widgets.labels import PlainLabel
from ui.widgets.wanted import Wanted


class StartPage(QWidget):
    """Where the interview is held, and who is rated in it: drawn by lot, and may be changed."""

    def __init__(self, pack: Pack) -> None:
        super().__init__()
        self._setup: Setup | None = None
        self.wanted = Wanted(pack)
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
        for part in (self.heading, self.done, self._okrug, self.wanted, self._official):
            layout.addWidget(part)
        layout.addLayout(notice)
        layout.addStretch(1)
        self.okrug_input.changed.connect(self._ask_for)
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
        self._ask_for()

    def _ask_for(self) -> None:
        """Whom to look for where it is held."""
        progress = self._setup.progress if self._setup else None
        self.wanted.show_progress(progress, self.okrug())

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


def _done(setup: Setup) -> str:
    if setup.target:
        return tr("{done} of {target} are done here.", done=setup.done, target=setup.target)
    return trn("{n} is done here.", "{n} are done here.", setup.done)
