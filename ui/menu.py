"""What can be done from anywhere, as data: one row gives the action, its shortcut and its place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from sync.language import LANGUAGES, mark, spoken, tr
from ui import theme
from ui.icons import icon


@dataclass(frozen=True)
class Command:
    """One action: `words` and `also` are English and marked."""

    key: str
    words: str
    shortcut: str = ""
    icon: str = ""
    also: str = ""  # what else it is called: it is found by these words too


COMMANDS = (
    Command("help", mark("Help"), "F1", "question"),
    Command("search", mark("Search everywhere"), "Ctrl+K", "search"),
    Command("undo", mark("Undo"), "Ctrl+Z", "undo"),
    Command("redo", mark("Redo"), "Ctrl+Shift+Z", "redo", mark("Once more")),
    Command("exchange", mark("Sync now"), "F5", "sync"),
    Command("larger", mark("Larger words"), "Ctrl++", "add"),
    Command("smaller", mark("Smaller words"), "Ctrl+-", "dash"),
    Command("usual", mark("Words as the system has them"), "Ctrl+0", "system"),
    Command("everything", mark("Export everything as one archive…"), "", "save"),
    Command("phrases", mark("My phrases…"), "", "edit"),
    Command("password", mark("Change the password…"), "", "key"),
    Command("sheet", mark("New recovery sheet…"), "", "document"),
    Command("new_key", mark("New key for the file…"), "", "key"),
    Command("name", mark("Name on this computer…"), "", "edit"),
    Command("held", mark("What is held about a person…"), "", "people"),
    Command("version", mark("Version of the program…"), "", "sync"),
    Command("copies", mark("Copies of your work"), "", "history"),
    Command("lock", mark("Lock"), "Ctrl+L", "lock"),
    Command("quit", mark("Close the program"), "Ctrl+Q", "close"),
)
MINUTES = (5, 10, 20, 30)  # without work, after which it may be locked
SCHEMES = {
    theme.AUTO: mark("As the system"),
    theme.LIGHT_ONLY: mark("Light"),
    theme.DARK_ONLY: mark("Dark"),
    theme.HIGH: mark("High contrast"),
}
SCHEME_ICONS = {
    theme.AUTO: "system",
    theme.LIGHT_ONLY: "sun",
    theme.DARK_ONLY: "moon",
    theme.HIGH: "contrast",
}


def make_actions(owner: QWidget, runs: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """An action on `owner` for each of COMMANDS that `runs` knows; its shortcut works at once."""
    actions: dict[str, QAction] = {}
    for command in COMMANDS:
        if command.key in runs:
            action = QAction(owner)
            action.setIcon(icon(command.icon, "muted"))
            action.setShortcuts(_keys(command.shortcut))
            action.triggered.connect(lambda _=False, run=runs[command.key]: run())
            owner.addAction(action)
            actions[command.key] = action
    retranslate(actions)
    return actions


def words_of(key: str) -> str:
    """The English words of a command."""
    return next(command.words for command in COMMANDS if command.key == key)


def retranslate(actions: Mapping[str, QAction]) -> None:
    """Texts of actions in the language spoken now."""
    for command in COMMANDS:
        if command.key in actions:
            actions[command.key].setText(tr(command.words))


def _keys(shortcut: str) -> list[QKeySequence]:
    """With + the key that has it above, as browsers do."""
    more = [QKeySequence("Ctrl+=")] if shortcut == "Ctrl++" else []
    return [QKeySequence(shortcut), *more]


def language_menu(owner: QWidget, choose: Callable[[str], object]) -> QMenu:
    """The three languages, each in its own words; the one spoken is marked."""
    return _choice_menu(owner, lambda: dict(LANGUAGES), spoken, choose, {})


def scheme_menu(
    owner: QWidget, choose: Callable[[str], object], below: Sequence[QAction] = ()
) -> QMenu:
    """Light, dark, or as the system has it; `below`: what else changes the look."""
    return _choice_menu(
        owner,
        lambda: {key: tr(words) for key, words in SCHEMES.items()},
        theme.chosen,
        choose,
        SCHEME_ICONS,
        below,
    )


def lock_menu(
    owner: QWidget, current: Callable[[], int], choose: Callable[[int], object]
) -> QMenu:
    """After how many minutes in which nobody touches it the work is locked."""
    return _choice_menu(
        owner,
        lambda: {str(n): tr("{n} minutes", n=n) for n in sorted({*MINUTES, current()})},
        lambda: str(current()),
        lambda chosen: choose(int(chosen)),
        {},
    )


def key_menu(
    owner: QWidget, actions: Sequence[QAction], ticks: Mapping[str, QAction], lock: QMenu
) -> QMenu:
    """What opens the work, and whose it is, what is on or off, and when it is locked."""
    menu = QMenu(owner)

    def fill() -> None:
        menu.clear()
        menu.addActions(list(actions))
        lock.setTitle(tr("Lock without work after"))
        lock.setIcon(icon("lock", "muted"))
        menu.addMenu(lock)
        for words, tick in ticks.items():
            tick.setText(tr(words))
            menu.addAction(tick)

    menu.aboutToShow.connect(fill)
    return menu


def _choice_menu(
    owner: QWidget,
    entries: Callable[[], Mapping[str, str]],
    current: Callable[[], str],
    choose: Callable[[str], object],
    icons: Mapping[str, str],
    below: Sequence[QAction] = (),
) -> QMenu:
    menu = QMenu(owner)

    def fill() -> None:
        menu.clear()
        group = QActionGroup(menu)
        for key, words in entries().items():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(key == current())
            if key == current():
                action.setIcon(icon("check", "accent"))
            elif key in icons:
                action.setIcon(icon(icons[key], "muted"))
            action.triggered.connect(lambda _=False, key=key: choose(key))
            group.addAction(action)
        if below:
            menu.addSeparator()
        for more in below:
            menu.addAction(more)

    menu.aboutToShow.connect(fill)  # words and marks as they are at that moment
    fill()
    return menu
