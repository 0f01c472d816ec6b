"""The queue of a leader or coordinator: read, decide by one key, and the next one is there."""

from collections.abc import Callable
from functools import partial
from textwrap import shorten
from typing import Any
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.actions import records, review
from desktop.actions.review import Decision
from desktop.session import Desk
from desktop.steps import Own, Step
from sync.change import Change
from sync.errors import UserError
from sync.language import mark, tr
from sync.records.states import ReviewState
from ui import messages
from ui.jobs import Jobs
from ui.models.case import Case, read_case
from ui.models.queue import Waiting, read_queue
from ui.pictures import decoded
from ui.saved_files import ask_where
from ui.undoing import undo
from ui.widgets.empty_state import EmptyState
from ui.widgets.key_positions import digit_of, letter_of
from ui.widgets.late_bar import LateBar
from ui.widgets.photo_view import PhotoView
from ui.widgets.queue_pane import QueuePane
from ui.widgets.review_page import COMMANDS, ReviewPage
from ui.widgets.two_panes import TwoPanes

SAID = {  # what the notice says after a decision
    Decision.APPROVE: mark("Approved: {title}"),
    Decision.RETURN: mark("Returned: {title}"),
    Decision.REJECT: mark("Rejected: {title}"),
    Decision.DUPLICATE: mark("Marked as a duplicate: {title}"),
}
PUT_OFF = mark("put a record off for later")
LONGEST = 60  # characters of a title in a notice: it lies over the page


