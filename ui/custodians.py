"""The custodians of the region's key at work in the window, at a computer that need not be anybody's.

No profile is opened, and nothing of the key is written but by their own hands: what was typed or
shown goes when the page goes, after minutes without a touch, and before the computer sleeps.
"""

from functools import partial

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog

from sync.language import tr
from ui import messages
from ui.clipboard import forget_copied
from ui.custodian_answer import CustodianAnswer
from ui.custodian_key import CustodianKey
from ui.frame import Frame
from ui.jobs import Jobs
from ui.screens.custodians import CustodianPage, CustodiansStart
from ui.sleep import Sleep

UNTOUCHED = 10 * 60 * 1000  # ms; sixty letters are copied by hand meanwhile
ACTIVITY = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove)


class Custodians(QObject):
    """`leaves`: whether there is a page to go back to; `left` is sent when they do."""

    left = Signal()
    language_chosen = Signal(str)

    def __init__(
        self, jobs: Jobs, frame: Frame, *, leaves: bool, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._frame, self._leaves = frame, leaves
        self.answer, self.making = CustodianAnswer(jobs, self), CustodianKey(jobs, self)
        for work in (self.answer, self.making):
            work.shown.connect(self._show)
            work.ended.connect(self._end)
        self.timer = QTimer(self, singleShot=True)
        self.timer.setInterval(UNTOUCHED)
        self.timer.timeout.connect(self.put_away)
        self._sleep = Sleep(self)
        self._sleep.coming.connect(self.put_away)

    def begin(self) -> None:
        """The page where they choose what to do."""
        self._forget()
        page = CustodiansStart(leaves=self._leaves)
        page.answer_wanted.connect(partial(self.answer.ask_request, page))
        page.key_wanted.connect(self.making.begin)
        self._put(page)
        if self._leaves:
            page.left.connect(self.leave)
        if handle := self._frame.windowHandle():
            handle.installEventFilter(self)

    def put_away(self) -> None:
        """Nobody is here, or the computer falls asleep: what was begun is begun anew."""
        page = self._frame.centralWidget()
        if not (isinstance(page, CustodianPage) and page.passes):
            return
        for dialog in self._frame.findChildren(QFileDialog):
            dialog.reject()
        self._stop()
        messages.tell(tr("Nobody worked here, so the sheets were put away. Begin anew."))

    def leave(self) -> None:
        """Nothing of it is left; whoever made this may show another page."""
        self._forget()
        if handle := self._frame.windowHandle():
            handle.removeEventFilter(self)
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Somebody works: nothing is put away."""
        if event.type() in ACTIVITY and self.timer.isActive():
            self.timer.start()
        return False

    def _show(self, page: CustodianPage) -> None:
        """One step of the work."""
        self._put(page)
        page.left.connect(self._stop)
        self.timer.start()

    def _put(self, page: CustodianPage) -> None:
        page.language_chosen.connect(self.language_chosen)
        self._frame.show_page(page)
        page.setFocus()

    def _stop(self) -> None:
        if self.making.unfinished:
            messages.tell(tr("This key was not finished, and is thrown away. Burn its sheets."))
        self.begin()

    def _end(self, words: str) -> None:
        self.begin()
        messages.say(words)

    def _forget(self) -> None:
        self.timer.stop()
        self.answer.forget()
        self.making.forget()
        forget_copied()
