"""Photos of a record to look at: small in a row, and one large over the page. Nothing modal."""

from functools import partial

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QIcon,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.actions.saved_files import is_paper
from sync.language import mark, tr
from ui.icons import icon
from ui.models.case import Photo
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import PlainLabel
from ui.widgets.tips import tip
from ui.widgets.word_button import WordButton

THUMB = QSize(160, 120)
COVER_KEYS = "Ctrl+B"


class PhotoRow(QWidget):
    """Thumbnails with their captions; a click, Space or Enter enlarges one, or saves a paper."""

    chosen = Signal(int)
    saved = Signal(object)  # the row of a paper that is to be saved outside

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[QPushButton] = []
        self._row = FlowLayout(spacing=12)
        self.setLayout(self._row)

    def show_photos(self, photos: tuple[Photo, ...], images: list[QImage]) -> None:
        """`images` are decoded already; a null one has not come yet."""
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        for number, (photo, image) in enumerate(zip(photos, images, strict=True)):
            self._row.addWidget(self._thumb(number, photo, image))
        self.setVisible(bool(photos))

    def _thumb(self, number: int, photo: Photo, image: QImage) -> QWidget:
        button = QPushButton()
        paper = is_paper(photo.media_type)
        button.setProperty("kind", "quiet" if paper else "row")
        button.setText(tr("Save…") if paper else "")
        button.setFixedSize(THUMB + QSize(8, 8))
        button.setAutoDefault(False)
        if image.isNull():
            button.setIcon(icon("document" if paper else "photo", "muted"))
            button.setIconSize(QSize(18, 18) if paper else QSize(32, 32))
        else:
            button.setIcon(QIcon(QPixmap.fromImage(_filling(image))))
            button.setIconSize(THUMB)
        button.setEnabled(paper or not image.isNull())
        if paper:
            button.clicked.connect(partial(self.saved.emit, photo.row))
        else:
            button.clicked.connect(partial(self.chosen.emit, number))
        words = photo.caption if photo.content or paper else tr("Has not come yet")
        button.setAccessibleName(photo.caption or tr("Photo"))
        button.setToolTip(tip(photo.caption))
        self.buttons.append(button)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(button)
        caption = PlainLabel(words, "hint", wrap=True)
        caption.setFixedWidth(THUMB.width())
        layout.addWidget(caption)
        return whole


class PhotoView(QWidget):
    """One photo as large as the page. Left and Right go on, Esc, Enter or a click closes."""

    closed = Signal()
    shown = Signal(int)  # the place of the photo that is looked at
    cover_wanted = Signal(int)  # black boxes are to be drawn on it

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._images: list[QImage] = []
        self._captions: list[str] = []
        self._at = 0
        self.cover_button = WordButton(
            mark("Black boxes…"), icon="edit", keys=COVER_KEYS, parent=self
        )
        self.cover_button.clicked.connect(lambda: self.cover_wanted.emit(self._at))
        self.cover_button.hide()
        self.let_cover(may=False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.hide()

    def open(self, captions: list[str], images: list[QImage], at: int) -> None:
        """Show one of these images, or the next that can be seen; where there is none, nothing."""
        seen = [number for number, image in enumerate(images) if not image.isNull()]
        if not seen:
            return
        at = next((number for number in seen if number >= at), seen[0])
        self._images, self._captions, self._at = images, captions, at
        parent = self.parentWidget()
        assert parent is not None
        self.setGeometry(parent.rect())
        self.cover_button.adjustSize()
        self.cover_button.move(self.width() - self.cover_button.width() - 16, 16)
        self._say()
        self.show()
        self.raise_()
        self.setFocus()

    def forget(self) -> None:
        """Close, and hold no image any more."""
        self.hide()
        self._images, self._captions, self._at = [], [], 0

    def let_cover(self, *, may: bool) -> None:
        """Whether boxes may be drawn on these photos."""
        self.cover_button.setVisible(may)

    def image(self) -> QImage:
        """The photo that is looked at."""
        return self._images[self._at]

    def replace(self, at: int, image: QImage) -> None:
        """A photo itself, in the place of its small picture."""
        self._images[at] = image
        self.update()

    def event(self, event: QEvent) -> bool:
        """The keys of the boxes mean something else on the page below."""
        if event.type() == QEvent.Type.ShortcutOverride and _covers(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the page do not work below."""
        if _covers(event):
            if self.cover_button.isVisible():
                self.cover_button.click()
            return
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self._go_on(step)
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Space):
            self._close()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._close()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(0, 0, 0, 225))
        image = self.image()
        above = 32 if self.cover_button.isHidden() else self.cover_button.height() + 32
        room = self.rect().adjusted(32, above, -32, -72)
        if not image.isNull():
            size = image.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(room.topLeft(), size)
            place.moveCenter(room.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, image)
        painter.setPen(QColor("#FFFFFF"))
        below = self.rect().adjusted(32, self.height() - 64, -32, -8)
        painter.drawText(
            below, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._words()
        )
        painter.end()

    def _go_on(self, step: int) -> None:
        """To the next that can be seen; a null image is a paper, or has not come."""
        for _ in self._images:
            self._at = (self._at + step) % len(self._images)
            if not self.image().isNull():
                break
        self._say()

    def _say(self) -> None:
        self.setAccessibleName(self._words())
        self.update()
        self.shown.emit(self._at)

    def _words(self) -> str:
        return tr(
            "{caption}  ·  {number} of {total}  ·  Esc closes",
            caption=self._captions[self._at] or tr("Photo"),
            number=self._at + 1,
            total=len(self._images),
        )

    def _close(self) -> None:
        self.hide()
        self.closed.emit()


def _filling(image: QImage) -> QImage:
    """Cut and scaled to a thumbnail."""
    scaled = image.scaled(
        THUMB * 2,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    cut = QRect(0, 0, THUMB.width() * 2, THUMB.height() * 2)
    cut.moveCenter(scaled.rect().center())
    found = scaled.copy(cut)
    found.setDevicePixelRatio(2)
    return found


def _covers(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and QKeySequence(event.keyCombination()) == QKeySequence(
        COVER_KEYS
    )
