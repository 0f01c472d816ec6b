"""Pictures that came with a form: at a question as wide as its words, at a choice small."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from desktop.surveys.states import Picture
from sync.language import tr
from ui import theme
from ui.pictures import decoded
from ui.widgets.labels import PlainLabel
from ui.widgets.tips import tip

ROOM = QSize(760, 320)  # px: a page is as wide, and its answer is to be seen as well
OF_WINDOW = 0.4  # of the window's height at most
BESIDE, ABOVE, IN_TABLE = QSize(96, 72), QSize(160, 120), QSize(64, 48)  # px of a choice's


class FormPicture(QAbstractButton):
    """The picture of a question, never larger than it is or has room; a click asks to see it large."""

    def __init__(self, room: QSize = ROOM) -> None:
        super().__init__()
        self._room = room
        self._picture: Picture | None = None
        self._image = QImage()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # F3 does the same
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def show_picture(self, picture: Picture | None, words: str) -> None:
        """Another picture, or none. `words` are those it stands at, for who does not see it."""
        if picture != self._picture:
            self._picture = picture
            content = picture.content if picture is not None else None
            self._image = decoded(content, self._room * self.devicePixelRatio())
            self.updateGeometry()
            self.update()
        self.setVisible(not self._image.isNull())
        self.setAccessibleName(words or tr("Picture"))
        self.setToolTip(tip(tr("A click or F3 shows it large")))

    def hasHeightForWidth(self) -> bool:  # noqa: N802  # Qt's own name
        """A narrow window makes it lower."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802  # Qt's own name
        """As high as it is when it is so wide."""
        return self._fitted(width).height()

    def sizeHint(self) -> QSize:
        """As large as there may be room."""
        return self._fitted(self._room.width())

    def minimumSizeHint(self) -> QSize:
        """It never keeps a window wide."""
        return QSize(1, 1)

    def hitButton(self, position: QPoint) -> bool:  # noqa: N802  # Qt's own name
        """Beside the picture there is nothing to click."""
        return self._drawn_at().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(self._drawn_at(), self._image)
        painter.end()

    def _drawn_at(self) -> QRect:
        return QRect(self.rect().topLeft(), _within(self._fitted(self.width()), self.size()))

    def _fitted(self, width: int) -> QSize:
        high = min(self._room.height(), round(self.window().height() * OF_WINDOW))
        own = self._image.size() / self.devicePixelRatio()
        return _within(own, QSize(width, max(1, high)))


def grown(room: QSize) -> QSize:
    """As much more room as letters have that a person made larger."""
    return QSize(theme.grown(room.width()), theme.grown(room.height()))


def choice_picture(picture: Picture | None, room: QSize) -> PlainLabel | None:
    """The picture of a choice in at most this room; None where there is none to be seen.

    A screen reader says the words of the choice only.
    """
    label = PlainLabel()
    scale = label.devicePixelRatio()
    image = decoded(picture.content, room * scale) if picture is not None else QImage()
    if image.isNull():
        return None
    pixmap = QPixmap.fromImage(image)
    pixmap.setDevicePixelRatio(scale)
    label.setPixmap(pixmap)
    label.setFixedSize(pixmap.deviceIndependentSize().toSize())
    return label


def listed_picture(picture: Picture | None, room: QSize) -> QIcon:
    """The same for a row of a list: of all the same size, so that their words stand below each other."""
    image = decoded(picture.content, room) if picture is not None else QImage()
    whole = QPixmap(room)
    whole.fill(Qt.GlobalColor.transparent)
    if not image.isNull():
        painter = QPainter(whole)
        at = QRect(QPoint(), _within(image.size(), room))
        at.moveCenter(whole.rect().center())
        painter.drawImage(at, image)
        painter.end()
    return QIcon(whole)


def _within(size: QSize, room: QSize) -> QSize:
    """A size made smaller until it fits, never larger."""
    if size.width() <= room.width() and size.height() <= room.height():
        return size
    return size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
