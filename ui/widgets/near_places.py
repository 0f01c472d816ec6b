"""Below a village that is in no list: that it is kept as written, and which ones were perhaps meant."""

from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.near_places import is_typed, near_places
from sync.language import tr
from sync.places import Pack
from ui.icons import icon
from ui.widgets.cut_button import CutButton
from ui.widgets.fact_sheet import clear
from ui.widgets.labels import PlainLabel
from ui.widgets.search_inputs import PlacePicker


class NearPlaces(QWidget):
    """A quiet line that forbids nothing; a press takes the village it names."""

    def __init__(self, place: PlacePicker, pack: Pack, district: str | None) -> None:
        super().__init__()
        self._place, self._pack, self._district = place, pack, district
        self._told: object = None
        self.words = PlainLabel(role="hint", wrap=True)
        self.buttons: list[CutButton] = []
        self._offered = QVBoxLayout()
        self._offered.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self.words)
        layout.addLayout(self._offered)
        place.changed.connect(self.tell)
        self.tell()

    def tell(self) -> None:
        """Say it of what stands in the field now."""
        code = self._place.value()
        self.setVisible(is_typed(code))
        told = (code, self._place.isReadOnly(), tr("Village"))
        if code is None or not is_typed(code) or told == self._told:
            return
        self._told = told
        clear(self._offered)
        closed = self._place.isReadOnly()
        near = [] if closed else near_places(self._pack, code, self._district)
        self.buttons = [self._button(*one) for one in near]
        said = [tr("This is not in the list of villages: it is kept as written.")]
        if near:
            said.append(tr("Was one of these meant?"))
        self.words.setText(" ".join(said))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.tell()

    def _button(self, code: str, words: str) -> CutButton:
        button = CutButton(icon("place", "accent"), words)
        button.setProperty("kind", "quiet")
        button.setAutoDefault(True)
        button.clicked.connect(partial(self._take, code))
        self._offered.addWidget(button)
        return button

    def _take(self, code: str, _: bool = False) -> None:
        self._place.set_value(code)
        self._place.setFocus()
