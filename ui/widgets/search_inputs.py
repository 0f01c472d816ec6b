"""Choosing one of many by typing a part of it: choices of a list, places of the region."""

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QIcon, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from sync.folding import fold
from sync.language import tr
from sync.places import typed_place
from ui.icons import icon
from ui.widgets.cut_line import CutLine

Pairs = Sequence[tuple[str, str]]  # key, words
Drawn = Callable[[str], QIcon]  # of a key; all of one size
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
SHOWN = 200  # rows at most: nobody reads further, and more would cost time at each key
WORDS = re.compile(r"\w+")
AT_ONCE, AT_ONCE_DRAWN = 9, 6  # rows that are seen without scrolling


def ranked(pairs: Pairs, words: str) -> list[tuple[str, str]]:
    """The pairs that have all these words, folded.

    First those that begin with them, then those that have them as words or as the beginnings of
    words: «су» is «Ауыз су» before «Жұмысқа орналасу».
    """
    wanted = fold(words).split()
    by_fit: tuple[list[tuple[str, str]], ...] = ([], [], [], [])
    for pair in pairs:
        said = fold(pair[1])
        if all(word in said for word in wanted):
            by_fit[_fit(said, wanted)].append(pair)
    return [pair for fitting in by_fit for pair in fitting]


def _fit(said: str, wanted: Sequence[str]) -> int:
    if said.startswith(" ".join(wanted)):
        return 0
    parts = WORDS.findall(said)
    if all(word in parts for word in wanted):
        return 1
    return 2 if all(any(part.startswith(word) for part in parts) for word in wanted) else 3


