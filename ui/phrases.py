"""Two colons in a text of a record offer phrases. Nothing else does: answers of surveys never see it."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

from desktop.actions import handed_out, phrases
from desktop.actions.handed_out import GivenPhrase
from desktop.session import Desk
from sync.change import Change
from sync.errors import UserError
from ui import messages
from ui.jobs import Jobs
from ui.widgets.form_field import FormField
from ui.widgets.phrase_popup import PhrasePopup
from ui.widgets.text_inputs import LongText, TextLine

if TYPE_CHECKING:
    from ui.dialogs.phrases import SharedPhrasesDialog

Act = Callable[..., list[Change]]
SHARE: Act = handed_out.share_phrase
BACK: Act = handed_out.take_back
Text = QLineEdit | QPlainTextEdit
ASKED = re.compile(r"::([^:\n]{0,40})\Z")
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class PhraseOffer(QObject):
    """Watches whichever text of a page has the cursor, parts that come later too."""

    def __init__(self, desk: Desk, jobs: Jobs, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._jobs, self._page = desk, jobs, page
        self._text: Text | None = None
        self._own: list[str] = []
        self._given: Sequence[GivenPhrase] = ()
        self._said: str | None = None  # what the text is described by, while the list is there
        self._left = False  # Esc: these colons ask for nothing any more
        self.popup: PhrasePopup | None = None  # made when it is asked for first
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focused)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the list, while it is there."""
        popup = self.popup
        if popup is None or not popup.isVisible() or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = Qt.Key(event.key())
        ours = key in STEPS or key == Qt.Key.Key_Escape or (key in TAKES and not event.modifiers())
        if not ours:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() == QEvent.Type.KeyPress:
            self._press(popup, key)
        return True

    def _press(self, popup: PhrasePopup, key: Qt.Key) -> None:
        if key in STEPS:
            popup.step(STEPS[key])
            self._tell()
        elif key == Qt.Key.Key_Escape:
            self._left = True
            self._hide()
        else:
            popup.take()

    def _focused(self) -> None:
        now = QApplication.focusWidget()
        if now is self._text:
            return
        self._hide()
        if self._text is not None:
            self._text.removeEventFilter(self)
            self._text.textChanged.disconnect(self._look)
            self._text = None
        if isinstance(now, LongText | TextLine) and self._page.isAncestorOf(now) and _takes(now):
            self._text = now
            now.installEventFilter(self)
            now.textChanged.connect(self._look)

    def _look(self, *_: object) -> None:
        """After each letter: whether the text before the cursor asks for phrases."""
        asked = self._asked()
        if asked is None:
            self._left = False
            self._hide()
        elif not self._left:
            if self.popup is None or not self.popup.isVisible():
                self._jobs.read(self, partial(phrases.kept, self._desk), self._show_kept)
            self._show(asked)

    def _show_kept(self, kept: tuple[list[str], list[GivenPhrase]]) -> None:
        if kept != (self._own, self._given):
            self._own, self._given = kept
            if self.popup is not None and self.popup.isVisible():
                self._show(self._asked() or "")

    def _show(self, typed: str) -> None:
        text = self._text
        if text is None:
            return
        if self.popup is None or self.popup.parentWidget() is not text.window():
            self.popup = PhrasePopup(text.window())
            self.popup.chosen.connect(self._chosen)
        found = phrases.offered(self._own, typed, self._given)
        self.popup.show_phrases(found, _cursor(text))
        self._tell()

    def _tell(self) -> None:
        """Who does not see the list hears its row at the field that has the keys."""
        if self._text is not None and self.popup is not None:
            if self._said is None:
                self._said = self._text.accessibleDescription()
            self._text.setAccessibleDescription(self.popup.current())

    def _hide(self) -> None:
        if self.popup is not None:
            self.popup.hide()
        if self._text is not None and self._said is not None:
            self._text.setAccessibleDescription(self._said)
        self._said = None

    def _chosen(self, phrase: str) -> None:
        text, asked = self._text, self._asked()
        self._hide()
        if text is None or asked is None:
            return
        _replace(text, len(asked) + 2, phrase)
        text.setFocus()
        if not phrase:
            edit_phrases(self._desk, self._jobs, text.window())

    def _asked(self) -> str | None:
        """What was typed behind two colons; None where there are none before the cursor."""
        text = self._text
        if text is None or text.isReadOnly() or not text.hasFocus():
            return None
        found = ASKED.search(_before(text))
        return found[1] if found else None


