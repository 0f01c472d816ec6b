"""The one dialog that appears by itself: the program has a fault."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sync.language import tr
from ui.icons import Picture
from ui.widgets.labels import PlainLabel


class CrashDialog(QDialog):
    """Says what is safe, shows the report, copies or saves it. Nothing is sent anywhere."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("A fault in the program"))
        self.setMinimumSize(560, 420)
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setAccessibleName(tr("Report"))
        self.copy_button = QPushButton(tr("Copy the report"))
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        self.save_button = QPushButton(tr("Save the report…"))
        self.save_button.clicked.connect(self._save)
        self.close_button = QPushButton(tr("Go on"))
        self.close_button.setProperty("kind", "primary")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(Picture("warning", "warning", 28))
        head.addWidget(PlainLabel(tr("Something went wrong inside the program"), "heading"), 1)
        said = tr(
            "What you saved is safe on this laptop. If the window behaves strangely, close it and "
            "open it again. Please give this report to those who look after the program; it holds "
            "no data from your records."
        )
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.save_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(14)
        layout.addLayout(head)
        layout.addWidget(PlainLabel(said, wrap=True))
        layout.addWidget(self.report, 1)
        layout.addLayout(buttons)

    def write_report(self, file: Path) -> None:
        """Write the report as UTF-8 text."""
        file.write_text(self.report.toPlainText() + "\n", encoding="utf-8")

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Save the report"), "dala-report.txt", tr("Text") + " (*.txt)"
        )
        if name:
            self.write_report(Path(name))
