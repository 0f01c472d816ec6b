"""Phrases that were shared, for all to see; who may share writes them in three languages, and takes them back."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.actions.handed_out import GivenPhrase
from sync.errors import UserError
from sync.language import LANGUAGES, tr
from sync.records.base import fields
from sync.records.handed_out import SharedPhrase
from sync.records.values import Wrong
from ui import theme
from ui.icons import icon
from ui.widgets.field_row import FieldRow
from ui.widgets.labels import PlainLabel
from ui.widgets.text_inputs import TextLine
from ui.widgets.tips import tip

ROWS, TALL = 5, 34  # rows seen at once; px of one


class SharedPhrases(QWidget):
    """A row that is chosen stands in the fields below, if the person may change it."""

    given = Signal(dict, object)  # {language: words}; the id of the one that is changed, or None
    taken_back = Signal(object)  # its id
    grew = Signal()

    def __init__(self, *, shares: bool) -> None:
        super().__init__()
        self._shares = shares
        self._known: dict[UUID, GivenPhrase] = {}
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Shared phrases"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(lambda *_: self._choose())
        told = [one for one in fields(SharedPhrase) if one.name in LANGUAGES]
        self.texts = {one.name: TextLine() for one in told}
        self.rows = {one.name: FieldRow(one.label, self.texts[one.name]) for one in told}
        self.problem = PlainLabel("", "error", wrap=True)
        self.problem.hide()
        self.share_button = QPushButton(tr("Share"))
        self.new_button = QPushButton(tr("Another one"))
        self.back_button = QPushButton(tr("Take back"))
        for button, act in (
            (self.share_button, self._share),
            (self.new_button, self.begin),
            (self.back_button, self._take_back),
        ):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, act=act: act())
        self._lay_out()
        self.show_given(())

    def show_given(self, phrases: Sequence[GivenPhrase]) -> None:
        """Those that are shared now. What is being written stays, also where its phrase was taken back."""
        chosen = self.chosen()
        writing = self._typed() != _words(chosen)
        self._known = {one.id: one for one in phrases}
        self.list.blockSignals(True)
        self.list.clear()
        for one in phrases:
            item = QListWidgetItem(icon("people", "muted"), one.text())
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            item.setSizeHint(QSize(0, theme.grown(TALL)))
            item.setToolTip(tip(f"{one.text()}\n{one.words()}"))
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, one.words())
            self.list.addItem(item)
            if chosen is not None and one.id == chosen.id:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        seen = max(1, min(len(phrases), ROWS))
        self.list.setFixedHeight(seen * theme.grown(TALL) + 2 * self.list.frameWidth())
        self.list.setVisible(bool(phrases))
        self._none.setVisible(not phrases and self._shares)
        self._choose(keep=writing)

    def chosen(self) -> GivenPhrase | None:
        """The one that is marked."""
        item = self.list.currentItem()
        return self._known.get(item.data(Qt.ItemDataRole.UserRole)) if item else None

    def begin(self) -> None:
        """Empty fields, for another one."""
        self.list.setCurrentRow(-1)
        self._choose()
        if self._shares:
            next(iter(self.texts.values())).setFocus()

    def show_problem(self, error: UserError) -> None:
        """What is wrong, at its field where it has one."""
        problems = error.problems if isinstance(error, Wrong) else {}
        for name, row in self.rows.items():
            row.show_problem(str(problems[name]) if name in problems else "")
        self.problem.setText("" if problems else str(error))
        self.problem.setVisible(not problems)
        self.grew.emit()

    def _choose(self, *, keep: bool = False) -> None:
        """`keep`: what stands in the fields, and what is said of it."""
        one = self.chosen()
        own = one is not None and one.own
        self._whose.setText(one.words() if one else "")
        self._whose.setVisible(one is not None)
        for name, row in self.rows.items():
            row.setVisible(self._shares and (one is None or own))
            if not keep:
                self.texts[name].set_value(_words(one)[name])
                row.show_problem("")
        if not keep:
            self.problem.hide()
        self.share_button.setText(tr("Save") if own else tr("Share"))
        self.share_button.setVisible(self._shares and (one is None or own))
        self.new_button.setVisible(self._shares and one is not None)
        self.back_button.setVisible(own)
        self.grew.emit()

    def _share(self) -> None:
        one = self.chosen()
        self.given.emit(self._typed(), one.id if one is not None else None)

    def _typed(self) -> dict[str, str]:
        return {name: line.value() or "" for name, line in self.texts.items()}

    def _take_back(self) -> None:
        if (one := self.chosen()) is not None:
            self.taken_back.emit(one.id)

    def _lay_out(self) -> None:
        self._none = PlainLabel(
            tr(
                "Nothing is shared yet. What you share, colleagues are offered after their next sync."
            ),
            "hint",
            wrap=True,
        )
        self._whose = PlainLabel("", "hint", wrap=True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        self.share_button.setProperty("kind", "primary")
        for button in (self.share_button, self.new_button, self.back_button):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (self.list, self._none, self._whose, *self.rows.values(), self.problem):
            layout.addWidget(part)
        layout.addLayout(buttons)


def _words(one: GivenPhrase | None) -> dict[str, str]:
    """As they stand in the fields; of none they are empty."""
    return {name: one.texts.get(name, "") if one else "" for name in LANGUAGES}
