"""The saved views of a list, above it: each a chip with how many records fit, chosen by a key."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from desktop.actions import views
from desktop.actions.listing import ALL, Wish
from desktop.actions.views import View
from desktop.session import Desk
from sync.errors import UserError
from sync.language import mark, tr
from ui import messages
from ui.icons import icon
from ui.jobs import Jobs
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.tips import tip
from ui.widgets.word_button import WordButton

SEEN = 24  # characters of a name on its chip; its tip has all
SOON = 400  # ms after which what came is counted: of many changes the last


class SavedViews(QWidget):
    """Alt+1 to Alt+9 choose one, Ctrl+Shift+S saves what the list shows; at a chip F2 renames it and Delete
    deletes it. `wanted`: the list is to show this."""

    wanted = Signal(object)  # Wish

    def __init__(self, desk: Desk, jobs: Jobs, kind: str) -> None:
        super().__init__()
        self._desk, self._jobs, self._kind = desk, jobs, kind
        self._views: Sequence[View] = ()
        self._counts: dict[str, int] = {}
        self._wish, self._state_words = Wish(), ""
        self._renamed = ""  # the view whose name is typed anew; "": a new one
        self._counting = False
        self.chips: dict[str, QPushButton] = {}
        self.save_button = WordButton(mark("Save this view"), "quiet", keys="Ctrl+Shift+S")
        self.rename_button, self.delete_button = _sign("edit"), _sign("delete")
        self.name = QLineEdit(maxLength=views.LONGEST)
        self.name.installEventFilter(self)
        self._parts = self.name, self.save_button, self.rename_button, self.delete_button
        self._row = FlowLayout(spacing=6)
        self.setLayout(self._row)
        self.save_button.clicked.connect(self.save)
        self.rename_button.clicked.connect(lambda: self.begin(self.chosen()))
        self.delete_button.clicked.connect(lambda: self.delete(self.chosen()))
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self._count)
        self.name.hide()
        self.retranslate()
        jobs.read(self, partial(views.read_views, desk, kind), self._show)

    def chosen(self) -> str:
        """The name of the view that is shown; "" where none is."""
        return next((one.name for one in self._views if one.wish == self._wish), "")

    def follow(self, wish: Wish, state_words: str) -> None:
        """What the list shows now, its filter in words."""
        self._wish, self._state_words = wish, state_words
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
        proposed = views.proposed_name(self._wish, self._state_words)
        self.name.setText(self._renamed or proposed)
        for part in (self.save_button, self.rename_button, self.delete_button):
            part.hide()
        self.name.show()
        self.name.selectAll()
        self.name.setFocus()

    def take(self) -> None:
        """The name is typed."""
        typed, before, wish = self.name.text(), self._renamed, self._wish
        try:
            changed = (
                views.renamed(self._views, before, typed)
                if before
                else views.with_view(self._views, typed, wish)
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
        before = self._views
        self._keep(views.without(before, name))
        if self.chips:
            next(iter(self.chips.values())).setFocus()
        undo = messages.Action(tr("Undo"), partial(self._keep, before))
        messages.say(tr("The view “{name}” was deleted.", name=name), undo, about="views")

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.name.setPlaceholderText(tr("Name of the view"))
        self.name.setAccessibleName(tr("Name of the view"))
        for button, words in (
            (self.rename_button, tr("Rename the view")),
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
                acts = {Qt.Key.Key_F2: partial(self.begin, name),
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

    def _keep(self, changed: Sequence[View]) -> None:
        self._show(changed)
        work = partial(views.keep_views, self._desk, self._kind, changed)
        self._jobs.read(self, work, lambda _: self.renew())

    def _show(self, found: Sequence[View]) -> None:
        self._views = found
        for chip in self.chips.values():
            self._row.removeWidget(chip)
            chip.deleteLater()
        self.chips = {}
        for number, one in enumerate(found, 1):
            chip = QPushButton()
            chip.setCheckable(True)
            chip.setAutoDefault(True)
            chip.setProperty("kind", "chip")
            keys = f" (Alt+{number})" if number < 10 else ""
            chip.setToolTip(tip(f"{one.name}{keys}"))
            chip.clicked.connect(partial(self._chosen, one.wish))
            chip.installEventFilter(self)
            chip.setIcon(icon("filter", "muted"))
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
            chip.setText(words if count is None else tr("{state} {n}", state=words, n=count))
            chip.setAccessibleName(
                name if count is None else tr("{state} {n}", state=name, n=count)
            )
            chip.setChecked(name == chosen)
        naming = not self.name.isHidden()
        plain = self._wish.state == ALL and not self._wish.words.strip()
        self.save_button.setVisible(not (naming or plain or chosen))
        for button in (self.rename_button, self.delete_button):
            button.setVisible(bool(chosen) and not naming)

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


def _sign(picture: str) -> QPushButton:
    button = QPushButton()
    button.setProperty("kind", "sign")
    button.setIcon(icon(picture, "muted"))
    button.setAutoDefault(True)
    return button
