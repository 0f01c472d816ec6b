"""The list of one kind of record beside the one that is open: the frame of every record screen."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from desktop.actions import drafts
from desktop.actions.listing import Wish
from desktop.actions.paper_kinds import has_paper
from desktop.actions.titles import title
from desktop.imports.kinds import IMPORTABLE
from desktop.session import Desk
from sync.change import Change
from sync.errors import UserError
from sync.language import mark
from sync.records import KINDS
from sync.records.base import Values
from sync.records.reception import Reception
from ui import messages
from ui.exports import ask_export
from ui.jobs import Jobs
from ui.models.record_feed import RecordFeed, Shown
from ui.models.record_page import Page, editable
from ui.papers import ask_paper, ask_register
from ui.screens import picture_of
from ui.screens.record_editor import RecordEditor
from ui.widgets.empty_state import EmptyState
from ui.widgets.last_cursor import NOWHERE, LastCursor, Place
from ui.widgets.linked_panel import LinkedPanel
from ui.widgets.order_button import KEYS as ORDER_KEYS
from ui.widgets.parts_editor import PartsEditor
from ui.widgets.record_list_pane import RecordListPane, state_words
from ui.widgets.record_sheet import Panel
from ui.widgets.saved_views import SavedViews
from ui.widgets.two_panes import TwoPanes

if TYPE_CHECKING:
    from ui.screens.import_page import ImportPage

PAUSE = 30  # ms: arrow keys held down open only the record they stop at
CHOOSE = mark("Choose a record on the left, or begin another one.")


class RecordsScreen(QWidget):
    """Up and Down go through the list, Enter into the record, Esc back; Ctrl+N begins another."""

    other_wanted = Signal(str, object)  # kind, values of a new record on another screen
    record_wanted = Signal(str, object)  # kind, id of a record on another screen

    def __init__(
        self,
        desk: Desk,
        jobs: Jobs,
        kind: str,
        panels: Sequence[Panel] = (),
        extras: Sequence[QWidget] = (),
        first: Sequence[QWidget] = (),
    ) -> None:
        super().__init__()
        self.kind, record = kind, KINDS[kind]
        self._desk, self._jobs = desk, jobs
        self._first = True  # the first list: what was open before is opened again
        self._last: dict[str, Any] = {}  # what was open before
        self.importing: ImportPage | None = None
        self.writes = editable(desk.person, record, None, None) == "all"
        another = record.another if self.writes else ""
        self.list = RecordListPane(picture_of(kind), record.none_yet, another)
        self.list.order_button.offer(record)
        self.views = SavedViews(desk, jobs, kind)
        self.views.wanted.connect(self.list.show_wish)
        self.list.below_filters.addWidget(self.views)
        self.feed = RecordFeed(desk, jobs, kind, self.list.near, self)
        self.linked = LinkedPanel(kind, desk.pack)
        self.editor = RecordEditor(desk, jobs, kind, panels, [*extras, self.linked], first)
        parts = [one for one in panels if isinstance(one, PartsEditor)]
        self.last_cursor = LastCursor(self.editor.form, parts)
        self.last_cursor.moved.connect(self._remember)
        self._none = EmptyState(picture_of(kind), CHOOSE)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._none)
        self.pages.addWidget(self.editor)
        self.panes = TwoPanes(self, self.list, self.pages)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.panes)
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self._open_current)
        self.list.chosen.connect(self._choose)
        self.list.left.connect(self.enter)
        self.list.wanted.connect(self.begin)
        self.list.filtered.connect(self._filter)
        self.list.export_wanted.connect(self.export)
        self.list.print_button.setVisible(kind == Reception.kind)
        self.list.print_button.clicked.connect(self.print_register)
        self.editor.header.print_button.clicked.connect(self.print_record)
        self.list.together_wanted.connect(self.change_together)
        self.list.import_wanted.connect(self.import_table)
        self.list.import_button.setVisible(kind in IMPORTABLE and self.writes)
        self.list.model.wanted.connect(self.feed.want)
        self.feed.listed.connect(self._show)
        self.feed.paged.connect(lambda shown: self.list.model.fill(shown.listing, shown.pages))
        self.feed.passed_over.connect(self.list.model.pass_over)
        self.editor.opened.connect(self._opened)
        self.editor.opened.connect(self.linked.show_page)
        self.linked.chosen.connect(self.record_wanted)
        self.linked.begun.connect(self._begin_linked)
        self.editor.erased.connect(partial(self.pages.setCurrentWidget, self._none))
        for keys, act in (
            ("Ctrl+N", self.begin),
            ("Ctrl+S", self._save),
            ("Ctrl+Return", self._send),
            ("Ctrl+Enter", self._send),
            ("Ctrl+F", self.search),
            ("Ctrl+E", self.export),
            ("Ctrl+P", self.print_record),
            ("Ctrl+Shift+P", self.print_register),
            ("Ctrl+I", self.import_table),
            ("Ctrl+H", self.editor.show_history),
            ("Ctrl+B", self.change_together),
            ("Ctrl+Shift+S", self.views.save),
            (ORDER_KEYS, self.list.order_button.open),
        ):
            self._on(keys, act)
        for number in range(1, 10):
            self._on(f"Alt+{number}", partial(self.views.choose, number))
        jobs.recorded.connect(self.refresh)
        jobs.exchanging.connect(self._exchanging)
        jobs.read(self, lambda: drafts.recall(desk, self._key()), self._start)

    def _on(self, keys: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self, act)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    # what others may ask for

    @Slot()
    def reload(self) -> None:
        """Read the list anew."""
        self.feed.reload()

    @Slot(list)
    def refresh(self, changes: list[Change]) -> None:
        """Something was written, here or by an exchange; unseen, it is read when it is shown."""
        if any(change.kind == self.kind for change in changes):
            self._renew()

    @Slot(bool)
    def _exchanging(self, busy: bool) -> None:
        """What was sent is no longer marked as waiting."""
        if not busy:
            self._renew()

    def _renew(self) -> None:
        self._stale = not self.isVisible()
        if not self._stale:
            self.reload()

    def open_record(self, id: UUID) -> None:
        """Show one record; a returned one with the cursor in the first commented field."""
        self._first = False
        self.panes.turn_to(1)
        self.list.choose(id)
        self.editor.open(id)

    def begin(self, values: Values | None = None) -> None:
        """Begin another record, perhaps with values from elsewhere; nothing for who may not."""
        self._first = False
        if not self.writes:
            return
        self.panes.turn_to(1)
        self.list.choose(None)
        self.editor.begin(values or None)

    def enter(self) -> None:
        """Go on in the record that is chosen."""
        self._soon.stop()
        self.panes.turn_to(1)
        page = self.editor.page
        if page is not None and page.id == self.list.current():
            self.editor.form.focus_first()
        else:
            self._open_current()
            self._into = True

    def back(self) -> None:
        """From the record to the list; from the list to its top."""
        self.editor.leave()
        self.panes.turn_to(0)
        if self.list.current() is None and self.list.model.rowCount():
            page = self.editor.page
            self.list.choose(page.id if page else None)
        self.list.view.setFocus()

    def search(self) -> None:
        """Go to what is looked for in the list."""
        self.panes.turn_to(0)
        self.list.search.setFocus()

    def export(self) -> None:
        """Save the list as it is filtered and ordered now as a table."""
        ask_export(self._desk, self._jobs, self.kind, self.list.wish(), self)

    def print_record(self) -> None:
        """The record that is open becomes a paper; what is typed into it is saved first."""
        page = self.editor.page
        if page is None or page.row is None or not has_paper(self.kind):
            return
        if not self.editor.dirty() or self.editor.save():
            ask_paper(self._desk, self._jobs, self.kind, page.id, title(page.row), self)

    def print_register(self) -> None:
        """The visitors of the reception become a paper."""
        if self.kind == Reception.kind:
            ask_register(self._desk, self._jobs, self)

    def change_together(self) -> None:
        """The records that are chosen in the list are changed at once."""
        from desktop.actions.bulk import MOST
        from ui.bulk import ask_bulk  # here: it is not wanted before the first paint

        self.editor.leave()
        chosen = [(self.kind, id) for id in self.list.chosen_ids(MOST)]
        ask_bulk(self._desk, self._jobs, chosen, self)

    def import_table(self) -> None:
        """Show the page on which records come from a table; it is made when it is first wanted."""
        if self.kind not in IMPORTABLE:
            return
        if self.importing is None:
            from ui.screens.import_page import ImportPage  # here: few people import

            self.importing = ImportPage(self._desk, self._jobs, self.kind)
            self.importing.back.connect(partial(self.pages.setCurrentWidget, self._none))
            self.importing.back.connect(lambda: self.panes.turn_to(0))
            self.importing.back.connect(self.list.view.setFocus)
            self.pages.addWidget(self.importing)
        self.editor.leave()
        self.panes.turn_to(1)
        self.list.choose(None)
        self.pages.setCurrentWidget(self.importing)
        self.importing.begin()

    # inside

    _into = _stale = _remembering = _moved = False
    _back_to: Place = NOWHERE  # where the cursor was at the last start
    _seen: UUID | None = None

    def _begin_linked(self, kind: str, values: Values) -> None:
        """What is typed here is saved first, so that the other one takes it over."""
        if not self.editor.dirty() or self.editor.save():
            self.other_wanted.emit(kind, values)

    def _start(self, last: dict[str, Any] | None) -> None:
        """The first list is read as it was filtered before."""
        if self._first and last:
            self._last = last
            said = (last.get(name, "") for name in ("state", "search", "order"))
            self.list.restore(Wish(*said))
        self._ask()

    def _filter(self) -> None:
        self._ask()
        self._remember()

    def _ask(self) -> None:
        wish = self.list.wish()
        self.feed.ask(wish)
        self.views.follow(wish, state_words(wish.state), self.list.order_button.words())

    @Slot(object)
    def _show(self, shown: Shown) -> None:
        self.list.show_listing(shown.listing, shown.pages)
        self._none.say("" if self.list.bare() else CHOOSE)  # of nothing, nothing can be chosen
        self.views.renew()
        if self._first and not shown.listing.whole:
            return
        if self._first:
            self._first = False
            self._return_to(self._last)
        elif (page := self.editor.page) is not None:
            self.list.choose(page.id)

    @Slot(object)
    def _choose(self, _: UUID) -> None:
        """Who chooses from the first lines, before the rest is there, is not led elsewhere by it."""
        self._first = False
        self._soon.start()

    def _return_to(self, last: dict[str, Any]) -> None:
        """After a restart or a crash: the same record, the same field, and no question."""
        field, at = last.get("cursor", NOWHERE[:2])
        self._back_to = (str(field), int(at), str(last.get("part", "")))
        id = UUID(last["id"]) if last.get("id") else None
        if id and self.list.model.row_of(id) >= 0:
            self.list.choose(id)
            self.editor.open(id)
        elif last.get("new"):
            self.editor.begin()

    def _open_current(self) -> None:
        id = self.list.current()
        page = self.editor.page
        if id is not None and (page is None or page.id != id):
            self.editor.open(id)

    def _opened(self, page: Page) -> None:
        self.pages.setCurrentWidget(self.editor)
        if page.id != self._seen:
            self._seen = page.id
            self.last_cursor.forget()
        if self._back_to != NOWHERE:
            self.last_cursor.place, self._back_to = self._back_to, NOWHERE
            QTimer.singleShot(0, self, self._put_cursor)  # after what the page itself wants
        if page.row is not None:
            self.list.choose(page.id)
        if self._into:
            self._into = False
            self.editor.form.focus_first()
        self._remember()

    def _put_cursor(self) -> None:
        """Back into its field, unless the person is elsewhere by now, as in the list of screens."""
        has = QApplication.focusWidget()
        if self.isVisible() and (has is None or self.isAncestorOf(has) or has is self):
            self.last_cursor.put(self.last_cursor.place)

    def _remember(self) -> None:
        """Where the person is, for the next start; of many steps the last: each waits for a commit."""
        if self._first or self._remembering:
            self._moved = not self._first
            return
        self._remembering, self._moved = True, False
        page = self.editor.page
        body = {
            "id": str(page.id) if page and page.row else None,
            "new": bool(page and not page.row),
            "state": self.list.state(),
            "search": self.list.search.text(),
            "order": self.list.order_button.order,
            "cursor": self.last_cursor.place[:2],  # as an older program has it
            "part": self.last_cursor.place[2],
        }
        keep = partial(drafts.keep, self._desk, self._key(), body)
        self._jobs.read(self, keep, self._kept, self._not_kept)

    def _not_kept(self, error: UserError) -> None:
        messages.warn(str(error), about=messages.SAVING)
        self._kept()

    def _kept(self, _: object = None) -> None:
        self._remembering = False
        if self._moved:
            self._remember()

    def _key(self) -> str:
        return f"screen:{self.kind}"

    def _save(self) -> None:
        if self.editor.bar.save_button.isEnabled():
            self.editor.save()

    def _send(self) -> None:
        if not self.editor.bar.send_button.isHidden():
            self.editor.save(sending=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that no field wanted for itself: back."""
        if event.key() == Qt.Key.Key_Escape:
            self.back()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._renew()

    def hideEvent(self, event: QHideEvent) -> None:
        self.editor.leave()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """The rows are told in one language: tell them anew."""
        if event.type() == QEvent.Type.LanguageChange:
            self.reload()
        super().changeEvent(event)
