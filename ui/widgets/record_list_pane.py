"""The left side of a record screen: search, states with their counts, and the list itself."""

from collections.abc import Callable
from itertools import islice
from uuid import UUID

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from desktop.actions.listing import ALL, CONFLICT, UNSENT, Listing, Wish
from sync.language import mark, tr, trn
from sync.records.states import ReviewState
from sync.vocabulary import label
from ui.icons import icon
from ui.models.record_list import Pages, RecordList
from ui.widgets.empty_state import EmptyState
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import PlainLabel
from ui.widgets.order_button import OrderButton
from ui.widgets.record_view import RecordView
from ui.widgets.restyle import set_seen
from ui.widgets.several_bar import SeveralBar
from ui.widgets.tips import tip

BESIDE = 64  # px that the sign and the edges of a search box take
MOST_KEPT = 5_000  # chosen records that stay so when the list comes anew
STATES = tuple(state.value for state in ReviewState)
ALWAYS = (ALL, ReviewState.DRAFT.value, ReviewState.RETURNED.value, ReviewState.SENT.value)
OTHER_WORDS = {ALL: mark("All"), UNSENT: mark("Waits"), CONFLICT: mark("Two versions")}


class RecordListPane(QWidget):
    """Keeps what is chosen and how far it is scrolled when the records come anew."""

    chosen = Signal(object)  # UUID
    left = Signal()  # Enter: go into the record
    wanted = Signal()  # another record
    filtered = Signal()  # another wish: state or words
    export_wanted = Signal()  # the list as a file
    import_wanted = Signal()  # records from a file
    together_wanted = Signal()  # those that are chosen are to be changed

    def __init__(self, picture: str, empty: str, new: str) -> None:
        """`new`: words on the button that begins another one; "": there is none."""
        super().__init__()
        self._new = new  # English, marked
        self._restoring = False
        self._counts: dict[str, int] = {}  # those of the last whole list
        self.model = RecordList()
        self.search = QLineEdit(clearButtonEnabled=True)
        self.search.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(lambda _: self.filtered.emit())
        self.search.installEventFilter(self)
        self.new_button = QPushButton()
        self.new_button.setProperty("kind", "primary")
        self.new_button.setIcon(icon("add", "on_accent"))
        self.new_button.clicked.connect(self.wanted)
        if not new:
            self.new_button.hide()
        self.export_button = _small_button("save", self.export_wanted)
        self.import_button = _small_button("import", self.import_wanted)
        self.order_button = OrderButton()
        self.order_button.changed.connect(self.filtered)
        self.ordered = PlainLabel(role="hint", wrap=True)  # by which field, if not as usual
        self.print_button = QPushButton()
        self.print_button.setIcon(icon("print", "muted"))
        self.print_button.setAutoDefault(False)
        self.print_button.setProperty("kind", "quiet")
        self.print_button.hide()
        self.chips: dict[str, QPushButton] = {}
        self._chosen_state = QButtonGroup(self, exclusive=True)
        chips = FlowLayout(spacing=6)
        for state in (ALL, *STATES, UNSENT, CONFLICT):
            chips.addWidget(self._chip(state))
        filters = QHBoxLayout()
        filters.setSpacing(6)
        filters.addLayout(chips, 1)
        filters.addWidget(self.order_button, 0, Qt.AlignmentFlag.AlignTop)
        self.view = RecordView(self.model)
        self.view.typed.connect(self._type)
        self.view.selectionModel().currentChanged.connect(self._current)
        self.view.selectionModel().selectionChanged.connect(self._chosen_changed)
        self.view.activated.connect(lambda _: self.left.emit())
        self.several = SeveralBar()
        self.several.wanted.connect(self.together_wanted)
        self.empty = EmptyState(picture, empty, new)
        self.empty.clicked.connect(self.wanted)
        self.nothing = PlainLabel()
        self.nothing.setProperty("role", "hint")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self.unsearched = PlainLabel(role="hint", wrap=True)
        self._pages = QStackedLayout()
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(self.search, 1)
        top.addWidget(self.import_button)
        top.addWidget(self.export_button)
        top.addWidget(self.new_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 0)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addLayout(filters)
        self.below_filters = QVBoxLayout()
        layout.addLayout(self.below_filters)
        layout.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.ordered)
        layout.addWidget(self.unsearched)
        layout.addWidget(self.several)
        layout.addLayout(self._pages, 1)
        for page in (self.view, self.empty, self.nothing):
            self._pages.addWidget(page)  # only now: a first page without a window is shown as one
        self._retranslate()

    def show_listing(self, listing: Listing, pages: Pages) -> None:
        """The records as they are now, with the lines that are seen first."""
        self._keeping(lambda: self.model.show_listing(listing, pages))
        self._count()

    def bare(self) -> bool:
        """Whether there is no record at all, whatever is asked for."""
        return self._pages.currentWidget() is self.empty

    def near(self) -> list[UUID]:
        """The records at which one is: the chosen one, and the one that is seen first."""
        top = self.model.id_at(self.model.index(self.view.rowAt(0)))
        return [id for id in (self.current(), top) if id is not None]

    def wish(self) -> Wish:
        """What is to be shown."""
        return Wish(self.state(), self.search.text(), self.order_button.order)

    def show_wish(self, wish: Wish) -> None:
        """Filter and search as somebody saved them."""
        self.restore(wish)
        self.filtered.emit()

    def restore(self, wish: Wish) -> None:
        """Filter and search as they were, before the first list is read."""
        self.search.blockSignals(True)
        self.search.setText(wish.words)
        self.search.blockSignals(False)
        self.chips.get(wish.state, self.chips[ALL]).setChecked(True)
        self.order_button.show_order(wish.order)

    def choose(self, id: UUID | None) -> None:
        """Show a record as the one that is open, without opening it anew."""
        self._restoring = True
        row = self.model.row_of(id) if id else -1
        if row >= 0 and row == self.view.currentIndex().row():
            self._restoring = False  # others may be chosen with it
            return
        if row < 0:
            self.view.setCurrentIndex(QModelIndex())
            self.view.clearSelection()
        else:
            self.view.setCurrentIndex(self.model.index(row))
        self._restoring = False

    def current(self) -> UUID | None:
        """The record that is chosen."""
        return self.model.id_at(self.view.currentIndex())

    def chosen_ids(self, most: int) -> list[UUID]:
        """The records that are chosen, in their order; no more than one beyond `most`."""
        rows = islice((row for some in self.view.chosen_rows() for row in some), most + 1)
        return [UUID(hex=self.model.listing.ids[row]) for row in rows]

    def state(self) -> str:
        """The filter that is on."""
        return next(state for state, chip in self.chips.items() if chip.isChecked())

    def keep_state(self, state: str) -> None:
        """Switch a filter on."""
        self.chips[state].setChecked(True)
        self.filtered.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, Down and Enter work from the search box too."""
        if watched is self.search and isinstance(event, QKeyEvent):
            down = event.type() == QEvent.Type.KeyPress
            if down and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if down and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self.current() is None:
                    self._step(1)
                self.left.emit()
                return True
        return False

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _chip(self, state: str) -> QPushButton:
        chip = QPushButton()
        chip.setCheckable(True)
        chip.setChecked(state == ALL)
        chip.setProperty("kind", "chip")
        chip.setAutoDefault(False)
        chip.clicked.connect(lambda: self.keep_state(state))
        self._chosen_state.addButton(chip)
        self.chips[state] = chip
        return chip

    def _type(self, letters: str) -> None:
        """Letters typed at the list are searched for."""
        self.search.setFocus()
        self.search.setText(letters)

    def _step(self, by: int) -> None:
        row = self.view.currentIndex().row() + by
        index = self.model.index(max(0, min(row, self.model.rowCount() - 1)))
        if index.isValid():
            self.view.setCurrentIndex(index)

    def _keeping(self, change: Callable[[], None]) -> None:
        """A reset forgets the current row and the scroll: put both back.

        The row at the top stays where it is seen, whatever comes above it; only who is at the top
        of the list and not at work in it sees what is new come in.
        """
        bar, id = self.view.verticalScrollBar(), self.current()
        top = self.view.rowAt(0)
        seen, above = self.model.id_at(self.model.index(top)), self.view.rowViewportPosition(top)
        at, there = bar.value(), self.view.underMouse() or self.view.hasFocus()
        several = self.chosen_ids(MOST_KEPT)
        self._restoring = True
        change()
        row = self.model.row_of(id) if id else -1
        if row >= 0:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.view.selectionModel().setCurrentIndex(self.model.index(row), flag)
        if 1 < len(several) <= MOST_KEPT:
            self._choose_again(several)
        now = self.model.row_of(seen) if seen is not None and (at or there) else -1
        bar.setValue(at if now < 0 else now * self.view.rowHeight(now) - above)
        self._restoring = False

    def _choose_again(self, ids: list[UUID]) -> None:
        """Several that were chosen, wherever they stand now."""
        chosen = QItemSelection()
        for row in map(self.model.row_of, ids):
            if row >= 0:
                chosen.select(self.model.index(row), self.model.index(row))
        flag = QItemSelectionModel.SelectionFlag.Select
        self.view.selectionModel().select(chosen, flag)

    def _chosen_changed(self) -> None:
        self.several.show_count(sum(map(len, self.view.chosen_rows())))

    def _current(self, index: QModelIndex) -> None:
        id = self.model.id_at(index)
        if id is not None and not self._restoring:
            self.chosen.emit(id)

    def _count(self) -> None:
        said = self.order_button.words()
        self.ordered.setVisible(bool(said))
        self.ordered.setText(f"{tr('Order')}: {said}")
        n = self.model.listing.unsearched
        set_seen(self.unsearched, n > 0)
        self.unsearched.setText(
            trn(
                "The words of {n} record are on the server and were not searched.",
                "The words of {n} records are on the server and were not searched.",
                n,
            )
        )
        if self.model.listing.whole:
            self._counts = self.model.listing.counts
        for state, chip in self.chips.items():
            n, words = self._counts.get(state, 0), state_words(state)
            chip.setText(tr("{state} {n}", state=words, n=n) if self._counts else words)
            set_seen(chip, state in ALWAYS or n > 0 or chip.isChecked())
        if self._counts:
            self.order_button.offer_for(self._counts.get(ALL, 0))
        self._show_page()

    def _show_page(self) -> None:
        if self.model.rowCount() or not self.model.listing.whole:
            self._pages.setCurrentWidget(self.view)
        elif self._counts.get(ALL):
            self._pages.setCurrentWidget(self.nothing)
        else:
            self._pages.setCurrentWidget(self.empty)

    def _retranslate(self) -> None:
        self.search.setPlaceholderText(tr("Search"))
        words = self.search.fontMetrics().horizontalAdvance(tr("Search"))
        self.search.setMinimumWidth(words + BESIDE)
        self.search.setAccessibleName(tr("Search"))
        self.view.setAccessibleName(tr("Records"))
        self.new_button.setText(tr(self._new))
        self.new_button.setToolTip("Ctrl+N")
        self.export_button.setToolTip(tip(f"{tr('Save as a table')} (Ctrl+E)"))
        self.export_button.setAccessibleName(tr("Save as a table"))
        self.print_button.setText(tr("Print the register"))
        self.print_button.setToolTip("Ctrl+Shift+P")
        self.import_button.setToolTip(tip(f"{tr('Import from a table')} (Ctrl+I)"))
        self.import_button.setAccessibleName(tr("Import from a table"))
        self.nothing.setText(tr("Nothing here fits. Search for less, or choose “All”."))
        self._count()


def _small_button(picture: str, pressed: SignalInstance) -> QPushButton:
    """One without words: they stand in its tip."""
    button = QPushButton()
    button.setProperty("kind", "sign")
    button.setIcon(icon(picture, "muted"))
    button.setAutoDefault(False)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    button.clicked.connect(pressed)
    return button


def state_words(state: str) -> str:
    """A filter in words."""
    return tr(OTHER_WORDS[state]) if state in OTHER_WORDS else label("review_state", state)
