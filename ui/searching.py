"""Search from anywhere: the dialog, asked and answered; and the index, brought up to date meanwhile."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from sync.errors import UserError
from sync.language import tr, trn
from ui.dialogs.search import SearchDialog
from ui.jobs import Jobs
from ui.main_window import MainWindow
from ui.screens import screens_for

if TYPE_CHECKING:
    from desktop.actions.search import Hits
    from desktop.session import Desk
    from sync.change import Change
    from ui.widgets.list_pane import ListRow

AT_ONCE = 2_000  # records that are put into the index before others have the lane


class Indexing(QObject):
    """Of one desk at a time: what was written is put into the index soon after."""

    def __init__(self, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._desk: Desk | None = None
        self._asked = False
        jobs.recorded.connect(self._recorded)

    def begin(self, desk: "Desk") -> None:
        """From now on this one; also what an older program has left."""
        self._desk = desk
        self._ask()

    def rest(self) -> None:
        """The desk is closed, or another one comes: what is under way ends soon."""
        self._desk = None

    def _recorded(self, changes: list["Change"]) -> None:
        if changes:
            self._ask()

    def _ask(self) -> None:
        if self._desk is None or self._asked:
            return
        desk, self._asked = self._desk, True

        def work() -> int:
            from desktop.index.keeping import catch_up

            return catch_up(desk.store, lambda: self._desk is desk, AT_ONCE)

        self._jobs.aside(self, work, self._done, self._refused)

    def _done(self, records: int) -> None:
        self._asked = False
        if records >= AT_ONCE:
            self._ask()

    def _refused(self, _: UserError) -> None:
        self._asked = False  # no room, or the file is in use: with the next change


class _Search(QObject):
    """What is asked for one dialog, with which it goes."""

    def __init__(self, desk: "Desk", jobs: Jobs, dialog: SearchDialog, window: MainWindow) -> None:
        super().__init__(dialog)
        self._desk, self._jobs, self._dialog, self._window = desk, jobs, dialog, window
        self._screens = screens_for(desk.person.role)
        self._wish = 0
        dialog.show_first(self._first(""))
        dialog.typed.connect(lambda words: dialog.show_first(self._first(words)))
        dialog.asked.connect(self._ask)
        dialog.opened.connect(self._open)

    def _ask(self, words: str) -> None:
        from desktop.actions.search import search
        from desktop.index.asking import Only

        self._wish += 1
        wish, dialog = self._wish, self._dialog
        if not words.strip():
            dialog.show_rows([], first=self._first(""))
            return
        kind = dialog.kind.value()
        only = Only(
            kinds=[kind] if kind else [],
            district=dialog.district.value() or "",
            review=dialog.state.value() or "",
            since=dialog.since(date.today()),  # noqa: DTZ011  # the day of the place
        )

        def work() -> "Hits | None":
            wanted = partial(self._is_wanted, wish)
            return search(self._desk, words, only, wanted=wanted) if wanted() else None

        self._jobs.look(dialog, work, partial(self._show, wish))

    def _is_wanted(self, wish: int) -> bool:
        return wish == self._wish

    def _show(self, wish: int, hits: "Hits | None") -> None:
        from ui.models.found import found_rows

        if hits is None or wish != self._wish:
            return
        rows = found_rows(hits, self._desk.pack, self._screens)
        first = self._first(self._dialog.words.text())
        self._dialog.show_rows(rows, _note(hits, bool(first or rows)), first)

    def _first(self, words: str) -> "list[ListRow]":
        from ui.models.found import doings

        told = {key: action.text() for key, action in self._window.actions_by_key.items()}
        return doings(words, self._screens, told)

    def _open(self, key: Any) -> None:
        from ui.models.found import Do, Go, Show

        if not isValid(self._window):
            return
        if isinstance(key, Show):
            self._window.open_record(key.kind, key.id)
        elif isinstance(key, Go):
            self._window.go(key.screen, into=True)
        elif isinstance(key, Do):
            self._window.actions_by_key[key.command].trigger()


def _note(hits: "Hits", any_rows: bool) -> str:
    said = []
    if hits.read_as:
        said.append(tr("Found as “{words}”.", words=hits.read_as))
    if hits.behind:
        said.append(
            trn(
                "{n} record is still being made ready for the search.",
                "{n} records are still being made ready for the search.",
                hits.behind,
            )
        )
    if not any_rows:
        said.append(tr("Nothing was found. Fewer or shorter words find more."))
    return " ".join(said)


def ask_search(desk: "Desk", jobs: Jobs, parent: QWidget, window: MainWindow) -> SearchDialog:
    """Open the search over the window."""
    from ui.models.found import kinds_to_choose

    districts = {one.code: one.words() for one in desk.pack.districts.values()}
    if desk.person.district in districts:
        districts = {}
    dialog = SearchDialog(kinds_to_choose(screens_for(desk.person.role)), districts, parent)
    _Search(desk, jobs, dialog, window)
    dialog.open()
    dialog.words.setFocus()
    return dialog
