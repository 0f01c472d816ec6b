"""Where a letter is to be written to."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from sync.language import tr
from ui.file_places import to_save


def choose_letter(parent: QWidget) -> Path | None:
    """Ask for a file, usually on a stick; None where the person thought better of it."""
    from sync.carry import SUFFIX  # heavy, and not wanted before the first paint

    proposed = f"dala-{datetime.now(UTC):%Y-%m-%d}{SUFFIX}"
    name, _ = QFileDialog.getSaveFileName(
        parent,
        tr("Write a letter"),
        to_save(proposed),
        tr("Letters and replies") + f" (*{SUFFIX})",
    )
    return Path(name) if name else None
