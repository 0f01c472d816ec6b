"""What was dropped onto the program or copied for it: files, or a picture."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData
from PySide6.QtGui import QImage

from ui.pictures import bearable

Content = Path | bytes | QImage


def holds(dropped: QMimeData) -> bool:
    """Whether there is a file of this computer in it, or a picture. Decodes nothing."""
    return dropped.hasImage() or any(url.isLocalFile() for url in dropped.urls())


def holds_alone(copied: QMimeData) -> bool:
    """The same of what was copied, where it is no text with a picture beside it, as Word copies it."""
    files = any(url.isLocalFile() for url in copied.urls())
    return files or (copied.hasImage() and not copied.hasText())


def contents(dropped: QMimeData) -> list[Content]:
    """The files, or else the picture, in a drop or on the clipboard."""
    files: list[Content] = [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]
    if files or not dropped.hasImage():
        return files
    image = QImage(dropped.imageData())
    return [image] if bearable(image) else []


def loaded(content: Content) -> Path | bytes:
    """The same as what may be kept. Any thread: a large picture takes a second."""
    if not isinstance(content, QImage):
        return content
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    content.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, Qt takes only a str
    return bytes(buffer.data().data())