def edit_phrases(desk: Desk, jobs: Jobs, window: QWidget) -> None:
    """Show one's own phrases to be edited; they are kept when the dialog is closed."""

    def show(kept: tuple[list[str], list[GivenPhrase]]) -> None:
        from ui.dialogs.phrases import PhrasesDialog  # here: few people open it

        own, given = kept
        shared = bool(given) or handed_out.may_share(desk)
        dialog: PhrasesDialog = PhrasesDialog(own, window, shared=shared)
        dialog.left.connect(
            lambda texts: jobs.read(window, partial(phrases.keep_own, desk, texts), _nothing)
        )
        dialog.shared_wanted.connect(partial(show_shared, desk, jobs, window))
        dialog.open()

    jobs.read(window, partial(phrases.kept, desk), show)


def show_shared(desk: Desk, jobs: Jobs, window: QWidget) -> None:
    """Show what was shared; who may share writes another one, changes it, or takes it back."""

    def show(given: list[GivenPhrase]) -> None:
        from ui.dialogs.phrases import SharedPhrasesDialog  # here: few people open it

        dialog = SharedPhrasesDialog(window, shares=handed_out.may_share(desk))
        dialog.shared.show_given(given)
        dialog.shared.given.connect(partial(write, dialog, SHARE))
        dialog.shared.taken_back.connect(partial(write, dialog, BACK, handed_out.PHRASE))
        jobs.recorded.connect(partial(_came, desk, jobs, dialog))
        dialog.open()
        dialog.shared.begin()  # the list, with the keys, would choose its first row

    def write(dialog: "SharedPhrasesDialog", act: Act, *said: object) -> None:
        work = partial(act, desk, *said)
        jobs.write(work, dialog.shared.begin, partial(_refused, dialog))

    jobs.read(window, partial(handed_out.read_phrases, desk), show)


def _came(desk: Desk, jobs: Jobs, dialog: "SharedPhrasesDialog", changes: list[Change]) -> None:
    if isValid(dialog) and any(change.kind == handed_out.PHRASE for change in changes):
        read = partial(handed_out.read_phrases, desk)
        jobs.read(dialog, read, lambda given: dialog.shared.show_given(given))


def _refused(dialog: "SharedPhrasesDialog", error: UserError) -> None:
    if isValid(dialog):
        dialog.shared.show_problem(error)
    else:
        messages.warn(str(error))


def _nothing(_: object) -> None:
    """They are on the disk; nobody waits for it."""


def _takes(text: QWidget) -> bool:
    """Whether this is a text about a matter, and not a person's name or phone."""
    above = text.parentWidget()
    while above is not None and not isinstance(above, FormField):
        above = above.parentWidget()
    return above is not None and above.input is text and not above.field.private


def _before(text: Text) -> str:
    if isinstance(text, QLineEdit):
        return text.text()[: text.cursorPosition()]
    cursor = text.textCursor()
    return cursor.block().text()[: cursor.positionInBlock()]


def _replace(text: Text, number: int, words: str) -> None:
    """So many characters before the cursor become these words; Ctrl+Z takes that back."""
    if isinstance(text, QLineEdit):
        text.setSelection(text.cursorPosition() - number, number)
        text.insert(words)
        return
    cursor = text.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, number)
    cursor.insertText(words)


def _cursor(text: Text) -> QRect:
    """Where one types, in the window."""
    inside = text.viewport() if isinstance(text, QPlainTextEdit) else text
    place = text.cursorRect()
    return QRect(inside.mapTo(text.window(), place.topLeft()), place.size())
