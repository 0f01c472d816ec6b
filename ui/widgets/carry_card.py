"""«Without a network»: a letter written on a stick, letters delivered, a reply taken in."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from desktop.actions import carry
from desktop.actions.carry import Delivery, Sent, Taken, Written
from desktop.actions.progress import Progress
from desktop.carry_words import delivered_words, taken_words, written_words
from desktop.session import Desk
from sync.carry import SUFFIX
from sync.errors import Stopped, UserError
from sync.language import mark, tr, trn
from ui.dates import moment
from ui.dialogs.letter import choose_letter
from ui.icons import icon
from ui.jobs import Jobs, Tell
from ui.widgets.cards import Card
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import PlainLabel


class CarryCard(Card):
    """Three buttons, the newest letter of this laptop, and what became of what was asked."""

    def __init__(self, desk: Desk, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(mark("Without a network"), "device", parent)
        self._desk, self._jobs = desk, jobs
        self._sent: Sent | None = None
        self.hint = PlainLabel(role="muted", wrap=True)
        self.state, self.result = PlainLabel(wrap=True), PlainLabel(wrap=True)
        self.write, self.deliver, self.take = (
            _button("save", self._choose_letter),
            _button("send", self._choose_letters),
            _button("return", self._choose_reply),
        )
        buttons = FlowLayout()
        for button in (self.write, self.deliver, self.take):
            buttons.addWidget(button)
        for part in (self.hint, self.state, buttons, self.result):
            self.add(part)
        self.result.hide()
        self._translate()
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Read anew which letter this laptop wrote last."""
        self._jobs.read(self, partial(carry.last_letter, self._desk), self._show)

    def write_letter(self, path: Path) -> None:
        """Write what waits into this file."""
        self._jobs.read(
            self, partial(carry.write_letter, self._desk, path), self._written, self._failed
        )

    def deliver_letters(self, paths: Sequence[Path]) -> None:
        """Hand these files to the server."""
        self._set_busy(True)
        self._jobs.call(
            self, partial(carry.deliver, self._desk, paths), self._delivered, self._failed
        )

    def take_reply(self, path: Path) -> None:
        """Take in this file. No exchange runs meanwhile: both settle what waits."""

        def work(tell: Tell) -> Taken:
            taken = carry.take_reply(self._desk, path)
            with suppress(Stopped):  # too late: it was taken in
                tell(Progress(False, taken.sent, taken.taken, taken.waiting, 0, 0, taken.changes))
            return taken

        self._jobs.exchange(work, self._taken, self._failed)

    def _written(self, written: Written) -> None:
        self._say(written_words(written))

    def _delivered(self, deliveries: list[Delivery]) -> None:
        self._say("\n".join(delivered_words(one) for one in deliveries))

    def _taken(self, taken: Taken) -> None:
        self._say(taken_words(taken))

    def _failed(self, error: UserError) -> None:
        self._say(str(error))

    def _say(self, words: str) -> None:
        self._set_busy(False)
        self.result.setText(words)
        self.result.setVisible(True)
        self.reload()

    def _set_busy(self, busy: bool) -> None:
        for button in (self.write, self.deliver, self.take):
            button.setEnabled(not busy)

    def _show(self, sent: Sent | None) -> None:
        self._sent = sent
        self.state.setVisible(sent is not None)
        if sent is None:
            return
        edits = trn("a letter with {n} edit", "a letter with {n} edits", sent.changes)
        when = moment(sent.at, datetime.now(UTC))
        words = (
            tr("Last written: {letter}, {when}. Its reply was taken in.", letter=edits, when=when)
            if sent.answered
            else tr(
                "Last written: {letter}, {when}. Its reply has not come yet.",
                letter=edits,
                when=when,
            )
        )
        self.state.setText(words)

    @Slot()
    def _choose_letter(self) -> None:
        if (path := choose_letter(self)) is not None:
            self.write_letter(path)

    @Slot()
    def _choose_letters(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, tr("Deliver letters"), "", _files())
        if names:
            self.deliver_letters([Path(name) for name in names])

    @Slot()
    def _choose_reply(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("Take in a reply"), "", _files())
        if name:
            self.take_reply(Path(name))

    def _translate(self) -> None:
        self.hint.setText(
            tr(
                "Write what waits on a USB stick. Any laptop that has a network delivers it, yours "
                "or another's; the reply comes back on the stick. Nobody on the way can read it, "
                "and nothing counts twice."
            )
        )
        self.write.setText(tr("Write a letter"))
        self.deliver.setText(tr("Deliver letters"))
        self.take.setText(tr("Take in a reply"))
        self._show(self._sent)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._translate()
        super().changeEvent(event)


def _button(picture: str, work: object) -> QPushButton:
    button = QPushButton()
    button.setIcon(icon(picture, "text"))
    button.clicked.connect(work)
    return button


def _files() -> str:
    return tr("Letters and replies") + f" (*{SUFFIX})"
