"""Pins in the fields of a form: the next new record begins with what a pinned field says."""

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit

from sync.language import tr
from ui.icons import icon
from ui.widgets.record_form import RecordForm
from ui.widgets.tips import tip

KEYS = "Ctrl+D"


class Pins(QObject):
    """A pin is seen at the field with the cursor, and wherever one is set. Tab passes it by: a key does."""

    toggled = Signal(str, bool)  # field, whether it is pinned now

    def __init__(self, form: RecordForm, names: Collection[str]) -> None:
        super().__init__(form)
        self._form = form
        self._pinned: frozenset[str] = frozenset()
        self.pins: dict[str, QAction] = {}
        for name, field in form.fields.items():
            if name in names and isinstance(field.input, QLineEdit):
                self.pins[name] = self._set_up(name, field.input)
        self._shortcut = QShortcut(QKeySequence(KEYS), form, self._toggle_focused)
        self._shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._show_all()

    def show_pinned(self, names: Collection[str]) -> None:
        """Which are set."""
        self._pinned = frozenset(names)
        self._show_all()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The cursor came or went."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            came = event.type() == QEvent.Type.FocusIn
            for name, pin in self.pins.items():
                if self._form.fields[name].input is watched:
                    pin.setVisible(
                        name in self._pinned or (came and self._form.fields[name].open())
                    )
        elif event.type() == QEvent.Type.LanguageChange:
            self._show_all()
        return super().eventFilter(watched, event)

    def _set_up(self, name: str, line: QLineEdit) -> QAction:
        pin = line.addAction(icon("pin", "faint"), QLineEdit.ActionPosition.TrailingPosition)
        pin.triggered.connect(partial(self._toggle, name))
        line.installEventFilter(self)
        return pin

    def _toggle_focused(self) -> None:
        name = self._form.focused()
        if name in self.pins:
            self._toggle(name)

    def _toggle(self, name: str, _: bool = False) -> None:
        if name in self._pinned or self._form.fields[name].open():
            self.toggled.emit(name, name not in self._pinned)

    def _show_all(self) -> None:
        for name, pin in self.pins.items():
            on = name in self._pinned
            pin.setIcon(icon("pin", "accent" if on else "faint"))
            pin.setVisible(on or self._form.fields[name].input.hasFocus())
            words = (
                tr("New ones begin with this today. Take the pin out")
                if on
                else tr("Let new ones begin with this today")
            )
            pin.setText(words)
            pin.setToolTip(tip(f"{words} ({KEYS})"))
