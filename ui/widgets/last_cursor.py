"""Where the cursor is on a page, for the next start: the field, the place in its text, and of which part."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from ui.widgets.parts_editor import PartsEditor
from ui.widgets.record_form import RecordForm

PAUSE = 600  # ms after the last move, as with what is typed
Place = tuple[str, int, str]  # field, characters before the cursor, id of the part or ""
NOWHERE: Place = ("", 0, "")


class LastCursor(QObject):
    """Knows the last place while this window, or another program, has the keys elsewhere.

    `parts`: those below the form, of each kind.
    """

    moved = Signal()  # some time ago, and it has rested since

    def __init__(self, form: RecordForm, parts: Sequence[PartsEditor] = ()) -> None:
        super().__init__(form)
        self._form, self._parts = form, parts
        self.place = NOWHERE
        self._rests = QTimer(self, singleShot=True, interval=PAUSE)
        self._rests.timeout.connect(self._settle)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focused)
        form.edited.connect(self._rests.start)
        for each in parts:
            each.edited.connect(self._rests.start)

    def forget(self) -> None:
        """Another record is shown."""
        self._rests.stop()
        self.place = NOWHERE

    def put(self, place: Place) -> None:
        """The cursor goes back there, if that can still be filled in."""
        name, at, part = place
        form = self._form_of(part)
        field = form.fields.get(name) if form is not None else None
        if form is None or field is None or not field.open() or not field.isVisibleTo(form):
            return
        form.focus_field(name)
        if isinstance(field.input, QLineEdit):
            field.input.setCursorPosition(at)
        elif isinstance(field.input, QPlainTextEdit):
            cursor = field.input.textCursor()
            cursor.setPosition(min(max(0, at), len(field.input.toPlainText())))
            field.input.setTextCursor(cursor)
        self.place = place

    def _form_of(self, part: str) -> RecordForm | None:
        """The form of a part, which opens; the record's own without one."""
        if not part:
            return self._form
        return next(filter(None, (each.open_part(part) for each in self._parts)), None)

    def _focused(self) -> None:
        now = QApplication.focusWidget()
        if now is not None and any(one.isAncestorOf(now) for one in (self._form, *self._parts)):
            self._rests.start()

    def _settle(self) -> None:
        card = next(filter(None, (each.with_cursor() for each in self._parts)), None)
        form = card.form if card is not None else self._form
        name = form.focused()
        if not name:
            return
        place = name, _place_in(form.fields[name].input), str(card.id) if card is not None else ""
        if place != self.place:
            self.place = place
            self.moved.emit()


def _place_in(text: object) -> int:
    if isinstance(text, QLineEdit):
        return text.cursorPosition()
    return text.textCursor().position() if isinstance(text, QPlainTextEdit) else 0
