"""Photos and files of the record on the page: added by a dialog, by dropping, by pasting."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QIcon,
    QImage,
    QKeyEvent,
    QKeySequence,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.actions.records import Row
from desktop.actions.saved_files import is_paper
from sync.language import mark, tr, trn
from ui.dropped import contents, holds
from ui.file_places import photos
from ui.icons import icon
from ui.pictures import decoded
from ui.widgets.counted_progress import CountedProgress
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.labels import PlainLabel, SectionTitle
from ui.widgets.tips import tip
from ui.widgets.word_button import WordButton

WIDE, HIGH = 160, 120  # pixels of a picture in the row


class Photo(QWidget):
    """One photo: its picture, its caption, whether it still waits to be sent."""

    captioned = Signal(str)
    opened = Signal()

    def __init__(self, row: Row) -> None:
        super().__init__()
        self.row = row
        self.is_paper = is_paper(row["media_type"])
        self.picture = QPushButton()
        self.picture.setProperty("kind", "quiet" if self.is_paper else "row")
        self.picture.setAutoDefault(True)  # Enter enlarges
        self.picture.setFixedSize(WIDE + 8, HIGH + 8)
        self.picture.setIconSize(QSize(18, 18) if self.is_paper else QSize(32, 32))
        self.picture.setIcon(icon("document" if self.is_paper else "photo", "muted"))
        self.picture.setEnabled(self.is_paper)  # a picture, when it is there
        self.name = PlainLabel("", "hint")
        self.name.setVisible(self.is_paper)
        self.picture.clicked.connect(self.opened)
        self.caption = QLineEdit(row["caption"] or "")
        self.caption.setMaxLength(200)
        self.caption.setCursorPosition(0)  # seen from its beginning
        self.caption.editingFinished.connect(self._finish)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.picture)
        layout.addWidget(self.name)
        layout.addWidget(self.caption)
        self.setFixedWidth(WIDE + 8)
        self.retranslate()

    def show_image(self, image: QImage) -> None:
        """The picture, already scaled."""
        self.picture.setIconSize(QSize(WIDE, HIGH))
        self.picture.setIcon(QIcon(QPixmap.fromImage(image)))
        self.picture.setEnabled(True)

    def show_row(self, row: Row) -> None:
        """News of the same photo; a caption that is being written stays."""
        untouched = self.caption.text() == (self.row["caption"] or "")
        self.row = row
        if untouched and not self.caption.hasFocus():
            self.caption.setText(row["caption"] or "")
            self.caption.setCursorPosition(0)

    def retranslate(self) -> None:
        """Texts in the language spoken now."""
        self.caption.setPlaceholderText(tr("Caption"))
        self.caption.setAccessibleName(tr("Caption"))
        self.picture.setAccessibleName(self.row["caption"] or self.row["name"] or tr("Photo"))
        if self.is_paper:
            self.picture.setText(tr("Save…"))
            self.picture.setToolTip(tip(self.row["name"] or ""))
        self._say_name()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_name()

    def _say_name(self) -> None:
        """As much of it as fits, and its ending always."""
        letters = self.name.fontMetrics()
        said = self.row["name"] or ""
        self.name.setText(letters.elidedText(said, Qt.TextElideMode.ElideMiddle, WIDE))

    def _finish(self) -> None:
        if self.caption.text().strip() != (self.row["caption"] or ""):
            self.captioned.emit(self.caption.text().strip())


class PhotoPanel(QWidget):
    """All photos of one record. Knows no store: says what is wanted."""

    added = Signal(list)  # [Content]
    stop_wanted = Signal()  # those that wait are not to be added
    captioned = Signal(object, str)  # id of the attachment, its caption
    pictured = Signal(str)  # sha256 of which a picture is wanted
    opened = Signal(int)  # the place, among the pictures, of one that is to be enlarged
    saved = Signal(object)  # the row of a paper that is to be saved outside
    erase_wanted = Signal()  # those that were removed, for good

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.may = True  # photos may be added here, and changed
        self._removed = 0
        self.removed = PlainLabel("", "hint", wrap=True)
        self.erase_button = WordButton(mark("Erase them for good…"), "danger", "delete")
        self.erase_button.clicked.connect(self.erase_wanted)
        self.photos: list[Photo] = []
        self.progress = CountedProgress()
        self.progress.stopped.connect(self.stop_wanted)
        self._heading, self._hint = SectionTitle(""), PlainLabel()
        self._hint.setWordWrap(True)
        self._hint.setProperty("role", "hint")
        self.add_button = QPushButton()
        self.add_button.setIcon(icon("camera"))
        self.add_button.clicked.connect(self._choose)
        self._strip = FlowLayout(spacing=12)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._heading)
        layout.addLayout(self._strip)
        layout.addWidget(self.progress)
        layout.addWidget(self._hint)
        layout.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.removed)
        layout.addWidget(self.erase_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_removed(0, erasable=False)
        self._retranslate()

    def pictures(self) -> list[Photo]:
        """Those that can be looked at here."""
        return [photo for photo in self.photos if not photo.is_paper]

    def show_rows(self, rows: list[Row], *, may: bool) -> None:
        """The photos of the record; those shown already keep their picture and caption."""
        known = {photo.row["id"]: photo for photo in self.photos}
        for id in known.keys() - {row["id"] for row in rows}:
            known[id].hide()
            self._strip.removeWidget(known[id])
            known[id].deleteLater()
        self.photos = []
        for row in rows:
            photo = known.get(row["id"])
            if photo is None:
                photo = self._show_new(row)
            elif not photo.picture.isEnabled() or photo.row["sha256"] != row["sha256"]:
                self.pictured.emit(row["sha256"])  # perhaps it has come meanwhile, or is another
            photo.show_row(row)
            photo.caption.setReadOnly(not may)
            self.photos.append(photo)
        self.may = may
        self.add_button.setVisible(may)
        self.setAcceptDrops(may)
        self._hint.setVisible(may and not rows)

    def show_removed(self, number: int, *, erasable: bool) -> None:
        """How many photos of this record are shown nowhere, and are still kept elsewhere."""
        self._removed = number
        self.removed.setVisible(number > 0)
        self.erase_button.setVisible(number > 0 and erasable)
        self._say_removed()

    def _say_removed(self) -> None:
        if not self._removed:
            return
        kept = trn(
            "{n} photo was removed here after it had been sent, as when black boxes are drawn on "
            "it. The server and other laptops still keep it.",
            "{n} photos were removed here after they had been sent, as when black boxes are drawn "
            "on them. The server and other laptops still keep them.",
            self._removed,
        )
        who = tr("Who leads the district, or the coordinator, can erase this for good.")
        self.removed.setText(kept if not self.erase_button.isHidden() else f"{kept} {who}")

    def show_progress(self, done: int, total: int) -> None:
        """How many photos are there of those that are being added; of one nothing is said."""
        self.progress.show_progress(done, total if total > 1 else 0)

    def show_image(self, sha256: str, image: QImage) -> None:
        """A picture that was wanted."""
        for photo in self.photos:
            if photo.row["sha256"] == sha256:
                photo.show_image(image)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures may be dropped."""
        if holds(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add what was dropped."""
        self.take(event.mimeData())
        event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V adds the picture that was copied."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.take(QApplication.clipboard().mimeData())
        else:
            super().keyPressEvent(event)

    def take(self, dropped: QMimeData) -> None:
        """Add files or a picture from the clipboard or a drop."""
        if self.acceptDrops() and (found := contents(dropped)):
            self.added.emit(found)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _show_new(self, row: Row) -> Photo:
        photo = Photo(row)
        photo.captioned.connect(lambda text: self.captioned.emit(row["id"], text))
        self._strip.addWidget(photo)
        if photo.is_paper:
            photo.opened.connect(lambda: self.saved.emit(photo.row))
        else:
            photo.opened.connect(lambda: self.opened.emit(self.pictures().index(photo)))
            self.pictured.emit(row["sha256"])
        return photo

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self,
            tr("Choose photos"),
            photos(),
            tr("Photos and files") + " (*.jpg *.jpeg *.png *.webp *.pdf)",
        )
        if names:
            self.added.emit([Path(name) for name in names])

    def _retranslate(self) -> None:
        self._heading.setText(tr("Photos"))
        self._hint.setText(tr("Drop photos here, paste them with Ctrl+V, or choose files."))
        self.add_button.setText(tr("Add photos"))
        self._say_removed()
        for photo in self.photos:
            photo.retranslate()


def thumbnail(content: bytes) -> QImage:
    """A picture as small as it is shown; a null one for what is no picture. Any thread."""
    image = decoded(content)
    if image.isNull():
        return image
    wide, high = 2 * WIDE, 2 * HIGH  # sharp on screens of 200 %
    scaled = image.scaled(
        wide,
        high,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    cut = scaled.copy((scaled.width() - wide) // 2, (scaled.height() - high) // 2, wide, high)
    cut.setDevicePixelRatio(2)
    return cut
