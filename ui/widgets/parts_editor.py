"""The parts of a record as lines under it, which open into forms, written without leaving the keys."""

from collections.abc import Iterable, Mapping
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from desktop.actions.edits import Edit
from desktop.actions.records import Row
from sync.language import tr
from sync.person import Person
from sync.places import Pack
from sync.records.base import Part, Values
from sync.records.values import plain
from ui.icons import icon
from ui.models.record_page import Links, Page, editable
from ui.widgets.labels import PlainLabel, SectionTitle
from ui.widgets.part_card import PartCard
from ui.widgets.record_form import RecordForm
from ui.widgets.scrolled import bring_into_view


class PartsEditor(QWidget):
    """All parts of one kind of the record on the page. `extra`: words on a button of each; marked.

    A saved part is a line until it is opened; a new one, and one with two values, open by themselves.
    """

    edited = Signal()
    asked = Signal(object)  # the extra button of a part: its PartCard
    settled = Signal(object, str, object)  # id of the part, field, the value taken

    def __init__(self, record: type[Part], person: Person, pack: Pack, extra: str = "") -> None:
        super().__init__()
        self.record = record
        self._person, self._pack, self._extra = person, pack, extra
        self._gone: list[UUID] = []  # saved parts that are to be removed
        self._typed_into: Mapping[UUID, Row] = {}  # those that were, and wait as drafts
        self._may = "all"
        self._links: Links = {}  # what is offered for fields of a part
        self.cards: list[PartCard] = []
        self._waiting: list[PartCard] = []  # to be opened
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._open_next)
        self._heading = SectionTitle("")
        self._empty = PlainLabel()
        self._empty.setProperty("role", "hint")
        self._empty.setWordWrap(True)
        self.add_button = QPushButton()
        self.add_button.setIcon(icon("add"))
        self.add_button.clicked.connect(self.add)
        self._frame = QFrame()
        self._frame.setProperty("card", "part")
        self._list = QVBoxLayout(self._frame)
        self._list.setContentsMargins(4, 4, 4, 4)
        self._list.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self._heading, self._empty, self._frame):
            layout.addWidget(widget)
        layout.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._retranslate()

    # showing

    def show_page(self, page: Page, *, again: bool) -> None:
        """Show the saved parts of a page. `again`: keep what was typed on the same page."""
        self._may = editable(self._person, self.record, None, page.row)
        self._links = page.part_links.get(self.record.kind, {})
        if not again:
            self._clear()
        cards = {card.id: card for card in self.cards}
        rows = page.parts.get(self.record.kind, [])
        self._typed_into = page.typed_into
        for row in rows:
            if row["id"] in self._gone:
                continue
            if row["id"] in cards:
                cards[row["id"]].rebase(row)
            else:
                self._append(row)
        there = {row["id"] for row in rows}
        for card in [card for card in self.cards if card.row and card.id not in there]:
            if card.dirty():
                card.gone = True
            else:
                self._forget(card)
        self._gone = [id for id in self._gone if id in there]
        for card in self.cards:
            may = editable(self._person, self.record, card.row, page.row)
            card.show_page(may, self._links, page.names)
        self._number()
        if not again:  # what comes while somebody works is marked, and moves nothing
            self._open_soon(card for card in self.cards if card.row and card.row["conflicts"])

    def show_problems(self, *, sending: bool) -> bool:
        """Say at the fields what is wrong, the cursor in the first of them; True when something is."""
        wrong = [card for card in self.cards if card.look(sending=sending)]
        if wrong:
            wrong[0].show_problems()
            self._see(wrong[0])
            self._open_soon(wrong[1:])
        return bool(wrong)

    # what was typed

    def edits(self, whole: UUID) -> list[Edit]:
        """What is to be saved; `whole` is the record that the parts belong to."""
        changed = [edit for card in self.cards if (edit := card.edit(whole)) is not None]
        return [*changed, *(Edit(self.record.kind, {"removed": True}, id) for id in self._gone)]

    def rows(self) -> list[Row]:
        """The parts as they stand here, saved or typed; empty ones are none."""
        return [card.seen() for card in self.cards if not card.blank()]

    def dirty(self) -> bool:
        """Whether something was typed or taken away that is not saved."""
        return bool(self._gone) or any(card.dirty() for card in self.cards)

    def state(self) -> list[Values]:
        """What was typed, to be kept as a draft."""
        typed = [
            {**plain(card.typed()), "id": str(card.id), "new": card.row is None}
            for card in self.cards
            if card.dirty()
        ]
        return [*typed, *({"id": str(id), "gone": True} for id in self._gone)]

    def restore(self, state: list[Values]) -> None:
        """Put a kept draft on top of what is shown."""
        cards = {str(card.id): card for card in self.cards}
        for kept in state:
            card = cards.get(kept["id"])
            if kept.get("gone"):
                if card is not None:
                    self._gone.append(card.id)
                    self._forget(card)
                continue
            if card is None and kept["new"]:
                card = self._append(None)
                card.id = UUID(kept["id"])
            if card is None and (row := self._typed_into.get(UUID(kept["id"]))):
                card = self._append(row)
                card.gone = True
            if card is not None:
                card.take_up(kept)
        self._number()

    # at work

    def begin(self, values: Values, field: str) -> None:
        """Another part that says this already (JSON), with the cursor in a field; as if typed."""
        card = self._another()
        card.form.set_values(values)
        self.edited.emit()
        # after the layout has given it a place, so that it is scrolled to
        QTimer.singleShot(0, card, partial(card.form.focus_field, field))

    def add(self) -> None:
        """Another part, with the cursor in its first field; an empty last one is used."""
        self._go_to(self._another())

    def remove(self, card: PartCard) -> None:
        """Take a part away; a saved one goes with the next save."""
        if card.row is not None and not card.gone:
            self._gone.append(card.id)
        place = self.cards.index(card)
        self._forget(card)
        self._number()
        if self.cards:
            self.cards[min(place, len(self.cards) - 1)].enter()
        else:
            self.add_button.setFocus()
        self.edited.emit()

    def with_cursor(self) -> PartCard | None:
        """The part in whose form the cursor is."""
        return next((card for card in self.cards if card.has_cursor()), None)

    def open_part(self, id: str) -> RecordForm | None:
        """The form of a part, seen; None where there is no such part."""
        card = next((card for card in self.cards if str(card.id) == id), None)
        if card is None:
            return None
        card.open()
        self._see(card)
        return card.form

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    # inside

    def _another(self) -> PartCard:
        """A new part, open; the last one where nothing was written into it yet."""
        if not self.cards or not self.cards[-1].blank():
            self._append(None)
            self._number()
        card = self.cards[-1]
        card.show()  # it takes the keys at once, and not with the next layout
        card.open()
        return card

    def _append(self, row: Row | None) -> PartCard:
        card = PartCard(self.record, self._pack, row, self._extra)
        card.show_page(self._may, self._links, {})
        card.settled.connect(lambda name, value: self.settled.emit(card.id, name, value))
        card.edited.connect(self.edited)
        card.removed.connect(lambda: self.remove(card))
        card.next_wanted.connect(lambda: self._go_on(card))
        card.asked.connect(lambda: self.asked.emit(card))
        card.left.connect(lambda: self._fold(card))
        card.line.clicked.connect(lambda _=False: self._turn_over(card))
        card.line.stepped.connect(lambda by: self._step(card, by))
        card.line.jumped.connect(lambda end: self._to_line(self.cards[0 if end < 0 else -1]))
        self._list.addWidget(card)
        if self.cards:
            self.setTabOrder(self.cards[-1].stop, card.line)
        else:  # before the button, which alone is there to be named
            self.setTabOrder(self.add_button, card.line)
            self.setTabOrder(card.line, self.add_button)
        self.cards.append(card)
        return card

    def _go_on(self, card: PartCard) -> None:
        """From a part that is done, which is closed, to the next one."""
        place = self.cards.index(card)
        if place + 1 < len(self.cards):
            self._go_to(self.cards[place + 1])
        elif self._may == "all":
            self.add()
        if not card.has_cursor() and not card.problems(sending=False):
            card.fold()

    def _go_to(self, card: PartCard) -> None:
        """The cursor into its first field, which is seen."""
        card.open()
        card.enter()
        self._see(card)

    def _turn_over(self, card: PartCard) -> None:
        if card.is_open():
            self._fold(card)
        else:
            self._go_to(card)

    def _fold(self, card: PartCard) -> None:
        """Close it, with the cursor on its line; a new one into which nothing was written goes."""
        if card.blank():
            self.remove(card)
        elif not card.fold():
            card.show_problems()
        self._see(card)

    def _step(self, card: PartCard, by: int) -> None:
        place = self.cards.index(card) + by
        self._to_line(self.cards[min(max(place, 0), len(self.cards) - 1)])

    def _to_line(self, card: PartCard) -> None:
        card.line.setFocus()
        self._see(card)

    def _open_soon(self, cards: Iterable[PartCard]) -> None:
        """One with each turn: many forms at once would hold the window."""
        self._waiting.extend(cards)
        if self._waiting:
            self._turn.start()

    def _open_next(self) -> None:
        if self._waiting and (card := self._waiting.pop(0)) in self.cards:
            card.open()
        self._open_soon(())

    def _see(self, card: PartCard) -> None:
        # a new card has its place only when all above it have theirs
        QTimer.singleShot(0, card, partial(bring_into_view, card))

    def _clear(self) -> None:
        for card in list(self.cards):
            self._forget(card)
        self._gone.clear()
        self._waiting.clear()

    def _forget(self, card: PartCard) -> None:
        self.cards.remove(card)
        self._list.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _number(self) -> None:
        for number, card in enumerate(self.cards, 1):
            card.show_number(number)
        self._empty.setVisible(not self.cards)
        self._frame.setVisible(bool(self.cards))
        self.add_button.setVisible(self._may == "all")

    def _retranslate(self) -> None:
        self._heading.setText(tr(self.record.heading))
        self._empty.setText(tr(self.record.none_yet))
        self.add_button.setText(tr(self.record.another))
