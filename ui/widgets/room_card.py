"""«In one room»: laptops take each other's letters along, without a server between them."""

from contextlib import suppress
from functools import partial

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from desktop.actions import room
from desktop.actions.progress import Progress
from desktop.actions.room import Met, Room
from desktop.carry_words import met_words, room_words
from desktop.session import Desk
from sync.errors import Stopped, UserError
from sync.language import mark, tr
from ui.icons import icon
from ui.jobs import Jobs, Tell
from ui.widgets.cards import Card
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import PlainLabel

OPEN = 30 * 60.0  # seconds that a room stays open at most
NOTHING = Progress(False, 0, 0, 0, 0, 0)


class RoomCard(Card):
    """Open a room and read the code aloud, or go into somebody's. Hidden, the room is closed."""

    arrived = Signal(object)  # from the thread that hosts: a Met

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(mark("In one room"), "people", parent)
        self._desk, self._jobs = desk, jobs
        self._room: Room | None = None
        self._closing = False
        self.hint = PlainLabel(role="muted", wrap=True)
        self.words, self.result = PlainLabel(role="strong", wrap=True), PlainLabel(wrap=True)
        self.open, self.join = QPushButton(), QPushButton()
        self.open.setIcon(icon("people", "text"))
        self.join.setIcon(icon("link", "text"))
        self.open.clicked.connect(self._open_or_close)
        self.join.clicked.connect(self._go_in)
        self.address, self.code = QLineEdit(), QLineEdit()
        line = FlowLayout()
        for widget in (self.open, self.address, self.code, self.join):
            line.addWidget(widget)
        for part in (self.hint, line, self.words, self.result):
            self.add(part)
        self.words.hide()
        self.result.hide()
        self.arrived.connect(self._say_met)
        self._translate()

    @Slot()
    def _open_or_close(self) -> None:
        if self._room is not None:
            self._end()
            return
        try:
            opened = Room()
        except UserError as error:
            self._say(str(error))
            return
        self._room, self._closing = opened, False
        self.words.setText(room_words(opened.address, opened.code))
        self.words.show()
        self._jobs.exchange(partial(self._host, opened), self._hosted, self._failed)
        self._translate()

    def _host(self, opened: Room, tell: Tell) -> list[Met]:
        """On the network's thread."""

        def told(met: Met) -> None:
            self.arrived.emit(met)
            tell(_progress(met))

        def ended() -> bool:
            tell(NOTHING)  # raises Stopped where the window closes
            return self._closing

        try:
            return opened.host(self._desk, seconds=OPEN, told=told, ended=ended)
        finally:
            opened.close()

    @Slot()
    def _go_in(self) -> None:
        address, code = self.address.text(), self.code.text()

        def work(tell: Tell) -> Met:
            met = room.join(self._desk, address, code)
            with suppress(Stopped):  # too late: it has crossed
                tell(_progress(met))
            return met

        self.join.setEnabled(False)
        self._jobs.exchange(work, self._joined, self._failed)

    def _end(self) -> None:
        self._closing = True

    def _hosted(self, _met: list[Met]) -> None:
        self._over()

    def _joined(self, met: Met) -> None:
        self.code.clear()
        self._say_met(met)
        self._over()

    def _failed(self, error: UserError) -> None:
        if not isinstance(error, Stopped):
            self._say(str(error))
        self._over()

    def _over(self) -> None:
        self._room = None
        self.words.hide()
        self.join.setEnabled(True)
        self._translate()

    @Slot(object)
    def _say_met(self, met: Met) -> None:
        self._say(met_words(met))

    def _say(self, words: str) -> None:
        self.result.setText(words)
        self.result.show()

    def _translate(self) -> None:
        self.hint.setText(
            tr(
                "Laptops in one network, also one without the internet, exchange letters. Whoever "
                "meets the server first brings them all; nothing counts twice."
            )
        )
        self.open.setText(tr("Open a room") if self._room is None else tr("Close the room"))
        self.join.setText(tr("Go in"))
        for field_, words in ((self.address, tr("Address")), (self.code, tr("Code"))):
            field_.setPlaceholderText(words)
            field_.setAccessibleName(words)

    def hideEvent(self, event: QHideEvent) -> None:
        self._end()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()
        super().changeEvent(event)


def _progress(met: Met) -> Progress:
    return Progress(False, met.sent, met.taken, 0, 0, 0, met.changes)