class ChoiceInput(CutLine):
    """One of a few or of many. A click or Down shows all; typing leaves those that fit.

    Enter takes the row that is marked, Esc and leaving the field put back what was chosen, and
    emptying the field chooses nothing. value() is the key, or None.
    """

    changed = Signal()

    def __init__(self, pairs: Pairs = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pairs: Pairs = list(pairs)
        self._key: str | None = None
        self._offered: list[tuple[str, str]] = []
        self._rows = _Rows(self)
        self._at_once = AT_ONCE
        self.textEdited.connect(self._typed)
        self._arrow = self.addAction(
            icon("chevron_down", "muted"), QLineEdit.ActionPosition.TrailingPosition
        )
        self._arrow.triggered.connect(lambda: self._offer(""))

    def value(self) -> str | None:
        """The key of what is chosen."""
        return self._key

    def set_value(self, value: Any) -> None:
        """Choose by key; an unknown key is kept and shown as it is."""
        before, self._key = self._key, value or None
        self._put_back()
        if before != self._key:
            self.changed.emit()

    def set_choices(self, pairs: Pairs) -> None:
        """Offer other choices, or the same in another language; what is chosen stays."""
        self._pairs = list(pairs)
        if not self.isModified():
            self._put_back()

    def show_pictures(self, drawn: Drawn | None, size: QSize) -> None:
        """Beside the words of what is offered, each looked for when its row is seen; None: none."""
        self._rows.drawn = None if drawn is None else lambda row: drawn(self._offered[row][0])
        self._popup.setIconSize(size)
        self._at_once = AT_ONCE if drawn is None else AT_ONCE_DRAWN
        self._completer.setMaxVisibleItems(self._at_once)

    def set_read_only(self, closed: bool) -> None:
        """Whether it can only be read and copied."""
        self.setReadOnly(closed)
        self._arrow.setVisible(not closed)

    def choices(self) -> Pairs:
        """All that can be chosen."""
        return self._pairs

    def words_of(self, key: str) -> str:
        """What is shown for a key."""
        return next((said for known, said in self._pairs if known == key), key)

    def offered(self, words: str) -> list[tuple[str, str]]:
        """What is offered for what was typed."""
        return ranked(self.choices(), words)[:SHOWN]

    def unknown(self, words: str) -> str | None:
        """The key of words that fit nothing; None: they are not taken."""
        return None

    def commit(self) -> None:
        """Take the marked row of what was typed, else what fits alone: as when it is left by Tab."""
        if not self.isModified():
            return
        if self.text().strip() and self._open():
            self._take()
        else:
            self._settle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down opens; Enter takes the marked row or what fits alone; Esc closes, then puts back."""
        key, open_now = event.key(), self._open()
        if key == Qt.Key.Key_Down and not open_now and not self.isReadOnly():
            self._offer("" if not self.isModified() else self.text())
        elif key in ENTER and open_now and self._popup.currentIndex().isValid():
            self._take()  # the list hands its keys over before it looks at them
        elif key in ENTER and self.isModified():
            self._settle()
        elif key == Qt.Key.Key_Escape and open_now:
            self._popup.hide()
        elif key == Qt.Key.Key_Escape and self.isModified():
            self._put_back()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click shows all that can be chosen."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.isReadOnly():
            self.selectAll()
            self._offer("")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What is typed replaces what is chosen."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.selectAll()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab takes the row that is marked, as Enter does, and not the words as they were typed."""
        if self._open():
            self.commit()
        return super().focusNextPrevChild(forward)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving takes what fits alone, else puts back what was chosen."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason and self.isModified():
            self._settle()

    # the list, which most fields of a form are never asked for: made with the form, it was a third of that

    @cached_property
    def _popup(self) -> QListView:
        popup = QListView(uniformItemSizes=True)
        popup.setProperty("popup", True)
        popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return popup

    @cached_property
    def _completer(self) -> QCompleter:
        completer = QCompleter(self._rows, self)
        completer.setWidget(self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(self._at_once)
        completer.setPopup(self._popup)
        completer.activated.connect(lambda _: self._take())
        return completer

    def _open(self) -> bool:
        return "_popup" in self.__dict__ and self._popup.isVisible()

    def _close(self) -> None:
        if self._open():
            self._popup.hide()

    def _typed(self, words: str) -> None:
        if words.strip():
            self._offer(words)
        else:
            self._close()  # an emptied field is left empty

    def _offer(self, words: str) -> None:
        """Show what fits. Without words only what is chosen is marked: Tab must not choose."""
        if self.isReadOnly():
            return
        self._offered = self.offered(words)
        self._rows.setStringList([said for _, said in self._offered])
        if not self._offered:
            self._close()
            return
        self._completer.complete()
        self._make_room()
        keys = [key for key, _ in self._offered]
        row = 0 if words else keys.index(self._key) if self._key in keys else -1
        self._popup.setCurrentIndex(self._rows.index(row))

    def _make_room(self) -> None:
        """Qt leaves out the edge of the list: two rows were scrolled though there was room for both.

        And it makes the list as wide as the field, where long words were cut.
        """
        self._widen()
        rows = min(len(self._offered), self._completer.maxVisibleItems())
        short = rows * self._popup.sizeHintForRow(0) - self._popup.viewport().height()
        if short > 0:
            place = self._popup.geometry()
            above = place.bottom() <= self.mapToGlobal(QPoint()).y()
            self._popup.setGeometry(place.adjusted(0, -short * above, 0, short * (not above)))

    def _widen(self) -> None:
        place, screen = self._popup.geometry(), self.screen().availableGeometry()
        beside = place.width() - self._popup.viewport().width()
        widest = self._popup.sizeHintForColumn(0)
        wide = min(max(place.width(), widest + beside), screen.width())
        left = min(place.left(), screen.left() + screen.width() - wide)
        self._popup.setGeometry(left, place.top(), wide, place.height())

    def _take(self) -> None:
        row = self._popup.currentIndex().row()
        if 0 <= row < len(self._offered):
            self._choose(self._offered[row][0])

    def _choose(self, key: str | None) -> None:
        self._close()
        self.set_value(key)

    def _settle(self) -> None:
        words = self.text().strip()
        if not words:
            self._choose(None)
            return
        found = self.offered(words)
        exact = [key for key, said in found if fold(said) == fold(words)]
        if exact or len(found) == 1:
            self._choose(exact[0] if exact else found[0][0])
        elif (key := self.unknown(words)) is not None:
            self._choose(key)
        else:
            self._put_back()

    def _put_back(self) -> None:
        self.setText(self.words_of(self._key) if self._key else "")
        self.setCursorPosition(0)
        self.setModified(False)

    def minimumSizeHint(self) -> QSize:
        """Long words are cut, not the window."""
        return QSize(120, super().minimumSizeHint().height())


class _Rows(QStringListModel):
    """What is offered, perhaps with pictures."""

    drawn: Callable[[int], QIcon] | None = None  # by the row

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DecorationRole and self.drawn is not None:
            return self.drawn(index.row())
        return super().data(index, role)


class PlacePicker(ChoiceInput):
    """A village, shown with its okrug and district; one that the list lacks may be typed.

    `listed` gives (code, full name) in the language spoken now, asked when it is needed;
    `name_of` the full name of any code; `district` is kept with a place typed by hand; `search`
    finds more than the list's own words, such as names in other languages, the best first.
    """

    def __init__(
        self,
        listed: Callable[[], Pairs],
        name_of: Callable[[str], str],
        district: str = "",
        search: Callable[[str], Pairs] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        self._listed, self._name_of, self._district = listed, name_of, district
        self._search = search
        self._known: Pairs | None = None
        super().__init__((), parent)
        self.addAction(icon("place", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self._retranslate()

    def choices(self) -> Pairs:
        """The places, read once for each language."""
        if self._known is None:
            self._known = self._listed()
        return self._known

    def offered(self, words: str) -> list[tuple[str, str]]:
        """What is offered for what was typed."""
        if self._search is None or not words.strip():
            return super().offered(words)
        typed = fold(words.strip())  # «созақ ауылы» is Созақ before others of the district Созақ
        found = sorted(self._search(words), key=lambda pair: not fold(pair[1]).startswith(typed))
        return found[:SHOWN]

    def words_of(self, key: str) -> str:
        """The full name of a code or of a typed place."""
        return self._name_of(key)

    def unknown(self, words: str) -> str | None:
        """What was typed is kept as a place, and matched later."""
        return typed_place(words, self._district)

    def changeEvent(self, event: Any) -> None:
        if event.type() == event.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self._known = None
        self.setPlaceholderText(tr("Village, okrug or district"))
        if not self.isModified():
            self._put_back()
