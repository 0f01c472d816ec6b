"""A button for the slip that an applicant takes home, in a language of theirs."""

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton

from desktop.actions.records import Row
from sync.language import LANGUAGES, spoken, tr
from sync.records import KINDS
from sync.records.numbered import number_field
from ui.icons import icon
from ui.widgets.tips import tip

SPOKEN = ("kk", "ru")  # by applicants


def usual_language() -> str:
    """That of a slip for which nobody chooses one: what the window speaks, if applicants do."""
    return spoken() if spoken() in SPOKEN else SPOKEN[0]


class SlipButton(QPushButton):
    """Seen at a saved record of a kind that has numbers."""

    wanted = Signal(str)  # in this language

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "quiet")
        self.setIcon(icon("document"))
        entries = QMenu(self)
        for language in SPOKEN:  # each by its own name, whatever the window speaks
            entries.addAction(LANGUAGES[language]).triggered.connect(
                partial(self._choose, language)
            )
        self.setMenu(entries)
        QShortcut(QKeySequence("Ctrl+T"), self, self._at_once)  # serves while the button is seen
        self._retranslate()
        self.hide()

    def show_for(self, row: Row | None) -> None:
        """`row`: the record that is shown; None for one that is not saved yet."""
        self.setVisible(row is not None and number_field(KINDS[row["kind"]]) is not None)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _at_once(self) -> None:
        self.wanted.emit(usual_language())

    def _choose(self, language: str, _checked: bool = False) -> None:
        self.wanted.emit(language)

    def _retranslate(self) -> None:
        self.setText(tr("Slip"))
        self.setAccessibleName(tr("Slip for the applicant"))
        self.setToolTip(tip(f"{tr('Slip for the applicant')} (Ctrl+T)"))
