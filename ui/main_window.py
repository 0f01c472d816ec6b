"""Navigation and status: the sidebar, the header, the screens, the line of words below."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sync.language import mark, tr
from ui import menu, theme, turns
from ui.icons import icon
from ui.screens import Screen
from ui.widgets.labels import PlainLabel
from ui.widgets.sidebar import Entry, Sidebar
from ui.widgets.status_line import StatusLine, SyncState
from ui.widgets.tips import tip
from ui.widgets.training_bar import TrainingBar

if TYPE_CHECKING:
    from ui.dialogs.help import HelpDialog

Build = Callable[[Screen], QWidget]
ROOMY = 1040  # px: below this the sidebar shows icons alone; larger words need more
OF_KEYS = ("password", "sheet", "new_key", "name", "held", "version")  # of the menu of the key


class MainWindow(QWidget):
    """`build` makes a screen when it is opened first, `below` says what the person is, and where.
    In `training` that stands above all, and there is no key to be kept and no copy to be made.

    Knows nothing of records or servers.

    A screen may have: `header`, a widget for the right end of the header; the signals
    `open_screen(key)`, `open_record(kind, id)`, `record_wanted(kind, id)`,
    `other_wanted(kind, values)`, `counted(n)`; and, to be their
    goal, the methods `open_record(id)` and `begin(values)`, with several kinds `show_kind(kind)`.
    """

    search_wanted = Signal()
    undo_wanted = Signal()
    redo_wanted = Signal()
    lock_requested = Signal()
    exchange_requested = Signal()
    quit_requested = Signal()
    language_chosen = Signal(str)  # kk, ru, en
    scheme_chosen = Signal(str)  # one that theme.choose takes
    size_stepped = Signal(int)  # words larger (1), smaller (-1), or as the system has them (0)
    sheet_wanted = Signal()  # another recovery sheet
    copies_wanted = Signal()
    password_wanted = Signal()  # another password
    key_wanted = Signal()  # a new key for the file
    name_wanted = Signal()  # another name for who works here
    held_wanted = Signal()  # what is kept about somebody who asks
    version_wanted = Signal()  # whether there is a newer program
    lock_after_chosen = Signal(int)  # minutes without work
    opened = Signal(str)  # key of the screen that is now in front
    everything_wanted = Signal()  # all of it as one archive
    phrases_wanted = Signal()  # one's own, to be edited
    training_left = Signal()

    def __init__(
        self,
        screens: Sequence[Screen],
        build: Build,
        who: str = "",
        below: Callable[[], str] = str,
        *,
        training: bool = False,
    ) -> None:
        super().__init__()
        self._screens = {screen.key: screen for screen in screens}
        self._build, self._below = build, below
        self._made: dict[str, QWidget] = {}
        self.current = ""
        self.help: HelpDialog | None = None  # made when it is asked for first
        entries = (Entry(screen.key, screen.icon, screen.label) for screen in screens)
        self.sidebar = Sidebar(entries, who)
        self.sidebar.chosen.connect(self.go)
        self.title = PlainLabel(role="title")
        self.pages = QStackedWidget()
        self.status = StatusLine()
        self.status.opened.connect(lambda: self.go("sync"))
        self.status.exchange.connect(self.exchange_requested)
        self.status.undo.connect(self.undo_wanted)
        self._steps: Callable[[], tuple[str, str]] = lambda: ("", "")
        of_ones_own: dict[str, Callable[[], object]] = {
            "password": self.password_wanted.emit,
            "sheet": self.sheet_wanted.emit,
            "new_key": self.key_wanted.emit,
            "name": self.name_wanted.emit,
            "held": self.held_wanted.emit,
            "version": self.version_wanted.emit,
            "copies": self.copies_wanted.emit,
        }
        self.actions_by_key = menu.make_actions(
            self,
            {
                **({} if training else of_ones_own),
                "help": self.show_help,
                "search": self.search_wanted.emit,
                "undo": self.undo_wanted.emit,
                "redo": self.redo_wanted.emit,
                "exchange": self.exchange_requested.emit,
                "larger": lambda: self.size_stepped.emit(1),
                "smaller": lambda: self.size_stepped.emit(-1),
                "usual": lambda: self.size_stepped.emit(0),
                "everything": self.everything_wanted.emit,
                "phrases": self.phrases_wanted.emit,
                "lock": self.lock_requested.emit,
                "quit": self.quit_requested.emit,
            },
        )
        self.digest_tick = QAction(self, checkable=True, checked=True)
        self.lock_after = 0  # minutes, as the settings have it
        self._tools = self._make_tools()
        self._lay_out()
        if training:
            self._tell_training()
        for number, key in enumerate(list(self._screens)[:9], 1):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number}"), self)
            shortcut.activated.connect(lambda key=key: self.go(key, into=True))
        self.retranslate()

    def go(self, key: str, *, into: bool = False) -> QWidget | None:
        """Bring a screen to the front, made now if it was not yet; None for one that is not there.

        The cursor goes into it, unless the person walks through the sidebar by keys.
        """
        if key not in self._screens:
            return None
        turns.begin()
        screen = self._made.get(key) or self._make(key)
        changed = key != self.current
        self.current = key
        self.sidebar.mark(key)
        self._show_header(screen)
        self.pages.setCurrentWidget(screen)
        if into or not self.sidebar.isAncestorOf(QApplication.focusWidget() or self):
            focus_into(screen)
        if changed:
            self.opened.emit(key)
        return screen

    def show_help(self) -> None:
        """The help on the screen in front, beside the work."""
        from ui.dialogs.help import HelpDialog  # not wanted before the first paint

        if self.help is None:
            self.help = HelpDialog(list(self._screens), self)
        self.help.show_topic(self.current)
        self.help.show()
        self.help.raise_()
        self.help.activateWindow()

    def show_state(self, state: SyncState) -> None:
        """What the status line tells."""
        self.status.show_state(state)
        self.sidebar.count("sync", state.attention, "warning")

    def tell_steps(self, steps: Callable[[], tuple[str, str]]) -> None:
        """What Ctrl+Z and Ctrl+Shift+Z would do, in words; "" for nothing."""
        self._steps = steps
        undo, redo = steps()
        self.status.show_undo(undo)
        for key, words in (("undo", undo), ("redo", redo)):
            self.actions_by_key[key].setText(words or tr(menu.words_of(key)))

    def count(self, key: str, waiting: int, tone: str = "neutral") -> None:
        """How much waits on a screen, beside its name."""
        self.sidebar.count(key, waiting, tone)

    def retranslate(self) -> None:
        """Texts in the language spoken now; the screens have theirs from the same event."""
        self.title.setText(tr(self._screens[self.current].label) if self.current else "")
        self.sidebar.below.setText(self._below())
        menu.retranslate(self.actions_by_key)
        self.tell_steps(self._steps)
        for name, words, shortcut in (
            ("search", tr("Search everywhere"), "Ctrl+K"),
            ("language", tr("Language"), ""),
            ("scheme", tr("Colours and size of words"), ""),
            ("key", tr("Password and recovery sheet"), ""),
            ("copies", tr("Copies of your work"), ""),
            ("help", tr("Help"), "F1"),
            ("lock", tr("Lock"), "Ctrl+L"),
        ):
            button = self._tools[name]
            button.setAccessibleName(words)
            button.setToolTip(tip(f"{words} ({shortcut})" if shortcut else words))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow windows leave the room to the work."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.sidebar.set_compact(self.width() < theme.grown(ROOMY))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _make(self, key: str) -> QWidget:
        screen = self._made[key] = self._build(self._screens[key])
        self.pages.addWidget(screen)
        if header := getattr(screen, "header", None):
            header.hide()
            self._header_row.addWidget(header)
        answers = {
            "open_screen": self._open_screen,
            "open_record": self.open_record,  # on some screens a signal, on their goals a method
            "record_wanted": self.open_record,
            "other_wanted": self._begin_other,
        }
        for name, answer in answers.items():
            if isinstance(signal := getattr(screen, name, None), SignalInstance):
                signal.connect(answer)
        return screen

    def _open_screen(self, key: str) -> None:
        self.go(key, into=True)

    def open_record(self, kind: str, id: UUID) -> None:
        """Show it on the screen of its kind."""
        screen: Any = self._go_to_kind(kind)
        if screen is not None:
            screen.open_record(id)

    def _begin_other(self, kind: str, values: dict[str, Any]) -> None:
        screen: Any = self._go_to_kind(kind)
        if screen is not None:
            screen.begin(values)

    def _go_to_kind(self, kind: str) -> QWidget | None:
        keys = (screen.key for screen in self._screens.values() if kind in screen.kinds)
        key = next(keys, None)
        screen: Any = self.go(key, into=True) if key else None
        if hasattr(screen, "show_kind"):
            screen.show_kind(kind)
        return screen  # type: ignore[no-any-return]

    def _show_header(self, screen: QWidget) -> None:
        self.title.setText(tr(self._screens[self.current].label))
        for made in self._made.values():
            if header := getattr(made, "header", None):
                header.setVisible(made is screen)

    def _tell_training(self) -> None:
        bar = TrainingBar()
        bar.left.connect(self.training_left)
        self._whole.insertWidget(0, bar)
        for name in ("key", "copies", "lock"):
            self._tools[name].hide()

    def _make_tools(self) -> dict[str, QToolButton]:
        menus: dict[str, QMenu | None] = {
            "search": None,
            "language": menu.language_menu(self, self.language_chosen.emit),
            "scheme": menu.scheme_menu(
                self,
                self.scheme_chosen.emit,
                [self.actions_by_key[key] for key in ("larger", "smaller", "usual")],
            ),
            "key": menu.key_menu(
                self,
                [self.actions_by_key[key] for key in OF_KEYS if key in self.actions_by_key],
                {mark("Notice in the morning"): self.digest_tick},
                menu.lock_menu(self, lambda: self.lock_after, self.lock_after_chosen.emit),
            ),
            "copies": None,
            "help": None,
            "lock": None,
        }
        icons = {
            "search": "search",
            "language": "language",
            "scheme": "sun",
            "key": "key",
            "copies": "history",
            "help": "question",
            "lock": "lock",
        }
        tools: dict[str, QToolButton] = {}
        for name, entries in menus.items():
            button = tools[name] = QToolButton()
            button.setIcon(icon(icons[name], "muted"))
            if entries is not None:
                button.setMenu(entries)
                button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            self.sidebar.foot.addWidget(button)
        tools["search"].clicked.connect(self.search_wanted)
        tools["copies"].clicked.connect(self.copies_wanted)
        tools["help"].clicked.connect(self.show_help)
        tools["lock"].clicked.connect(self.lock_requested)
        self.sidebar.foot.addStretch(1)
        return tools

    def _lay_out(self) -> None:
        header = QFrame()
        header.setProperty("bar", "header")
        header.setMinimumHeight(60)
        header.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._header_row = QHBoxLayout(header)
        self._header_row.setContentsMargins(24, 8, 24, 8)
        self._header_row.addWidget(self.title, 1, Qt.AlignmentFlag.AlignVCenter)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(header)
        right.addWidget(self.pages, 1)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.sidebar)
        across.addLayout(right, 1)
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addLayout(across, 1)
        self._whole.addWidget(self.status)


def focus_into(screen: QWidget) -> None:
    """Put the cursor where a screen wants it: on its focus proxy, else on its first input."""
    if screen.focusProxy() is not None:
        screen.setFocus(Qt.FocusReason.OtherFocusReason)
        return
    widget = screen.nextInFocusChain()
    while widget is not None and widget is not screen and screen.isAncestorOf(widget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(screen):
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        widget = widget.nextInFocusChain()
    screen.setFocus(Qt.FocusReason.OtherFocusReason)
