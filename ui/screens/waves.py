"""Waves: planned, checked, opened, and what of one that runs may still change; a part of the directory."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.actions import drafts, wave_plan
from desktop.actions.wave_plan import CLOSED, PLANNED, RUNNING, Listed, Page, Remark
from desktop.session import Desk
from desktop.surveys.form import Form
from sync.change import Change
from sync.errors import UserError
from sync.language import mark, tr
from sync.records.values import Wrong
from sync.vocabulary import label
from ui import messages, theme
from ui.jobs import Jobs
from ui.widgets.empty_state import EmptyState
from ui.widgets.fresh_page import FreshPage
from ui.widgets.labels import PlainLabel
from ui.widgets.list_pane import ListPane, ListRow
from ui.widgets.remark_list import ABOUT, BEFORE, RemarkList
from ui.widgets.scrolled import scrolled
from ui.widgets.two_panes import TwoPanes
from ui.widgets.wave_form import WaveForm
from ui.widgets.word_button import WordButton

PAUSE = 400  # ms after the last key until the plan is kept and looked at anew
KINDS = ("wave", "form", "official", "census")  # of what is shown here
TONES = {
    PLANNED: ("neutral", "clock"),
    RUNNING: ("success", "play"),
    CLOSED: ("neutral", "check"),
}
NONE = mark(
    "No wave yet. A wave asks people by one of the forms: publish a form, then begin here."
)
RUNS = mark(
    "This wave runs. Its form, first day, groups and the words before the first question stay; "
    "districts, places and officials may be added. All else may change."
)
IS_OVER = mark("This wave is over. Only its title and the notes of its passport may change.")


class WavesPage(FreshPage):
    """The list, and beside it the wave that is chosen or planned. Ctrl+N plans another, Ctrl+S opens it."""

    def __init__(self, desk: Desk, jobs: Jobs) -> None:
        super().__init__()
        self._desk, self._jobs = desk, jobs
        self._page: Page | None = None
        self._waves: Sequence[Listed] = ()
        self._kept = self._to_field = False
        self.new_button = WordButton(mark("New wave"), "primary", "add", keys="Ctrl+N")
        self.list = ListPane()
        self.form = WaveForm(desk.pack)
        self.remarks = RemarkList()
        self.state = PlainLabel(role="muted", wrap=True)
        self.save_button = WordButton(mark("Open the wave"), "primary", "send", keys="Ctrl+S")
        self.throw_button = WordButton(mark("Throw changes away"), "quiet")
        self.sum_button = QPushButton()  # how much is to be said; pressed, it leads there
        self.sum_button.setProperty("kind", "quiet")
        self.sum_button.setAutoDefault(True)
        self.none = EmptyState("surveys", NONE, mark("New wave"))
        self._soon = QTimer(self, singleShot=True, interval=PAUSE)
        self._soon.timeout.connect(self.keep)
        self._build()
        self.new_button.clicked.connect(self.begin)
        self.none.clicked.connect(self.begin)
        self.list.chosen.connect(self.open)
        self.list.opened.connect(lambda _: self.form.focus_field("title"))
        self.form.edited.connect(self._soon.start)
        self.form.form_chosen.connect(self._read_form)
        self.remarks.chosen.connect(self._go_to)
        self.sum_button.clicked.connect(lambda _=False: self._see(self.remarks))
        self.save_button.clicked.connect(self.save)
        self.throw_button.clicked.connect(self.throw_away)
        for keys, act in (("Ctrl+N", self.begin), ("Ctrl+S", self.save)):
            shortcut = QShortcut(QKeySequence(keys), self, act)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        jobs.recorded.connect(self._recorded)
        self.setFocusProxy(self.new_button)

    @Slot()
    def reload(self) -> None:
        """Read the list anew, and the wave that is open, unless something was typed into it."""
        self._jobs.read(self, partial(wave_plan.list_waves, self._desk), self._list)
        if self._page is not None and not self.form.changes():
            self._read(self._page.id)

    def open(self, wave: UUID | None) -> None:
        """Show a wave of the list."""
        self._leave()
        self._read(wave)

    @Slot()
    def begin(self) -> None:
        """Plan a new one, or go on with the plan that was not opened yet."""
        self.panes.turn_to(1)
        self._to_field = True
        self.list.clearSelection()
        self.open(None)

    @Slot()
    def save(self) -> None:
        """Open the wave, or save what was changed of it; what stops it is said at its field."""
        if self._page is None or not self.save_button.isEnabled():
            return
        self._soon.stop()
        self.save_button.setEnabled(False)  # pressed twice, it would be there twice
        values, wave = self.form.values(), self._page.id
        work = partial(wave_plan.open_wave, self._desk, values, wave)
        self._jobs.write(work, self._saved, self._refused)

    @Slot()
    def throw_away(self) -> None:
        """What was typed and not opened or saved is forgotten."""
        if self._page is not None:
            self._soon.stop()
            key = wave_plan.draft_key(self._page.id)
            self._jobs.read(self, partial(drafts.drop, self._desk, key), lambda _: None)
            self._kept = False
            self._read(self._page.id)

    def keep(self) -> None:
        """Keep what was typed, and look at it anew."""
        self._soon.stop()
        if self._page is None:
            return
        key, typed = wave_plan.draft_key(self._page.id), self.form.changes()
        if typed:
            self._kept = True
            self._jobs.read(self, partial(drafts.keep, self._desk, key, typed), lambda _: None)
        elif self._kept:
            self._kept = False
            self._jobs.read(self, partial(drafts.drop, self._desk, key), lambda _: None)
        self._look()

    # inside

    def _leave(self) -> None:
        if self._soon.isActive():
            self.keep()

    def _read(self, wave: UUID | None) -> None:
        work = partial(wave_plan.read_page, self._desk, wave)
        self._jobs.read(self, work, self._show, self._gone)

    def _show(self, page: Page) -> None:
        self._page, self._kept = page, bool(page.draft)
        self.form.show_page(page)
        self.pages.setCurrentIndex(1)
        self._say()
        self._look()
        if self._to_field:
            self._to_field = False
            self._area.verticalScrollBar().setValue(0)
            self.form.focus_field("title")

    def _gone(self, error: UserError) -> None:
        messages.warn(str(error))

    def _list(self, waves: Sequence[Listed]) -> None:
        self._waves = waves
        self.list.show_rows([_row(one) for one in waves])
        if self._page is None and waves:
            self.list.choose(waves[0].id)
        elif self._page is None:
            self.pages.setCurrentIndex(0)

    def _look(self) -> None:
        work = partial(wave_plan.check, self._desk, self.form.values())
        self._jobs.read(self, work, self._remark)

    def _remark(self, remarks: list[Remark]) -> None:
        self.remarks.show_remarks(remarks)
        self._sum_up()

    def _sum_up(self) -> None:
        """Of a plan that nobody began, nothing is missing yet."""
        if self._page is None:
            return
        begun = self._page.id is not None or bool(self.form.changes())
        self.sum_button.setText(self.remarks.summary())
        for part in (self.remarks, self.sum_button):
            part.setVisible(begun and self._page.state != CLOSED)

    def _see(self, part: QWidget) -> None:
        self._area.ensureWidgetVisible(part)

    def _read_form(self, form: str) -> None:
        work = partial(wave_plan.form_of, self._desk, form)
        self._jobs.read(self, work, partial(self._asks, form))

    def _asks(self, id: str, form: Form | None) -> None:
        if (self.form.fields["form"].value() or "") == id:  # not another one meanwhile
            self.form.show_form(form)

    def _go_to(self, name: str) -> None:
        self._see(self.form.focus_field(name))

    def _saved(self) -> None:
        self.save_button.setEnabled(True)
        new = self._page is not None and self._page.id is None
        said = tr("The wave is open. Laptops of its districts have it with the next sync.")
        messages.say(said if new else tr("Saved here."), about=messages.SAVING)
        self._kept = False
        self._page = None
        self.reload()
        self.list.setFocus()

    def _refused(self, error: UserError) -> None:
        """What was typed stays, and stays kept; each reason is said at its field."""
        self.save_button.setEnabled(True)
        self.keep()
        messages.warn(str(error), about=messages.SAVING)
        if isinstance(error, Wrong):
            self._point([Remark(text, field=name) for name, text in error.problems.items()])
        else:
            work = partial(wave_plan.check, self._desk, self.form.values())
            self._jobs.read(self, work, self._point)

    def _point(self, remarks: list[Remark]) -> None:
        self._remark(remarks)
        for part in (self.remarks, self.sum_button):
            part.show()  # also of an empty plan: somebody wanted to open it
        self.form.show_remarks(remarks)
        if first := next((one.field for one in remarks if one.stops and one.field), ""):
            self._go_to(first)

    @Slot(list)
    def _recorded(self, changes: list[Change]) -> None:
        if self.isVisible() and any(one.kind in KINDS for one in changes):
            self.reload()

    def _say(self) -> None:
        if self._page is None:
            return
        state = self._page.state
        said = {RUNNING: RUNS, CLOSED: IS_OVER}.get(state, "")
        self.state.setText(tr(said) if said and self._page.id else "")
        self.state.setVisible(bool(self.state.text()))
        self.remarks.say_title(BEFORE if state == PLANNED else ABOUT)
        self._sum_up()
        self.save_button.say(mark("Open the wave") if self._page.id is None else mark("Save"))

    def retranslate(self) -> None:
        """Texts in the language spoken now; what was typed stays."""
        self._say()
        self._jobs.read(self, partial(wave_plan.list_waves, self._desk), self._list)

    def hideEvent(self, event: QHideEvent) -> None:
        self._leave()
        super().hideEvent(event)

    def _build(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(24, 0, 8, 16)
        column.setSpacing(12)
        column.addWidget(self.new_button)
        column.addWidget(self.list, 1)
        inside = QWidget()
        inside.setMaximumWidth(theme.grown(820))
        self._area = scrolled(inside)
        page = QVBoxLayout(inside)
        page.setContentsMargins(16, 4, 24, 24)
        page.setSpacing(20)
        for part in (self.state, self.form, self.remarks):
            page.addWidget(part)
        page.addStretch(1)
        foot = QFrame()
        foot.setProperty("bar", "bottom")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 10, 24, 10)
        row.addWidget(self.sum_button)
        row.addStretch(1)
        row.addWidget(self.throw_button)
        row.addWidget(self.save_button)
        right = QWidget()
        whole = QVBoxLayout(right)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._area, 1)
        whole.addWidget(foot)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.none)
        self.pages.addWidget(right)
        self.panes = TwoPanes(self, left, self.pages, 320)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.panes)
        self.list.setAccessibleName(tr("Waves"))

    def changeEvent(self, event: QEvent) -> None:
        """Not read anew as FreshPage does: what was typed must stand."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        else:
            super().changeEvent(event)


def _row(one: Listed) -> ListRow:
    days = [
        f"{day:{style}}"
        for day, style in ((one.starts_on, "%d.%m"), (one.ends_on, "%d.%m.%Y"))
        if day
    ]
    tone, icon = TONES[one.state]
    return ListRow(
        key=one.id,
        title=one.title,
        below=" – ".join(days),
        badge=label("wave_state", one.state),
        tone=tone,
        badge_icon=icon,
    )
