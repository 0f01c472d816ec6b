"""Photos in a row, small; a click or Enter opens one."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QKeyEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QToolButton, QWidget

from ui.icons import icon
from ui.widgets.tips import tip

SIDE = QSize(128, 96)  # px


class ThumbnailStrip(QScrollArea):
    """Knows no store: names photos first, and shows their pictures when they are given."""

    opened = Signal(str)  # key of a photo

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(SIDE.height() + 28)
        self.buttons: dict[str, _Thumbnail] = {}
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addStretch(1)
        inside = QWidget()
        inside.setLayout(self._row)
        self.setWidget(inside)

    def show_names(self, names: list[tuple[str, str]]) -> None:
        """(key, words for a person who does not see it) of all photos; known ones keep theirs."""
        for key in self.buttons.keys() - {key for key, _ in names}:
            button = self.buttons.pop(key)
            button.hide()
            button.deleteLater()
        for key, words in names:
            button = self.buttons.get(key) or self._add(key)
            button.setAccessibleName(words)
            button.setToolTip(tip(words))
        self.setVisible(bool(names))

    def show_image(self, key: str, image: QImage) -> None:
        """The picture of one photo, of any size; an unknown key is ignored."""
        if key in self.buttons and not image.isNull():
            self.buttons[key].show_image(image)

    def _add(self, key: str) -> "_Thumbnail":
        button = self.buttons[key] = _Thumbnail()
        button.clicked.connect(lambda: self.opened.emit(key))
        self._row.insertWidget(self._row.count() - 1, button)
        return button


class _Thumbnail(QToolButton):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(SIDE + QSize(8, 8))
        self.setIconSize(QSize(32, 32))
        self.setIcon(icon("photo", "muted"))

    def show_image(self, image: QImage) -> None:
        scale = self.devicePixelRatio()
        fitted = image.scaled(
            SIDE * scale,
            Qt.AspectRatioMode.KeepAspectRatioByExpanding,
            Qt.TransformationMode.SmoothTransformation,
        )
        wide, high = round(SIDE.width() * scale), round(SIDE.height() * scale)
        cut = fitted.copy((fitted.width() - wide) // 2, (fitted.height() - high) // 2, wide, high)
        pixmap = QPixmap.fromImage(cut)
        pixmap.setDevicePixelRatio(scale)
        self.setIconSize(SIDE)
        self.setIcon(QIcon(pixmap))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
