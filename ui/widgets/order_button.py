"""By which field a list is put in order: a button with a menu. The one that is on, chosen again, turns it around."""

from functools import partial

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from desktop.actions.orders import BACK, field_words, is_order, order_words, orders, turned
from sync.language import tr
from sync.records.base import Record
from ui.icons import icon
from ui.widgets.restyle import set_seen
from ui.widgets.tips import tip

KEYS = "Ctrl+Shift+O"


class OrderButton(QPushButton):
    """Hidden until it is told of which records."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.order = ""  # as edited last
        self._record: type[Record] | None = None
        self.setProperty("kind", "sign")
        self.setIcon(icon("order", "muted"))
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._entries = QMenu(self)
        self._entries.aboutToShow.connect(self._fill)
        self.clicked.connect(lambda _=False: self.open())
        self.hide()

    def offer(self, record: type[Record]) -> None:
        """The orders of this kind."""
        self._record = record
        self.show()
        self._retranslate()

    def offer_for(self, records: int) -> None:
        """Where there are none, nothing can be put in order."""
        set_seen(self, self._record is not None and records > 0)

    def open(self) -> None:
        """Show the menu below the button."""
        if self.isHidden():
            return
        self._entries.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def words(self) -> str:
        """The order in words; "" as edited last."""
        return order_words(self._record, self.order) if self._record is not None else ""

    def show_order(self, order: str) -> None:
        """As it was, without a word about it."""
        known = self._record is not None and is_order(self._record, order)
        self.order = order if known else ""
        self._retranslate()

    def choose(self, name: str) -> None:
        """By this field, the days from the latest; again: turned around. "": as edited last."""
        own = self.order.removeprefix(BACK) == name
        self.show_order(turned(self.order) if name and own else BACK + name if name else "")
        self.changed.emit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _fill(self) -> None:
        self._entries.clear()
        if self._record is None:
            return
        for name in ("", *orders(self._record)):
            own = self.order.removeprefix(BACK) == name
            words = field_words(self._record, name) if name else tr("As edited last")
            action = self._entries.addAction(self.words() if own and name else words)
            action.setCheckable(True)
            action.setChecked(own)
            action.triggered.connect(partial(self._chosen, name))

    def _chosen(self, name: str, _: bool = False) -> None:
        self.choose(name)

    def _retranslate(self) -> None:
        said = f"{tr('Order')}: {self.words() or tr('As edited last')}"
        self.setAccessibleName(said)
        self.setToolTip(tip(f"{said} ({KEYS})"))
