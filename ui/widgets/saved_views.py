"""The saved views of a list, above it: each a chip with how many records fit, chosen by a key.

One's own come first; those that a leader or the coordinator shared say so, and only they change them.
"""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from desktop.actions import handed_out, views
from desktop.actions.handed_out import GivenView
from desktop.actions.listing import ALL, Wish
from desktop.actions.views import View
from desktop.session import Desk
from sync.change import Change
from sync.errors import UserError
from sync.language import mark, tr
from sync.records.values import Wrong
from ui import messages
from ui.icons import icon
from ui.jobs import Jobs
from ui.undoing import undo_button
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.tips import tip
from ui.widgets.word_button import WordButton

SEEN = 24  # characters of a name on its chip; its tip has all
SHARED = mark("Colleagues have the view “{name}” after their next sync.")
BACK = mark("The view “{name}” is taken back: colleagues lose it with their next sync.")
SOON = 400  # ms after which what came is counted: of many changes the last


class SavedViews(QWidget):
    """Alt+1 to Alt+9 choose one, Ctrl+Shift+S saves what the list shows; at a chip F2 renames it and Delete
    deletes it. `wanted`: the list is to show this."""

    wanted = Signal(object)  # Wish

    def __init__(self, desk: Desk, jobs: Jobs, kind: str) -> None:
        super().__init__()
        self._desk, self._jobs, self._kind = desk, jobs, kind
        self._own: Sequence[View] = ()
        self._views: Sequence[View] = ()  # and those that were shared
        self._shares = handed_out.may_share(desk)
        self._counts: dict[str, int] = {}
        self._wish, self._state_words, self._order_words = Wish(), "", ""
        self._renamed = ""  # the view whose name is typed anew; "": a new one
        self._counting = False
        self.chips: dict[str, QPushButton] = {}
        self.save_button = WordButton(mark("Save this view"), "quiet", keys="Ctrl+Shift+S")
        self.rename_button, self.delete_button = _sign("edit"), _sign("delete")
        self.share_button = _sign("people")
        self._signs = self.rename_button, self.share_button, self.delete_button
        self.name = QLineEdit(maxLength=views.LONGEST)
        self.name.installEventFilter(self)
        self._parts = self.name, self.save_button, *self._signs
        self._row = FlowLayout(spacing=6)
        self.setLayout(self._row)
        self.save_button.clicked.connect(self.save)
        self.rename_button.clicked.connect(lambda: self.begin(self.chosen()))
        self.delete_button.clicked.connect(lambda: self.delete(self.chosen()))
        self.share_button.clicked.connect(lambda: self.share(self.chosen()))
        jobs.recorded.connect(self._came)
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self._count)
        self.name.hide()
        self.retranslate()
        self._read()

    def chosen(self) -> str:
        """The name of the view that is shown; "" where none is."""
        return next((one.name for one in self._views if one.wish == self._wish), "")

    def follow(self, wish: Wish, state_words: str, order_words: str = "") -> None:
        """What the list shows now, its filter and its order in words."""
        self._wish, self._state_words, self._order_words = wish, state_words, order_words
        self._mark()

    def renew(self) -> None:
        """The list has changed: count anew, soon."""
        if self._views:
            self._soon.start()

    def choose(self, number: int) -> None:
        """Show the view of this number, from 1; nothing where there is none."""
        if 0 < number <= len(self._views):
            self.wanted.emit(self._views[number - 1].wish)

    @Slot()
    def save(self) -> None:
        """Ask under which name what the list shows is saved; nothing where all is shown, or saved."""
        if not self.save_button.isHidden():
            self.begin()

    def begin(self, name: str = "") -> None:
        """Ask for a name: of what is shown, or another one for a view."""
        self._renamed = name
        proposed = views.proposed_name(self._wish, self._state_words, self._order_words)
        given = self._given(name)
        self.name.setText((given.name if given else name) or proposed)
        for part in (self.save_button, *self._signs):
            part.hide()
        self.name.show()
        self.name.selectAll()
        self.name.setFocus()

    def take(self) -> None:
        """The name is typed."""
        typed, before, wish = self.name.text(), self._renamed, self._wish
        if (given := self._given(before)) is not None:
            self._end()
            self._give(typed, given.wish, given.id)
            return
        try:
            changed = (
                views.renamed(self._own, before, typed)
                if before
                else views.with_view(self._own, typed, wish)
            )
        except UserError as error:
            messages.warn(str(error), about="views")
            return
        self._end()
        self._keep(changed)

    def delete(self, name: str) -> None:
        """It goes; a button brings it back."""
        if not name:
            return
        if (given := self._given(name)) is not None:
            work = partial(handed_out.take_back, self._desk, handed_out.VIEW, given.id)
            self._jobs.write(work, partial(self._told, BACK, given.name), _warn)
            return
        before = self._own
        self._keep(views.without(before, name))
        if self.chips:
            next(iter(self.chips.values())).setFocus()
        undo = messages.Action(tr("Undo"), partial(self._keep, before))
        messages.say(tr("The view “{name}” was deleted.", name=name), undo, about="views")

    def share(self, name: str) -> None:
        """The colleagues get it, too."""
        one = next((one for one in self._own if one.name == name), None)
        if one is not None and self._shares:
            self._give(one.name, one.wish)

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.name.setPlaceholderText(tr("Name of the view"))
        self.name.setAccessibleName(tr("Name of the view"))
        for button, words in (
            (self.rename_button, tr("Rename the view")),
            (self.share_button, tr("Share the view with colleagues")),
            (self.delete_button, tr("Delete the view")),
        ):
            button.setAccessibleName(words)
            button.setToolTip(tip(words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes the name, Esc leaves it; F2 and Delete at a chip."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        acts: dict[int, Callable[[], object]] = {}
        if watched is self.name:
            acts = {Qt.Key.Key_Return: self.take, Qt.Key.Key_Enter: self.take,
                    Qt.Key.Key_Escape: self._end}  # fmt: skip
        else:
            name = next((name for name, chip in self.chips.items() if chip is watched), "")
            if name:
                given = self._given(name)
                acts = {} if given and not given.own else {
                    Qt.Key.Key_F2: partial(self.begin, name),
                    Qt.Key.Key_Delete: partial(self.delete, name)}  # fmt: skip
        act = acts.get(event.key())
        if act is not None:
            act()
        return act is not None

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # inside

    @Slot()
    def _end(self) -> None:
        self.name.hide()
        self._mark()
        self.save_button.setFocus()

    def _given(self, name: str) -> GivenView | None:
        """Where the view of this name comes from; None for one's own."""
        return next((one.given for one in self._views if one.name == name), None)

    def _give(self, name: str, wish: Wish, id: UUID | None = None) -> None:
        work = partial(handed_out.share_view, self._desk, self._kind, name, wish, id)
        self._jobs.write(work, partial(self._told, SHARED, name), _warn)

    def _told(self, words: str, name: str) -> None:
        back = undo_button(self._desk, self._jobs)
        messages.say(tr(words, name=name), back, about=messages.SAVING)

    @Slot(list)
    def _came(self, changes: list[Change]) -> None:
        if any(change.kind == handed_out.VIEW for change in changes):
            self._read()

    def _read(self) -> None:
        def read() -> tuple[list[View], list[GivenView]]:
            return (
                views.read_views(self._desk, self._kind),
                handed_out.read_given_views(self._desk, self._kind),
            )

        self._jobs.read(self, read, lambda found: self._show(*found))

    def _keep(self, changed: Sequence[View]) -> None:
        self._show(changed, [one.given for one in self._views if one.given])
        work = partial(views.keep_views, self._desk, self._kind, changed)
        self._jobs.read(self, work, lambda _: self.renew())

    def _show(self, own: Sequence[View], given: Sequence[GivenView]) -> None:
        self._own, self._views = own, views.with_given(own, given)
        for chip in self.chips.values():
            self._row.removeWidget(chip)
            chip.deleteLater()
        self.chips = {}
        for number, one in enumerate(self._views, 1):
            chip = QPushButton()
            chip.setCheckable(True)
            chip.setAutoDefault(True)
            chip.setProperty("kind", "chip")
            keys = f" (Alt+{number})" if number < 10 else ""
            whose = f"\n{one.given.words()}" if one.given else ""
            chip.setToolTip(tip(f"{one.name}{keys}{whose}"))
            chip.setAccessibleDescription(whose.strip())
            chip.clicked.connect(partial(self._chosen, one.wish))
            chip.installEventFilter(self)
            chip.setIcon(icon("people" if one.given else "filter", "muted"))
            self._row.addWidget(chip)
            self.chips[one.name] = chip
        for part in self._parts:  # behind the last one
            self._row.removeWidget(part)
            self._row.addWidget(part)
        self._mark()
        self.renew()

    def _chosen(self, wish: Wish, _: bool = False) -> None:
        self.wanted.emit(wish)
        self._mark()  # a chip that is pressed again stays pressed

    def _mark(self) -> None:
        chosen = self.chosen()
        for name, chip in self.chips.items():
            count = self._counts.get(name)
            words = name if len(name) <= SEEN else f"{name[: SEEN - 1].rstrip()}…"
            said = words if count is None else tr("{state} {n}", state=words, n=count)
            chip.setText(said.replace("&", "&&"))  # else Qt takes it as a key
            chip.setAccessibleName(
                name if count is None else tr("{state} {n}", state=name, n=count)
            )
            chip.setChecked(name == chosen)
        naming = not self.name.isHidden()
        said = self._wish.words.strip() or self._wish.order
        plain = self._wish.state == ALL and not said
        self.save_button.setVisible(not (naming or plain or chosen))
        given = self._given(chosen)
        for button in self._signs:
            button.setVisible(bool(chosen) and not naming and (given is None or given.own))
        self.share_button.setVisible(
            self._shares and bool(chosen) and not naming and given is None
        )

    @Slot()
    def _count(self) -> None:
        if self._counting:
            self._soon.start()
            return
        self._counting = True
        work = partial(views.count_views, self._desk, self._kind, self._views)
        self._jobs.aside(self, work, self._counted, self._not_counted)

    def _counted(self, counts: dict[str, int]) -> None:
        self._counting = False
        self._counts = counts
        self._mark()

    def _not_counted(self, _: UserError) -> None:
        """The next news have it tried again; the list itself says what is wrong."""
        self._counting = False


def _warn(error: UserError) -> None:
    words = " ".join(map(str, error.problems.values())) if isinstance(error, Wrong) else str(error)
    messages.warn(words, about="views")


def _sign(picture: str) -> QPushButton:
    button = QPushButton()
    button.setProperty("kind", "sign")
    button.setIcon(icon(picture, "muted"))
    button.setAutoDefault(True)
    return button
