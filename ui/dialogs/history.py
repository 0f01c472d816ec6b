"""The history of a record: who changed what and when, and each earlier value to be put back."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sync.language import tr
from ui.dates import moment, plain_day
from ui.dialogs.tall import button_row, fitting
from ui.icons import Picture
from ui.models.history import Line, Told, ToldHistory
from ui.widgets.fact_sheet import clear
from ui.widgets.labels import PlainLabel

BESIDE = 6  # px from the upper edge of a button to its words
AT_ONCE = 40  # events that are laid out together: more would be felt


class HistoryDialog(QDialog):
    """Shows what it is given; puts nothing back by itself. Beside the work, which goes on."""

    put_back = Signal(object, object)  # the Told event, the Changed field

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("History"))
        self.heading = PlainLabel(role="heading", wrap=True)
        self.since = PlainLabel(role="muted", wrap=True)
        self.others = PlainLabel(
            tr(
                "Where several people changed the record between two syncs, all of it stands under "
                "the last of them."
            ),
            "hint",
            wrap=True,
        )
        self.buttons: list[QPushButton] = []
        self._shown = AT_ONCE
        self._told: ToldHistory | None = None
        self.more_button = QPushButton(tr("Show more"))
        self.more_button.setAutoDefault(False)
        self.more_button.clicked.connect(self.show_more)
        self.close_button = QPushButton(tr("Close"))
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.reject)
        self._lay_out()
        self.resize(fitting(self, 760, 640))

    def show_history(self, told: ToldHistory) -> None:
        """The history as it is now; where one was in it stays."""
        self._told = told
        bar = self.area.verticalScrollBar()
        at = bar.value()
        self.heading.setText(told.tag)
        self.since.setVisible(told.since is not None)
        if told.since is not None:
            day = plain_day(told.since.astimezone().date())
            self.since.setText(
                tr(
                    "What was changed before {day} is not kept on this laptop; the server has it.",
                    day=day,
                )
            )
        self.others.setVisible(told.others)
        clear(self._events)
        self.buttons = []
        now = datetime.now(UTC)
        for event in told.events[: self._shown]:
            self._events.addWidget(self._card(event, now))
        self._events.addStretch(1)
        self.more_button.setVisible(len(told.events) > self._shown)
        bar.setValue(at)

    def show_more(self) -> None:
        """Earlier events, too."""
        self._shown += AT_ONCE
        if self._told is not None:
            self.show_history(self._told)

    def _card(self, event: Told, now: datetime) -> QWidget:
        card = QFrame()
        card.setProperty("card", "plain")
        layout = QVBoxLayout(card)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(PlainLabel(event.what, "strong", wrap=True), 1)
        when = f"{event.who} · {moment(event.at, now)}"
        head.addWidget(PlainLabel(when, "muted"), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        if event.lines:
            layout.addLayout(self._fields(event, event.lines))
        return card

    def _fields(self, event: Told, lines: Sequence[Line]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        top = Qt.AlignmentFlag.AlignTop
        for row, line in enumerate(lines):
            label = PlainLabel(line.label, "muted", wrap=True)
            before = PlainLabel(tr("was: {value}", value=line.before), wrap=True)
            after = PlainLabel(tr("became: {value}", value=line.after), "muted", wrap=True)
            for column, words in enumerate((label, before, after)):
                grid.addWidget(words, row, column, top)
                if line.back is not None:  # their first line stands beside that of the button
                    words.setContentsMargins(0, BESIDE, 0, 0)
            if line.back is not None:
                grid.addWidget(self._button(event, line), row, 3, top)
        grid.setColumnMinimumWidth(0, 120)
        return grid

    def _button(self, event: Told, line: Line) -> QPushButton:
        button = QPushButton(tr("Put back"))
        button.setProperty("kind", "quiet")
        button.setAutoDefault(False)
        button.setAccessibleName(
            tr("Put back: {field}, {value}", field=line.label, value=line.before)
        )
        button.clicked.connect(partial(self._ask, event, line))
        self.buttons.append(button)
        return button

    def _ask(self, event: Told, line: Line, _: bool = False) -> None:
        self.put_back.emit(event, line.back)

    def _lay_out(self) -> None:
        inside = QWidget()
        self._events = QVBoxLayout(inside)
        self._events.setContentsMargins(0, 0, 8, 0)
        self._events.setSpacing(10)
        self.area = QScrollArea(widgetResizable=True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAccessibleName(tr("History"))
        self.area.setWidget(inside)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Picture("history", "accent", 28))
        head.addWidget(self.heading, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addLayout(head)
        for words in (self.since, self.others):
            layout.addWidget(words)
        layout.addWidget(self.area, 1)
        layout.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(button_row(self.close_button))
