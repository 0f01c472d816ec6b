"""How people rate the officials of a wave: an overview, and the way down to one criterion in time."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.actions import rating_notes, rating_views, ratings, surveys
from desktop.actions.rating_views import By, Line, View
from desktop.actions.ratings import WaveRatings
from desktop.session import Desk
from sync.change import Change
from sync.errors import UserError
from sync.language import mark, tr
from ui import messages
from ui.icons import Picture
from ui.jobs import Jobs
from ui.widgets.cards import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.header_choice import HeaderChoice
from ui.widgets.labels import PlainLabel
from ui.widgets.rating_bar import SAVE, TURN, RatingBar
from ui.widgets.rating_list import RatingList
from ui.widgets.scrolled import scrolled

KINDS = ("wave", "form", "official", "census")  # of what is shown here
KEYS = mark("Enter: open · Backspace: back · {turn}: chart or table · {save}: save")


class RatingsScreen(QWidget):
    """One wave at a time; one list of it at a time."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self.found: WaveRatings | None = None
        self.view: View | None = None
        self.lines: list[Line] = []
        self._known: dict[UUID, WaveRatings] = {}  # since the last news
        self._earlier: list[tuple[UUID, str]] = []
        self.header = HeaderChoice()
        self.none = EmptyState(
            "ratings", mark("No ratings yet. They come with the answers of a survey.")
        )
        self.bar, self.list = RatingBar(), RatingList()
        self.counted, self.caution = self.bar.counted, PlainLabel("", wrap=True)
        self.legend, self.notes, self.keys = (PlainLabel("", "hint", wrap=True) for _ in range(3))
        self.notice = Card()
        self._build()
        self.header.changed.connect(self._read)
        self._connect()
        jobs.recorded.connect(self.refresh)
        self.retranslate()
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Read the waves, then the ratings of the one that is chosen."""
        self._known = {}
        self._jobs.read(self, partial(_read_waves, self._desk), self._offer)

    @Slot(list)
    def refresh(self, changes: list[Change]) -> None:
        """After an exchange or an interview there may be new answers."""
        if not changes or any(change.kind in KINDS for change in changes):
            self.reload()

    # the way down and back

    def go(self, view: View) -> None:
        """Show another list of the same wave."""
        self.view = view
        self._list()

    def back(self) -> None:
        """One step up."""
        if self.found is not None and self.view is not None:
            crumbs = rating_views.way_down(self.found, self.view, self._desk.pack)
            if len(crumbs) > 1:
                self.go(crumbs[-2].view)

    def turn(self) -> None:
        """The chart as a table, or the table as a chart."""
        self.list.turn()
        self.bar.show_face(drawn=self.list.drawn)
        self._say_list()
        self.list.setFocus()

    def save(self, *, paper: bool = False) -> None:
        """Ask where to, and let the list leave as a file, if it may."""
        from ui.rating_exports import ask_rating_export  # with what draws papers

        if self.found is not None and self.view is not None:
            others = [self._known[id] for id in self._beside() if id in self._known]
            shown = (self.found, self.view, others)
            ask_rating_export(self._desk, self._jobs, *shown, self, paper=paper)

    def print(self) -> None:
        """The same as a paper."""
        self.save(paper=True)

    def _beside(self) -> list[UUID]:
        """The earlier waves that the list is shown beside: the chosen one, or all in time."""
        ids = [id for id, _ in self._earlier]
        if self.view is not None and self.view.by is By.WAVES:
            return ids
        return [id for id in ids if str(id) == self.bar.before.value()]

    def _step(self, at: int) -> None:
        if self.found is not None and self.view is not None:
            self.go(rating_views.way_down(self.found, self.view, self._desk.pack)[at].view)
            self.list.setFocus()

    def _by(self, by: str) -> None:
        if self.view is not None:
            self.go(replace(self.view, by=By(by)))

    def _criterion(self) -> None:
        if self.view is not None and (path := self.bar.criterion.value()):
            self.go(replace(self.view, question=path))

    # reading

    def _offer(self, waves: list[tuple[str, str]]) -> None:
        self.header.set_choices(waves)
        if self.header.value() not in dict(waves):
            self.header.blockSignals(True)
            self.header.set_value(waves[0][0] if waves else None)
            self.header.blockSignals(False)
        self._read()

    def _read(self) -> None:
        if wave := self.header.value():
            work = partial(_read_wave, self._desk, UUID(wave), self._known)
            self._jobs.look(self, work, self._show, self._cannot)
        else:
            self.pages.setCurrentIndex(0)

    def _cannot(self, error: UserError) -> None:
        self.pages.setCurrentIndex(0)
        messages.warn(str(error))

    def _show(self, read: tuple[WaveRatings, list[tuple[UUID, str]]]) -> None:
        before, (self.found, self._earlier) = self.found, read
        self._known[self.found.wave] = self.found
        self.pages.setCurrentIndex(1 if self.found.answers else 0)
        if before is None or before.wave != self.found.wave or self.view is None:
            self.view = rating_views.first_view(self.found)
        pairs = [(str(id), title) for id, title in self._earlier]
        chosen = self.bar.before.value()
        self.bar.show_waves(pairs, chosen if chosen in dict(pairs) else None)
        self._list()

    def _list(self) -> None:
        """Read the list, and the waves beside which it is shown."""
        if self.found is None or self.view is None:
            return
        work = partial(
            _read_list, self._desk, self.found, self.view, self._beside(), dict(self._known)
        )
        self._jobs.look(self, work, partial(self._fill, self.found, self.view), self._cannot)

    def _fill(
        self, found: WaveRatings, view: View, read: tuple[list[Line], list[WaveRatings]]
    ) -> None:
        self.lines, others = read
        self._known |= {one.wave: one for one in others}
        if found is not self.found or view != self.view:  # another one was asked for meanwhile
            return
        crumbs = rating_views.way_down(found, view, self._desk.pack)
        pairs = [(one.path, rating_views.criterion_words(one)) for one in found.criteria]
        self.bar.crumbs.show_way([crumb.name for crumb in crumbs])
        self.bar.show_ways(rating_views.ways(found, view), view.by)
        self.bar.show_criteria(pairs, view.question, asked=rating_views.goes_by_criterion(view))
        self.bar.before_row.setVisible(view.by is not By.WAVES and bool(self._earlier))
        self.list.show_lines(view, self.lines)
        self.list.setAccessibleName(" › ".join(crumb.name for crumb in crumbs))
        self.counted.setText(rating_notes.counted(found))
        notes = [
            *rating_notes.fitted(found),
            *rating_notes.explained(view, self.lines),
            *rating_notes.reasons(self.lines),
        ]
        for label, words in (
            (self.caution, " ".join(rating_notes.cautions(found))),
            (self.notes, "\n".join(notes)),
        ):
            label.setText(words)
        self.notes.setVisible(bool(notes))
        self.notice.setVisible(bool(self.caution.text()))
        self._say_list()

    def _say_list(self) -> None:
        self.legend.setText(_legend(self.view.by, self.lines) if self.view else "")
        self.legend.setVisible(self.list.drawn)

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.header.setAccessibleName(tr("Survey wave"))
        self.keys.setText(tr(KEYS, turn=TURN, save=SAVE))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.reload()
        super().changeEvent(event)

    def _connect(self) -> None:
        self.bar.went.connect(self._step)
        self.bar.listed.connect(self._by)
        self.bar.criterion_chosen.connect(self._criterion)
        self.bar.compared.connect(self._list)
        self.bar.turned.connect(self.turn)
        self.bar.save_wanted.connect(self.save)
        self.list.opened.connect(self.go)
        self.list.left.connect(self.back)
        keys: tuple[tuple[str, Callable[[], None]], ...] = (
            (TURN, self.turn),
            (SAVE, self.save),
            ("Ctrl+P", self.print),
            ("Alt+Left", self.back),
        )
        for key, act in keys:
            shortcut = QShortcut(QKeySequence(key), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def _build(self) -> None:
        self.notice.setProperty("card", "")
        self.notice.setProperty("notice", "warning")
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Picture("info", "warning"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.caution, 1)
        self.notice.add(row)
        inside = QWidget()
        area = scrolled(inside)
        page = QVBoxLayout(inside)
        page.setContentsMargins(24, 8, 24, 16)
        page.setSpacing(10)
        page.addWidget(self.bar)
        page.addWidget(self.list, 1)
        for part in (self.legend, self.notes, self.notice, self.keys):
            page.addWidget(part)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.none)
        self.pages.addWidget(area)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.pages)
        self.setFocusProxy(self.list)


def _read_waves(desk: Desk) -> list[tuple[str, str]]:
    """(id, title) of the waves that have answers here, then of the others; newest first."""
    waves = surveys.list_waves(desk)
    waves.sort(key=lambda wave: not (wave.taken or wave.unsent))
    return [(str(wave.id), wave.title) for wave in waves]


def _read_wave(
    desk: Desk, wave: UUID, known: dict[UUID, WaveRatings]
) -> tuple[WaveRatings, list[tuple[UUID, str]]]:
    """Its ratings, and the waves before it."""
    return known.get(wave) or ratings.rate_wave(desk, wave), ratings.earlier_waves(desk, wave)


def _read_list(
    desk: Desk,
    found: WaveRatings,
    view: View,
    wanted: list[UUID],
    known: dict[UUID, WaveRatings],
) -> tuple[list[Line], list[WaveRatings]]:
    """The lines of a view, and the waves that it is shown beside."""
    others = [known.get(wave) or ratings.rate_wave(desk, wave) for wave in wanted]
    return rating_views.lines(found, view, desk.pack, others), others


def _legend(by: By, lines: list[Line]) -> str:
    """What is drawn."""
    said = [tr("● the mean, the line its 95 % interval")]
    if any(line.rating.shown and not line.rating.estimate.published for line in lines):
        said.append(tr("○ not for publication"))
    if any(line.rating.estimate.shrunk for line in lines):
        said.append(tr("◆ the model’s mean"))
    if any(line.before for line in lines) and by is not By.WAVES:
        said.append(tr("□ the wave before"))
    return " · ".join(said)
