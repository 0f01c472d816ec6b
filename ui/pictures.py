"""Photos decoded for the screen: JPEG as the program makes them, and nothing that Qt might guess."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from desktop.pictures import MOST_PIXELS, is_ours


def decoded(content: bytes | None, room: QSize | None = None) -> QImage:
    """The picture; a null one where there is none, or none that the program made. Any thread.

    `room`: so many pixels are enough; a larger one is decoded smaller.
    """
    if not content or not is_ours(content):
        return QImage()
    return _read(content, b"jpeg", room)


def drawn(png: bytes) -> QImage:
    """A drawing that the program made just now."""
    return _read(png, b"png")


def _read(content: bytes, form: bytes, room: QSize | None = None) -> QImage:
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(form))
    reader.setAutoDetectImageFormat(False)
    if room is not None and (size := reader.size()).boundedTo(room) != size:
        reader.setScaledSize(size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


def bearable(image: QImage) -> bool:
    """Whether somebody else's picture, decoded already, is small enough to be taken in."""
    return 0 < image.width() * image.height() <= MOST_PIXELS
