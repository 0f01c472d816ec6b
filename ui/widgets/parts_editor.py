"""The parts of a record as cards under it, written one after another without leaving the keys."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.actions.records import Edit, Row
from sync.change import new_id
from sync.errors import UserError
from sync.language import tr
from sync.person import Person
from sync.places import Pack
from sync.records.base import Part, Values
from sync.records.values import plain
from ui.icons import icon
from ui.models.record_page import Links, Page, editable
from ui.models.seen import on_top
from ui.widgets.inputs import ChoiceInput
from ui.widgets.labels import PlainLabel, SectionTitle
from ui.widgets.record_form import RecordForm
from ui.widgets.tips import tip

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PartCard(QFrame):
    """One part: its number, its form, and a button that takes it away."""

    edited = Signal()
    next_wanted = Signal()
    removed = Signal()
    asked = Signal()  # for the extra button

    def __init__(self, record: type[Part], pack: Pack, row: Row | None, extra: str) -> None:
        super().__init__()
        self.setProperty("card", "part")
        self.id: UUID = row["id"] if row else new_id()
        self.row = row
        self._extra = extra
        self.form = RecordForm(record, pack, dense=True)
        self.form.set_row(row)
        if row is None:
            self.form.set_values(dict(record.begins))
        self.form.edited.connect(self.edited)
        self.number = PlainLabel()
        self.number.setProperty("role", "strong")
        self.remove_button = QToolButton()
        self.remove_button.setIcon(icon("close", "muted"))
        self.remove_button.clicked.connect(self.removed)
        self.extra_button = QPushButton()
        self.extra_button.setProperty("kind", "quiet")
        self.extra_button.clicked.connect(self.asked)
        top = QHBoxLayout()
        top.addWidget(self.number)
        top.addStretch(1)
        if extra:
            top.addWidget(self.extra_button)
        top.addWidget(self.remove_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 16)
        layout.setSpacing(4)
        layout.addLayout(top)
        layout.addWidget(self.form)
        for child in self.form.findChildren(QWidget):
            child.installEventFilter(self)
        self._retranslate()

    def rebase(self, row: Row) -> None:
        """The part was saved or changed elsewhere; what is typed stays on top."""
        self.row = row
        self.form.rebase(row)

    def show_page(self, page: Page, may: str) -> None:
        """What may be changed, and both values where two people disagree."""
        self.form.set_editable(may)
        self.form.show_conflicts(self.row, names=page.names)
        self.remove_button.setVisible(may == "all")

    def blank(self) -> bool:
        """Nothing was written into a new part."""
        return self.row is None and all(
            value is None or self.form.record.begins.get(name) == value
            for name, value in self.form.values().items()
        )

    def edit(self, whole: UUID) -> Edit | None:
        """What is to be saved of this part, if anything."""
        changes = self.form.changes()
        if self.blank() or not changes:
            return None
        return Edit(
            self.form.record.kind,
            changes,
            self.id,
            parent=whole,
            base=self.form.base,
            was=self.form.was(),
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on to the next part; Shift+Enter makes a new line in a long text."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in ENTER or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if isinstance(watched, QPushButton | QToolButton):
            return False
        if isinstance(watched, ChoiceInput) and watched.isModified():
            return False  # Enter takes what was typed
        self.next_wanted.emit()
        return True

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.remove_button.setAccessibleName(tr("Remove"))
        self.remove_button.setToolTip(tip(tr("Remove")))
        self.extra_button.setText(tr(self._extra))


class PartsEditor(QWidget):
    """All parts of one kind of the record on the page. `extra`: words on a button of each; marked."""

    edited = Signal()
    asked = Signal(object)  # the extra button of a part: its PartCard
    settled = Signal(object, str, object)  # id of the part, field, the value taken

    def __init__(self, record: type[Part], person: Person, pack: Pack, extra: str = "") -> None:
        super().__init__()
        self.record = record
        self._person, self._pack, self._extra = person, pack, extra
        self._gone: list[UUID] = []  # saved parts that are to be removed
        self._may = "all"
        self._links: Links = {}  # what is offered for fields of a part
        self.cards: list[PartCard] = []
        self._heading = SectionTitle("")
        self._empty = PlainLabel()
        self._empty.setProperty("role", "hint")
        self.add_button = QPushButton()
        self.add_button.setIcon(icon("add"))
        self.add_button.clicked.connect(self.add)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self._heading, self._empty):
            layout.addWidget(widget)
        layout.addLayout(self._list)
        layout.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._retranslate()

    def show_page(self, page: Page, *, again: bool) -> None:
        """Show the saved parts of a page. `again`: keep what was typed on the same page."""
        self._may = editable(self._person, self.record, None, page.row)
        self._links = page.part_links.get(self.record.kind, {})
        if not again:
            self._clear()
        cards = {card.id: card for card in self.cards}
        rows = page.parts.get(self.record.kind, [])
        for row in rows:
            if row["id"] in self._gone:
                continue
            if row["id"] in cards:
                cards[row["id"]].rebase(row)
            else:
                self._append(row)
        there = {row["id"] for row in rows}
        for card in [card for card in self.cards if card.row and card.id not in there]:
            self._forget(card)
        self._gone = [id for id in self._gone if id in there]
        for card in self.cards:
            card.form.set_links(self._links)
            card.show_page(page, editable(self._person, self.record, card.row, page.row))
        self._number()

    def edits(self, whole: UUID) -> list[Edit]:
        """What is to be saved; `whole` is the record that the parts belong to."""
        changed = [edit for card in self.cards if (edit := card.edit(whole)) is not None]
        return [*changed, *(Edit(self.record.kind, {"removed": True}, id) for id in self._gone)]

    def rows(self) -> list[Row]:
        """The parts as they stand here, saved or typed; empty ones are none."""
        return [
            on_top(self.record, card.row, card.form.values())
            for card in self.cards
            if not card.blank()
        ]

    def begin(self, values: Values, field: str) -> None:
        """Another part that says this already (JSON), with the cursor in a field; as if typed."""
        if not self.cards or not self.cards[-1].blank():
            self._append(None)
            self._number()
        card = self.cards[-1]
        card.form.set_values(values)
        self.edited.emit()
        # after the layout has given it a place, so that it is scrolled to
        QTimer.singleShot(0, card, partial(card.form.focus_field, field))

    def dirty(self) -> bool:
        """Whether something was typed or taken away that is not saved."""
        return bool(self._gone) or any(
            card.form.dirty() and not card.blank() for card in self.cards
        )

    def show_problems(self, *, sending: bool) -> bool:
        """Say at the fields what is wrong; True when something is."""
        wrong = False
        for card in self.cards:
            problems: dict[str, UserError] = {}
            if not card.blank():
                problems = card.form.problems(sending=sending)
            card.form.show_problems(problems)
            wrong = wrong or bool(problems)
        return wrong

    def state(self) -> list[Values]:
        """What was typed, to be kept as a draft."""
        typed = [
            {"id": str(card.id), "new": card.row is None, **plain(card.form.typed())}
            for card in self.cards
            if card.form.dirty() and not card.blank()
        ]
        return [*typed, *({"id": str(id), "gone": True} for id in self._gone)]

    def restore(self, state: list[Values]) -> None:
        """Put a kept draft on top of what is shown."""
        cards = {str(card.id): card for card in self.cards}
        for kept in state:
            card = cards.get(kept["id"])
            if kept.get("gone"):
                if card is not None:
                    self.remove(card)
                continue
            if card is None and kept["new"]:
                card = self._append(None)
                card.id = UUID(kept["id"])
            if card is not None:
                card.form.take_up(kept)
        self._number()

    def add(self) -> None:
        """Another part, with the cursor in its first field; an empty last one is used."""
        if not self.cards or not self.cards[-1].blank():
            self._append(None)
            self._number()
        card = self.cards[-1]
        # after the layout has given it a place, so that it is scrolled to
        QTimer.singleShot(0, card, lambda: self._go_to(card))

    def remove(self, card: PartCard) -> None:
        """Take a part away; a saved one goes with the next save."""
        if card.row is not None:
            self._gone.append(card.id)
        place = self.cards.index(card)
        self._forget(card)
        self._number()
        if self.cards:
            self.cards[min(place, len(self.cards) - 1)].form.focus_first()
        else:
            self.add_button.setFocus()
        self.edited.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _append(self, row: Row | None) -> PartCard:
        card = PartCard(self.record, self._pack, row, self._extra)
        card.form.set_editable(self._may)
        card.form.set_links(self._links)
        card.form.settled.connect(lambda name, value: self.settled.emit(card.id, name, value))
        card.edited.connect(self.edited)
        card.removed.connect(lambda: self.remove(card))
        card.next_wanted.connect(lambda: self._go_on(card))
        card.asked.connect(lambda: self.asked.emit(card))
        self.cards.append(card)
        self._list.addWidget(card)
        return card

    def _go_on(self, card: PartCard) -> None:
        place = self.cards.index(card)
        if place + 1 < len(self.cards):
            self._go_to(self.cards[place + 1])
        elif self._may == "all":
            self.add()

    def _go_to(self, card: PartCard) -> None:
        """The cursor into its first field, which is seen: Qt scrolls for Tab alone."""
        page: QWidget | None = self
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        card.form.focus_first()
        if page is not None:
            field = card.form.fields[card.form.focused()]
            # a new card has its place only when all above it have theirs
            QTimer.singleShot(0, field, partial(page.ensureWidgetVisible, field, 0, 60))

    def _clear(self) -> None:
        for card in list(self.cards):
            self._forget(card)
        self._gone.clear()

    def _forget(self, card: PartCard) -> None:
        self.cards.remove(card)
        self._list.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _number(self) -> None:
        for number, card in enumerate(self.cards, 1):
            card.number.setText(str(number))
        self._empty.setVisible(not self.cards)
        self.add_button.setVisible(self._may == "all")

    def _retranslate(self) -> None:
        self._heading.setText(tr(self.record.heading))
        self._empty.setText(tr(self.record.none_yet))
        self.add_button.setText(tr(self.record.another))
