"""Where the cursor is in a form, for the next start: the field, and the place in its text."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from ui.widgets.record_form import RecordForm

PAUSE = 600  # ms after the last move, as with what is typed
Place = tuple[str, int]
NOWHERE: Place = ("", 0)


class LastCursor(QObject):
    """Knows the last place while this window, or another program, has the keys elsewhere."""

    moved = Signal()  # some time ago, and it has rested since

    def __init__(self, form: RecordForm) -> None:
        super().__init__(form)
        self._form = form
        self.place = NOWHERE
        self._rests = QTimer(self, singleShot=True, interval=PAUSE)
        self._rests.timeout.connect(self._settle)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focused)
        form.edited.connect(self._rests.start)

    def forget(self) -> None:
        """Another record is shown."""
        self._rests.stop()
        self.place = NOWHERE

    def put(self, place: Place) -> None:
        """The cursor goes back there, if that can still be filled in."""
        name, at = place
        field = self._form.fields.get(name)
        if field is None or not field.open() or not field.isVisibleTo(self._form):
            return
        self._form.focus_field(name)
        if isinstance(field.input, QLineEdit):
            field.input.setCursorPosition(at)
        elif isinstance(field.input, QPlainTextEdit):
            cursor = field.input.textCursor()
            cursor.setPosition(min(max(0, at), len(field.input.toPlainText())))
            field.input.setTextCursor(cursor)
        self.place = place

    def _focused(self) -> None:
        now = QApplication.focusWidget()
        if now is not None and self._form.isAncestorOf(now):
            self._rests.start()

    def _settle(self) -> None:
        name = self._form.focused()
        if not name:
            return
        place = name, _place_in(self._form.fields[name].input)
        if place != self.place:
            self.place = place
            self.moved.emit()


def _place_in(text: object) -> int:
    if isinstance(text, QLineEdit):
        return text.cursorPosition()
    return text.textCursor().position() if isinstance(text, QPlainTextEdit) else 0