class ReviewScreen(QWidget):
    """Nothing here asks back: what was decided can be undone, and works without a network."""

    open_record = Signal(str, object)  # kind, id
    counted = Signal(int)  # how many wait, for the sidebar

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self.case: Case | None = None
        self._deciding = set[UUID]()  # decided, and not written yet
        self._back = False  # what comes next was undone here
        self._wanted: UUID | None = None  # to be chosen when the queue is read again
        self._images: list[QImage] = []
        self.left, self.page, self.late = QueuePane(), ReviewPage(), LateBar(desk, jobs)
        self.queue, self.list = self.left.model, self.left.view
        self.sheet, self.bar = self.page.sheet, self.page.bar
        self.large = PhotoView(self)
        self._build()
        self._connect()
        self.retranslate()
        self.reload()

    # reading

    @Slot()
    def reload(self) -> None:
        """Read the queue anew."""
        self._jobs.read(self, partial(read_queue, self._desk), self._show_queue)

    @Slot(list)
    def refresh(self, changes: list[Change]) -> None:
        """Something was written, here or by an exchange."""
        if any(change.kind in (*review.REVIEWABLE, "comment", "attachment") for change in changes):
            if self._back:
                sent = (one for one in changes if one.fields.get("review") == ReviewState.SENT)
                self._wanted = next((one.record for one in sent), None)
            self._back = False
            self.reload()

    def _show_queue(self, rows: list[Waiting]) -> None:
        now, place = self.left.current(), self.left.row()
        # read before a decision was written, a record would come back to be decided again
        self.queue.show_rows([row for row in rows if row.id not in self._deciding])
        wanted = self.queue.row_of(self._wanted or (now.id if now else None))
        self._wanted = None
        self._choose(wanted if wanted >= 0 else place)

    def _choose(self, row: int) -> None:
        self._leave_return()
        self.pages.setCurrentIndex(1 if self.queue.rowCount() else 0)
        if self.queue.rowCount():
            self.left.choose(row)
            self._read()
        else:
            self.case = None

    def _read(self) -> None:
        waiting = self.left.current()
        if waiting is not None:
            self._jobs.read(
                self, partial(_read_page, self._desk, waiting.id), self._show, self._gone
            )

    def _show(self, page: tuple[Case, list[QImage]]) -> None:
        case, images = page
        waiting = self.left.current()
        if waiting is None or case.id != waiting.id:
            return  # the keys were faster than the store: another one is on its way
        same = self.case is not None and self.case.id == case.id
        self.case, self._images = case, images
        self.page.show_case(case, waiting, images, same=same)

    def _gone(self, error: UserError) -> None:
        messages.warn(str(error))
        self.reload()

    # deciding

    def run(self, name: str) -> None:
        """Do what a key or a button says; see COMMANDS."""
        if self.case is None or self.left.current() is None:
            return
        if name == "later":
            self._later()
        elif self.case.row["review"] != ReviewState.SENT:
            messages.tell(tr("Two people differ here. Choose one of the values, by 1 or 2."))
        elif name == "return":
            self.page.begin_return()
        else:
            self._decide(Decision(name), {})

    def _decide(self, decision: Decision, comments: dict[str, str]) -> None:
        waiting = self.left.current()
        if waiting is None:
            return
        row = self.left.row()
        self.case = None  # the next key is for the next record, not for this one again
        self.queue.take_out(waiting.id)
        self._choose(row)
        self._deciding.add(waiting.id)
        work = partial(review.decide, self._desk, waiting.id, decision, comments)
        written = partial(self._deciding.discard, waiting.id)
        self._jobs.write(work, written, partial(self._refused, waiting))
        said = tr(SAID[decision], title=shorten(waiting.title, LONGEST, placeholder="…"))
        messages.say(said, messages.Action(tr("Undo"), self.undo), about=messages.SAVING)
        self.list.setFocus()

    def _refused(self, waiting: Waiting, error: UserError) -> None:
        self._deciding.discard(waiting.id)
        messages.warn(str(error), about=messages.SAVING)
        self._wanted = waiting.id
        self.reload()

    def _later(self) -> None:
        waiting, row = self.left.current(), self.left.row()
        if waiting is None or self.queue.rowCount() < 2:
            return
        forth, back = (
            partial(self._put_off, waiting.id, row),
            partial(self._bring_back, waiting.id),
        )
        forth()
        self._jobs.steps.did(Step(own=Own(PUT_OFF, back, forth, here=True)))

    def _put_off(self, id: UUID, row: int) -> list[Change]:
        self.queue.put_off(id)
        self._choose(row)
        return []

    def _bring_back(self, id: UUID) -> list[Change]:
        self.queue.bring_back(id)
        self._choose(self.queue.row_of(id))
        return []

    @Slot()
    def undo(self) -> None:
        """Take the last step back; a record that waits again by it is shown."""
        self._back = True
        undo(self._desk, self._jobs)

    def decide_together(self) -> None:
        """All that wait, but for those that are left out, are decided about at once."""
        from desktop.actions.bulk import MOST
        from ui.bulk import ask_bulk  # here: it is not wanted before the first paint

        waiting = [one for row in range(self.queue.rowCount()) if (one := self.queue.at(row))]
        ask_bulk(self._desk, self._jobs, [(one.kind, one.id) for one in waiting][:MOST], self)

    # returning

    def _return(self, comments: dict[str, str]) -> None:
        if not comments:
            messages.warn(tr("Say at a field what is to be put right, then return it."))
            return
        self._decide(Decision.RETURN, comments)

    def _leave_return(self) -> None:
        if self.page.leave_return():
            self.list.setFocus()

    def _settle(self, name: str, value: Any) -> None:
        if self.case is not None:
            kind, id = self.case.row["kind"], self.case.id
            self._jobs.write(partial(records.settle, self._desk, kind, id, name, value))

    def _take(self, number: int) -> None:
        """The value of this number, of the picked field or the first one on which people differ."""
        facts = [fact for fact in (self.case.facts if self.case else ()) if fact.others]
        picked = self.sheet.current()
        fact = picked if picked in facts else next(iter(facts), None)
        values = [fact.value, *(other.value for other in fact.others)] if fact else []
        if fact and number < len(values):
            self._settle(fact.name, values[number])

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the queue, wherever they lie on the layout in use."""
        acts: dict[str, Callable[[], object]] = {
            **{each.key: partial(self.run, each.name) for each in COMMANDS},
            "j": partial(self._step, 1),
            "k": partial(self._step, -1),
            "p": partial(self._enlarge, 0),
            "?": self.page.toggle_keys,
        }
        if act := acts.get(letter_of(event)):
            act()
        elif digit := digit_of(event):
            self._take(digit - 1)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.sheet.step(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Escape:
            self._leave_return()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list would take letters for a search, and Up and Down for itself."""
        if watched is self.list and isinstance(event, QKeyEvent):
            up_or_down = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
            ours = up_or_down or letter_of(event) or digit_of(event)
            if ours and event.type() == QEvent.Type.KeyPress:
                self.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.large.setGeometry(self.rect())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.reload()
        super().changeEvent(event)

    def _step(self, by: int) -> None:
        row = self.left.row() + by
        if 0 <= row < self.queue.rowCount():
            self._choose(row)

    def _enlarge(self, number: int) -> None:
        if self.case is not None and number < len(self._images):
            captions = [photo.caption for photo in self.case.photos]
            self.large.open(captions, self._images, number)

    # the page

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.page.retranslate()

    def _connect(self) -> None:
        self.page.pressed.connect(self.run)
        self.page.undone.connect(self.undo)
        self.left.counted.connect(self.counted)
        self.list.clicked.connect(lambda index: self._choose(index.row()))
        self.list.installEventFilter(self)
        self.sheet.picked.connect(self.page.about)
        self.sheet.taken.connect(self._settle)
        self.bar.moved.connect(self.sheet.step)
        self.bar.returned.connect(self._return)
        self.bar.left.connect(self._leave_return)
        self.page.photos.chosen.connect(self._enlarge)
        self.page.photos.saved.connect(partial(ask_where, self._desk, self._jobs, self))
        self.large.closed.connect(self.list.setFocus)
        self.left.together_button.clicked.connect(lambda: self.decide_together())
        together = QShortcut(QKeySequence("Ctrl+B"), self, self.decide_together)
        together.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._jobs.recorded.connect(self.refresh)

    def _build(self) -> None:
        self.panes = TwoPanes(self, self.left, self.page, front=1)
        self.none = EmptyState("review", mark("Nothing waits for you. Well done."))
        self.pages = QStackedWidget()
        self.pages.addWidget(self.none)
        self.pages.addWidget(self.panes)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.late)
        layout.addWidget(self.pages, 1)


def _read_page(desk: Desk, id: UUID) -> tuple[Case, list[QImage]]:
    """A record and its photos, decoded: both are too slow for the screen's thread."""
    case = read_case(desk, id)
    return case, [decoded(photo.content) for photo in case.photos]
