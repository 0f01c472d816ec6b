"""Brings a list of records to its model: the order of all, and the pages that are looked at.

One reading at a time. A new wish ends the one that is under way; news only have it read again. What
is seen first of a new wish comes first, and then all of it; a search, which has no order of its own,
comes whole.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot

from desktop.actions.listing import Listing, Wish, read_listing, read_rows, read_start
from desktop.session import Desk
from sync.errors import UserError
from ui.jobs import Jobs
from ui.models.lines import Line, lines
from ui.models.record_list import PAGE, Pages
from ui.models.terms import read_terms

AT_ONCE = 3  # pages that are read together: more are not seen at one time


@dataclass(frozen=True)
class Shown:
    """A listing with the lines of the pages that are seen first."""

    listing: Listing
    pages: Pages


class RecordFeed(QObject):
    """Asks for the list of one kind. `near` says at which records one is."""

    listed = Signal(object)  # Shown
    paged = Signal(object)  # Shown
    passed_over = Signal(object)  # pages, Sequence[int]

    def __init__(
        self, desk: Desk, jobs: Jobs, kind: str, near: Callable[[], list[UUID]], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._jobs, self._kind = desk, jobs, kind
        self.wish = Wish()
        self._near = near
        self._number = 0  # of the wish
        self._begun = -1  # the wish of which something is shown
        self._reading = self._again = False
        self._listing = Listing()
        self._asked: list[int] = []
        self._paging = False
        jobs.crashed.connect(self._stop)

    def ask(self, wish: Wish) -> None:
        """Another wish: what is being read for the one before is of no use any more."""
        self.wish = wish
        self._number += 1
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Read the list anew."""
        if self._reading:
            self._again = True
            return
        self._reading, self._again = True, False
        plain = not (self.wish.words.strip() or self.wish.order)  # an index holds what comes first
        if self._begun == self._number or not plain:
            self._read_all()
        else:
            self._begun = self._number
            work = partial(_read_start, self._desk, self._kind, self.wish.state)
            self._jobs.look(self, work, self._show_start, self._refused)

    @Slot(int)
    def want(self, page: int) -> None:
        """Read a page of the list that is shown."""
        self._asked.append(page)
        if not self._paging:
            self._turn()

    def _read_all(self) -> None:
        number = self._begun = self._number
        wish, near = self.wish, self._near()
        self._jobs.look(
            self,
            lambda: _read(self._desk, self._kind, wish, near, lambda: self._number == number),
            self._show,
            self._refused,
        )

    def _show_start(self, shown: Shown) -> None:
        """Should another wish have come meanwhile, this one is of no use any more."""
        if self._begun != self._number or shown.listing.whole:
            self._show(shown if self._begun == self._number else None)
            return
        self._listing = shown.listing
        self._asked.clear()
        self.listed.emit(shown)
        self._read_all()

    def _show(self, shown: Shown | None) -> None:
        self._reading = False
        if shown is not None:
            self._listing = shown.listing
            self._asked.clear()
            self.listed.emit(shown)
        if self._again:
            self.reload()

    def _refused(self, error: UserError) -> None:
        """The file cannot be read now; the next news have it tried again."""
        self._stop()
        self._jobs.failed.emit(str(error))

    @Slot()
    def _stop(self) -> None:
        self._reading = self._again = self._paging = False

    def _turn(self) -> None:
        """Read the pages asked for last: those before were only scrolled past."""
        self._paging = bool(self._asked)
        if not self._asked:
            return
        pages, passed = self._asked[-AT_ONCE:], self._asked[:-AT_ONCE]
        self._asked = []
        if passed:
            self.passed_over.emit(passed)
        work = partial(_read_pages, self._desk, self._kind, self._listing, pages)
        self._jobs.read(self, work, self._paged, self._refused)  # a search may hold the other lane

    def _paged(self, shown: Shown) -> None:
        self.paged.emit(shown)
        self._turn()


def _read_start(desk: Desk, kind: str, state: str) -> Shown:
    return _read_pages(desk, kind, read_start(desk, kind, state, PAGE), [0])


def _read(
    desk: Desk, kind: str, wish: Wish, near: list[UUID], wanted: Callable[[], bool]
) -> Shown | None:
    listing = read_listing(desk, kind, wish, wanted)
    if listing is None:
        return None
    rows = [0, *(row for row in map(listing.row_of, near) if row >= 0)]
    pages = sorted({page for row in rows for page in (row // PAGE, (row + PAGE // 4) // PAGE)})
    return _read_pages(desk, kind, listing, pages)


def _read_pages(desk: Desk, kind: str, listing: Listing, pages: list[int]) -> Shown:
    """The lines of some pages, in the language spoken."""
    told: dict[int, list[Line]] = {}
    for page in pages:
        ids = listing.ids[page * PAGE : page * PAGE + PAGE]
        if ids:
            rows = read_rows(desk, kind, ids)
            told[page] = lines(rows, desk.pack, read_terms(desk, rows) if kind == "issue" else {})
    return Shown(listing, told)
