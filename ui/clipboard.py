"""What was copied here, and may be read by whoever comes next."""

from PySide6.QtGui import QClipboard, QGuiApplication


def forget_copied() -> None:
    """Empty the clipboard, and X11's selection, of what this program put there."""
    clipboard = QGuiApplication.clipboard()
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        if is_ours(clipboard, mode):
            clipboard.clear(mode)


def is_ours(clipboard: QClipboard, mode: QClipboard.Mode) -> bool:
    """Whether this program put there what is there: what another one did is somebody else's."""
    if mode == QClipboard.Mode.Selection:
        return clipboard.supportsSelection() and clipboard.ownsSelection()
    return clipboard.ownsClipboard()
