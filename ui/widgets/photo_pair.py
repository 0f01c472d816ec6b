"""Two photos side by side, the first and the newest, each with its day."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.actions.project_look import Dated
from sync.language import tr
from ui.dates import plain_day
from ui.icons import icon
from ui.widgets.fact_sheet import clear
from ui.widgets.labels import PlainLabel
from ui.widgets.tips import tip

SMALL = QSize(144, 108)  # px


class PhotoPair(QWidget):
    """A click, Space or Enter enlarges; one photo alone has no before and no now."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.photos: tuple[Dated, ...] = ()
        self.buttons: list[QPushButton] = []
        self.captions: list[PlainLabel] = []
        self._images: dict[str, QImage] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self.hide()

    def show_photos(self, photos: Sequence[Dated]) -> None:
        """The photos; their pictures come by `show_image`."""
        if tuple(photos) != self.photos:
            self.photos = tuple(photos)
            self.retell()

    def show_image(self, sha256: str, image: QImage) -> None:
        """A picture that has been read."""
        self._images[sha256] = image
        for photo, button in zip(self.photos, self.buttons, strict=True):
            if photo.sha256 == sha256:
                _draw(button, image)

    def words(self) -> list[str]:
        """What stands under each, and over it when it is large."""
        days = [plain_day(photo.day) for photo in self.photos]
        if len(days) < 2:
            return days
        return [tr("Before: {day}", day=days[0]), tr("Now: {day}", day=days[1])]

    def retell(self) -> None:
        """Anew, in the language spoken now."""
        clear(self._row)
        self.buttons, self.captions = [], []
        for number, (photo, words) in enumerate(zip(self.photos, self.words(), strict=True)):
            self._row.addWidget(self._one(number, photo, words))
        self._row.addStretch(1)
        self.setVisible(bool(self.photos))

    def _one(self, number: int, photo: Dated, words: str) -> QWidget:
        button = QPushButton(icon("photo", "muted"), "")
        button.setProperty("kind", "row")
        button.setAutoDefault(True)
        button.setFixedSize(SMALL + QSize(8, 8))
        button.setEnabled(False)  # until there is a picture
        button.setAccessibleName(" · ".join(filter(None, (words, photo.caption))))
        button.setToolTip(tip(photo.caption))
        button.clicked.connect(lambda _=False: self.chosen.emit(number))
        if (image := self._images.get(photo.sha256)) is not None:
            _draw(button, image)
        caption = PlainLabel(words, "hint")
        self.buttons.append(button)
        self.captions.append(caption)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(button)
        layout.addWidget(caption)
        layout.addStretch(1)
        return whole


def _draw(button: QPushButton, image: QImage) -> None:
    button.setIconSize(SMALL)
    button.setIcon(QIcon(QPixmap.fromImage(image)))
    button.setEnabled(True)
